"""Every verb that the code writes into the log has a sentence in both languages."""

import ast
import re
from pathlib import Path

import pytest

from clinic.audit.verbs import SENTENCES, sentence

CODE = [
    path
    for top in ("clinic", "education", "referrals")
    for path in Path(top).rglob("*.py")
    if path.name != "verbs.py" and "migrations" not in path.parts
]


def patterns(value: ast.expr) -> list[str]:
    """What an expression may say, as patterns; a name or parameter says nothing by itself."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return [re.escape(value.value)]
    if isinstance(value, ast.IfExp):
        return [*patterns(value.body), *patterns(value.orelse)]
    if isinstance(value, ast.JoinedStr):
        parts = [".+" if isinstance(part, ast.FormattedValue) else re.escape(part.value) for part in value.values]
        return ["".join(parts)]
    return []


def verbs(path: Path) -> set[str]:
    """Patterns of every `verb=…` and `verb = …` of a file, and of what it hands on to a helper as a verb."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if (isinstance(node, ast.keyword) and node.arg == "verb") or (
            isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "verb" for t in node.targets)
        ):
            found.update(patterns(node.value))
        elif isinstance(node, ast.Call | ast.arguments):
            handed = node.args if isinstance(node, ast.Call) else [*node.defaults, *filter(None, node.kw_defaults)]
            words = {word.value for word in handed if isinstance(word, ast.Constant)}
            found.update(re.escape(word) for word in words & set(SENTENCES))
    return {pattern for pattern in found if "\\." in pattern}


USED = {(pattern, str(path)) for path in CODE for pattern in verbs(path)}


@pytest.mark.parametrize(("pattern", "path"), sorted(USED))
def test_every_verb_has_a_sentence(pattern, path):
    assert any(re.fullmatch(pattern, verb) for verb in SENTENCES), f"{pattern} of {path} has no sentence"


def test_no_sentence_is_left_over():
    unused = [verb for verb in SENTENCES if not any(re.fullmatch(pattern, verb) for pattern, _path in USED)]
    assert unused == []


@pytest.mark.parametrize("verb", SENTENCES)
def test_a_sentence_follows_a_name_in_both_languages(verb):
    for language in ("en", "es"):
        said = sentence(verb, language, "your")
        assert said[0].islower()
        assert not said.endswith(".")
        assert "{" not in said
    assert sentence(verb, "en") != sentence(verb, "es")


def test_an_unknown_verb_still_reads():
    assert sentence("nothing.known", "en", "your") == "worked with your record"
