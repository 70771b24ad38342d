"""Criteria sets: read, checked, versioned, each with the hash of its bytes.

A set is a TOML document: a head that says whose text it restates and how well that was seen, and `[[clause]]`
tables, each with its key, our own words (`says`), a pointer to the clause, and one or more `[[clause.rule]]`
tables, joined by "and": a kind of rule and its parameters. How to write one: docs/criteria-sets.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from operator import itemgetter
from pathlib import Path
from typing import Any

from clinic.criteria.clauses import KINDS
from clinic.criteria.clauses.rule import Rule
from clinic.criteria.declared import (
    Check,
    Place,
    Problem,
    Schema,
    Unfit,
    built,
    checked,
    list_of,
    plain_check,
    read_all,
    schema_of,
    switch,
    unfit,
    word,
)
from clinic.criteria.places import lines_of
from clinic.criteria.reasons import CLAUSE_TITLES, LANGUAGES
from clinic.criteria.toml import Syntax, read_toml

STATUSES = ("first-hand", "second-hand", "partial")
UNITS = ("sessions per region", "injections")
FOLDER = Path(__file__).with_name("sets")
MOST_NAMED = 100  # faults of one document
MOST_LETTERS = 60  # of a key or a version, which stand in addresses
# A database keeps no NUL, a page shows none of these, and marks of direction make a text read otherwise than it is.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class UnknownSet(KeyError):
    """No set of that key, or none of that version, ships."""

    def __str__(self) -> str:
        return str(self.args[0])


class Faulty(ValueError):
    """A criteria set that cannot be used.

    `problems` holds every line that is wrong and what is allowed there, in the order of the lines, as many as a person
    would read; where the text cannot be read on, only the first. `line` and `because` are those of the first.
    """

    def __init__(self, name: str, problems: Sequence[tuple[int, str]]) -> None:
        self.problems = tuple(sorted(problems, key=itemgetter(0)))
        self.line, self.because = self.problems[0]
        super().__init__("\n".join(f"{name}, line {line}: {because}" for line, because in self.problems))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not CONTROL.search(value)


def _named(pattern: str, allowed: str) -> Check:
    def fits(value: object) -> bool:
        return isinstance(value, str) and bool(re.fullmatch(pattern, value)) and len(value) <= MOST_LETTERS

    schema = {"type": "string", "pattern": f"^{pattern}$", "maxLength": MOST_LETTERS}
    return plain_check(f"{allowed}, at most {MOST_LETTERS}", schema, fits)


NAME = _named("[a-z0-9][a-z0-9-]*", "small letters, digits and hyphens")
VERSION = _named("[A-Za-z0-9][A-Za-z0-9.-]*", "letters, digits, dots and hyphens")
TEXT = plain_check("text", {"type": "string", "minLength": 1}, _is_text)
DAY = plain_check(
    "a date written YYYY-MM-DD, without quotes",
    {"type": "string", "format": "date"},
    lambda value: type(value) is date,
)


def _read_plain(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or set(value) != set(LANGUAGES):
        raise unfit(f"it must be {BOTH_LANGUAGES}, and nothing else")
    return dict(zip(value, read_all((language, TEXT, text) for language, text in value.items()), strict=True))


BOTH_LANGUAGES = f"text for each of {' and '.join(LANGUAGES)}"
PLAIN = Check(
    BOTH_LANGUAGES,
    {
        "type": "object",
        "properties": dict.fromkeys(LANGUAGES, TEXT.schema),
        "required": list(LANGUAGES),
        "additionalProperties": False,
    },
    _read_plain,
)


def _read_rule(value: Any) -> Rule:
    if not isinstance(value, dict):
        raise unfit("it must be a [[clause.rule]]")
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise unfit("a [[clause.rule]] has a kind, which must be one of " + ", ".join(KINDS), "kind")
    rule: Rule = built(KINDS[kind], {name: given for name, given in value.items() if name != "kind"})
    return rule


def _rule_schema(kind: str) -> Schema:
    schema = schema_of(KINDS[kind])
    properties = {"kind": {"const": kind}, **schema["properties"]}
    return {**schema, "properties": properties, "required": ["kind", *schema["required"]]}


RULE = Check("a [[clause.rule]]", {"oneOf": [_rule_schema(kind) for kind in KINDS]}, _read_rule)


@dataclass(frozen=True, slots=True)
class Clause:
    """One requirement in our own words; where `with_clause` is named, that clause must hold as well.

    `plain`: the same for patients and referrers, by language; empty where the document has none.
    """

    key: str = word(CLAUSE_TITLES)
    says: str = checked(TEXT)
    pointer: str = checked(TEXT)
    rules: tuple[Rule, ...] = checked(list_of(RULE, "one or more [[clause.rule]]"), name="rule")
    with_clause: str | None = word(CLAUSE_TITLES, None)
    plain: Mapping[str, str] = checked(PLAIN, {})


EACH_CLAUSE = list_of(
    Check("a [[clause]]", schema_of(Clause), lambda value: built(Clause, value)), "one or more [[clause]]"
)


def _read_clauses(value: Any) -> tuple[Clause, ...]:
    try:
        clauses: tuple[Clause, ...] = EACH_CLAUSE.read(value)
    except Unfit as found:
        raise Unfit([*found.problems, *_out_of_place(value)]) from found
    problems = _out_of_place(value)
    if problems:
        raise Unfit(problems)
    return clauses


def _out_of_place(value: Any) -> list[Problem]:
    """Keys that an earlier clause has, and clauses that go with one that is not before them."""
    problems: list[Problem] = []
    before: dict[str, None] = {}
    for index, clause in enumerate(value if isinstance(value, list) else ()):
        given = clause if isinstance(clause, dict) else {}
        key, with_clause = str(given.get("key")), given.get("with_clause")
        if key in before:
            problems.append(((index, "key"), f"{key} is already a clause of this set; a key may stand only once"))
        if with_clause is not None and str(with_clause) not in before:
            allowed = ", ".join(before) or "there is none"
            problems.append(((index, "with_clause"), f"it must be a clause before this one: {allowed}"))
        before |= {key: None} if "key" in given else {}
    return problems


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaSet:
    """One version of one publisher's criteria; `current`: the version that is taken where none is named.

    `title_plain`: its name for patients, by language; empty where the document has none. `effective_from` and
    `effective_to`: the first and the last day on which the publisher says that it counts, where that is known.
    """

    key: str = checked(NAME)
    version: str = checked(VERSION)
    title: str = checked(TEXT)
    title_plain: Mapping[str, str] = checked(PLAIN, {})
    publisher: str = checked(TEXT)
    document: str = checked(TEXT)
    status: str = word(STATUSES)
    status_note: str = checked(TEXT)
    source: str = checked(TEXT)
    read_on: str = checked(TEXT)
    unit: str = word(UNITS)
    payers: tuple[str, ...] = checked(list_of(TEXT, "a list of text", least=0))
    current: bool = switch(True)
    effective_from: date | None = checked(DAY, None)  # noqa: RUF009 (it makes a field)
    effective_to: date | None = checked(DAY, None)  # noqa: RUF009 (it makes a field)
    clauses: tuple[Clause, ...] = checked(Check(EACH_CLAUSE.allowed, EACH_CLAUSE.schema, _read_clauses), name="clause")
    sha256: str = ""

    def __post_init__(self) -> None:
        if self.effective_from and self.effective_to and self.effective_to < self.effective_from:
            raise unfit("it must not be before effective_from", "effective_to")

    @property
    def name(self) -> str:
        return f"{self.key}@{self.version}"


def parse(data: bytes, name: str = "criteria set") -> CriteriaSet:
    """A set from its document. Raises Faulty with every line that is wrong."""
    try:
        text, document = read_toml(data)
        return replace(built(CriteriaSet, document), sha256=sha256(data).hexdigest())
    except Syntax as problem:
        raise Faulty(name, [(problem.line, problem.because)]) from problem
    except Unfit as found:
        lines = lines_of(text)
        raise Faulty(
            name, _first([_on_its_line(place, because, lines) for place, because in found.problems])
        ) from found


def _first(problems: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """As many as a person would read, in the order of their lines, and how many more there are."""
    in_order = sorted(problems, key=itemgetter(0))
    more = in_order[MOST_NAMED:]
    return in_order[:MOST_NAMED] + [(line, f"and {len(more)} more from here on") for line, _ in more[:1]]


def _on_its_line(place: Place, because: str, lines: Mapping[Place, int]) -> tuple[int, str]:
    """The line of the place, or where it is missing, of what should hold it; and the key before what is allowed."""
    known = next((place[:end] for end in range(len(place), 0, -1) if place[:end] in lines), ())
    keys = [step for step in place if isinstance(step, str)]
    return lines.get(known, 1), f"{keys[-1]}: {because}" if keys else because


def shipped() -> tuple[CriteriaSet, ...]:
    """The current version of every set that ships, by key."""
    return tuple(sorted((one for one in _all().values() if one.current), key=lambda one: one.key))


def versions() -> tuple[CriteriaSet, ...]:
    """Every version of every set that ships."""
    return tuple(_all().values())


def load(key: str, version: str | None = None) -> CriteriaSet:
    """A set that ships, in its current version or in the one named. Raises UnknownSet."""
    fitting = [
        one for one in versions() if one.key == key and (one.current if version is None else one.version == version)
    ]
    if not fitting:
        known = ", ".join(one.name for one in versions())
        raise UnknownSet(f"there is no criteria set {key}{'@' + version if version else ''}; there are {known}")
    return fitting[0]


@cache
def _all() -> Mapping[str, CriteriaSet]:
    files = sorted(FOLDER.glob("*.toml"))
    sets = [parse(file.read_bytes(), file.name) for file in files]
    return {one.name: one for one in sets}
