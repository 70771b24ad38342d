"""What the referrer said of this case and the patient has not: theirs, until the patient says whether it is so."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clinic.record.models import Case, Injection, Listed, OtherInjection, SaidBy, Therapy

from .actions.telling import MODELS
from .models import Answer, Intake
from .questions.asked import LIST_MARK, REMOVED, Answers
from .questions.shape import Rows


@dataclass(frozen=True)
class Told:
    """An entry that only the referrer named; `denied`: the patient said that it is not true of them."""

    row: Listed
    denied: bool


def rows_told(intake: Intake, rows: Rows, known: Answers) -> list[Told]:
    """The referrer's entries of one list that the patient has not made their own. At most two queries."""
    mine = known.rows.get(rows.slug, {})
    found = [row for row in _referrers(intake.case, rows) if str(row.key) not in mine]
    denied = _denied(intake, found) if found else set()
    return [Told(row, row.key in denied) for row in found]


def _referrers(case: Case, rows: Rows) -> list[Any]:
    model = MODELS[rows.model]
    if model is Therapy:
        owner: dict[str, Any] = {"cases": case}
    else:
        owner = {"patient": case.patient} if model in (Injection, OtherInjection) else {"case": case}
    return list(model.objects.current().filter(said_by=SaidBy.REFERRER, **owner, **rows.fixed))


def _denied(intake: Intake, rows: list[Any]) -> set[Any]:
    marks = Answer.objects.filter(intake=intake, question=LIST_MARK, row__in=[row.key for row in rows]).latest_each()
    return {mark.row for mark in marks if mark.value == REMOVED}


def statements_told(case: Case) -> Mapping[str, Any]:
    """Fact -> value, as the referrer stated it."""
    return dict(case.statements.current().filter(said_by=SaidBy.REFERRER).values_list("fact", "value"))
