"""No number of 1 to 10 is shown, and none can be computed from any table, share or file of the same year."""

import csv
from collections.abc import Hashable, Iterable, Iterator

from hypothesis import given
from hypothesis import strategies as some

from clinic.outcomes.counts import KINDS, LEAVES, MEASURES, SESSIONS, STATES, summed
from clinic.outcomes.figures import ENTRIES, Figures, Result, Tallied, figures
from clinic.outcomes.table import written
from clinic.outcomes.together import MOST_LINES
from clinic.outcomes.words import GROUPINGS, WORDS
from referrals.measures.figures import percent
from referrals.measures.hidden import SMALLEST, Line, Mark, narrowed

NAMES = {by: {key: f"Line {key}" for key in range(20)} for by in GROUPINGS}
TWO_WEEKS = MEASURES[0]


@some.composite
def sessions(draw, most_lines: int = 4):
    """Sessions in bundles that are alike: where each stands, and in which line of two tables."""
    bundles = draw(some.lists(some.integers(1, 60) | some.integers(30, 300), min_size=1, max_size=16))
    return [
        (
            size,
            {measure: draw(some.sampled_from(states)) for measure, states in STATES.items()},
            {by: draw(some.integers(0, most_lines - 1)) for by in ("region", "approach")},
        )
        for size in bundles
    ]


def tally(of) -> Tallied:
    every = dict.fromkeys(LEAVES, 0)
    groups: dict[str, dict[Hashable, dict[str, int]]] = {by: {} for by in GROUPINGS}
    kinds = dict.fromkeys(KINDS, 0)
    for size, states, lines in of:
        named = [f"{measure}_{state}" for measure, state in states.items()]
        for counts in (every, *(groups[by].setdefault(key, dict.fromkeys(LEAVES, 0)) for by, key in lines.items())):
            for name in named:
                counts[name] += size
        if states["complication"] == "some":
            kinds["vasovagal"] += size
            kinds["headache"] += size // 2
    return Tallied(every, kinds, groups)


def shown(of: Figures) -> Iterator[int]:
    """Every number that is on the page."""
    cells = [of.sessions, of.entries, *(cell for _, cell in of.kinds)]
    for result in of.results:
        rows = [result.every, *(row for rows in result.compared.values() for row in rows)]
        cells += [cell for row in rows for _, cell in row.numbers] + [cell for _, cell in result.rest]
    return (cell.count for cell in cells if cell.count is not None)


@given(sessions())
def test_no_small_number_is_shown(of):
    assert all(count == 0 or count >= SMALLEST for count in shown(figures(tally(of), NAMES)))


@given(sessions())
def test_no_small_number_can_be_computed_from_all_tables_together(of):
    """What a reader knows of each line apart: the sums of what was joined, how numbers add up, and every total."""
    tallied = tally(of)
    lines_of = {by: {key: summed(leaves) for key, leaves in lines.items()} for by, lines in tallied.groups.items()}
    counts: dict[Hashable, int] = {("", name): number for name, number in summed(tallied.every).items()}
    counts |= {
        ((by, key), name): of[name] for by, lines in lines_of.items() for key, of in lines.items() for name in of
    }
    marks: dict[Hashable, Mark] = dict.fromkeys(counts, Mark.SEALED)
    every = [("", measure) for measure in MEASURES]
    apart = [((by, key), measure) for by, lines in lines_of.items() for key in lines for measure in MEASURES]
    lines = [
        Line((whose, whole), tuple((whose, part) for part in parts))
        for whose, measure in (*every, *apart)
        for whole, parts in measure.sums.items()
    ]
    lines += [
        Line(("", name), tuple(((by, key), name) for key in keys))
        for by, keys in lines_of.items()
        for measure in MEASURES
        for name in measure.numbers
        if keys
    ]
    for result in figures(tallied, NAMES).results:
        for by, row in [("", result.every), *((by, row) for by, rows in result.compared.items() for row in rows)]:
            for name, (_, cell) in zip(result.measure.shown, row.numbers, strict=True):
                total = (by, result.measure.key, row.keys, name) if by else ("", name)
                marks[total] = cell.mark
                if by:
                    parts = tuple(((by, key), name) for key in row.keys)
                    counts[total] = sum(counts[part] for part in parts)
                    lines.append(Line(total, parts))
    for key, (least, most) in narrowed(counts, marks, lines).items():
        assert least < most or counts[key] == 0 or counts[key] >= SMALLEST, key


@given(sessions())
def test_each_line_is_counted_once_in_a_table(of):
    tallied = tally(of)
    for each in figures(tallied, NAMES).results:
        for by, rows in each.compared.items():
            assert sorted(key for row in rows for key in row.keys) == sorted(tallied.groups[by])


def counted(asked: int, answered: int, better: int, **more: int) -> dict[str, int]:
    """A line of one hundred sessions and more that differ in their relief at two weeks alone."""
    total = max(200, asked)
    leaves = dict.fromkeys(LEAVES, 0) | {"two_weeks_better": better, "two_weeks_less": answered - better}
    leaves |= {"two_weeks_silent": asked - answered, "two_weeks_young": total - asked}
    return (
        leaves
        | {"three_months_young": total, "therapy_young": total, "repeat_young": total}
        | {"complication_none": total}
        | more
    )


def result(of: Iterable[Result], key: str = "two_weeks") -> Result:
    return next(each for each in of if each.measure.key == key)


def test_a_share_is_of_those_who_answered_and_stands_with_its_numbers():
    of = figures(Tallied(counted(100, 80, 50), {}, {}), NAMES)
    relief = result(of.results)
    assert [(words, str(cell)) for words, cell in relief.every.numbers] == [
        ("Asked", "100"),
        ("Answered", "80"),
        ("At least half better", "50"),
    ]
    assert (relief.every.share, relief.response, relief.floor) == ("62%", "80%", "50%")
    assert [(words, str(cell)) for words, cell in relief.rest] == [("not 2 weeks old yet", "100")]
    assert result(of.results, "three_months").every.share == ""


def test_few_without_an_answer_hide_how_many_were_asked():
    of = figures(Tallied(counted(100, 95, 50), {}, {}), NAMES)
    asked, answered, better = (cell for _, cell in result(of.results).every.numbers)
    assert (asked.count, answered.count, better.count) == (None, 95, 50)
    assert (result(of.results).every.share, result(of.results).response) == ("53%", "")


def test_what_is_joined_stands_last_under_its_names():
    lines = {0: counted(100, 80, 50), 1: counted(100, 98, 50), 2: counted(90, 72, 40), 3: counted(100, 60, 30)}
    every = {name: sum(line[name] for line in lines.values()) for name in LEAVES}
    found = result(figures(Tallied(every, {}, {"region": lines}), NAMES).results).compared["region"]
    assert [row.name for row in found] == ["Line 2", "Line 3", "Line 0 and Line 1"]
    assert [str(cell) for _, cell in found[-1].numbers] == ["200", "178", "100"]


def test_what_is_hidden_of_all_sessions_is_hidden_in_each_line():
    lines = {0: counted(100, 50, 30), 1: counted(100, 70, 50)}
    every = {name: sum(line[name] for line in lines.values()) for name in LEAVES}
    few = every | {"two_weeks_silent": 5, "two_weeks_young": every["two_weeks_young"] + 75}
    kept, hidden = (
        result(figures(Tallied(each, {}, {"region": lines}), NAMES).results).compared["region"] for each in (every, few)
    )
    assert [str(row.numbers[0][1]) for row in kept] == ["100", "100"]
    assert [str(row.numbers[0][1]) for row in hidden] == ["hidden", "hidden"]
    assert [row.share for row in kept] == [row.share for row in hidden] == ["60%", "71%"]


def test_lines_of_a_share_that_is_hidden_are_not_compared():
    few = {0: counted(100, 60, 5), 1: counted(100, 60, 4)}
    every = {name: sum(line[name] for line in few.values()) for name in LEAVES}
    found = result(figures(Tallied(every, {}, {"region": few}), NAMES).results)
    assert (found.every.share, found.compared) == ("", {})


def test_the_longest_tables_have_twelve_lines_and_the_others_together():
    lines = {key: counted(100 + key, 80, 50) for key in range(20)}
    every = {name: sum(line[name] for line in lines.values()) for name in LEAVES}
    found = result(figures(Tallied(every, {}, {"region": lines}), NAMES).results).compared["region"]
    assert len(found) == MOST_LINES + 1
    assert found[-1].name == "8 others together"
    assert found[-1].part.count == 8 * 50


def test_how_many_sessions_a_line_has_is_not_said_where_it_tells_how_few_were_left_out():
    """Both regions tell of relief; how many sessions each had would tell that four and seven were never asked."""
    lines = {0: counted(196, 150, 100, two_weeks_young=0, two_weeks_unreached=4), 1: counted(193, 150, 90)}
    lines[1] |= {"two_weeks_young": 0, "two_weeks_unreached": 7}
    lines = {key: line | {"complication_none": 180, "complication_some": 20} for key, line in lines.items()}
    every = {name: sum(line[name] for line in lines.values()) for name in LEAVES}
    found = figures(Tallied(every, {"other": 40}, {"region": lines}), NAMES).results
    assert [row.share for row in result(found).compared["region"]] == ["67%", "60%"]
    assert result(found, "complication").compared == {}
    assert result(found, "complication").every.share == "10%"


@given(sessions())
def test_a_share_agrees_with_the_numbers_of_its_row(of):
    for each in figures(tally(of), NAMES).results:
        for row in [each.every, *(row for rows in each.compared.values() for row in rows)]:
            assert row.share == percent(row.part, row.whole)
            assert not row.share or {row.part, row.whole} <= {cell for _, cell in row.numbers}


@given(sessions())
def test_the_file_says_what_the_page_says(of):
    found = figures(tally(of), NAMES)
    rows = list(csv.DictReader("".join(written(2027, found)).splitlines()))
    said = [int(row["value"]) for row in rows if row["value"].isdigit()]
    assert sorted(said) == sorted(shown(found))
    assert {row["year"] for row in rows} == {"2027"}


def test_every_measure_has_its_words():
    assert list(WORDS) == [measure.key for measure in MEASURES]
    for measure in MEASURES:
        assert len(WORDS[measure.key].columns) == len(measure.shown)
        assert len(WORDS[measure.key].rest) == len(measure.rest)
        assert {SESSIONS, measure.whole, measure.part} <= set(measure.numbers)
    assert ENTRIES not in LEAVES
