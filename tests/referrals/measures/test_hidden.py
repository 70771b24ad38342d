"""No number of 1 to 10 is shown, and none can be computed from what is shown of its lines."""

from collections.abc import Hashable, Iterator
from itertools import product
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from referrals.measures.hidden import SMALLEST, Cell, Line, Mark, hide

TOTAL = "all"
numbers = some.one_of(some.integers(0, 14), some.integers(0, 60))
Counts = dict[Hashable, int]


@some.composite
def tables(draw, most_rows=6, most_columns=5):
    """A table with a total in each line and below each column, and its lines."""
    height, width = draw(some.integers(1, most_rows)), draw(some.integers(1, most_columns))
    counts: Counts = {(row, column): draw(numbers) for row in range(height) for column in range(width)}
    counts |= {(row, TOTAL): sum(counts[row, column] for column in range(width)) for row in range(height)}
    across = [*range(width), TOTAL]
    counts |= {(TOTAL, column): sum(counts[row, column] for row in range(height)) for column in across}
    lines = [Line((row, TOTAL), tuple((row, column) for column in range(width))) for row in [*range(height), TOTAL]]
    lines += [Line((TOTAL, column), tuple((row, column) for row in range(height))) for column in across]
    return counts, lines


def could_be(cell: Cell, most: int) -> range:
    """What a reader who knows the rule takes a cell for."""
    if cell.count is not None:
        return range(cell.count, cell.count + 1)
    return {Mark.FEW: range(1, SMALLEST), Mark.HELD: range(SMALLEST, most + 1), Mark.SEALED: range(most + 1)}[cell.mark]


@given(tables())
def test_no_small_number_is_shown(table):
    counts, lines = table
    for key, cell in hide(counts, lines).items():
        assert cell.count in (None, counts[key])
        assert cell.count is None or cell.count == 0 or cell.count >= SMALLEST


@given(tables())
def test_no_small_number_is_left_over_from_its_line(table):
    """Total less the parts that are shown, or the parts that are shown together: neither gives it away."""
    counts, lines = table
    cells, most = hide(counts, lines), sum(counts.values())
    for line in lines:
        for hidden in (key for key in line.cells if cells[key].count is None and 0 < counts[key] < SMALLEST):
            sign = dict.fromkeys(line.parts, 1) | {line.total: -1}
            others = [(key, could_be(cells[key], most)) for key in line.cells if key != hidden]
            ends = [sorted((-sign[key] * seen[0], -sign[key] * seen[-1])) for key, seen in others]
            least, highest = (sum(end[side] for end in ends) for side in (0, 1))
            if sign[hidden] < 0:
                least, highest = -highest, -least
            known = could_be(cells[hidden], most)
            assert max(least, known[0]) < min(highest, known[-1])


def fitting(counts: Counts, lines: list[Line], cells: dict[Hashable, Cell]) -> Iterator[Counts]:
    """Every table that looks the same: all that its reader could have before them."""
    inner = [key for key in counts if TOTAL not in key]
    for said in product(*(could_be(cells[key], sum(counts.values())) for key in inner)):
        guess = dict(zip(inner, said, strict=True))
        for line in sorted(lines, key=lambda line: line.total == (TOTAL, TOTAL)):
            guess[line.total] = sum(guess[part] for part in line.parts)
        if all(guess[key] in could_be(cells[key], sum(counts.values())) for key in guess):
            yield guess


@given(tables(most_rows=2, most_columns=2))
def test_every_small_number_could_be_another_one(table):
    """Beyond single lines: of all tables that look the same, no two agree everywhere that something is hidden."""
    counts, lines = table
    cells, most = hide(counts, lines), sum(counts.values())
    assume(prod(len(could_be(cells[key], most)) for key in counts if TOTAL not in key) <= 20_000)
    seen: dict[Hashable, set[int]] = {key: set() for key in counts}
    for guess in fitting(counts, lines, cells):
        for key, number in guess.items():
            seen[key].add(number)
    small = [key for key, cell in cells.items() if cell.count is None and 0 < counts[key] < SMALLEST]
    assert all(len(seen[key]) > 1 for key in small)


@given(tables())
def test_what_needs_no_hiding_is_shown(table):
    counts, lines = table
    if all(number == 0 or number >= SMALLEST for number in counts.values()):
        assert all(cell.count == counts[key] for key, cell in hide(counts, lines).items())


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ((40, 3, 0, 22), ["40", "fewer than 11", "0", "hidden"]),  # the next smallest goes with it
        ((40, 3, 4), ["40", "fewer than 11", "fewer than 11"]),  # seven of two: nobody knows which
        ((40, 1, 1), ["hidden", "fewer than 11", "fewer than 11"]),  # two of two would be one each
        ((0, 3, 0), ["0", "fewer than 11", "0"]),  # and the total with it
    ],
)
def test_what_is_hidden_beside_a_small_number(parts, shown):
    counts = {**dict(enumerate(parts)), TOTAL: sum(parts)}
    cells = hide(counts, [Line(TOTAL, tuple(range(len(parts))))])
    assert [str(cells[place]) for place in range(len(parts))] == shown


def test_a_total_that_is_none_is_refused():
    with pytest.raises(ValueError, match="sum"):
        hide({"all": 20, "a": 12}, [Line("all", ("a",))])
