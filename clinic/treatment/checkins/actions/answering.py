"""Verbs of an answer: keeping it, saying to the record what it means, calling a doctor; and striking it out."""

import uuid
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import now, today
from clinic.candidacy.actions.claims import concerns_themselves
from clinic.criteria.dates import NoSuchDay, parse
from clinic.record import actions as on_record
from clinic.record.models import Alert, Case, SaidBy
from clinic.treatment.checkins import reading, relief
from clinic.treatment.checkins.heard import Heard
from clinic.treatment.checkins.models import Answer, CheckIn
from clinic.treatment.procedure.models import Session

from .telling import tell

AGAIN = "Said anew."
ENDED_EARLY = "relief_ended_early"


class Late(Refused):
    """The check-in takes no answer any more; `why` says what stands against it."""

    def __init__(self, why: reading.Closed) -> None:
        super().__init__(why.words)
        self.why = why


def answer(*, check_in: CheckIn, said: Heard, how: str, nonce: uuid.UUID, by: Actor) -> Answer:
    """Keep an answer, say to the record what it means, and call the clinic where it must act.

    Sent twice it is kept once; said anew, the later one stands and the earlier is struck out. A bad sign is heard
    also where the answer comes too late to be kept.

    Raises:
        Late: the check-in takes no answer any more.
        Refused: the end of the relief is no day between the session and today.
    """
    kept = _answer(check_in, said, how, nonce, by)
    if isinstance(kept, reading.Closed):
        raise Late(kept)
    return kept


@transaction.atomic
def _answer(check_in: CheckIn, said: Heard, how: str, nonce: uuid.UUID, by: Actor) -> Answer | reading.Closed:
    held = _held(check_in)
    if how == "call":
        _of_somebody_else(held, by)
    if before := held.answers.filter(nonce=nonce).first():
        return before
    _call_for_signs(held.session.case, said, by)
    if why := reading.closed(held, how):
        return why
    ended_early = reading.came_to(held.session).ended_early(held.session.on)
    _strike(held, AGAIN, by)
    kept = _keep(held, said, how, nonce, by)
    tell(session=held.session, by=by)
    if not ended_early and reading.came_to(held.session).ended_early(held.session.on):
        on_record.raise_alert(case=held.session.case, kind=Alert.Kind.CHANGE, signs=[ENDED_EARLY], by=by)
    detail = {"how": how, "moment": held.moment}
    record(by=by, verb="check_in.answered", patients=[held.session.case.patient_id], of=kept, detail=detail)
    return kept


@transaction.atomic
def strike_answer(*, answer: Answer, because: str, by: Actor) -> None:
    """Strike an answer that was given in error; what it said to the record is taken back.

    Raises:
        Refused: without a reason, or where it was struck out or said anew meanwhile.
    """
    if not because.strip():
        raise Refused("Write why this answer is struck out.")
    held = _held(answer.check_in)
    _of_somebody_else(held, by)
    if not _strike(held, because.strip(), by, pk=answer.pk):
        raise Refused("This answer was struck out or said anew meanwhile.")
    tell(session=held.session, by=by)
    record(by=by, verb="check_in.struck", patients=[held.session.case.patient_id], of=answer)


def _held(check_in: CheckIn) -> CheckIn:
    """The check-in with its session, the case locked: two who answer at once wait for each other."""
    case_id = Session.objects.values_list("case_id", flat=True).get(pk=check_in.session_id)
    Case.objects.select_for_update().get(pk=case_id)
    return CheckIn.objects.select_related("session__case__patient", "session__location").get(pk=check_in.pk)


def _of_somebody_else(check_in: CheckIn, by: Actor) -> None:
    if concerns_themselves(check_in.session.case.patient, by):
        raise Refused("You cannot do this for yourself or for somebody you act for. Ask a colleague.")


def _strike(check_in: CheckIn, because: str, by: Actor, **which: Any) -> int:
    standing = check_in.answers.current().filter(**which)
    return standing.update(struck_at=now(), struck_by=by.user_id, struck_because=because)


def _keep(check_in: CheckIn, said: Heard, how: str, nonce: uuid.UUID, by: Actor) -> Answer:
    # The clock may have gone back: nothing was asked before it was due.
    on = max(today(check_in.session.location.time_zone), check_in.due_on)
    return Answer.objects.create(
        nonce=nonce,
        check_in=check_in,
        on=on,
        pain=said.pain,
        relief=said.relief,
        relief_until=_until(check_in.session, said, on),
        better_or_less_medicine=said.better_or_less_medicine,
        signs=list(said.signs),
        no_signs=said.no_signs,
        scores=said.scores(),
        daily=dict(said.daily),
        words=said.words,
        how=how,
        answered_by_id=by.user_id,
    )


def _until(session: Session, said: Heard, on: date) -> str:
    """The last day of the relief as the patient named it; where nobody knows, some day since it was last good.

    A bad sign is heard whatever else was typed: beside one, a day that cannot be is left out and sends nobody back.
    """
    wrong = _wrong_until(session, said.until, on) if said.until else ""
    if wrong and not said.signs:
        raise Refused(wrong)
    if said.until and not wrong:
        return said.until
    good = [each.on for each in reading.said_of(session) if each.half_better]
    return relief.between(max(good, default=session.on), on) if said.over else ""


def _wrong_until(session: Session, until: str, on: date) -> str:
    """Why this cannot be the last day of the relief; "" where it can."""
    try:
        span = parse(until)
    except NoSuchDay:
        return gettext("There is no such day. Please look at it once more.")
    if span.last < session.on or span.first > on:
        return gettext("The day lies before the injection, or after today. Please look at it once more.")
    return ""


def _call_for_signs(case: Case, said: Heard, by: Actor) -> None:
    """Have a doctor look at a bad sign at once."""
    if said.signs:
        on_record.state_all(case=case, values=said.facts(), said_by=SaidBy.PATIENT, by=by)
        on_record.raise_alert(case=case, kind=Alert.Kind.URGENT, signs=sorted(said.signs), by=by)
