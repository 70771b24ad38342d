"""What is counted of every session, and which numbers add up to which. Pure.

Each session stands in exactly one state of each measure, so that the states of a measure add up to the sessions.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic.treatment.procedure.choices import COMPLICATIONS


@dataclass(frozen=True)
class Question:
    """One question about relief: so long after the session, put by the check-in that is due closest to that day."""

    key: str
    after: str  # an interval, as PostgreSQL reads it
    around: int  # days: a check-in that is due farther from that day asks another question


@dataclass(frozen=True)
class Measure:
    """One share, and the numbers that belong to it: `part` of `whole`; `shown` stand in its table, `rest` beside it.

    Every session is one of `sums[SESSIONS]`; each further total is the sum of its parts.
    """

    key: str
    whole: str
    part: str
    shown: tuple[str, ...]
    rest: tuple[str, ...]  # the states that no share is of
    sums: Mapping[str, tuple[str, ...]]

    @property
    def numbers(self) -> tuple[str, ...]:
        """All numbers of one line."""
        return tuple(dict.fromkeys(name for total, parts in self.sums.items() for name in (*parts, total)))

    @property
    def own(self) -> frozenset[str]:
        """Those that its own table tells of, or leaves to be computed: how many sessions a line has, only one says."""
        own = {total: parts for total, parts in self.sums.items() if total != SESSIONS or self.whole == SESSIONS}
        return frozenset(name for total, parts in own.items() for name in (*parts, total))


SESSIONS = "sessions"
# "Judge at two weeks": University of Illinois, procedure page, https://hospital.uillinois.edu. Half better, and for
# three months: Medicare (LCD L39240, repeat).
QUESTIONS = (Question("two_weeks", "14 days", 4), Question("three_months", "3 months", 14))
START_DAYS = 14  # within which physical therapy is to have started
REPEAT_AFTER = "12 months"
KINDS = tuple(kind for kind, _ in COMPLICATIONS)
STATES: Mapping[str, tuple[str, ...]] = {
    **{question.key: ("better", "less", "silent", "again", "unreached", "young") for question in QUESTIONS},
    "therapy": ("in_time", "later", "goes_on", "home", "none", "young"),
    "repeat": ("again", "once", "young"),
    "complication": ("some", "none"),
}
LEAVES = tuple(f"{measure}_{state}" for measure, states in STATES.items() for state in states)


def _relief(key: str) -> Measure:
    asked, answered, better, less, silent, rest = (
        f"{key}_{word}" for word in ("asked", "answered", "better", "less", "silent", "rest")
    )
    sums = {answered: (better, less), asked: (answered, silent), SESSIONS: (asked, rest)}
    return Measure(key, answered, better, (asked, answered, better), _left_out(key, 3), sums)


def _left_out(key: str, first: int) -> tuple[str, ...]:
    return tuple(f"{key}_{state}" for state in STATES[key][first:])


MEASURES = (
    *(_relief(question.key) for question in QUESTIONS),
    Measure(
        "therapy",
        whole="therapy_meant",
        part="therapy_in_time",
        shown=("therapy_meant", "therapy_in_time"),
        rest=_left_out("therapy", 2),
        sums={"therapy_meant": ("therapy_in_time", "therapy_later"), SESSIONS: ("therapy_meant", "therapy_rest")},
    ),
    Measure(
        "repeat",
        whole="repeat_old",
        part="repeat_again",
        shown=("repeat_old", "repeat_again"),
        rest=_left_out("repeat", 2),
        sums={"repeat_old": ("repeat_again", "repeat_once"), SESSIONS: ("repeat_old", "repeat_rest")},
    ),
    Measure(
        "complication",
        whole=SESSIONS,
        part="complication_some",
        shown=(SESSIONS, "complication_some"),
        rest=(),
        sums={SESSIONS: ("complication_some", "complication_none")},
    ),
)
Counts = Mapping[str, int]


def summed(leaves: Counts) -> dict[str, int]:
    """All numbers of one line, from the states that the database counted."""
    counts = dict(leaves)
    for measure in MEASURES:
        if measure.rest:
            counts[f"{measure.key}_rest"] = sum(counts[name] for name in measure.rest)
        for total, parts in measure.sums.items():
            counts[total] = sum(counts[part] for part in parts)
    return counts
