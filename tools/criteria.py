"""Writes what is made from the declared kinds of rule: the JSON Schema of a criteria set, and its part of the docs.

Run as `.venv/bin/python -m tools.criteria` after a kind of rule, its parameters or their words have changed.
"""

from dataclasses import Field
from pathlib import Path
from typing import Any

from clinic.criteria import set_schema
from clinic.criteria.clauses import KINDS
from clinic.criteria.clauses.care import Amount
from clinic.criteria.clauses.evidence import Case
from clinic.criteria.clauses.plan import NAMEABLE, Named
from clinic.criteria.declared import declared, in_toml, required
from clinic.criteria.guide import GUIDE
from clinic.criteria.reasons import CLAUSE_TITLES
from clinic.criteria.sets import Clause, CriteriaSet

MANUAL = Path(__file__).resolve().parent.parent / "docs" / "criteria-sets.md"
BEGIN, END = "<!-- made by tools/criteria.py: begin -->\n", "<!-- made by tools/criteria.py: end -->\n"
ROWS: dict[str, tuple[type[Any], str]] = {
    "Amount": (Amount, "A row of `instead`"),
    "Case": (Case, "A row of `cases`"),
    "Named": (Named, "A row of `facts`"),
}
INSIDE = {"conservative_care": "Amount", "indication": "Case", "none_of": "Named"}


def made() -> str:
    """The part of the manual that is made: the head, a clause, every kind of rule, the facts that a rule may name."""
    parts = [_section("## The head", CriteriaSet), _section("## A clause", Clause), _keys(), "## The kinds of rule\n"]
    for kind, shape in KINDS.items():
        parts.append(_section(f"### `{kind}`", shape))
        if kind in INSIDE:
            inner, title = ROWS[INSIDE[kind]]
            parts.append(_section(f"#### {title}", inner))
    return "\n".join([*parts, _facts()])


def _section(title: str, shape: type[Any]) -> str:
    asks, words = GUIDE[shape.__name__]
    lines = [f"{title}\n", f"{asks}\n"]
    known = declared(shape)
    if known:
        lines += ["| key | what it is | what is allowed | if left out |", "|---|---|---|---|"]
        lines += [_row(name, parameter, words[name]) for name, parameter in known.items()]
        lines.append("")
    return "\n".join(lines)


def _row(name: str, parameter: Field[Any], words: str) -> str:
    allowed = parameter.metadata["check"].allowed
    return f"| `{name}` | {words} | {allowed} | {_default(parameter)} |"


def _default(parameter: Field[Any]) -> str:
    if required(parameter):
        return "must be given"
    default = parameter.default
    if isinstance(default, tuple):
        return ", ".join(map(in_toml, default)) or "not asked"
    return f"`{in_toml(default)}`" if isinstance(default, str | bool) else "not asked"


def _keys() -> str:
    rows = [f"| `{key}` | {titles[0]} |" for key, titles in CLAUSE_TITLES.items()]
    return "\n".join(["### The keys of clauses\n", "| key | what it asks |", "|---|---|", *rows, ""])


def _facts() -> str:
    rows = [f"| `{path}` | {', '.join(map(in_toml, values))} |" for path, values in NAMEABLE.items()]
    title = "## The facts that `one_of` and `none_of` may name\n"
    return "\n".join([title, "| fact | its values |", "|---|---|", *rows, ""])


def main() -> None:
    set_schema.FILE.write_text(set_schema.as_text(), "utf-8")
    before, rest = MANUAL.read_text("utf-8").split(BEGIN)
    after = rest.split(END)[1]
    MANUAL.write_text(before + BEGIN + made() + END + after, "utf-8")


if __name__ == "__main__":
    main()
