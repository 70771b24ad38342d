"""Small numbers hidden, so that nobody is known by a count. Pure.

The rule is the one of CMS for what it publishes, its cell size suppression policy: no cell of 1 to 10 is shown, and no
other cell by which one could compute it. A zero may be shown. Lines (a total and its parts) say what can be computed.
"""

from collections.abc import Container, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

SMALLEST = 11
MOST = 10**9
ROUNDS = 100  # of narrowing: what they have not found by then, nobody finds on paper


class Mark(Enum):
    SHOWN = ""
    FEW = "fewer than 11"  # 1 to 10
    HELD = "hidden"  # 11 or more, by which one could compute a smaller one
    SEALED = "hidden "  # any number: where so many are few that "fewer than 11" would say too much


@dataclass(frozen=True)
class Cell:
    """One number as it may be shown; None where it is hidden."""

    count: int | None
    mark: Mark = Mark.SHOWN

    def __str__(self) -> str:
        return f"{self.count:,}" if self.count is not None else self.mark.value.strip()


class Line(NamedTuple):
    """A total and the parts that it is the sum of, by the keys of their cells."""

    total: Hashable
    parts: tuple[Hashable, ...]

    @property
    def cells(self) -> tuple[Hashable, ...]:
        return (*self.parts, self.total)


Marks = dict[Hashable, Mark]
Bounds = dict[Hashable, tuple[int, int]]


def hide(
    counts: Mapping[Hashable, int],
    lines: Sequence[Line],
    last: Container[Hashable] = frozenset(),
    unseen: Container[Hashable] = frozenset(),
) -> dict[Hashable, Cell]:
    """Each number as it may be shown, so that no number of 1 to 10 can be computed from what is shown of its lines.

    Args:
        last: the numbers that matter most: others are hidden before them.
        unseen: numbers that stand nowhere, by which others add up.

    Raises:
        ValueError: a total is not the sum of its parts.
    """
    if any(counts[line.total] != sum(counts[part] for part in line.parts) for line in lines):
        raise ValueError("A total is the sum of its parts.")
    marks = {key: Mark.SEALED if key in unseen else _mark(count) for key, count in counts.items()}
    while known := _computable(counts, marks, lines):
        _cover(known, counts, marks, lines, last)
    return {key: Cell(counts[key] if mark == Mark.SHOWN else None, mark) for key, mark in marks.items()}


def _mark(count: int) -> Mark:
    return Mark.FEW if _is_few(count) else Mark.SHOWN


def _is_few(count: int) -> bool:
    return 0 < count < SMALLEST


def _computable(counts: Mapping[Hashable, int], marks: Marks, lines: Sequence[Line]) -> list[Hashable]:
    """The hidden numbers that can be computed; none where no small one can."""
    bounds = narrowed(counts, marks, lines)
    known = [key for key, (least, most) in bounds.items() if marks[key] != Mark.SHOWN and least == most]
    return known if any(_is_few(counts[key]) for key in known) else []


def _cover(
    known: Sequence[Hashable],
    counts: Mapping[Hashable, int],
    marks: Marks,
    lines: Sequence[Line],
    last: Container[Hashable],
) -> None:
    """Hide one number more: the next smallest beside those that are known, then a line as a whole, then everything."""
    own = [line for line in lines if any(key in line.cells for key in known)]
    totals = {line.total for line in own}
    # To hide a zero beside would hide nothing.
    if beside := {key for line in own for key in line.cells if marks[key] == Mark.SHOWN and counts[key]}:
        marks[min(beside, key=lambda key: (key in last, key in totals, counts[key], str(key)))] = Mark.HELD
        return
    unsealed = [key for line in own for key in line.cells if marks[key] != Mark.SEALED]
    marks.update(dict.fromkeys(unsealed or marks, Mark.SEALED))


def narrowed(counts: Mapping[Hashable, int], marks: Marks, lines: Sequence[Line]) -> Bounds:
    """Between which numbers each must lie, for somebody who knows the rule and sees all the lines."""
    unknown = {Mark.FEW: (1, SMALLEST - 1), Mark.HELD: (SMALLEST, MOST), Mark.SEALED: (0, MOST)}
    bounds = {key: unknown.get(mark, (counts[key], counts[key])) for key, mark in marks.items()}
    for _ in range(ROUNDS):
        before = dict(bounds)
        for line in lines:
            _narrow(line, bounds)
        if bounds == before:
            break
    return bounds


def _narrow(line: Line, bounds: Bounds) -> None:
    least, most = (sum(bounds[part][end] for part in line.parts) for end in (0, 1))
    total = bounds[line.total] = _both(bounds[line.total], (least, most))
    for part in line.parts:
        low, high = bounds[part]
        bounds[part] = _both((low, high), (total[0] - (most - high), total[1] - (least - low)))


def _both(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return max(one[0], other[0]), min(one[1], other[1])
