"""Verbs of the way: a referral begins, and comes from state to state."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import now, today
from clinic.directory.models import Entry
from clinic.people.models import Location, Patient, User
from clinic.record.models import Case, Document
from referrals.loop import lifecycle
from referrals.loop.lifecycle import BEGINS, FINAL, Direction, State, may_follow
from referrals.loop.models import Link, Referral, Step
from referrals.loop.owners import on_duty
from referrals.loop.reading import due_on
from referrals.loop.urgency import risk

# States by which the whole way is measured: the patient was seen, or the doctor decided.
MET = frozenset({State.ATTENDED, State.REPORT_RECEIVED, State.DECIDED})


@dataclass(frozen=True)
class Asked:
    """What a new referral is: for which service, how soon, at which of our locations."""

    direction: Direction
    service: str
    urgency: str
    location: Location
    patient: Patient | None = None
    case: Case | None = None
    said_name: str = ""
    practice: Entry | None = None
    red_flag: bool = False


@dataclass(frozen=True)
class Said:
    """What is said with a step. `on` is the day on which it happened; None is today at the location."""

    on: date | None = None
    how: str = ""
    why: str = ""
    reason: str = ""
    practice: Entry | None = None
    booked_on: date | None = None
    told_on: date | None = None
    document: Document | None = None
    link: Link | None = None

    @property
    def words(self) -> dict[str, Any]:
        """The step's columns, but for the day."""
        return {name: value for name, value in _columns(self).items() if name != "on"}


def _columns(of: Asked | Said) -> dict[str, Any]:
    return {field.name: getattr(of, field.name) for field in fields(of)}


def of_patient(referral: Referral) -> list[int]:
    """The patient for the log; nobody while it is not matched."""
    return [referral.patient_id] if referral.patient_id else []


def held(referral: Referral) -> Referral:
    """The referral as it stands, locked until the transaction ends."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related("location", "patient", "case", "practice")
    return rows.get(pk=referral.pk)


@transaction.atomic
def begin(*, asked: Asked, by: Actor, owner: User | None = None) -> Referral:
    """Open a referral, with an owner and a next day from its first moment.

    Raises:
        Refused: nobody works here who could own it.
    """
    state, moment = BEGINS[asked.direction], now()
    day = today(asked.location.time_zone)
    referral = Referral.objects.create(
        **_columns(asked),
        state=state,
        owner=owner or on_duty(),
        next_on=day if asked.red_flag else due_on(asked.direction, state, asked.urgency, day),
        risk=risk(asked.urgency, call_now=asked.red_flag),
        clock_since=moment,
        opened_by_id=by.user_id,
    )
    Step.objects.create(referral=referral, direction=asked.direction, to_state=state, on=day, done_by_id=by.user_id)
    record(by=by, verb=f"referral.{asked.direction}_began", patients=of_patient(referral), of=referral)
    return referral


@transaction.atomic
def step(
    *,
    referral: Referral,
    to: str,
    by: Actor,
    said: Said | None = None,
    seen: str = "",
    latest: int | None = None,
) -> Referral:
    """Take a step. `seen` is the state that the page showed: who was overtaken by a colleague is told.

    `latest` is the id of the last step that it showed, where what came since counts though the state is the same: a
    second report is not read by who read the first.

    The same step said twice (a double click, a link opened by two) is one step.

    Raises:
        Refused: the step is not open to it, or something that it needs was not said.
    """
    standing, said = held(referral), said or Said()
    if _said_already(standing, to, said, seen):
        return standing
    _refuse(standing, to, said, seen)
    if latest and standing.steps.filter(pk__gt=latest).exists():
        raise Refused("Something came since you opened this page. Look at it again before you go on.")
    day = today(standing.location.time_zone)
    taken = Step.objects.create(
        referral=standing,
        direction=standing.direction,
        from_state=standing.state,
        to_state=to,
        on=said.on or day,
        done_by_id=None if said.link else by.user_id,
        **said.words,
    )
    before = standing.state
    _come_to(standing, State(to), said, _next_on(standing, State(to), said, day))
    detail = {"from": before, "step": taken.pk}
    record(by=by, verb=f"referral.{to}", patients=of_patient(standing), of=standing, detail=detail)
    return standing


def _said_already(standing: Referral, to: str, said: Said, seen: str) -> bool:
    """Whether the latest step says just this, from a page that showed what was before it; or books the same visit."""
    if not seen or standing.state != to or (seen == standing.state and to != State.BOOKED):
        return False
    latest = standing.steps.last()
    return (
        latest is not None
        and (latest.from_state == seen or seen == to)
        and all(getattr(latest, name) == value for name, value in said.words.items() if name != "link")
    )


def refuse_closed(link: Link) -> None:
    """Refuse what is said by a link that was taken back, or ran out, while it was being said."""
    if not Link.objects.usable().filter(pk=link.pk).exists():
        raise Refused(f"{gettext('This link does not work any more')}.")


def _refuse(standing: Referral, to: str, said: Said, seen: str) -> None:
    if said.link:
        refuse_closed(said.link)
    if seen and seen != standing.state:
        raise Refused(f"This referral is “{standing.state_words}” by now. Look at it again before you go on.")
    if not may_follow(standing.direction, standing.state, to):
        raise Refused(f"This referral is “{standing.state_words}”, so this step is not open to it.")
    if standing.must_call and to != State.CANCELLED:
        raise Refused("A red flag was named. Call the referrer first, and write down what came of it.")
    if lifecycle.needs_reason(standing.direction, standing.state, to) and not (said.reason.strip() or said.told_on):
        raise Refused("Say why.")
    if to in lifecycle.NEEDS_CODE and not said.why:
        raise Refused("Say why the visit did not happen.")
    if to == State.BOOKED and said.booked_on is None:
        raise Refused("Say for which day it is booked.")


def _next_on(standing: Referral, to: State, said: Said, day: date) -> date:
    """When somebody looks again: the target of the step, counted from the visit where one is booked."""
    begins = max(said.booked_on, day) if to == State.BOOKED and said.booked_on else day
    return due_on(standing.direction, to, standing.urgency, begins)


def _come_to(standing: Referral, to: State, said: Said, next_on: date) -> None:
    moment = now()
    clock = standing.clock.after_step(standing.direction, to, moment)
    standing.state, standing.state_since = to.value, moment
    standing.clock_before, standing.clock_since = clock.before, clock.since
    standing.next_on, standing.snoozed = next_on, False
    standing.attempts, standing.escalated = 0, False
    standing.risk = risk(standing.urgency)
    standing.practice = said.practice or standing.practice
    if to in MET and standing.met_at is None:
        standing.met_at = moment
    if to in FINAL:
        standing.ended_at, standing.next_on = moment, None
    standing.save(
        update_fields=[
            "state",
            "state_since",
            "clock_before",
            "clock_since",
            "next_on",
            "snoozed",
            "attempts",
            "escalated",
            "risk",
            "practice",
            "met_at",
            "ended_at",
        ]
    )


@transaction.atomic
def match(*, referral: Referral, patient: Patient, by: Actor, case: Case | None = None) -> Referral:
    """Say whom an incoming referral is about, and with which of their cases it goes on.

    Raises:
        Refused: it was taken on for somebody else already, or the case is another patient's.
    """
    standing = held(referral)
    goes_on = case or standing.case
    if goes_on is not None and goes_on.patient_id != patient.pk:
        raise Refused("This case belongs to another patient.")
    taken_on = standing.state not in (State.RECEIVED, State.NEEDS_INFORMATION)
    if taken_on and standing.case_id and standing.patient_id != patient.pk:
        raise Refused("This referral goes on with another patient's case already.")
    standing.patient, standing.case = patient, goes_on
    standing.save(update_fields=["patient", "case"])
    record(by=by, verb="referral.matched", patients=[patient.pk], of=standing)
    return standing


@transaction.atomic
def name_practice(*, referral: Referral, practice: Entry, by: Actor) -> None:
    """Say which practice of the directory is on the other side."""
    standing = held(referral)
    standing.practice = practice
    standing.save(update_fields=["practice"])
    record(by=by, verb="referral.practice_named", patients=of_patient(standing), of=standing)
