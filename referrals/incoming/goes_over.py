"""What will stand in the record once a referral is taken on, in words, for whoever takes it on. Pure."""

from collections.abc import Mapping
from typing import Any

from . import said
from .carried import MODELS, carried
from .in_words import in_row
from .shape import YES

NONE_OF = {"therapies": "Nothing was tried", "blood_thinners": "No blood thinner"}


def goes_over(values: Mapping[str, Any]) -> list[str]:
    """One line for each thing that goes over into the record as the referrer's."""
    found = carried(values)
    facts = [_fact(fact, value) for fact, value in found.statements.items()]
    rows = [" · ".join(lines) for key in MODELS for lines in _rows(key, values)]
    thinner = [f"Blood thinner: {values['blood_thinner_name'] or 'not named'}"] if _takes_one(values) else []
    scores = [f"{scale} {value}, {on:%-d %B %Y}" for scale, value, on in found.scores]
    return [*facts, *rows, *thinner, *scores]


def _fact(fact: str, value: Any) -> str:
    if fact in NONE_OF:
        return NONE_OF[fact]
    field = next(each for each in said.FIELDS.values() if each.carried_to == fact)
    words = "yes" if value is True else field.words_of(value)
    return f"{said.label_of(field, 'en').rstrip('?')}: {words}"


def _rows(key: str, values: Mapping[str, Any]) -> list[list[str]]:
    rows = said.ROWS[key]
    return [[in_row(field, value) for field, value in row] for row in said.rows_said(rows, values.get(key) or [])]


def _takes_one(values: Mapping[str, Any]) -> bool:
    return bool(values.get("blood_thinner") == YES)
