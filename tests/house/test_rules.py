"""The house rules that a machine can hold (docs/house.md)."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = [
    path
    for top in ("clinic", "education", "referrals")
    for path in (ROOT / top).rglob("*.py")
    if "migrations" not in path.parts
]
TEMPLATES = list((ROOT / "templates").rglob("*.html"))
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
HOUSES_IN_THE_HOUSE = {"treatment"}  # folders of rooms
THE_SOFTWARE_ACTS = {"claim", "make_first_administrator", "lay_out"}  # a worker, and the commands that begin
DUMPING_GROUNDS = {"utils", "helpers", "core", "common", "services", "managers", "selectors", "signals", "presenters"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def part_of_speech(path: Path) -> str:
    """views/desk.py and views.py are both "views"."""
    inside = [part for part in path.relative_to(ROOT).parts[1:] if part not in HOUSES_IN_THE_HOUSE]
    return next((part.removesuffix(".py") for part in inside[1:]), inside[0].removesuffix(".py"))


def writes(path: Path) -> list[str]:
    return [
        f"{name_of(path)}:{node.lineno} .{node.func.attr}("
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        # QueryDict.update, dict.update and hashlib's update change nothing that is kept
        and not (node.func.attr == "update" and isinstance(node.func.value, ast.Name))
    ]


@pytest.mark.parametrize(
    "path", [p for p in CODE if part_of_speech(p) in {"views", "forms", "facts", "rail"}], ids=name_of
)
def test_only_actions_write(path):
    assert writes(path) == []


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_no_import_inside_a_function(path):
    inside = [
        f"{name_of(path)}:{node.lineno}"
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_no_dumping_grounds():
    assert [name_of(path) for path in CODE if path.stem in DUMPING_GROUNDS] == []


def test_time_is_asked_of_the_clock_alone():
    asked = re.compile(r"\b(date\.today|datetime\.(now|utcnow|today)|timezone\.(now|localdate))\(")
    elsewhere = [name_of(path) for path in CODE if path.name != "clock.py" and asked.search(path.read_text())]
    assert elsewhere == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_inline_style_or_script_and_no_third_party(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=[\"']", text)
    assert not re.search(r"\son[a-z]+=[\"']", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)", text) or 'type="application/json"' in text
    assert not re.search(r"(src|href|action)=[\"']https?://", text)


@pytest.mark.parametrize("path", [p for p in CODE if part_of_speech(p) == "actions"], ids=name_of)
def test_an_action_takes_its_words_by_name_and_says_who_acts(path):
    """Public verbs are keyword-only and take `by`, so that no event lacks its actor (`THE_SOFTWARE_ACTS` as SYSTEM)."""
    wrong = [
        function.name
        for function in tree(path).body
        if isinstance(function, ast.FunctionDef)
        and not function.name.startswith("_")
        and function.name not in THE_SOFTWARE_ACTS
        and any(isinstance(d, ast.Attribute) and d.attr == "atomic" for d in function.decorator_list)
        and (function.args.args or "by" not in {arg.arg for arg in function.args.kwonlyargs})
    ]
    assert wrong == []
