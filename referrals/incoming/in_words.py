"""What a referrer said, in the words that staff read. Pure; the signs that were answered no stand together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinic.intake.questions.words import day_in_words

from . import said
from .shape import NO, UNKNOWN, Field, Group, Kind

APART = frozenset({"question"})  # shown above everything else
ANSWERS_AT_ONCE = {NO: "No", UNKNOWN: "Not known"}


@dataclass(frozen=True)
class Part:
    """One group: what each field is called, and what was said."""

    title: str
    lines: tuple[tuple[str, str], ...]


def parts(values: Mapping[str, Any]) -> list[Part]:
    """The groups in which something was said, in the order of the form."""
    found = [Part(group.title, tuple(_lines(group, values))) for group in said.GROUPS]
    return [part for part in found if part.lines]


def sign(key: str) -> str:
    """A sign as it was asked."""
    return said.label_of(said.FIELDS[f"sign_{key}"], "en")


def _lines(group: Group, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    answered = [(each, values.get(each.key)) for each in group.fields if each.key not in APART]
    signs = answered if group is said.WARNINGS else []
    at_once = {word: [each for each, value in signs if value == word] for word in ANSWERS_AT_ONCE}
    short = {each.key for fields in at_once.values() for each in fields}
    for each, value in answered:
        if value not in (None, "") and each.key not in short:
            yield said.label_of(each, "en"), _words(each, value)
    for word, fields in at_once.items():
        if fields:
            yield ANSWERS_AT_ONCE[word], "; ".join(said.label_of(each, "en").rstrip("?") for each in fields)
    if group.rows:
        for number, row in enumerate(said.rows_said(group.rows, values.get(group.rows.key) or []), 1):
            yield group.rows.row_title % {"number": number}, " · ".join(in_row(*each) for each in row)


def in_row(each: Field, value: Any) -> str:
    """A day says which one it is; a choice speaks for itself."""
    words = _words(each, value)
    return words if each.offered or each.kind is Kind.TEXT else f"{each.label.lower()} {words}"


def _words(each: Field, value: Any) -> str:
    if isinstance(value, date):
        value = value.isoformat()
    if each.kind in (Kind.BIRTH_DATE, Kind.PARTIAL_DATE):
        return day_in_words(value, str, "en")
    return each.words_of(value)
