"""Targets, calls, risk and the waiting clock, as tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from referrals.loop import calls
from referrals.loop.lifecycle import NEXT, Direction
from referrals.loop.targets import DEFAULTS, Key, Span, due
from referrals.loop.urgency import Urgency, risk
from referrals.loop.waiting import Clock, stands_because

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("begins", "span", "day"),
    [
        (FRIDAY, Span(0, True), FRIDAY),
        (date(2026, 11, 21), Span(0, True), MONDAY),
        (FRIDAY, Span(1, True), MONDAY),
        (FRIDAY, Span(5, True), date(2026, 11, 27)),
        (FRIDAY, Span(6, True), date(2026, 11, 30)),
        (date(2026, 11, 22), Span(1, True), MONDAY),
        (FRIDAY, Span(7), date(2026, 11, 27)),
    ],
)
def test_a_span_ends_on_its_day(begins, span, day):
    assert due(begins, span) == day


@pytest.mark.parametrize("way", Direction)
def test_every_open_step_has_a_target_for_each_urgency(way):
    steps = [state for state, after in NEXT[way].items() if after]
    assert all(Key(way.value, str(step), str(urgency)) in DEFAULTS for step in [*steps, "whole"] for urgency in Urgency)


def test_the_more_urgent_is_never_due_later():
    for key, span in DEFAULTS.items():
        routine = DEFAULTS[key._replace(urgency="routine")]
        assert due(FRIDAY, span) <= due(FRIDAY, routine)


@pytest.mark.parametrize(
    ("urgency", "call_now", "escalated", "found"),
    [
        ("routine", False, False, 0),
        ("routine", False, True, 1),
        ("soon", False, False, 1),
        ("urgent", False, True, 3),
        ("routine", True, False, 3),
    ],
)
def test_risk(urgency, call_now, escalated, found):
    assert risk(urgency, call_now=call_now, escalated=escalated) == found


@pytest.mark.parametrize(
    ("outcome", "urgency", "span"),
    [
        ("reached", "routine", None),
        ("asks_later", "routine", None),
        ("left_message", "routine", Span(2, True)),
        ("left_message", "urgent", Span(1, True)),
        ("no_answer", "soon", Span(2, True)),
        ("wrong_number", "routine", Span(0, True)),
        ("declined", "urgent", Span(0, True)),
    ],
)
def test_what_follows_a_call(outcome, urgency, span):
    assert calls.after(outcome, urgency) == span


def test_two_that_nobody_answered_escalate_and_an_answer_begins_anew():
    attempts = calls.unanswered(calls.unanswered(0, "left_message"), "wrong_number")
    assert calls.escalates(attempts)
    assert calls.unanswered(attempts, "reached") == 0


def test_the_clock_stands_while_it_is_the_patient_s_turn():
    day = timedelta(days=1)
    began = Clock(timedelta(), NOON)
    invited = began.after_step("incoming", "invited", NOON + 2 * day)
    assert invited.waited(NOON + 30 * day) == 2 * day
    review = invited.after_step("incoming", "in_review", NOON + 30 * day)
    assert review.waited(NOON + 31 * day) == 3 * day
    assert stands_because("incoming", "invited") == "waiting for the patient"
    assert stands_because("incoming", "in_review") == ""


def test_a_clock_that_went_back_takes_nothing_away():
    assert Clock(timedelta(days=2), NOON).waited(NOON - timedelta(hours=1)) == timedelta(days=2)
