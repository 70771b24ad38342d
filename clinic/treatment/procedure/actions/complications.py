"""Recording what went wrong in or after a session, on whatever day it was seen."""

import uuid
from datetime import date

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import today
from clinic.treatment.procedure.models import Complication, Session

from .permission import may_record, take_back


@transaction.atomic
def add_complication(
    *, session: Session, kind: str, on: date, nonce: uuid.UUID, by: Actor, words: str = ""
) -> Complication:
    """Record what went wrong in or after a session, on the day on which it was seen; the same nonce is the same one."""
    held = Session.objects.select_for_update(of=("self",)).select_related("case__patient", "case__location")
    session = held.get(pk=session.pk)
    if before := session.complications.filter(nonce=nonce).first():
        return before
    may_record(session.case.patient, by)
    _may_have_gone_wrong(session, kind, on, words)
    written = Complication.objects.create(
        nonce=nonce, session=session, kind=kind, on=on, words=words.strip(), recorded_by_id=by.person_id
    )
    detail = {"kind": kind}
    record(by=by, verb="complication.recorded", patients=[session.case.patient_id], of=written, detail=detail)
    return written


def _may_have_gone_wrong(session: Session, kind: str, on: date, words: str) -> None:
    if session.struck_at is not None:
        raise Refused("This session was taken back. Record it under the one that stands.")
    if not session.on <= on <= today(session.case.location.time_zone):
        raise Refused("A complication is seen from the day of the session on, and not after today.")
    if kind == "other" and not words.strip():
        raise Refused("Write what went wrong.")
    if session.complications.filter(kind=kind, on=on, struck_at=None).exists():
        raise Refused("That complication of that day is recorded already.")


@transaction.atomic
def strike_complication(*, complication: Complication, because: str, by: Actor) -> None:
    """Take back a complication that was recorded wrongly: it stays, struck out, with who, when and why."""
    held = Complication.objects.select_for_update(of=("self",)).select_related("session__case__patient")
    row = held.get(pk=complication.pk)
    if row.struck_at is not None:
        raise Refused("Somebody else has taken this back already.")
    may_record(row.session.case.patient, by)
    take_back(row, because, by)
    record(by=by, verb="complication.struck", patients=[row.session.case.patient_id], of=row)
