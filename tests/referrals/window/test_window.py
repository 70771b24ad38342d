"""Who stands on the list, from which minute to which, and by when a first visit should be."""

from datetime import timedelta

import pytest

from clinic.audit import clock
from clinic.record.actions import move_case
from clinic.record.models import Stage
from referrals.loop.lifecycle import State
from referrals.window import actions
from referrals.window.models import Window
from tests.checkins.scenes import GIVEN, a_decided_case, a_session, after, answered
from tests.factories import actor
from tests.referrals.scenes import a_coordinator

from .scenes import a_therapy, relieved, window

pytestmark = pytest.mark.django_db
S = State


def lists(days: int = 14):
    """Which lists the session stands in, so many days after it."""
    with clock.at(after(days)):
        names = ("to_begin", "awaited", "overdue", "missed")
        return {name for name in names if getattr(Window.windows, name)().exists()}


def test_relief_stands_on_the_list_the_same_minute():
    session = a_session()
    assert lists() == set()
    answered(session, "d7", relief=50)
    assert lists() == {"to_begin"}


@pytest.mark.parametrize("said", [{"relief": 49}, {"relief": -20}, {"pain": 0}])
def test_less_than_half_is_no_window(said):
    answered(a_session(), "d7", **said)
    assert lists() == set()


def test_the_evening_of_the_injection_is_no_window():
    answered(a_session(), "d0", relief=100)
    assert lists(1) == set()


@pytest.mark.parametrize("chosen", ["goes_on", "home", "none"])
def test_who_is_not_to_be_referred_stands_on_no_list(chosen):
    relieved(rehabilitation=chosen)
    assert lists() == set()


def test_a_withdrawn_case_stands_on_no_list():
    session = relieved()
    move_case(case=session.case, to=Stage.WITHDRAWN, by=actor(a_coordinator()))
    assert lists() == set()


def test_only_the_last_session_counts():
    case = a_decided_case()
    relieved(case)
    a_session(case, on=GIVEN + timedelta(days=100))
    assert lists(101) == set()


def test_a_struck_session_or_answer_counts_no_more():
    session = relieved()
    answered(session, "d7", relief=10)
    assert lists() == set()


@pytest.mark.parametrize(
    ("states", "on", "expected"),
    [
        ((), 8, {"awaited"}),
        ((S.SENT, S.BOOKED), 8, {"awaited"}),
        ((S.SENT, S.ATTENDED), 8, set()),
        ((S.SENT, S.ATTENDED, S.CLOSED), 8, set()),
        ((S.CANCELLED,), 8, {"to_begin"}),
        ((S.SENT, S.REFUSED, S.CLOSED), 8, {"to_begin"}),
        ((), -3, {"awaited"}),
        ((S.SENT, S.ATTENDED), -3, set()),
        ((S.SENT, S.ATTENDED, S.CLOSED), -3, {"to_begin"}),
    ],
)
def test_what_a_referral_does_to_the_list(states, on, expected):
    session = relieved()
    a_therapy(session.case, on, *states)
    assert lists() == expected


def test_a_first_visit_is_overdue_after_the_clinics_days_whether_asked_for_or_not():
    session = relieved()
    assert window(session).due_on == GIVEN + timedelta(days=7 + 14)
    assert "overdue" not in lists(21)
    assert lists(22) == {"to_begin", "overdue"}
    a_therapy(session.case, 20, S.SENT, S.BOOKED)
    assert lists(22) == {"awaited", "overdue"}
    with clock.at(after(24)):
        assert window(session).days_overdue == 3


def test_the_days_that_the_clinic_sets_count_at_once_and_the_doctors_own_go_before():
    by = actor(a_coordinator())
    session = relieved()
    actions.set_days(days=5, by=by)
    assert window(session).due_on == GIVEN + timedelta(days=12)
    later = relieved(rehab_from=GIVEN + timedelta(days=20))
    assert window(later).due_on == GIVEN + timedelta(days=25)
    until = relieved(rehab_until=GIVEN + timedelta(days=30))
    assert window(until).due_on == GIVEN + timedelta(days=30)


@pytest.mark.parametrize("said", [{"relief": 20}, {"relief": 0}])
def test_relief_that_is_gone_before_anybody_asked_is_a_list_of_its_own(said):
    session = relieved()
    answered(session, "m1", **said)
    assert lists(40) == {"missed"}
    answered(session, "m2", relief=60)
    assert "to_begin" in lists(70)


def test_what_a_year_ago_was_done_is_no_window_any_more():
    relieved(key="m6")
    assert "to_begin" in lists(300)
    assert lists(368) == set()
