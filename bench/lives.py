"""Lives of made-up referrals: the way each took, with every step at its time after the beginning. Pure.

They are walked by the same tables as real ones (`referrals.loop`), so a database made of them holds every constraint.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from referrals.loop import calls, lifecycle
from referrals.loop.actions.steps import MET
from referrals.loop.lifecycle import BEGINS, FINAL, Direction, State, needs_reason
from referrals.loop.targets import DEFAULTS, Key
from referrals.loop.urgency import risk
from referrals.loop.waiting import Clock
from referrals.reminders.plan import Kind, Whom, rule_for

S = State
BEGAN = datetime(2001, 1, 1, tzinfo=UTC)  # any moment: only what lies between is kept
SEEN = (S.BOOKED, S.ATTENDED)
TOLD = (S.REPORT_RECEIVED, S.READ, S.PATIENT_TOLD, S.CLOSED)
AGREED = (S.DECIDED, S.ANSWER_SENT, S.CLOSED)
# How often of a hundred each way is taken, from its first step after the beginning to its end.
WAYS: dict[Direction, Sequence[tuple[int, tuple[State, ...]]]] = {
    Direction.OUTGOING: (
        (38, (S.SENT, S.RECEIVED, S.ACCEPTED, *SEEN, S.DISCHARGED, *TOLD)),
        (20, (S.SENT, *SEEN, *TOLD)),
        (10, (S.SENT, S.ACCEPTED, S.BOOKED, S.NOT_ATTENDED, *SEEN, *TOLD)),
        (10, (S.SENT, S.ACCEPTED, S.BOOKED, S.NOT_ATTENDED, S.CLOSED)),
        (6, (S.SENT, S.REFUSED, S.SENT, S.ACCEPTED, *SEEN, S.DISCHARGED, *TOLD)),
        (6, (S.SENT, S.NEEDS_INFORMATION, S.SENT, *SEEN, S.HANDED_BACK, S.CLOSED)),
        (10, (S.SENT, S.CANCELLED)),
    ),
    Direction.INCOMING: (
        (45, (S.ACCEPTED, S.INVITED, S.IN_REVIEW, *AGREED)),
        (15, (S.NEEDS_INFORMATION, S.RECEIVED, S.ACCEPTED, S.INVITED, S.IN_REVIEW, *AGREED)),
        (10, (S.ACCEPTED, S.INVITED, S.INVITED, S.HANDED_BACK, S.ANSWER_SENT, S.CLOSED)),
        (15, (S.ACCEPTED, S.IN_REVIEW, *AGREED)),
        (10, (S.REFUSED, S.ANSWER_SENT, S.CLOSED)),
        (5, (S.NEEDS_INFORMATION, S.CANCELLED)),
    ),
}
URGENCIES = (("urgent", 5), ("soon", 20), ("routine", 75))
SERVICES = (
    ("physical_therapy", 50),
    ("imaging", 20),
    ("surgery", 10),
    ("behavioural_health", 8),
    ("primary_care", 12),
)
SOFTWARE = frozenset({S.IN_REVIEW, S.DECIDED})
LINKED = frozenset({S.RECEIVED, S.ACCEPTED, S.REFUSED, S.BOOKED, S.ATTENDED, S.NOT_ATTENDED, S.DISCHARGED})
BY_STAFF, BY_LINK, BY_SOFTWARE = "staff", "link", "software"


@dataclass(frozen=True)
class Step:
    """One step so long after the beginning; `booked_in` days after it is the visit."""

    from_state: str
    to_state: str
    after: timedelta
    how: str = ""
    why: str = ""
    reason: str = ""
    booked_in: int | None = None
    told: bool = False
    speaker: str = BY_STAFF


@dataclass(frozen=True)
class Call:
    """A call so long after the beginning."""

    after: timedelta
    outcome: str


@dataclass(frozen=True)
class Reminder:
    """One mail that went out by itself, after the step of this place on the way."""

    step: int
    kind: str
    whom: str
    after: timedelta


@dataclass
class Life:
    """A referral from its beginning to its end, or cut off where it is open, `age` after it began."""

    direction: Direction
    service: str
    urgency: str
    red_flag: bool
    settled: bool
    steps: list[Step]
    calls: list[Call] = field(default_factory=list)
    reminders: list[Reminder] = field(default_factory=list)
    age: timedelta = timedelta()
    clock: Clock = field(default_factory=lambda: Clock(timedelta(), BEGAN))
    met: timedelta | None = None
    next_in: int = 0  # days from today until somebody looks again
    snoozed: bool = False

    @property
    def state(self) -> State:
        return State(self.steps[-1].to_state)

    @property
    def is_open(self) -> bool:
        return self.state not in FINAL

    @property
    def attempts(self) -> int:
        return len(self.calls) if self.is_open else 0

    @property
    def escalated(self) -> bool:
        return calls.escalates(self.attempts)

    @property
    def risk(self) -> int:
        return risk(self.urgency, call_now=self.red_flag and not self.settled, escalated=self.escalated)

    @property
    def is_known(self) -> bool:
        """Whether it says whose it is: what came in is matched before it is taken on."""
        came = {step.to_state for step in self.steps}
        return self.direction == Direction.OUTGOING or S.ACCEPTED in came

    @property
    def has_link(self) -> bool:
        return self.direction == Direction.INCOMING or len(self.steps) > 1


def lives(direction: Direction, *, are_open: bool, count: int) -> Iterator[Life]:
    """So many lives of one direction; the same ones each time."""
    random = Random(f"{direction} {are_open}")
    for _ in range(count):
        yield _Walk(random, direction).cut_off() if are_open else _Walk(random, direction).to_its_end()


class _Walk:
    def __init__(self, random: Random, direction: Direction) -> None:
        self.random, self.direction = random, direction
        weights, ways = zip(*WAYS[direction], strict=True)
        self.way: tuple[State, ...] = random.choices(ways, weights)[0]
        self.urgency = self._one_of(URGENCIES)
        self.service = "pain_spine" if direction == Direction.INCOMING else self._one_of(SERVICES)

    def _one_of(self, weighted: Sequence[tuple[str, int]]) -> str:
        names, weights = zip(*weighted, strict=True)
        return str(self.random.choices(names, weights)[0])

    def to_its_end(self) -> Life:
        red_flag = self._is_red(0.02)
        life = self._walked(self.way, red_flag, settled=red_flag)
        life.age = life.steps[-1].after
        return life

    def cut_off(self) -> Life:
        """Open somewhere on its way, with a next day that is near: a third of them are overdue."""
        way = self.way[: self.random.randrange(len(self.way))]
        red_flag = not way and self._is_red(0.15)
        life = self._walked(way, red_flag, settled=False)
        last = life.steps[-1]
        waited = self.random.randint(0, 2 * DEFAULTS[Key(self.direction.value, life.state, self.urgency)].days + 1)
        life.age = last.after + timedelta(days=waited, hours=self.random.randint(1, 20))
        life.snoozed = not red_flag and self.random.random() < 0.08
        life.next_in = 0 if red_flag else self._next_in(last, waited, life.snoozed)
        life.calls = self._calls(last.after, life.age)
        return life

    def _next_in(self, last: Step, waited: int, snoozed: bool) -> int:
        if last.booked_in is not None:
            return last.booked_in - waited + 1
        return self.random.randint(5, 30) if snoozed else self.random.randint(-4, 8)

    def _is_red(self, share: float) -> bool:
        """Whether what came in names a red flag, which makes it urgent."""
        found = self.direction == Direction.INCOMING and self.random.random() < share
        self.urgency = "urgent" if found else self.urgency
        return found

    def _calls(self, since: timedelta, until: timedelta) -> list[Call]:
        count = self.random.choices((0, 1, 2), (75, 18, 7))[0]
        moments = sorted(since + (until - since) * self.random.random() for _ in range(count))
        return [Call(moment, self.random.choice(("left_message", "no_answer"))) for moment in moments]

    def _walked(self, way: Sequence[State], red_flag: bool, *, settled: bool) -> Life:
        begins = BEGINS[self.direction]
        by = BY_SOFTWARE if self.direction == Direction.INCOMING else BY_STAFF
        steps = [Step("", begins, timedelta(), speaker=by)]
        life = Life(self.direction, self.service, self.urgency, red_flag, settled, steps)
        for to in way:
            self._take(life, to)
        return life

    def _take(self, life: Life, to: State) -> None:
        last = life.steps[-1]
        after = last.after + timedelta(days=last.booked_in or 0, hours=1 + self.random.expovariate(1 / 60))
        step = Step(last.to_state, to, after, **self._words(last, to))
        self._remind(life, last, until=after)
        life.steps.append(step)
        life.clock = life.clock.after_step(self.direction, to, BEGAN + after)
        if to in MET and life.met is None:
            life.met = after

    def _words(self, last: Step, to: State) -> dict[str, Any]:
        """What a step says, as much as the database asks for."""
        told = to == S.CLOSED and last.to_state == S.ANSWER_SENT
        needs = needs_reason(self.direction, last.to_state, to) and not told
        by_link = self.direction == Direction.OUTGOING and to in LINKED
        return {
            "how": "fax" if to in (S.SENT, S.ANSWER_SENT) else "mail" if to == S.INVITED else "",
            "why": self.random.choice(list(lifecycle.WHY_NOT)) if to in lifecycle.NEEDS_CODE else "",
            "reason": "Made up for a measurement" if needs else "",
            "booked_in": self.random.randint(2, 14) if to == S.BOOKED else None,
            "told": told,
            "speaker": BY_LINK if by_link else BY_SOFTWARE if to in SOFTWARE else BY_STAFF,
        }

    def _remind(self, life: Life, last: Step, until: timedelta) -> None:
        """A reminder of the plan while it stood, where it stood long enough; one of a kind about a referral.

        Whoever came in and was sent on is reminded of the one that went out alone: a patient has one mail a day.
        """
        rule = rule_for(self.direction, last.to_state)
        after = last.after + timedelta(days=1)
        if rule is None or after >= until or (life.direction == Direction.INCOMING and rule.whom == Whom.PATIENT):
            return
        if rule.kind not in {each.kind for each in life.reminders}:
            life.reminders.append(Reminder(len(life.steps) - 1, Kind(rule.kind), Whom(rule.whom), after))
