"""A criteria set in words, for the doctor who compares it with the publisher's document. Pure."""

import inspect
import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from clinic.criteria.clauses import KINDS
from clinic.criteria.clauses.rule import Rule
from clinic.criteria.reasons import CLAUSE_TITLES, date_in_words, fact_name, name
from clinic.criteria.sets import Clause, CriteriaSet

KIND_NAMES = {shape: kind.replace("_", " ") for kind, shape in KINDS.items()}
NAMED = re.compile("`([^`]+)`")  # how a kind's own words name a parameter
HEAD = {
    "title": "Title",
    "publisher": "Publisher",
    "document": "Document",
    "version": "Version",
    "effective_from": "In effect with the publisher from",
    "effective_to": "In effect with the publisher to",
    "status": "Status of the source",
    "status_note": "How well it was seen",
    "source": "Source",
    "read_on": "Read",
    "unit": "What is counted",
    "payers": "Payers",
}


@dataclass(frozen=True, slots=True)
class RuleWords:
    """One rule: its kind, what the kind asks, and its parameters by name."""

    kind: str
    asks: str
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """One clause as it is read: our words, where it stands in the publisher's document, and how it is weighed."""

    key: str
    title: str
    says: str
    pointer: str
    together_with: str
    rules: tuple[RuleWords, ...]
    plain: Mapping[str, str]


def head_words(criteria: CriteriaSet) -> dict[str, str]:
    """The head by names, without what the document leaves out."""
    return {label: _as_written(getattr(criteria, key)) for key, label in HEAD.items() if getattr(criteria, key)}


def _as_written(value: Any) -> str:
    if isinstance(value, date):
        return date_in_words(value.isoformat())
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def clause_words(criteria: CriteriaSet) -> list[ClauseWords]:
    return [_clause(clause) for clause in criteria.clauses]


def _clause(clause: Clause) -> ClauseWords:
    together = CLAUSE_TITLES[clause.with_clause][0] if clause.with_clause else ""
    rules = tuple(map(rule_words, clause.rules))
    title = CLAUSE_TITLES[clause.key][0]
    return ClauseWords(clause.key, title, clause.says, clause.pointer, together, rules, clause.plain)


def rule_words(rule: Rule) -> RuleWords:
    """A rule with the parameters that it was given; those left at what they are by themselves say nothing."""
    asks = NAMED.sub(lambda named: f"“{named[1].replace('_', ' ')}”", inspect.getdoc(type(rule)) or "")
    return RuleWords(KIND_NAMES[type(rule)], " ".join(asks.split()), tuple(_parameters(rule)))


def _parameters(shape: Any) -> list[tuple[str, str]]:
    return [
        (parameter.name.replace("_", " "), _value(value))
        for parameter in fields(shape)
        if (value := getattr(shape, parameter.name)) != _by_itself(parameter)
    ]


def _by_itself(parameter: Field[Any]) -> Any:
    return parameter.default_factory() if parameter.default_factory is not MISSING else parameter.default


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):  # before the words of the contract, in which 1 is the same as true
        return str(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{name(key)}: {_value(item)}" for key, item in value.items())
    if isinstance(value, tuple):
        return ("\n" if any(map(is_dataclass, value)) else ", ").join(map(_value, value))
    if is_dataclass(value):
        return "; ".join(f"{label}: {words}" for label, words in _parameters(value))
    return _word(value)


def _word(value: Any) -> str:
    try:
        return fact_name(value)
    except (AttributeError, KeyError):
        return name(value)
