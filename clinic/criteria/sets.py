"""Criteria sets: read, checked, versioned, each with the hash of its bytes.

A set is a TOML document: a head that says whose text it restates and how well that was seen, and `[[clause]]`
tables, each with its key, our own words (`says`), a pointer to the clause, and one or more `[[clause.rule]]`
tables, joined by "and": a kind of rule and its parameters.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from clinic.criteria.clauses import KINDS
from clinic.criteria.clauses.rule import Rule, Unfit, built, checked, switch, word
from clinic.criteria.reasons import CLAUSE_TITLES, LANGUAGES

STATUSES = ("first-hand", "second-hand", "partial")
FOLDER = Path(__file__).with_name("sets")
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


class UnknownSet(KeyError):
    """No set of that key, or none of that version, ships."""

    def __str__(self) -> str:
        return str(self.args[0])


class Faulty(ValueError):
    """A criteria set that cannot be used: `line` of the document, and what is allowed there."""

    def __init__(self, name: str, line: int, because: str) -> None:
        super().__init__(f"{name}, line {line}: {because}")
        self.line, self.because = line, because


@dataclass(frozen=True, slots=True)
class Clause:
    """One requirement in our own words; where `with_clause` is named, that clause must hold as well.

    `plain`: the same for patients and referrers, by language; empty where the document has none.
    """

    key: str
    says: str
    pointer: str
    rules: tuple[Rule, ...]
    with_clause: str | None = None
    plain: Mapping[str, str] = field(default_factory=dict)


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Unfit(name, "it must be text")
    return value


def _named(pattern: re.Pattern[str]) -> Any:
    def check(name: str, value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise Unfit(name, "it must be letters, digits and hyphens")
        return value

    return check


def _day(name: str, value: Any) -> date:
    if type(value) is not date:
        raise Unfit(name, "it must be a date written YYYY-MM-DD")
    return value


def _texts(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise Unfit(name, "it must be a list of text")
    return tuple(_text(name, item) for item in value)


def _plain(name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or set(value) != set(LANGUAGES):
        raise Unfit(name, "it must have both en and es")
    return {language: _text(f"{name}.{language}", text) for language, text in value.items()}


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """One version of one publisher's criteria."""

    key: str = checked(_named(NAME))
    version: str = checked(_named(VERSION))
    title: str = checked(_text)
    publisher: str = checked(_text)
    document: str = checked(_text)
    status: str = word(STATUSES)
    status_note: str = checked(_text)
    source: str = checked(_text)
    read_on: str = checked(_text)
    unit: str = word(("sessions per region", "injections"))
    payers: tuple[str, ...] = checked(_texts)
    current: bool = switch(True)
    title_plain: Mapping[str, str] = field(default_factory=dict, metadata={"check": _plain})
    effective_from: date | None = checked(_day, None)  # noqa: RUF009 (it makes a field)
    effective_to: date | None = checked(_day, None)  # noqa: RUF009 (it makes a field)
    sha256: str = field(default="", metadata={"check": _text})
    clauses: tuple[Clause, ...] = field(default=(), metadata={"check": _text})

    @property
    def name(self) -> str:
        return f"{self.key}@{self.version}"


def parse(data: bytes, name: str = "criteria set") -> CriteriaSet:
    """A set from its document. Raises Faulty with the line."""
    return _Reader(data, name).read()


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


class _Reader:
    """Reads one document, and finds the line of what is wrong in it."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data, self.name = data, name
        self.lines: list[str] = []

    def read(self) -> CriteriaSet:
        document = self.document()
        clauses = document.pop("clause", None)
        if not isinstance(clauses, list) or not clauses:
            raise self.faulty(1, "a set needs at least one [[clause]]")
        head = self.fit(CriteriaSet, document, (0, len(self.lines)))
        read = tuple(self.clause(index, clause) for index, clause in enumerate(clauses))
        self.check_keys(read)
        return CriteriaSet(
            **{f.name: getattr(head, f.name) for f in fields(head) if f.name not in ("sha256", "clauses")},
            sha256=sha256(self.data).hexdigest(),
            clauses=read,
        )

    def document(self) -> dict[str, Any]:
        try:
            text = self.data.decode("utf-8")
            self.lines = text.splitlines()
            return tomllib.loads(text)
        except UnicodeDecodeError as problem:
            raise self.faulty(1, "it must be text in UTF-8") from problem
        except tomllib.TOMLDecodeError as problem:
            line = re.search(r"line (\d+)", str(problem))
            raise self.faulty(int(line[1]) if line else len(self.lines), str(problem)) from problem

    def clause(self, index: int, given: dict[str, Any]) -> Clause:
        block = self.block("[[clause]]", index, (0, len(self.lines)))
        given = dict(given)
        rules = given.pop("rule", None)
        for name, value in given.items():
            if name not in ("key", "says", "pointer", "with_clause", "plain"):
                raise self.at(block, name, "a clause has key, says, pointer, plain, with_clause and [[clause.rule]]")
            self.checked(_plain if name == "plain" else _text, name, value, block)
        for name in ("key", "says", "pointer"):
            if name not in given:
                raise self.faulty(block[0] + 1, f"{name}: this clause must say it")
        if given["key"] not in CLAUSE_TITLES:
            raise self.at(block, "key", "it must be one of " + ", ".join(CLAUSE_TITLES))
        if not isinstance(rules, list) or not rules:
            raise self.faulty(block[0] + 1, "this clause needs at least one [[clause.rule]]")
        return Clause(**given, rules=tuple(self.rule(i, rule, block) for i, rule in enumerate(rules)))

    def rule(self, index: int, given: dict[str, Any], block: tuple[int, int]) -> Rule:
        lines = self.block("[[clause.rule]]", index, block)
        given = dict(given)
        kind = given.pop("kind", None)
        if kind not in KINDS:
            raise self.at(lines, "kind", "the kind of rule must be one of " + ", ".join(KINDS))
        rule: Rule = self.fit(KINDS[kind], given, lines)
        return rule

    def fit(self, shape: type[Any], given: dict[str, Any], block: tuple[int, int]) -> Any:
        try:
            return built(shape, given)
        except Unfit as problem:
            raise self.at(block, problem.parameter, str(problem)) from problem

    def checked(self, check: Any, name: str, value: Any, block: tuple[int, int]) -> None:
        try:
            check(name, value)
        except Unfit as problem:
            raise self.at(block, name, str(problem)) from problem

    def check_keys(self, clauses: tuple[Clause, ...]) -> None:
        seen: set[str] = set()
        for index, clause in enumerate(clauses):
            block = self.block("[[clause]]", index, (0, len(self.lines)))
            if clause.key in seen:
                raise self.at(block, "key", f"{clause.key} is already a clause of this set")
            if clause.with_clause and clause.with_clause not in seen:
                raise self.at(block, "with_clause", "it must be a clause before this one: " + ", ".join(seen))
            seen.add(clause.key)

    def block(self, header: str, index: int, within: tuple[int, int]) -> tuple[int, int]:
        """The lines (from, to) of the table that the `index`th such header begins."""
        starts = [n for n in range(*within) if self.lines[n].split("#")[0].strip() == header]
        if index >= len(starts):  # written in another way that TOML allows, such as an inline table
            return within
        ends = [n for n in starts if n > starts[index]]
        return starts[index], ends[0] if ends else within[1]

    def at(self, block: tuple[int, int], name: str, because: str) -> Faulty:
        """Where the block gives `name`, or where it begins."""
        given = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=")
        line = next((n for n in range(*block) if given.match(self.lines[n])), block[0])
        return self.faulty(line + 1, because)

    def faulty(self, line: int, because: str) -> Faulty:
        return Faulty(self.name, line, because)
