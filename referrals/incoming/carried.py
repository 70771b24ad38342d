"""What of a referrer's words the record has room for, under their name. Pure; the rest stays on the referral.

A plain "no" is not carried over: it would weigh more than a patient who says yes, and the patient is asked anyway.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from clinic.criteria.dates import parse
from clinic.intake.questions import medicines

from . import said
from .shape import NO, UNKNOWN, YES, Field, Kind

REGISTER, THINNERS, SCORE = "Patient.", "blood_thinners", "Score"
MODELS = {"therapies": "Therapy", "injections": "Injection", "imaging": "Study"}
# A row says that something was done even where nobody named the kind.
UNNAMED: Mapping[str, Mapping[str, Any]] = {"Therapy": {"kind": "other"}, "Study": {"electrodiagnostic": False}}
REGISTER_LANGUAGES = frozenset({"en", "es"})
SIGN_LANGUAGE = "ase"


@dataclass(frozen=True)
class Row:
    """A row of the record: the name of its model, its columns, and its place in the referrer's list."""

    model: str
    place: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Carried:
    """Facts with their values, rows, and results of named scales (scale, value, day)."""

    statements: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    scores: tuple[tuple[str, Decimal, date], ...] = ()


def carried(values: Mapping[str, Any]) -> Carried:
    """What goes over, from the values of a request."""
    return Carried(_statements(values), (*_rows(values), *_thinners(values)), tuple(_scores(values)))


def person(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the register that the referrer said."""
    columns = {
        each.carried_to.removeprefix(REGISTER): values.get(each.key)
        for each in said.FIELDS.values()
        if each.carried_to.startswith(REGISTER)
    }
    interpreter = YES if columns["language"] == SIGN_LANGUAGE else columns["interpreter"]
    language = columns["language"] if columns["language"] in REGISTER_LANGUAGES else ""
    columns |= {"interpreter": said.truth(str(interpreter or "")), "language": language}
    return {name: value for name, value in columns.items() if value not in (None, "")}


def _statements(values: Mapping[str, Any]) -> dict[str, Any]:
    found = {each.carried_to: _stated(each, values.get(each.key)) for each in said.FIELDS.values() if _is_fact(each)}
    if values.get("tried") == NO:
        found["therapies"] = []
    if values.get("blood_thinner") == NO:
        found[THINNERS] = []
    return {fact: value for fact, value in found.items() if value is not None}


def _is_fact(each: Field) -> bool:
    return "." in each.carried_to and each.carried_to[0].islower()


def _stated(each: Field, value: Any) -> Any:
    if each.kind is Kind.ANSWER:
        return True if value == YES else None
    return None if value in (None, "", UNKNOWN) else value


def _rows(values: Mapping[str, Any]) -> Iterator[Row]:
    for key, model in MODELS.items():
        for number, row in enumerate(values.get(key) or []):
            columns = {
                each.carried_to.partition(".")[2]: row[each.key]
                for each in said.ROWS[key].fields
                if each.carried_to and row.get(each.key) not in (None, "")
            }
            yield Row(model, f"{key}/{number}", {**UNNAMED.get(model, {}), **columns})


def _thinners(values: Mapping[str, Any]) -> Iterator[Row]:
    """A blood thinner that was named, or one that nobody named: both are the doctor's to settle."""
    if values.get("blood_thinner") == YES:
        written = values.get("blood_thinner_name") or ""
        medicine = medicines.find(written)
        known = {"name": medicine.name, "drug_class": medicine.drug_class} if medicine else {}
        yield Row("BloodThinner", f"{THINNERS}/0", {"as_written": written} | known)


def _scores(values: Mapping[str, Any]) -> Iterator[tuple[str, Decimal, date]]:
    """Results with scale, value and a whole day; without a day the record has no room for them."""
    for row in values.get("scores") or []:
        span = parse(row["on"]) if row.get("on") else None
        if span and span.first == span.last and row.get("scale") and row.get("value") not in (None, ""):
            yield row["scale"], Decimal(str(row["value"])), span.first
