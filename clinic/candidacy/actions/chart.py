"""What the doctor writes into the chart: facts, rows, scores; closing it and opening it again."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.candidacy.models import RowSaid
from clinic.intake.models import Answer, Translation
from clinic.record import actions as on_record
from clinic.record.models import Case, Listed, SaidBy, Score

from .claims import held_for


def open_chart(case: Case, by: Actor) -> Case:
    """The case, ready to be written to."""
    held = held_for(case, by)
    if held.record_final_at is not None:
        raise Refused("The chart is closed. Reopen it before you change it.")
    return held


@transaction.atomic
def say(*, case: Case, facts: Mapping[str, Any], rows: Sequence[RowSaid], by: Actor) -> None:
    """Save one group of the chart as the doctor's word. A fact of None takes back what the doctor had said."""
    held = open_chart(case, by)
    on_record.state_all(case=held, values=facts, said_by=SaidBy.DOCTOR, by=by)
    for row in rows:
        if row.key is None or _says_something(row) or _stands(row, row.key, held):
            on_record.put(model=row.model, case=held, key=row.key, said_by=SaidBy.DOCTOR, by=by, **row.fields)
    if facts.get("complaint.region") or facts.get("complaint.side"):
        on_record.place(
            case=held,
            region=facts.get("complaint.region") or held.region,
            side=facts.get("complaint.side") or held.side,
            by=by,
        )


def _says_something(row: RowSaid) -> bool:
    return any(value not in (None, "") for name, value in row.fields.items() if name != "electrodiagnostic")


def _stands(row: RowSaid, key: uuid.UUID, case: Case) -> bool:
    """Whether the doctor has said something of this row before: emptying it then is a change."""
    owner = {"patient": case.patient} if hasattr(row.model, "patient_id") else {"case": case}
    return row.model.objects.current().filter(key=key, said_by=SaidBy.DOCTOR, **owner).exists()


@transaction.atomic
def strike_row(*, case: Case, model: type[Listed], key: uuid.UUID, by: Actor) -> None:
    """Take back what the doctor said of one row; what others said of it stays."""
    held = open_chart(case, by)
    owner = {"patient": held.patient} if hasattr(model, "patient_id") else {"case": held}
    row = model.objects.current().filter(key=key, said_by=SaidBy.DOCTOR, **owner).first()
    if row is None:
        raise Refused("You have said nothing of this entry, so there is nothing to take back.")
    on_record.strike(row=row, by=by)


@transaction.atomic
def add_score(
    *,
    case: Case,
    scale: str,
    value: Decimal,
    on: date,
    by: Actor,
    period: str = "",
    injection_key: uuid.UUID | None = None,
    moment: str = "",
) -> Score:
    """Record a score that was taken elsewhere or in the room, by itself or round an injection."""
    held = open_chart(case, by)
    if injection_key and not held.patient.injections.current().filter(key=injection_key).exists():
        raise Refused("This injection is not in the patient's record.")
    return on_record.score(
        case=held,
        scale=scale,
        value=value,
        on=on,
        period=period,
        injection_key=injection_key,
        moment=moment,
        said_by=SaidBy.DOCTOR,
        by=by,
    )


@transaction.atomic
def close(*, case: Case, by: Actor) -> None:
    """Close the chart: what must be documented and is not, is then not met."""
    on_record.set_final(case=held_for(case, by), final=True, by=by)


@transaction.atomic
def reopen(*, case: Case, by: Actor) -> None:
    """Open the chart again, to write to it or to decide anew."""
    on_record.set_final(case=held_for(case, by), final=False, by=by)


@transaction.atomic
def translate(*, answer: Answer, text: str, language: str, by: Actor) -> Translation:
    """Add a translation under one's own name; the patient's words stay as they are."""
    if not text.strip():
        raise Refused("Write the translation before you save it.")
    latest = answer.translations.order_by("-id").first()
    if latest and (latest.text, latest.written_by_id) == (text.strip(), by.person_id):
        return latest
    translation = Translation.objects.create(
        answer=answer, text=text.strip(), language=language, written_by_id=by.person_id
    )
    patient = answer.intake.case.patient_id
    record(by=by, verb="answer.translated", patients=[patient], of=answer)
    return translation
