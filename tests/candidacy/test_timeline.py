"""Where bars, fades, marks and lines stand, by table."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic.candidacy import ledger
from clinic.candidacy.timeline import LABELS, LETTER, PLOT, WIDTH, Course, Event, Series, draw
from clinic.criteria.dates import Span, parse
from tests.candidacy.scenes import COMPLETE

UNTIL = date(2026, 6, 1)


def course(first: str | None, last: str | None, going: bool | None = None) -> Course:
    return Course(
        "ev-therapies-0",
        "Naproxen",
        parse(first) if first else None,
        parse(last) if last else None,
        going,
        ("no help",),
    )


def pieces(*dates: object) -> list[str]:
    drawn = draw([course(*dates)], [], [], until=UNTIL, onset=parse("2026-01-01"))
    return [piece.fill for piece in drawn.rows[0].pieces]


@pytest.mark.parametrize(
    ("first", "last", "going", "shape"),
    [
        ("2026-03-02", "2026-04-20", None, ["solid"]),
        ("2026-03-02", None, True, ["solid"]),
        ("2026-03", "2026-04-20", None, ["fade-in", "solid"]),
        ("2026-03-02", "2026-04", None, ["solid", "fade-out"]),
        ("2026-03", "2026-04", None, ["fade-in", "solid", "fade-out"]),
        ("2026-03-02", None, None, ["fade-out"]),
        (None, "2026-04-20", None, ["fade-in"]),
        ("2026-03-02", "2026-03-02", None, ["solid"]),
        ("2026-03", "2026-03", None, ["fade-in", "fade-out"]),
        (None, None, None, []),
    ],
)
def test_a_bar_is_solid_where_it_is_sure_and_fades_where_it_is_not(first, last, going, shape):
    assert pieces(first, last, going) == shape


def test_a_day_stands_in_proportion_between_the_first_of_the_month_and_today():
    drawn = draw([course("2026-05-02", "2026-05-17")], [], [], until=date(2026, 6, 1))
    bar = drawn.rows[0].pieces[0]
    assert bar.x == pytest.approx(LABELS + PLOT * 1 / 31, abs=0.1)
    assert bar.width == pytest.approx(PLOT * 15 / 31, abs=0.2)
    assert drawn.today == LABELS + PLOT


def test_pieces_of_a_bar_touch_and_stay_inside_the_plot():
    drawn = draw([course("2026-03", "2026-04")], [], [], until=UNTIL)
    row = drawn.rows[0]
    for one, next_one in zip(row.pieces, row.pieces[1:], strict=False):
        assert one.x + one.width == pytest.approx(next_one.x, abs=0.11)
    assert row.pieces[0].x >= LABELS
    assert row.pieces[-1].x + row.pieces[-1].width <= LABELS + PLOT + 0.1


@pytest.mark.parametrize(
    ("onset", "labels"),
    [
        ("2026-03-02", ["Mar 2026", "Apr", "May"]),
        ("2025-11-02", ["Nov 2025", "Jan 2026", "Mar", "May"]),
        ("2024-06-02", ["Jun 2024", "Dec", "Jun 2025", "Dec"]),
    ],
)
def test_few_grid_lines_carry_the_year_where_it_begins(onset, labels):
    drawn = draw([], [], [], until=UNTIL, onset=parse(onset))
    assert [tick.label for tick in drawn.ticks][: len(labels)] == labels
    assert len(drawn.ticks) <= 7


def test_an_injection_on_some_day_of_a_month_shows_the_days_that_it_may_be():
    drawn = draw(
        [], [Event("ev-injections-0", "Injection", parse("2026-03"), ())], [], until=UNTIL, onset=parse("2026-01-01")
    )
    row = drawn.rows[0]
    assert row.pieces[0].fill == "span"
    assert row.mark


def test_the_line_falls_as_the_pain_falls():
    scores = Series("Pain", 10, (("a", date(2026, 3, 1), 8), ("b", date(2026, 5, 1), 2)))
    first, second = draw([], [], [scores], until=UNTIL).rows[0].dots
    assert first.y < second.y


def test_words_never_leave_the_drawing():
    words = ("helped, not enough", "from the summer of last year", "going on", "x" * 90)
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(0, 152, 5)]
    events = [Event("", "Injection", Span(day, day), words) for day in days]
    courses = [replace(course("2026-01-01", day.isoformat(), None), words=words) for day in days]
    for row in draw(courses, events, [], until=UNTIL).rows:
        width = len(row.words) * LETTER
        begins = row.words_x - width if row.words_end else row.words_x
        assert LABELS <= begins <= begins + width <= WIDTH
        assert row.words.startswith("helped, not enough")


def test_the_number_of_a_score_stands_clear_of_the_names_of_the_rows():
    scores = Series("PEG", 10, (("a", date(2026, 1, 1), 22 / 3), ("b", UNTIL, 5)))
    first, _last = draw([], [], [scores], until=UNTIL).rows[0].dots
    assert (first.x, first.label) == (LABELS, "7.3")
    assert first.label_x - len(first.label) * LETTER / 2 >= LABELS


def test_the_table_says_all_that_the_drawing_says():
    drawn, rows = ledger.drawing(COMPLETE), ledger.table(COMPLETE)
    anchors = {row.anchor for row in drawn.rows if row.anchor} | {dot.anchor for row in drawn.rows for dot in row.dots}
    assert anchors <= {row["anchor"] for row in rows}
    assert rows[0] == {
        "anchor": "ev-therapies-0",
        "what": "1 · naproxen 500 mg twice a day",
        "kind": "Anti-inflammatory",
        "from": "2 March 2026",
        "to": "20 April 2026",
        "did": "Helped, not for long",
        "more": "",
    }
