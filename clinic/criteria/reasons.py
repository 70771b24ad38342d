"""Why a clause has its verdict: a key with its values, rendered to a plain sentence only when somebody reads it.

The doctor reads English and the patient Spanish from the same reason; what was signed is stored as it was shown.
The sentences are in sentences.py, the names of facts and of their values in vocabulary.py.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import trunc
from string import Formatter
from typing import Any

from clinic.criteria.sentences import CLAUSE_TITLES, SENTENCES
from clinic.criteria.vocabulary import COUNTED, FACTS, MONTHS, VALUES

__all__ = ["CLAUSE_TITLES", "LANGUAGES", "Reason", "date_in_words", "fact_name", "name", "render"]

LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Reason:
    """A key of SENTENCES with the values that its sentence shows: numbers, words of the contract, ISO dates."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {"key": self.key, "values": dict(self.values)}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> "Reason":
        return cls(stored["key"], dict(stored["values"]))


def render(because: Iterable[Reason], language: str = "en") -> str:
    """The reasons as one sentence. Raises KeyError for a language or key that there is not."""
    place = LANGUAGES.index(language) if language in LANGUAGES else None
    if place is None:
        raise KeyError(language)
    writer = _Writer(language)
    parts = [writer.vformat(SENTENCES[reason.key][place], (), reason.values) for reason in _gathered(because)]
    text = "; ".join(dict.fromkeys(parts))
    return text[:1].upper() + text[1:] + "."


def fill(template: str, values: Mapping[str, Any], language: str = "en") -> str:
    """A template such as "{days:days} of {needed:number}" with the values of a reason."""
    return _Writer(language).vformat(template, (), values)


def fact_name(path: str, language: str = "en") -> str:
    """A fact in plain words: `therapies[1].outcome` is "what treatment 2 did". Raises KeyError."""
    plain, number = _without_index(path)
    words = FACTS[plain][LANGUAGES.index(language)]
    return words.format(number=number)


def name(value: Any, language: str = "en") -> str:
    """A value of the contract in plain words; what has no name is shown as it is."""
    if value in VALUES:
        return VALUES[value][LANGUAGES.index(language)]
    return str(value).replace("_", " ")


def date_in_words(day: str, language: str = "en") -> str:
    """`2026-06-01` as 1 June 2026 or 1 de junio de 2026."""
    on = date.fromisoformat(day)
    joint = " de " if language == "es" else " "
    return joint.join((str(on.day), MONTHS[on.month - 1][LANGUAGES.index(language)], str(on.year)))


def _gathered(because: Iterable[Reason]) -> list[Reason]:
    """The reasons with all that nobody has said in one of them."""
    reasons = list(because)
    facts = [path for reason in reasons if reason.key == "not-said" for path in reason.values["facts"]]
    unsaid = [Reason("not-said", {"facts": list(dict.fromkeys(facts))})] if facts else []
    return [reason for reason in reasons if reason.key != "not-said"] + unsaid


def _without_index(path: str) -> tuple[str, int]:
    """The path without its indexes, and the first index counted from one."""
    head, bracket, rest = path.partition("[")
    if not bracket:
        return path, 0
    index, _, tail = rest.partition("]")
    return head + _without_index(tail)[0], int(index) + 1


class _Writer(Formatter):
    """Formats values by their kind: `{on:date}`, `{days:days}`, `{facts:facts}`, `{value:name}`, `{relief:number}`."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, kind: str) -> str:
        if kind in COUNTED:
            one, more = COUNTED[kind][LANGUAGES.index(self.language)]
            return f"{_number(value)} {one if value == 1 else more}"
        match kind:
            case "date":
                return date_in_words(value, self.language)
            case "number":
                return _number(value)
            case "name":
                return name(value, self.language)
            case "names" | "any":
                return self.joined([name(item, self.language) for item in value], kind)
            case "fact":
                return fact_name(value, self.language)
            case "facts":
                return self.joined(list(dict.fromkeys(fact_name(path, self.language) for path in value)))
            case "clause":
                return CLAUSE_TITLES[value][LANGUAGES.index(self.language)].lower()
            case _:
                return str(value)

    def joined(self, items: list[str], kind: str = "names") -> str:
        """A list with "and", or "or" where any one of them will do."""
        joint = {"en": ("and", "or"), "es": ("y", "o")}[self.language][kind == "any"]
        if joint == "y" and re.match("h?i(?!e)", items[-1]):
            joint = "e"
        return f" {joint} ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)


def _number(value: float) -> str:
    """At most two decimals, cut and never rounded up: 49.999 is shown as 49.99, and not as 50."""
    cut = trunc(value * 100) / 100
    return str(trunc(cut)) if cut == trunc(cut) else str(cut)
