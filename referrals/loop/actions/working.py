"""Verbs of the work list: calling, putting off, handing over, raising the alarm."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import now, today
from clinic.people.models import User
from referrals.loop import calls
from referrals.loop.calls import Outcome, Whom
from referrals.loop.models import Referral, Work
from referrals.loop.owners import may_own
from referrals.loop.reading import due_on
from referrals.loop.targets import due
from referrals.loop.urgency import risk

from .steps import held, of_patient

MOST_SNOOZED = 90  # days: who puts off for longer closes it with a reason


@dataclass(frozen=True)
class Call:
    """What came of a call. `on` is the day that they asked for, or that the caller chose; `nonce` the form's own."""

    whom: str
    outcome: str
    note: str = ""
    on: date | None = None
    nonce: UUID | None = None


def _open(referral: Referral) -> Referral:
    standing = held(referral)
    if not standing.is_open:
        raise Refused(f"This referral is “{standing.state_words}”: nothing more is to be done about it.")
    return standing


def _keep(standing: Referral, kind: Work.Kind, by: Actor, columns: Iterable[str], **words: Any) -> Work:
    """Write down what was done, and what it changed in the referral."""
    assert standing.owner  # the database keeps both in every open referral
    assert standing.next_on
    columns = [*columns, "risk"]
    standing.risk = risk(standing.urgency, call_now=standing.must_call, escalated=standing.escalated)
    standing.save(update_fields=columns)
    done = Work.objects.create(
        referral=standing, kind=kind, owner=standing.owner, next_on=standing.next_on, done_by_id=by.user_id, **words
    )
    detail: dict[str, Any] = {"work": done.pk, "outcome": done.outcome} if done.outcome else {"work": done.pk}
    record(by=by, verb=f"referral.{kind}", patients=of_patient(standing), of=standing, detail=detail)
    return done


@transaction.atomic
def call(*, referral: Referral, said: Call, by: Actor) -> Work:
    """Write down a call. Its outcome sets the next day; after two that nobody answered it is escalated.

    The same form sent twice is one call, so that a double click does not escalate.

    Reaching the referrer about a red flag settles it: from then on the referral goes its way.

    Raises:
        Refused: the day that they asked for was not said, or lies behind us; or the referral is at its end.
    """
    standing = _open(referral)
    kept = said.nonce and standing.work.filter(nonce=said.nonce).first()
    if kept:
        return kept
    day = today(standing.location.time_zone)
    if said.outcome == Outcome.ASKS_LATER and said.on is None:
        raise Refused("Say on which day they asked to be called.")
    if said.on is not None and said.on < day:
        raise Refused("This day lies behind us.")
    standing.attempts = calls.unanswered(standing.attempts, said.outcome)
    standing.escalated = standing.escalated or calls.escalates(standing.attempts)
    if said.outcome == Outcome.REACHED:
        standing.escalated = False
        if standing.must_call and said.whom == Whom.REFERRER:
            standing.settled_at, standing.settled_by_id = now(), by.person_id
    standing.next_on, standing.snoozed = _next_call(standing, said, day), False
    columns = ["attempts", "escalated", "settled_at", "settled_by", "next_on", "snoozed"]
    words = {"whom": said.whom, "outcome": said.outcome, "note": said.note.strip(), "nonce": said.nonce}
    return _keep(standing, Work.Kind.CALL, by, columns, **words)


def _next_call(standing: Referral, said: Call, day: date) -> date:
    if standing.must_call:
        return day  # a red flag is called about until somebody answers, whatever day was named
    if said.on:
        return said.on
    span = calls.after(said.outcome, standing.urgency)
    if span is None:
        return due_on(standing.direction, standing.state, standing.urgency, day)
    return due(day, span)


@transaction.atomic
def snooze(*, referral: Referral, until: date, reason: str, by: Actor) -> Work:
    """Put it off until a day, with a reason. A red flag cannot be put off."""
    standing = _open(referral)
    day = today(standing.location.time_zone)
    if standing.must_call:
        raise Refused("A red flag was named: it cannot be put off.")
    if not reason.strip():
        raise Refused("Say why it is put off.")
    if not day < until <= day + timedelta(days=MOST_SNOOZED):
        raise Refused(f"Choose a day after today, at most {MOST_SNOOZED} days ahead.")
    standing.next_on, standing.snoozed = until, True
    return _keep(standing, Work.Kind.SNOOZE, by, ["next_on", "snoozed"], note=reason.strip())


@transaction.atomic
def assign(*, referrals: Iterable[Referral], owner: User, by: Actor, note: str = "") -> int:
    """Hand referrals over to somebody; how many had another owner before. Those at their end are left alone."""
    if not may_own().filter(pk=owner.pk).exists():
        raise Refused("This colleague cannot own a referral.")
    moved = 0
    for referral in sorted(referrals, key=lambda each: each.pk):  # one order, so that two who assign wait
        standing = held(referral)
        if standing.is_open and standing.owner_id != owner.pk:
            standing.owner = owner
            _keep(standing, Work.Kind.ASSIGN, by, ["owner"], note=note.strip())
            moved += 1
    return moved


@transaction.atomic
def escalate(*, referral: Referral, note: str, by: Actor) -> Work:
    """Raise the alarm: it goes up in every list, and stands for today."""
    standing = _open(referral)
    standing.escalated, standing.next_on, standing.snoozed = True, today(standing.location.time_zone), False
    return _keep(standing, Work.Kind.ESCALATE, by, ["escalated", "next_on", "snoozed"], note=note.strip())


@transaction.atomic
def change_urgency(*, referral: Referral, urgency: str, reason: str, by: Actor) -> Work:
    """Say that it is more or less urgent than was said; its step is due anew, never later than it was if it went up."""
    standing = _open(referral)
    if not reason.strip():
        raise Refused("Say why the urgency changes.")
    day = today(standing.location.time_zone)
    rises = risk(urgency) > risk(standing.urgency)
    standing.urgency = urgency
    due_day = day if standing.must_call else due_on(standing.direction, standing.state, urgency, day)
    standing.next_on = min(due_day, standing.next_on or due_day) if rises else due_day
    return _keep(standing, Work.Kind.URGENCY, by, ["urgency", "next_on"], note=reason.strip())
