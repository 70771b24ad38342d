"""What the answers come to: by a table of courses, and by what must hold of every course."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.criteria.dates import parse
from clinic.treatment.checkins.relief import MARK, Held, Said, changes, opens_window, relief

GIVEN = date(2026, 6, 2)


def day(number: int) -> date:
    return GIVEN + timedelta(days=number)


def said(*answers: tuple) -> list[Said]:
    """(day after the session, relief, days after it that the patient names as the end or None) …"""
    return [Said(day(on), percent, day(until[0]).isoformat() if until else "") for on, percent, *until in answers]


@pytest.mark.parametrize(
    ("answers", "percent", "until", "held"),
    [
        ([], None, "", None),
        ([(0, 100)], None, "", None),  # the local anaesthetic
        ([(1, 40)], 40, "", None),
        ([(1, 80), (3, 20)], 20, "", Held(1, None)),  # not judged yet: the latest
        ([(7, 90), (14, 30)], 30, "", Held(7, 13)),  # judged at two weeks
        ([(14, 80)], 80, "", Held(14, None)),
        ([(14, 60), (90, 80)], 80, "", Held(90, None)),  # the best from two weeks on
        ([(14, 80), (30, 20)], 80, "2026-06-16/2026-07-01", Held(14, 29)),
        ([(14, 80), (30, 20), (60, 90)], 90, "2026-06-16/2026-07-01", Held(14, 29)),  # what ended has ended
        ([(14, 80), (30, 20, 25)], 80, "2026-06-27", Held(25, 25)),  # the patient's own day
        ([(14, 80), (15, 20)], 80, "2026-06-16", Held(14, 14)),
        ([(7, 10, 3), (14, 70)], 70, "", Held(14, None)),  # named too soon, and it still came
        ([(7, 10, 3), (14, 20)], 20, "2026-06-05", Held(3, 3)),
        ([(14, 30), (30, 20)], 30, "", None),  # what never reached the mark has no end of its own
        ([(14, None), (30, 70)], 70, "", Held(30, None)),
        ([(14, -1)], -1, "", None),
    ],
)
def test_a_course(answers, percent, until, held):
    came = relief(GIVEN, said(*answers))
    assert (came.percent, came.until, came.held) == (percent, until, held)


@pytest.mark.parametrize(
    ("answers", "early"),
    [
        ([(14, 80), (30, 20)], True),
        ([(14, 80), (95, 20)], False),  # it may have held for three months
        ([(14, 80), (89, 70), (100, 20)], False),
        ([(14, 80), (60, 20, 50)], True),
        ([(14, 30), (30, 20, 20)], False),  # it never reached the mark
        ([(14, 80)], False),
        ([(7, 90), (14, 30)], True),  # it was there, and had gone when it was judged
        ([(3, 60), (7, 30)], False),  # not judged yet
    ],
)
def test_a_relief_that_surely_ended_before_three_months_ended_early(answers, early):
    assert relief(GIVEN, said(*answers)).ended_early(GIVEN) is early


def test_function_that_was_better_once_was_better():
    no, yes = (Said(day(on), 60, "", better) for on, better in ((14, False), (30, True)))
    unsaid = Said(day(60), 60)
    assert relief(GIVEN, [unsaid]).better_or_less_medicine is None
    assert relief(GIVEN, [no, unsaid]).better_or_less_medicine is False
    assert relief(GIVEN, [yes, no]).better_or_less_medicine is True


@pytest.mark.parametrize(
    ("answers", "opens"),
    [
        ([], False),
        ([(0, 90)], False),
        ([(7, 50)], True),
        ([(7, 49)], False),
        ([(7, 80), (14, 20)], False),
        ([(7, 20), (14, 80)], True),
        ([(7, 80), (14, None)], True),
        ([(14, 20), (14, 80)], True),  # twice on one day: the later word
        ([(14, 80), (14, 20)], False),
    ],
)
def test_rehabilitation_begins_where_the_latest_word_is_half_better(answers, opens):
    assert opens_window(GIVEN, said(*answers)) is opens


@st.composite
def courses(draw) -> list[Said]:
    """Answers on different days, an end never before the session nor after the answer that names it."""
    found = []
    for on in draw(st.lists(st.integers(0, 400), unique=True, max_size=8)):
        percent = draw(st.none() | st.integers(-100, 100))
        ends = percent is not None and percent < MARK and draw(st.booleans())
        until = day(draw(st.integers(0, on))).isoformat() if ends else ""
        found.append(Said(day(on), percent, until, draw(st.none() | st.booleans())))
    return found


@given(courses(), st.randoms(use_true_random=False))
def test_the_order_of_the_list_and_the_day_itself_change_nothing(course, chance):
    shuffled = [each for each in course if each.on > GIVEN] + [Said(GIVEN, 100, "", True)]
    chance.shuffle(shuffled)
    assert relief(GIVEN, shuffled) == relief(GIVEN, [each for each in course if each.on > GIVEN])


@given(courses())
def test_what_a_course_comes_to_was_said(course):
    came = relief(GIVEN, course)
    assert came.percent is None or came.percent in {each.relief for each in course}
    if came.until:
        end = parse(came.until)
        assert GIVEN <= end.first <= end.last <= max(each.on for each in course)
        assert came.ended_on in {each.on for each in course}
        assert came.held == Held((end.first - GIVEN).days, (end.last - GIVEN).days)
    if came.held and came.held.most is not None:
        assert 0 <= came.held.least <= came.held.most
    if came.ended_early(GIVEN):
        assert any(each.relief is not None and each.relief >= MARK for each in course)


@given(courses())
def test_an_open_window_is_a_relief_of_half_at_least_on_its_latest_day(course):
    if opens_window(GIVEN, course):
        latest = max((each for each in course if each.relief is not None), key=lambda each: each.on)
        assert latest.relief >= MARK
        assert relief(GIVEN, course).held is not None


def test_a_scale_is_compared_with_its_own_baseline_alone():
    taken = [(day(30), 4.0), (day(14), 2.0)]
    assert [(each.on, each.change) for each in changes("NRS", 8, taken)] == [(day(14), 75), (day(30), 50)]
    assert {each.change for each in changes("NRS", None, taken)} == {None}
    assert {each.change for each in changes("NRS", 0, taken)} == {None}
