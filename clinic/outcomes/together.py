"""Lines of a table joined until no number in it is small, nor any that one could compute from all of it. Pure.

The lines with fewest sessions are counted together, in the same order for every measure, and more of them until each
number that is shown is none or 11 and more. What a reader could compute is tried out, as it is for hidden cells: each
line apart is unknown, its numbers add up, and so do the lines, to what is shown of them together.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from referrals.measures.hidden import SMALLEST, Cell, Line, Mark, narrowed

from .counts import MEASURES, SESSIONS, Counts

MOST_LINES = 12  # that stand by themselves
Names = frozenset[str]
ALL = "all"  # the line of all sessions


@dataclass(frozen=True)
class Joined:
    """One line: a single one by its key, or several counted together."""

    keys: tuple[Hashable, ...]
    counts: Counts


@dataclass(frozen=True)
class Known:
    """What a reader knows before anything is laid side by side: how numbers add up, and those of all sessions."""

    counts: Mapping[Hashable, int]
    marks: Mapping[Hashable, Mark]
    lines: Sequence[Line]

    def leaves_few(self, tables: Iterable[tuple[Names, Sequence[Joined]]]) -> bool:
        """Whether a number of 1 to 10 can be computed once these are shown."""
        counts, marks, lines = dict(self.counts), dict(self.marks), list(self.lines)
        for place, (names, rows) in enumerate(tables):
            for row, name in ((row, name) for row in rows for name in names):
                total = (place, row.keys, name)
                counts[total], marks[total] = row.counts[name], Mark.SHOWN
                parts = tuple((key, name) for key in row.keys)
                lines.append(Line(total, tuple(part for part in parts if part in self.counts)))
        bounds = narrowed(counts, marks, lines)
        return any(least == most and _is_few(counts[key]) for key, (least, most) in bounds.items())


def side_by_side(
    lines: Mapping[Hashable, Counts], cells: Mapping[Hashable, Cell], shown: Mapping[str, Names]
) -> dict[str, list[Joined]]:
    """For each measure its lines, those that were joined last; without a measure whose lines cannot be compared.

    Args:
        lines: all numbers of each line.
        cells: those of all sessions, as they are shown.
        shown: by measure, which of its numbers the table shows.
    """
    apart = _apart(lines)
    ways = [_joined(apart, few) for few in (0, *range(2, len(apart)))]
    known, found = _known(apart, cells), dict[str, list[Joined]]()
    for measure in (each for each in MEASURES if each.key in shown):
        for rows in ways:
            tables = [(shown[key], rows) for key, rows in (found | {measure.key: rows}).items()]
            if _may_be_shown(rows, shown[measure.key]) and not known.leaves_few(tables):
                found[measure.key] = rows
                break
    return found


def _apart(lines: Mapping[Hashable, Counts]) -> list[Joined]:
    """The lines from the one with fewest sessions on; where there are too many, those with fewest are one."""
    order = sorted(lines, key=lambda key: (lines[key][SESSIONS], str(key)))
    apart = [Joined((key,), lines[key]) for key in order]
    many = max(2, len(apart) - MOST_LINES)
    return [_together(apart[:many]), *apart[many:]] if len(apart) > MOST_LINES else apart


def _joined(apart: Sequence[Joined], few: int) -> list[Joined]:
    return [*apart[few:], _together(apart[:few])] if few else list(apart)


def _together(rows: Sequence[Joined]) -> Joined:
    names = rows[0].counts
    return Joined(
        tuple(key for row in rows for key in row.keys), {name: sum(row.counts[name] for row in rows) for name in names}
    )


def _may_be_shown(rows: Sequence[Joined], names: Names) -> bool:
    return not any(_is_few(row.counts[name]) for row in rows for name in names)


def _known(apart: Sequence[Joined], cells: Mapping[Hashable, Cell]) -> Known:
    """A line that stands for several goes by the first of them."""
    names = {name for measure in MEASURES for name in measure.numbers}
    keys = [row.keys[0] for row in apart]
    counts: dict[Hashable, int] = {(row.keys[0], name): row.counts[name] for row in apart for name in names}
    marks: dict[Hashable, Mark] = dict.fromkeys(counts, Mark.SEALED)
    counts |= {(ALL, name): sum(row.counts[name] for row in apart) for name in names}
    marks |= {(ALL, name): cells[name].mark for name in names}
    down = [Line((ALL, name), tuple((key, name) for key in keys)) for name in names] if keys else []
    return Known(counts, marks, [*down, *(line for key in (ALL, *keys) for line in _across(key))])


def _across(key: Hashable) -> list[Line]:
    sums = [(total, parts) for measure in MEASURES for total, parts in measure.sums.items()]
    return [Line((key, total), tuple((key, part) for part in parts)) for total, parts in sums]


def _is_few(number: int) -> bool:
    return 0 < number < SMALLEST
