"""Says to the record what the answers after one session now mean, and takes back what none of them means any more.

The patient's words stand under the session's key beside the clinic's own: what rules ask is read there alone.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from clinic.audit.actor import Actor
from clinic.record import actions as on_record
from clinic.record.models import Injection, SaidBy
from clinic.treatment.checkins.heard import to_compare
from clinic.treatment.checkins.models import Answer
from clinic.treatment.checkins.reading import came_to
from clinic.treatment.procedure.models import Session

Results = dict[tuple[str, date], Mapping[str, Any]]  # scale and day -> value and items


def tell(*, session: Session, by: Actor) -> None:
    """Say the relief and the scales of the answers that stand, within the caller's transaction."""
    _tell_relief(session, by)
    _tell_scores(session, by)


def _tell_relief(session: Session, by: Actor) -> None:
    came = came_to(session)
    fields = {
        "patient_relief_percent": None if came.percent is None else max(0, came.percent),
        "relief_until": came.until,
        "function_better_or_less_medicine": came.better_or_less_medicine,
    }
    row = Injection.objects.current().filter(key=session.key, said_by=SaidBy.PATIENT).first()
    if any(value not in (None, "") for value in fields.values()):
        on_record.put(model=Injection, case=session.case, key=session.key, said_by=SaidBy.PATIENT, by=by, **fields)
    elif row:
        on_record.strike(row=row, by=by)


def _tell_scores(session: Session, by: Actor) -> None:
    results = _results(session)
    follow_up: dict[str, Any] = {"injection_key": session.key, "moment": "after"}
    for row in session.case.scores.current().filter(said_by=SaidBy.PATIENT, **follow_up):
        if (row.scale, row.on) not in results:
            on_record.strike(row=row, by=by)
    for (scale, on), result in results.items():
        on_record.score(case=session.case, scale=scale, on=on, said_by=SaidBy.PATIENT, by=by, **follow_up, **result)


def _results(session: Session) -> Results:
    """What the baseline is compared with; of two check-ins that were answered on one day the later one counts."""
    answers = Answer.objects.compared().filter(check_in__session=session).select_related("check_in")
    return {
        (scale, answer.on): result
        for answer in answers.order_by("on", "id")
        for scale, result in to_compare(answer.check_in.recall, answer.pain, answer.scores).items()
    }
