"""Which reminders go out by themselves, to whom and on which day: one table. Pure.

The days are conventions of ours, like the targets of the steps (reference F3 found no standard of the US). A reminder
whose day is long past is not sent any more: by then the work list has somebody call.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from referrals.loop.lifecycle import Direction, State
from referrals.loop.targets import Span, due


class Kind(StrEnum):
    QUESTIONS_WAIT = "questions_wait"
    DID_THEY_CALL = "did_they_call"
    VISIT_SOON = "visit_soon"
    VISIT_MISSED = "visit_missed"
    ANSWER_US = "answer_us"


class Whom(StrEnum):
    PATIENT = "patient"
    REFERRER = "referrer"


WORDS = {
    Kind.QUESTIONS_WAIT: "Questions wait",
    Kind.DID_THEY_CALL: "Did they call?",
    Kind.VISIT_SOON: "Visit soon",
    Kind.VISIT_MISSED: "Visit missed",
    Kind.ANSWER_US: "Referrer, please answer",
}
MOST_OF_A_KIND = 2  # about one referral, however often it comes to the same state
STILL_WORTH = 3  # days after its day on which a reminder still goes out: a weekend without a worker


@dataclass(frozen=True)
class Rule:
    """One line of the table: in these states, so long after the step, or so many days before the visit.

    `place` counts the reminders of one kind that follow one step, from 0.
    """

    kind: Kind
    whom: Whom
    direction: Direction
    states: frozenset[State]
    after: Span | None = None
    before_visit: int = 0
    place: int = 0
    until: int = STILL_WORTH

    def days(self, begins: date) -> tuple[date, date]:
        """The first and the last day on which it goes out; `begins` is the day of the step, or of the visit."""
        if self.after is None:
            return begins - timedelta(days=self.before_visit), begins - timedelta(days=1)
        first = due(begins, self.after)
        return first, first + timedelta(days=self.until)

    def beginnings(self, day: date) -> tuple[date, date] | None:
        """From which to which day of the step (or of the visit) it goes out on `day`; None: it goes out on no such."""
        fitting = [begins for begins in self._around(day) if self.days(begins)[0] <= day <= self.days(begins)[1]]
        return (min(fitting), max(fitting)) if fitting else None

    def _around(self, day: date) -> Iterator[date]:
        if self.after is None:
            return (day + timedelta(days=ahead) for ahead in range(1, self.before_visit + 1))
        longest = (
            self.until + 2 * self.after.days + 2
        )  # working days never take longer than twice as many, and a weekend
        return (day - timedelta(days=back) for back in range(longest + 1))


IN, OUT = Direction.INCOMING, Direction.OUTGOING
NOT_BOOKED = frozenset({State.SENT, State.RECEIVED, State.ACCEPTED})
INVITED, BOOKED = frozenset({State.INVITED}), frozenset({State.BOOKED})
MISSED, ASKED = frozenset({State.NOT_ATTENDED}), frozenset({State.NEEDS_INFORMATION})
PLAN = (
    Rule(Kind.VISIT_SOON, Whom.PATIENT, OUT, BOOKED, before_visit=2),
    Rule(Kind.VISIT_MISSED, Whom.PATIENT, OUT, MISSED, Span(1, working=True)),
    Rule(Kind.QUESTIONS_WAIT, Whom.PATIENT, IN, INVITED, Span(7), place=1),
    Rule(Kind.QUESTIONS_WAIT, Whom.PATIENT, IN, INVITED, Span(3)),
    Rule(Kind.DID_THEY_CALL, Whom.PATIENT, OUT, NOT_BOOKED, Span(5, working=True)),
    Rule(Kind.ANSWER_US, Whom.REFERRER, IN, ASKED, Span(3, working=True)),
)


def rule_for(direction: str, state: str, places: Collection[int] = ()) -> Rule | None:
    """What a reminder would say now, whatever the day; `places`: those that followed this step already."""
    fitting = [rule for rule in PLAN if rule.direction == direction and state in rule.states]
    unsaid = [rule for rule in fitting if rule.place not in places]
    return min(unsaid, key=lambda rule: rule.place, default=None)
