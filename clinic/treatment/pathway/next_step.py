"""What comes next on the way to a session, from what the payer said and what is booked. Pure: it asks no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from clinic.authorization.lifecycle import ALLOWS, Kind

# Standard decisions of payers: 7 calendar days, 42 CFR 422.568(b)(1) as of 2026 (CMS-0057-F). An appeal before the
# service: 30 days, 42 CFR 422.590(b) and 29 CFR 2560.503-1(i)(2)(ii). The week before a session is ours.
ANSWER_WITHIN: Mapping[Kind, timedelta] = {Kind.ASKED: timedelta(days=7), Kind.APPEALED: timedelta(days=30)}
HOLDS_BEFORE = timedelta(days=7)


class Step(StrEnum):
    REVIEW = "review"
    MISSED = "missed"
    ASK = "ask"
    WAIT = "wait"
    REFUSED = "refused"
    RENEW = "renew"
    FIND_DAY = "find_day"
    HOLDS = "holds"
    SESSION = "session"


WORDS: Mapping[Step, str] = {
    Step.REVIEW: "Look into what was reported since the decision",
    Step.MISSED: "Record the session, or find another day",
    Step.ASK: "Ask the payer, or note that it asks for no authorization",
    Step.WAIT: "Wait for the payer's answer",
    Step.REFUSED: "Decide on an appeal, or end the way",
    Step.RENEW: "Ask the payer again: the approval ends before the day",
    Step.FIND_DAY: "Find a day for the session",
    Step.HOLDS: "Settle what is held before the session",
    Step.SESSION: "Carry out the session",
}


class Place(StrEnum):
    """Where a candidate stands, as lists are narrowed by it: from the payer's answer and the booking alone."""

    ASK = "ask"
    WAIT = "wait"
    REFUSED = "refused"
    FIND_DAY = "find_day"
    BOOKED = "booked"


PLACES: Mapping[Place, str] = {
    Place.ASK: "Payer not asked",
    Place.WAIT: "Waiting for the payer",
    Place.REFUSED: "Refused",
    Place.FIND_DAY: "To find a day",
    Place.BOOKED: "Day found",
}
WAITS = (Kind.ASKED, Kind.APPEALED)
REFUSES = (Kind.REFUSED, Kind.UPHELD)


@dataclass(frozen=True)
class Standing:
    """What the next step follows from. `payer` is the latest word with the payer, `last_day` that of an approval."""

    payer: Kind | None = None
    last_day: date | None = None
    booked_on: date | None = None
    open_holds: int = 0
    in_question: bool = False  # an urgent sign or a change stands on the case

    def booked(self, day: date | None) -> "Standing":
        """The same with a day found, or given up."""
        return replace(self, booked_on=day)

    def runs_out(self, today: date) -> bool:
        """Whether an approval ends before the booked day, or has ended."""
        return self.payer in ALLOWS and self.last_day is not None and self.last_day < (self.booked_on or today)


def place(payer: Kind | None, booked_on: date | None) -> Place:
    """Where a candidate stands in the lists."""
    if payer in ALLOWS:
        return Place.BOOKED if booked_on else Place.FIND_DAY
    if payer in REFUSES:
        return Place.REFUSED
    return Place.WAIT if payer in WAITS else Place.ASK


def step(at: Standing, today: date) -> Step:
    """What comes next: first what questions the decision, then a day that is past, the payer, the day, the holds."""
    if at.in_question:
        return Step.REVIEW
    if at.booked_on and at.booked_on < today:
        return Step.MISSED
    if at.payer not in ALLOWS:
        return {Place.ASK: Step.ASK, Place.WAIT: Step.WAIT, Place.REFUSED: Step.REFUSED}[place(at.payer, None)]
    if at.runs_out(today):
        return Step.RENEW
    if at.booked_on is None:
        return Step.FIND_DAY
    return Step.HOLDS if at.open_holds else Step.SESSION


def look_again(at: Standing, today: date) -> date:
    """When somebody looks at it again, after something was done about it today."""
    to_do = step(at, today)
    if to_do == Step.WAIT:
        assert at.payer
        answer = today + ANSWER_WITHIN[at.payer]
        return min(answer, at.booked_on) if at.booked_on else answer
    if to_do == Step.SESSION and at.booked_on:
        return at.booked_on
    if to_do == Step.HOLDS and at.booked_on:
        return max(today, at.booked_on - HOLDS_BEFORE)
    return today
