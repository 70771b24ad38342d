"""The results of one year as they may be shown. Pure.

Of all sessions together, small numbers are hidden cell by cell. Lines laid side by side are joined until none of
their numbers is small, and only where all cells of their total are shown: so nothing hidden can be computed from them.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from referrals.measures.chart import Drawing, Value, bars
from referrals.measures.figures import percent
from referrals.measures.hidden import Cell, Line, Mark, hide

from .counts import KINDS, MEASURES, QUESTIONS, SESSIONS, Counts, Measure, summed
from .together import Joined, side_by_side
from .words import KINDS as KIND_WORDS
from .words import WORDS, Words

LONGEST_LABEL = 34  # letters that fit beside a bar
ENTRIES, MORE = "entries", "more"  # complications by kind; those beyond the first of a session
Cells = Mapping[Hashable, Cell]
Named = Mapping[Hashable, str]


@dataclass(frozen=True)
class Tallied:
    """What the database counted of one year: all sessions, complications by kind, and lines by what they share."""

    every: Counts
    kinds: Counts
    groups: Mapping[str, Mapping[Hashable, Counts]]


@dataclass(frozen=True)
class Row:
    """One line of a table: its numbers under the heads of their columns, and the share that `part` is of `whole`.

    `keys`: the lines that it counts together; none of all sessions.
    """

    name: str
    keys: tuple[Hashable, ...]
    numbers: list[tuple[str, Cell]]
    share: str
    part: Cell
    whole: Cell


@dataclass(frozen=True)
class Result:
    """One measure: all sessions together, what is in none of its numbers, and lines side by side, where they may be."""

    measure: Measure
    words: Words
    every: Row
    rest: list[tuple[str, Cell]]
    response: str  # the share that answered, of those who were asked
    floor: str  # the share, were everybody who did not answer less than half better
    compared: Mapping[str, list[Row]]

    @property
    def is_none(self) -> bool:
        """Whether there is nothing yet that a share could be of."""
        return self.every.whole.count == 0


@dataclass(frozen=True)
class Figures:
    """All numbers of one year."""

    sessions: Cell
    results: list[Result]
    kinds: list[tuple[str, Cell]]
    entries: Cell


def figures(of: Tallied, names: Mapping[str, Named]) -> Figures:
    """The numbers of one year; `names` of the lines stand in the order of their tables."""
    cells = _hidden(of)
    shown = {measure.key: _shown(measure, cells) for measure in MEASURES}
    shown = {key: numbers for key, numbers in shown.items() if numbers}
    tables = {by: side_by_side(_summed(lines), cells, shown) for by, lines in of.groups.items()}
    return Figures(
        sessions=cells[SESSIONS],
        results=[_result(measure, cells, _compared(measure, cells, tables, names)) for measure in MEASURES],
        kinds=_kinds(cells, of.kinds),
        entries=cells[ENTRIES],
    )


def _summed(lines: Mapping[Hashable, Counts]) -> dict[Hashable, Counts]:
    return {key: summed(leaves) for key, leaves in lines.items()}


def _hidden(of: Tallied) -> dict[Hashable, Cell]:
    """All sessions together, hidden across the measures; what shares are made of goes last."""
    every = summed(of.every)
    names = [name for measure in MEASURES for name in (*measure.numbers, *measure.rest)]
    counts: dict[Hashable, int] = {name: every[name] for name in names}
    lines = [Line(total, parts) for measure in MEASURES for total, parts in measure.sums.items()]
    lines += [Line(f"{measure.key}_rest", measure.rest) for measure in MEASURES if measure.rest]
    # A session may have several complications: what is beyond its first is a number that adds up, too.
    entries = sum(of.kinds.values())
    counts |= {ENTRIES: entries, MORE: entries - every["complication_some"]}
    counts |= {("kind", kind): of.kinds.get(kind, 0) for kind in KINDS}
    lines += [Line(ENTRIES, tuple(("kind", kind) for kind in KINDS)), Line(ENTRIES, ("complication_some", MORE))]
    last = {SESSIONS, *(name for measure in MEASURES for name in (measure.whole, measure.part))}
    return hide(counts, lines, last=last)


def _shown(measure: Measure, cells: Cells) -> frozenset[str]:
    """The numbers of a measure that are shown of all sessions: lines that add up to a hidden one would tell it.

    Empty where its share is of nothing, or hidden itself.
    """
    numbers = frozenset(name for name in measure.own if cells[name].count is not None)
    return numbers if {measure.whole, measure.part} <= numbers and cells[measure.whole].count else frozenset()


def _result(measure: Measure, cells: Cells, compared: Mapping[str, list[Row]]) -> Result:
    words, asked = WORDS[measure.key], f"{measure.key}_asked"
    is_asked = any(each.key == measure.key for each in QUESTIONS)
    return Result(
        measure,
        words,
        every=_row("All sessions", (), measure, cells),
        rest=[(why, cells[name]) for why, name in zip(words.rest, measure.rest, strict=True) if cells[name].count != 0],
        response=percent(cells[measure.whole], cells[asked]) if is_asked else "",
        floor=percent(cells[measure.part], cells[asked]) if is_asked else "",
        compared=compared,
    )


def _compared(
    measure: Measure, cells: Cells, tables: Mapping[str, Mapping[str, list[Joined]]], names: Mapping[str, Named]
) -> dict[str, list[Row]]:
    lines = {by: found[measure.key] for by, found in tables.items() if measure.key in found}
    return {by: _rows(measure, cells, rows, names[by]) for by, rows in lines.items()}


def _rows(measure: Measure, cells: Cells, lines: list[Joined], names: Named) -> list[Row]:
    """In the order of the names, what was joined last; what is hidden of all sessions is hidden in each line."""
    order = list(names)
    found = sorted(lines, key=lambda line: (len(line.keys) > 1, order.index(line.keys[0])))
    return [_row(_name(line.keys, names), line.keys, measure, _like(cells, line.counts)) for line in found]


def _like(cells: Cells, counts: Counts) -> Cells:
    hidden = Cell(None, Mark.SEALED)
    return {name: Cell(number) if cells[name].count is not None else hidden for name, number in counts.items()}


def _name(keys: tuple[Hashable, ...], names: Named) -> str:
    if len(keys) > 2:
        return f"{len(keys)} others together"
    return " and ".join(sorted(names[key] for key in keys))


def _row(name: str, keys: tuple[Hashable, ...], measure: Measure, cells: Cells) -> Row:
    part, whole = cells[measure.part], cells[measure.whole]
    columns = zip(WORDS[measure.key].columns, (cells[each] for each in measure.shown), strict=True)
    return Row(name, keys, list(columns), percent(part, whole), part, whole)


def _kinds(cells: Cells, kinds: Counts) -> list[tuple[str, Cell]]:
    """The kinds that there were; what is hidden stands last, in an order that says nothing of how many there are."""
    found = {kind: cells["kind", kind] for kind in KINDS if kinds.get(kind)}
    order = sorted(found, key=lambda kind: (-(found[kind].count or 0), KINDS.index(kind)))
    return [(KIND_WORDS[kind], found[kind]) for kind in order]


def shares(result: Result, by: str) -> Drawing:
    """The shares of one measure as bars, in per cent: all sessions first, then the lines side by side."""
    rows = [result.every, *result.compared.get(by, ())]
    return bars(Value(_label(row.name), _said(row, result.words), _length(row)) for row in rows)


def kinds(of: Figures) -> Drawing:
    """Complications by kind as bars."""
    return bars(Value(_label(words), str(cell), cell.count) for words, cell in of.kinds)


def _label(name: str) -> str:
    return name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1].rstrip()}…"


def _length(row: Row) -> float | None:
    if not row.share or row.part.count is None or not row.whole.count:
        return None
    return 100 * row.part.count / row.whole.count


def _said(row: Row, words: Words) -> str:
    """A share never stands without its numbers."""
    if row.whole.count == 0:
        return f"none {words.of}"
    return f"{row.share} ({row.part} of {row.whole})" if row.share else f"not shown ({row.whole} {words.of})"
