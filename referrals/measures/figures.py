"""The clinic's numbers as they are shown: how referrals ended, how long steps take, why visits did not happen. Pure."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from referrals.loop.lifecycle import BEGINS, PAUSED, WHY_NOT, WORDS, Direction, State, turn
from referrals.loop.targets import WHOLE

from .hidden import SMALLEST, Cell, Line, hide

IN_DAYS = 30
ENDINGS = {
    "in_time": f"Completed in {IN_DAYS} days",
    "later": "Completed later",
    "because": "Closed with a reason",
    "cancelled": "Cancelled",
    "open": "Still open",
}
NOT_SAID = "not shown"
YOUNG = "young"  # opened less than 30 days ago: nobody can say yet
ALL = "all"
EVERY = ("", ALL)  # the line of the table that sums up the others
OPENED, MISSED = "opened", "missed"
WHOLE_WORDS = {
    Direction.OUTGOING: "Until the patient was seen",
    Direction.INCOMING: "Until the doctor decided",
}
Counts = Mapping[str, int]
Numbers = dict[Hashable, int]
Cells = Mapping[Hashable, Cell]
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
    """A share in whole percent, only of 11 or more; 0 and 100 are said only where they are exact. Empty: not shown."""
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


@dataclass(frozen=True)
class Tallied:
    """What the database counted for one page."""

    direction: Direction
    every: Counts
    groups: Mapping[Group, Counts]
    whole: Took
    steps: Mapping[str, Took]
    attended: int = 0
    why: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """All numbers of one page as they may be shown."""

    ended: list[Ended]  # all together, then by group
    young: Cell
    whole: Counted
    steps: list[Counted]
    visits: Visits


def figures(of: Tallied) -> Figures:
    """The numbers of one page: small ones are hidden across all of its tables, wherever they add up."""
    rows = {EVERY: of.every, **of.groups}
    counts, lines = _ended_counts(rows, of.groups)
    counts |= {YOUNG: of.every.get(YOUNG, 0), MISSED: sum(of.why.values()), "attended": of.attended}
    counts |= {("why", why): count for why, count in of.why.items()}
    for key, took in {WHOLE: of.whole, **of.steps}.items():
        counts |= {(key, "done"): took.done, (key, "open"): took.open}
        counts |= {(key, "within"): took.within, (key, "over"): took.done - took.within}
        lines.append(Line((key, "done"), ((key, "within"), (key, "over"))))
    lines.append(Line(MISSED, tuple(("why", why) for why in of.why)))
    cells = hide(*_across(of, counts, lines), last={(EVERY, each) for each in (ALL, *ENDINGS)}, unseen={OPENED})
    return Figures(
        ended=[Ended(row, cells[row, ALL], {each: cells[row, each] for each in ENDINGS}) for row in rows],
        young=cells[YOUNG],
        whole=_counted(WHOLE, WHOLE_WORDS[of.direction], of.whole, cells),
        steps=_steps(of, cells),
        visits=_visits(of, cells),
    )


def _ended_counts(rows: Mapping[Group, Counts], groups: Mapping[Group, Counts]) -> tuple[Numbers, list[Line]]:
    """How referrals ended: each line adds up across, and the lines of all services or practices add up down."""
    counts: Numbers = {(group, ALL): sum(row.get(each, 0) for each in ENDINGS) for group, row in rows.items()}
    counts |= {(group, each): row.get(each, 0) for group, row in rows.items() for each in ENDINGS}
    lines = [Line((group, ALL), tuple((group, each) for each in ENDINGS)) for group in rows]
    for by in dict.fromkeys(by for by, _ in groups):
        same = [group for group in groups if group[0] == by]
        lines += [Line((EVERY, each), tuple((group, each) for group in same)) for each in (ALL, *ENDINGS)]
    return counts, lines


def _across(of: Tallied, counts: Numbers, lines: list[Line]) -> tuple[Numbers, list[Line]]:
    """What adds up from one table to another: everybody begins as a draft, each missed visit is a step.

    It may not, where somebody took a step between two queries, or a referral came back to its beginning.
    """
    counts = counts | {OPENED: counts[EVERY, ALL] + counts[YOUNG]}
    totals = {WHOLE: (EVERY, ALL), BEGINS[of.direction]: OPENED, State.NOT_ATTENDED: MISSED}
    across = [Line(total, ((key, "done"), (key, "open"))) for key, total in totals.items() if (key, "done") in counts]
    fitting = [line for line in across if counts[line.total] == sum(counts[part] for part in line.parts)]
    return counts, [*lines, Line(OPENED, ((EVERY, ALL), YOUNG)), *fitting]


def _steps(of: Tallied, cells: Cells) -> list[Counted]:
    """In the order of the way; steps that nobody came to are left out."""
    words = WORDS[of.direction]
    return [_counted(each, words[each], of.steps[each], cells, of.direction) for each in State if each in of.steps]


def _counted(key: str, label: str, took: Took, cells: Cells, way: Direction | None = None) -> Counted:
    runs = way is None or turn(way, key) not in PAUSED
    shown = {name: cells[key, name] for name in ("done", "within", "over", "open")}
    return Counted(key, label, spell=took.spell if took.done >= SMALLEST else UNKNOWN, runs=runs, **shown)


def _visits(of: Tallied, cells: Cells) -> Visits:
    """What is hidden stands last, in an order that says nothing of how many there are."""
    reasons = {why: cells["why", why] for why in of.why}
    order = sorted(reasons, key=lambda why: (-(reasons[why].count or 0), list(WHY_NOT).index(why)))
    return Visits(cells["attended"], cells[MISSED], [(WHY_NOT[why], reasons[why]) for why in order])
