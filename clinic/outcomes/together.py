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
                lines.append(Line(total, tuple((key, name) for key in row.keys)))
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
    order = sorted(lines, key=lambda key: (lines[key][SESSIONS], str(key)))
    ways = [_joined(order, few, lines) for few in (0, *range(2, len(order)))]
    known, found = _known(lines, cells), dict[str, list[Joined]]()
    for measure in (each for each in MEASURES if each.key in shown):
        for rows in ways:
            tables = [(shown[key], rows) for key, rows in (found | {measure.key: rows}).items()]
            if _may_be_shown(rows, shown[measure.key]) and not known.leaves_few(tables):
                found[measure.key] = rows
                break
    return found


def _joined(order: Sequence[Hashable], few: int, lines: Mapping[Hashable, Counts]) -> list[Joined]:
    singles = [Joined((key,), lines[key]) for key in order[few:]]
    return [*singles, _together(order[:few], lines)] if few else singles


def _together(keys: Sequence[Hashable], lines: Mapping[Hashable, Counts]) -> Joined:
    return Joined(tuple(keys), {name: sum(lines[key][name] for key in keys) for name in lines[keys[0]]})


def _may_be_shown(rows: Sequence[Joined], names: Names) -> bool:
    singles = sum(len(row.keys) == 1 for row in rows)
    return singles <= MOST_LINES and not any(_is_few(row.counts[name]) for row in rows for name in names)


def _known(lines: Mapping[Hashable, Counts], cells: Mapping[Hashable, Cell]) -> Known:
    names = {name for measure in MEASURES for name in measure.numbers}
    counts: dict[Hashable, int] = {(key, name): lines[key][name] for key in lines for name in names}
    marks: dict[Hashable, Mark] = dict.fromkeys(counts, Mark.SEALED)
    counts |= {(ALL, name): sum(lines[key][name] for key in lines) for name in names}
    marks |= {(ALL, name): cells[name].mark for name in names}
    down = [Line((ALL, name), tuple((key, name) for key in lines)) for name in names] if lines else []
    return Known(counts, marks, [*down, *(line for key in (ALL, *lines) for line in _across(key))])


def _across(key: Hashable) -> list[Line]:
    sums = [(total, parts) for measure in MEASURES for total, parts in measure.sums.items()]
    return [Line((key, total), tuple((key, part) for part in parts)) for total, parts in sums]


def _is_few(number: int) -> bool:
    return 0 < number < SMALLEST
