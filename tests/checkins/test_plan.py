"""When is asked: by tables, and for every day of a session."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.treatment.checkins.plan import (
    DEFAULT,
    EVENING,
    MORNING,
    MOST_MOMENTS,
    STILL_WORTH,
    Moment,
    due_now,
    in_words,
    read,
    wrong,
)

DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
HOURS = st.integers(0, 23)
NOON = 12


@pytest.mark.parametrize(
    ("moment", "session", "due"),
    [
        (Moment(days=0), date(2026, 2, 28), date(2026, 2, 28)),
        (Moment(days=14), date(2026, 2, 20), date(2026, 3, 6)),
        (Moment(months=1), date(2026, 1, 31), date(2026, 2, 28)),
        (Moment(months=3), date(2026, 11, 30), date(2027, 2, 28)),
        (Moment(months=12), date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_due_on_the_day_that_the_calendar_says(moment, session, due):
    assert moment.due_on(session) == due
    assert session in moment.sessions_due(due)


@given(DAYS, st.sampled_from(DEFAULT))
def test_the_sessions_of_a_due_day_are_just_those_that_it_is_due_after(due, moment):
    near = (due - timedelta(days=back) for back in range(400))
    assert sorted(moment.sessions_due(due)) == sorted(on for on in near if moment.due_on(on) == due)


@pytest.mark.parametrize(
    ("days", "recall"), [(0, "now"), (1, "day"), (3, "day"), (6, "day"), (7, "week"), (14, "week")]
)
def test_only_a_whole_week_is_asked_as_the_baseline_was(days, recall):
    assert Moment(days=days).recall == recall
    assert Moment(months=1).recall == "week"


@given(DAYS, HOURS)
def test_of_each_session_the_latest_due_moment_alone_is_asked_and_none_too_late_or_at_night(day, hour):
    found = due_now(DEFAULT, day, hour)
    assert not found or hour >= MORNING
    for session, (due, moment) in found.items():
        assert moment.due_on(session) == due
        assert timedelta() <= day - due <= timedelta(days=STILL_WORTH[moment.long])
        later = [each for each in DEFAULT if due < each.due_on(session) <= day]
        assert all(each.due_on(session) == day and hour < each.hour() for each in later)


@given(DAYS, st.sampled_from(DEFAULT))
def test_every_moment_is_found_on_its_day(session, moment):
    assert due_now(DEFAULT, moment.due_on(session), EVENING)[session][1] == moment


def test_the_evening_is_due_from_the_evening_on():
    day = date(2026, 6, 2)
    assert day not in due_now(DEFAULT, day, EVENING - 1)
    assert due_now(DEFAULT, day, EVENING)[day][1].key == "d0"
    assert due_now(DEFAULT, day + timedelta(days=1), NOON)[day][1].key == "d1"


def test_a_plan_is_read_as_it_was_kept_in_the_order_of_its_days():
    kept = [moment.to_dict() for moment in reversed(DEFAULT)]
    assert read(kept) == DEFAULT
    assert wrong(DEFAULT) == ""


@pytest.mark.parametrize(
    "moments",
    [
        [],
        [Moment(days=number) for number in range(MOST_MOMENTS + 1)],
        [Moment(days=401)],
        [Moment(months=25)],
        [Moment(months=1, days=3)],
        [Moment(days=7), Moment(days=7, long=True)],
        [Moment(days=28), Moment(months=1)],  # after a session in February
        [Moment(days=366), Moment(months=12)],  # of a leap year
    ],
)
def test_what_cannot_be_a_plan_says_why(moments):
    assert wrong(moments)


@pytest.mark.parametrize(
    ("key", "words"), [("d0", "The evening"), ("d1", "1 day after"), ("d14", "14 days after"), ("m1", "1 month after")]
)
def test_a_moment_in_words(key, words):
    assert in_words(key) == words
