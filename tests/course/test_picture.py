"""Where sessions, scores, answers and therapies stand: all inside the picture, and no number over another."""

from datetime import date, timedelta
from itertools import combinations

import pytest

from clinic.criteria.dates import Span, parse
from clinic.treatment.course.drawn import LEFT, NARROW, RIGHT, WIDE, Picture
from clinic.treatment.course.followed import Course, Taken, Tried
from clinic.treatment.course.marks import HIGH, LETTER
from clinic.treatment.course.picture import draw, first_day

from .made_up import GIVEN, answered, course, followed, words

FULL = (
    answered("d0", 90, 0),
    answered("d1", 40, 5),
    answered("d3", 50, 4),
    answered("d7", 60, 4),
    answered("d14", 70, 3, PEG=3.3, RMDQ=6),
    answered("m1", 75, 2),
    answered("m2", 70, 3),
    answered("m3", 60, 4, PEG=3, RMDQ=7),
    answered("m6", 20, 6),
)
BASELINE = {"NRS": 8, "PEG": 7.3, "RMDQ": 17, "ODI": 52}


DAYS = (date(2025, 1, 20), date(2025, 9, 15), date(2025, 9, 29), date(2026, 5, 10))


def many(count: int) -> Course:
    """So many sessions, the third two weeks after the second."""
    given = [
        followed(
            *(answered(each.moment, each.said.relief, each.pain, day, **each.scores) for each in FULL),
            number=number,
            given=day,
            **BASELINE,
        )
        for number, day in enumerate(DAYS[:count], 1)
    ]
    return course(*given, therapies=(Tried("Physical therapy", parse("2025-02"), None, True),))


def drawn(of: Course, frame=WIDE) -> Picture:
    return draw(of, words(of), frame)


COURSES = {
    "nothing": course(),
    "scores alone": course(scores=(Taken("NRS", date(2026, 8, 1), 7),)),
    "a session today": course(followed(), today=GIVEN),
    "one": course(followed(*FULL, **BASELINE)),
    "much worse": course(followed(answered("d14", -1, 10), NRS=2)),
    "two": many(2),
    "four": many(4),
}


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", COURSES)
def test_everything_stands_inside_the_picture(name, frame):
    picture = drawn(COURSES[name], frame)
    for lane in picture.lanes:
        for dot in (dot for trace in lane.traces for dot in trace.dots):
            assert LEFT <= dot.x <= frame.width - RIGHT
            assert lane.top < dot.y <= lane.bottom
    for piece in (piece for part in (*picture.bands, *picture.bars) for piece in part.pieces):
        assert LEFT <= piece.x <= piece.x + piece.width <= frame.width - RIGHT + 3
    assert all(lane.bottom < below.top for lane, below in zip(picture.lanes, picture.lanes[1:], strict=False))
    assert picture.bottom < picture.height


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("name", COURSES)
def test_numbers_of_a_lane_cover_neither_each_other_nor_a_mark(name, frame):
    for lane in drawn(COURSES[name], frame).lanes:
        dots = [dot for trace in lane.traces for dot in trace.dots]
        said = [(dot.label_x, dot.label_y, len(dot.label) * LETTER) for dot in dots if dot.label_y is not None]
        for (x, y, width), (other_x, other_y, other_width) in combinations(said, 2):
            assert x - width / 2 >= LEFT  # clear of the numbers of the axis
            assert abs(x - other_x) >= (width + other_width) / 2 or abs(y - other_y) >= HIGH


def test_better_stands_above_half_and_worse_below():
    (lane, *_) = drawn(course(followed(answered("d14", 70, 3), answered("m1", 30, 7)))).lanes
    own = next(trace for trace in lane.traces if trace.kind == "own")
    assert own.dots[0].y < lane.half < own.dots[1].y


def test_a_score_falls_as_the_pain_falls():
    lane = drawn(course(followed(answered("d14", 70, 3)))).lanes[1]
    before, after = lane.traces[0].dots
    assert (before.label, after.label) == ("8", "3")
    assert before.y < after.y


def test_what_is_not_compared_is_hollow_and_the_line_passes_it_by():
    lane = drawn(course(followed(answered("d0", 90, 0), answered("d7", 60, 4), answered("d14", 70, 3)))).lanes[1]
    (trace,) = lane.traces
    assert [dot.hollow for dot in trace.dots] == [False, True, False, False]
    assert len(trace.line.split()) == 3
    evening = trace.dots[1]
    assert f"{evening.x},{evening.y}" not in trace.line.split()


def test_worse_has_a_word_and_no_number():
    lane = drawn(course(followed(answered("d14", -1, 9)))).lanes[0]
    own = next(trace for trace in lane.traces if trace.kind == "own")
    assert [dot.label for dot in own.dots] == ["worse"]
    assert lane.levels[-1].label == "-100"


def test_the_band_is_solid_as_long_as_it_surely_held_and_fades_where_it_may_have():
    ended = followed(*FULL)  # 60 % at three months, 20 % at six
    (band,) = drawn(course(ended)).bands
    assert [piece.fill for piece in band.pieces] == ["solid", "fade-out"]
    so_far = followed(*FULL[:6])
    (band,) = drawn(course(so_far)).bands
    assert [piece.fill for piece in band.pieces] == ["solid"]


def test_a_relief_that_was_named_to_the_day_ends_on_that_day():
    ended = followed(answered("d14", 70, 3), answered("m3", 10, 7, until="2026-05-16"))
    picture = drawn(course(ended))
    (piece,) = picture.bands[0].pieces
    day = next(tick for tick in picture.ticks if tick.day == date(2026, 5, 1) or tick.day == date(2026, 4, 1))
    assert piece.fill == "solid"
    assert piece.x + piece.width > day.x


def test_no_band_where_half_was_not_reached():
    assert drawn(course(followed(answered("d14", 30, 6)))).bands == ()


def test_the_band_of_one_session_ends_where_the_next_begins():
    lasting = followed(answered("d14", 70, 3), answered("m3", 70, 3))
    again = followed(number=2, given=GIVEN + timedelta(days=40))
    picture = drawn(course(lasting, again))
    piece = picture.bands[0].pieces[-1]
    assert piece.x + piece.width <= picture.flags[1].x + 0.1


def test_sessions_that_are_close_stand_on_two_lines():
    flags = drawn(many(3), NARROW).flags
    assert [flag.number for flag in flags] == [1, 2, 3]
    assert flags[2].y > flags[1].y
    assert flags[1].words == ""  # no room for its day: the table says it


def test_old_scores_stand_in_the_table_alone_and_a_baseline_is_always_shown():
    old, lead = Taken("NRS", date(2019, 5, 1), 9), Taken("NRS", date(2026, 1, 15), 7)
    of = course(followed(), scores=(old, lead))
    assert first_day(of) == lead.on
    assert drawn(of).left_out == 1
    late = course(followed(given=date(2026, 9, 1)), scores=(lead,))
    assert first_day(late) == date(2026, 8, 27)


def test_therapies_of_the_days_that_are_shown_stand_as_bars():
    therapies = (
        Tried("Over long before", parse("2019"), parse("2019"), False),
        Tried("Nobody said when", None, None, False),
        Tried("Physical therapy", parse("2026-04-01"), parse("2026-05-01"), False),
        Tried("Since before", parse("2020"), None, True),
    )
    bars = drawn(course(followed(*FULL), therapies=therapies)).bars
    assert [bar.label for bar in bars] == ["Since before", "Physical therapy"]
    assert [bar.going for bar in bars] == [True, False]


def test_a_name_that_is_too_long_is_cut():
    therapies = (Tried("x" * 200, parse("2026-04-01"), None, True),)
    (bar,) = drawn(course(followed(), therapies=therapies), NARROW).bars
    assert bar.label.endswith("…")
    assert bar.label_x + len(bar.label) * LETTER == pytest.approx(NARROW.width, abs=LETTER)


def test_an_injection_elsewhere_is_a_mark_without_a_number():
    picture = drawn(course(followed(), elsewhere=(Span(date(2026, 5, 1), date(2026, 5, 31)), parse("2019"))))
    marks = [flag for flag in picture.flags if flag.number is None]
    assert len(marks) == 1
    assert marks[0].outline
