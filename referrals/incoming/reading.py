"""A referral as its sender may read it, in words of the vocabulary alone."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext

from clinic.audit.clock import today
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral, Step
from referrals.loop.reading import due_on

from . import following
from .missing import CODES
from .models import StatusReason


@dataclass(frozen=True)
class Stop:
    """One step of the way: what happened on which day."""

    words: str
    on: date


@dataclass(frozen=True)
class Followed:
    """What the page of a private link says."""

    referral: Referral
    stands: str
    comes_next: str
    because: list[str]  # what we ask for, or why it was not taken
    way: list[Stop]
    is_asked: bool
    is_open: bool
    may_withdraw: bool


def followed(referral: Referral) -> Followed:
    """Where an incoming referral stands, for who sent it."""
    steps = list(referral.steps.select_related("status_reason"))
    state = State(referral.state)
    return Followed(
        referral=referral,
        stands=gettext(following.STANDS[state]),
        comes_next=_comes_next(referral, state),
        because=_because(steps, state),
        way=[_stop(step) for step in steps],
        is_asked=state == State.NEEDS_INFORMATION,
        is_open=referral.is_open,
        may_withdraw=state in following.MAY_WITHDRAW and not _was_withdrawn(referral),
    )


def _comes_next(referral: Referral, state: State) -> str:
    """What follows by when: the target of the step, which no putting off among staff moves."""
    words = following.NEXT.get(state, "")
    if not words or referral.must_call:
        return ""
    zone = ZoneInfo(referral.location.time_zone)
    day = due_on(referral.direction, state, referral.urgency, referral.state_since.astimezone(zone).date())
    if day < today(referral.location.time_zone) and "%(day)s" in words:
        return gettext(following.LATE)
    return gettext(words) % {"day": formats.date_format(day, gettext("j F Y"))}


def _because(steps: list[Step], state: State) -> list[str]:
    """The coded words of the latest refusal or question; once it went on, those of a refusal still stand."""
    asked = {State.NEEDS_INFORMATION} if state == State.NEEDS_INFORMATION else {State.REFUSED, State.HANDED_BACK}
    latest = next((step for step in reversed(steps) if step.to_state in asked), None)
    reason: StatusReason | None = getattr(latest, "status_reason", None)
    return [gettext(CODES[code]) for code in reason.codes if code in CODES] if reason else []


def _stop(step: Step) -> Stop:
    words = gettext(following.WAS[State(step.to_state)])
    how = following.HOW.get(step.how, "") if step.to_state == State.ANSWER_SENT else ""
    return Stop(f"{words} {gettext(how)}" if how else words, step.on)


def _was_withdrawn(referral: Referral) -> bool:
    return referral.additions.filter(kind="withdrawn").exists()
