"""From answers to what the record keeps: statements by fact, rows by column, scores.

The whole of it each time, so that a changed mind, or a question that is no longer asked, leaves nothing behind.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from clinic.criteria import scales

from . import PLAIN, ROWS, dates, medicines
from .asked import Answers, Given, Row
from .instruments import RMDQ
from .shape import UNSAID, Kind, Question, Rows

NRS = {"nrs_now": "now", "nrs_average": "average", "nrs_worst": "worst"}
PEG = ("peg_pain", "peg_enjoyment", "peg_activity")
EMPTY = {Kind.TEXT: "", Kind.LONG_TEXT: "", Kind.DATE: ""}
TO_A_THOUSANDTH = Decimal("0.001")


def said(question: Question, value: object) -> tuple[Any, ...]:
    """What one answer says of its question's facts, in their order; None is what nobody has said."""
    unsaid = value is None or (isinstance(value, str) and value in UNSAID)
    if question.kind is Kind.DATE:
        extra = next((choice for choice in question.choices if choice.value == value), None)
        if extra:
            return None, extra.means
        return (None if unsaid else dates.contract(value)), (None if unsaid or not question.choices else False)
    if unsaid:
        return (None,)
    return (question.meaning(value) if question.kind in (Kind.YES_NO, Kind.CHOICE, Kind.MENU) else value,)


def statements(answers: Answers, questions: Mapping[str, Question] = PLAIN) -> dict[str, Any]:
    """Every fact that the questions speak for, with its value or None. `answers` holds only what counts."""
    values: dict[str, Any] = {}
    for question in questions.values():
        if question.facts:
            values |= dict(zip(question.facts, said(question, answers.get(question.key)), strict=False))
    for rows in ROWS.values():
        if rows.gate in questions:
            values[rows.listed_as] = [] if answers.get(rows.gate) == "no" else None
    return values


def rows(answers: Answers) -> dict[str, dict[str, dict[str, Any]]]:
    """List's slug -> row's key -> the record's columns. `answers` holds only what counts."""
    return {
        slug: {key: columns(each, row) for key, row in answers.rows.get(slug, {}).items()}
        for slug, each in ROWS.items()
    }


def columns(rows: Rows, row: Row) -> dict[str, Any]:
    """One row as the record's columns; what nobody has said is empty."""
    fields: dict[str, Any] = dict(rows.fixed)
    for question in rows.all_questions:
        given = row.get(question.key)
        values = said(question, given.value if given else None)
        for column, value in zip(question.column.split(), values, strict=False):
            fields[column] = _empty(question, column) if value is None else value
    if rows.model == "BloodThinner":
        fields |= _recognised(fields["as_written"])
    return fields


def _empty(question: Question, column: str) -> object:
    """Text columns are empty where nobody has said; all others are null."""
    if question.kind is Kind.DATE:
        return "" if column == question.column.split()[0] else None
    if question.kind in EMPTY or (question.kind in (Kind.CHOICE, Kind.MENU) and not _means_truth(question)):
        return ""
    return None


def _means_truth(question: Question) -> bool:
    return any(isinstance(choice.means, bool) for choice in question.choices)


def _recognised(written: str) -> dict[str, str]:
    medicine = medicines.find(written)
    return {"name": medicine.name if medicine else "", "drug_class": medicine.drug_class if medicine else ""}


def scores(answers: Answers) -> list[dict[str, Any]]:
    """The results of the named scales, each on the day on which its last item was given."""
    found = []
    for key, period in NRS.items():
        items = _items(answers, key)
        if items:
            found.append(
                {"scale": "NRS", "value": Decimal(items[key]), "on": _day(answers, key), "period": period, "items": {}}
            )
    items = _items(answers, *PEG)
    if items:
        score = scales.peg(*items.values())
        value = (Decimal(score.numerator) / score.denominator).quantize(TO_A_THOUSANDTH)
        found.append({"scale": "PEG", "value": value, "on": _day(answers, *PEG), "period": "", "items": items})
    sheet = answers.get("rmdq")
    if isinstance(sheet, list):
        ticked = [str(number) in sheet for number in range(1, len(RMDQ) + 1)]
        items = {str(number): int(tick) for number, tick in enumerate(ticked, 1)}
        value = Decimal(scales.rmdq(ticked))
        found.append({"scale": "RMDQ", "value": value, "on": _day(answers, "rmdq"), "period": "", "items": items})
    return found


def _items(answers: Answers, *keys: str) -> dict[str, int]:
    """The numbers given, or nothing where one of them is not a number: an instrument is whole or unknown."""
    given = {key: answers.get(key) for key in keys}
    return {key: value for key, value in given.items() if isinstance(value, int)} if _all_numbers(given) else {}


def _all_numbers(given: Mapping[str, object]) -> bool:
    return all(isinstance(value, int) for value in given.values())


def _day(answers: Answers, *keys: str) -> date:
    given: list[Given] = [answers.plain[key] for key in keys]
    return max(each.on or answers.today for each in given)


def person(answers: Answers) -> dict[str, Any]:
    """The person's own columns that were answered; "rather not say" leaves the column empty."""
    known: dict[str, Any] = {}
    for key, question in PLAIN.items():
        if question.column and key in answers.plain:
            (value,) = said(question, answers.get(key))
            if value is not None and question.kind is Kind.DAY:
                value = date.fromisoformat(value)
            known[question.column] = _empty(question, question.column) if value is None else value
    return known


def given_for(answers: Answers) -> str:
    """Name and relation of somebody who answers for the patient; empty: the patient answers."""
    if answers.get("filling_in") != "somebody":
        return ""
    name, relation = (str(answers.get(key) or "") for key in ("helper_name", "helper_relation"))
    return f"{name} ({relation})"
