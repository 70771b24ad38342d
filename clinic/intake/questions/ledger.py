"""What the ledger adds up to, counted as the criteria count days: the person's own count, and no rule."""

from dataclasses import dataclass
from typing import Any

from clinic.criteria.care import NOT_CARE, care_days
from clinic.criteria.dates import parse
from clinic.criteria.facts import Facts
from clinic.criteria.shapes import Therapy

from . import speaks
from .asked import Answers
from .tried import THERAPIES

FACTS = {"kind": "kind", "from": "from_date", "to": "to_date", "ongoing": "ongoing", "outcome": "outcome"}
WEEK = 7


@dataclass(frozen=True)
class Ledger:
    """Whole weeks of care (`most` None: some end or beginning is not known), and of pain (None: not known)."""

    least: int
    most: int | None
    pain: int | None
    inexact: int  # how many dates could settle the number

    @property
    def weeks(self) -> int:
        """The number to show first: the longest reading, or what is sure where there is no longest."""
        return self.least if self.most is None else self.most


def ledger(answers: Answers) -> Ledger | None:
    """The count over everything that was tried; None while nothing is listed. `answers` holds only what counts."""
    listed = speaks.rows(answers)[THERAPIES.slug].values()
    if not listed:
        return None
    therapies = [
        {fact: row[column] for fact, column in FACTS.items() if row[column] not in ("", None)} for row in listed
    ]
    document: dict[str, Any] = {"as_of": answers.today.isoformat(), "therapies": therapies}
    care = care_days(Facts.parse(document), counts=_is_care, asks=("kind",))
    most = None if care.most is None else care.most // WEEK
    return Ledger(care.least // WEEK, most, _weeks_of_pain(answers), len(care.open()))


def _is_care(therapy: Therapy) -> bool:
    return therapy.kind not in NOT_CARE


def _weeks_of_pain(answers: Answers) -> int | None:
    onset = speaks.statements(answers)["complaint.onset"]
    return (answers.today - parse(onset).first).days // WEEK if onset else None
