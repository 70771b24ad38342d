"""The clinic's numbers as they are shown: how referrals ended, how long steps take, why visits did not happen. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from referrals.loop.lifecycle import PAUSED, WHY_NOT, WORDS, Direction, State, turn

from .hidden import SMALLEST, Cell, Line, hide

IN_DAYS = 30
ENDINGS = {
    "in_time": f"Completed in {IN_DAYS} days",
    "later": "Completed later",
    "because": "Closed with a reason",
    "cancelled": "Cancelled",
    "open": "Still open",
}
NOT_SAID = "not said"
YOUNG = "young"  # opened less than 30 days ago: nobody can say yet
ALL = "all"
EVERY = ("", ALL)  # the line of the table that sums up the others
Counts = Mapping[str, int]
Group = tuple[str, Hashable]  # what it is grouped by, and which of it


@dataclass(frozen=True)
class Spell:
    """How long something took, in days: the median and the 90th percentile; None where fewer than 11 did."""

    median: float | None = None
    most: float | None = None

    @property
    def is_known(self) -> bool:
        return self.median is not None

    @property
    def median_words(self) -> str:
        return days(self.median)

    @property
    def most_words(self) -> str:
        return days(self.most)


UNKNOWN = Spell()


@dataclass(frozen=True)
class Ended:
    """One line of "how they ended": all that are 30 days old, and of them each ending."""

    group: Group
    all: Cell
    endings: Mapping[str, Cell]

    @property
    def share(self) -> str:
        return percent(self.endings["in_time"], self.all)


@dataclass(frozen=True)
class Counted:
    """One number of things that took time, how long, and how many of them came within their target."""

    key: str
    label: str
    done: Cell
    within: Cell
    over: Cell
    open: Cell
    spell: Spell
    runs: bool = True

    @property
    def share(self) -> str:
        return percent(self.within, self.done)


@dataclass(frozen=True)
class Took:
    """What the database counts of a step or of the whole way: how many were done, within target, not done yet."""

    done: int = 0
    within: int = 0
    open: int = 0
    spell: Spell = UNKNOWN


@dataclass(frozen=True)
class Visits:
    """Visits that took place or did not, and why not, the most frequent first."""

    attended: Cell
    missed: Cell
    reasons: Sequence[tuple[str, Cell]]

    @property
    def any(self) -> bool:
        return self.missed.count != 0 or self.attended.count != 0


def percent(part: Cell, whole: Cell) -> str:
    """A share in whole percent, only of 11 or more; 0 and 100 are said only where they are exact. Empty: not said."""
    if part.count is None or whole.count is None or whole.count < SMALLEST:
        return ""
    rounded = round(100 * part.count / whole.count)
    if rounded == 0 and part.count:
        return "under 1%"
    return "over 99%" if rounded == 100 and part.count < whole.count else f"{rounded}%"


def days(number: float | None) -> str:
    """Days with one decimal, without one from ten on."""
    if number is None:
        return NOT_SAID
    return f"{number:.1f}" if number < 9.95 else f"{number:.0f}"


def ended(every: Counts, groups: Mapping[Group, Counts]) -> list[Ended]:
    """How referrals ended, all together and then by group; small numbers hidden across all of these lines."""
    rows = {EVERY: every, **groups}
    counts: dict[Hashable, int] = {
        (group, ALL): sum(row.get(each, 0) for each in ENDINGS) for group, row in rows.items()
    }
    counts |= {(group, each): row.get(each, 0) for group, row in rows.items() for each in ENDINGS}
    lines = [Line((group, ALL), tuple((group, each) for each in ENDINGS)) for group in rows]
    for by in dict.fromkeys(by for by, _ in groups):
        same = [group for group in groups if group[0] == by]
        lines += [Line((EVERY, each), tuple((group, each) for group in same)) for each in (ALL, *ENDINGS)]
    cells = hide(counts, lines, last={(EVERY, each) for each in (ALL, *ENDINGS)})
    return [Ended(group, cells[group, ALL], {each: cells[group, each] for each in ENDINGS}) for group in rows]


def steps(direction: str, took: Mapping[str, Took]) -> list[Counted]:
    """How long each step took, in the order of the way; steps that nobody came to are left out."""
    way, found = Direction(direction), []
    for state in (each for each in State if took.get(each, Took()) != Took()):
        runs = turn(way, state) not in PAUSED
        found.append(_counted(state, WORDS[way][state], took[state], runs))
    return found


def whole(direction: str, took: Took) -> Counted:
    """The whole way, until the patient was seen or the doctor decided; `took.open`: those that did not come there."""
    seen = direction == Direction.OUTGOING
    label = "Until the patient was seen" if seen else "Until the doctor decided"
    # How many there are in all stands in the table of how they ended.
    return _counted("whole", label, took, lines=[Line("all", ("done", "open"))])


def _counted(key: str, label: str, took: Took, runs: bool = True, lines: Sequence[Line] = ()) -> Counted:
    counts: dict[Hashable, int] = {
        "done": took.done,
        "within": took.within,
        "over": took.done - took.within,
        "open": took.open,
        "all": took.done + took.open,
    }
    cells = hide(counts, [Line("done", ("within", "over")), *lines])
    spell = took.spell if took.done >= SMALLEST else UNKNOWN
    return Counted(key, label, cells["done"], cells["within"], cells["over"], cells["open"], spell, runs)


def visits(attended: int, why: Mapping[str, int]) -> Visits:
    """How many visits took place, how many did not, and why."""
    missed = sum(why.values())
    counts: dict[Hashable, int] = {"attended": attended, "missed": missed}
    counts.update(why)
    cells = hide(counts, [Line("missed", tuple(why))])
    # What is hidden stands last, in an order that says nothing of how many there are.
    order = sorted(why, key=lambda each: (-(cells[each].count or 0), list(WHY_NOT).index(each)))
    return Visits(cells["attended"], cells["missed"], [(WHY_NOT[each], cells[each]) for each in order])
