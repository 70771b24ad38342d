"""Asking for therapy by one click, saying why not, and what the letter begins with."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from clinic.audit import clock
from clinic.audit.actions import Refused
from clinic.people.models import Role
from clinic.record.actions import raise_alert
from clinic.treatment.procedure.models import Complication
from referrals.outgoing.actions.writing import sign
from referrals.window import actions
from referrals.window.models import FirstVisitWithin, NoReferral, Window
from tests.checkins.scenes import GIVEN, after, answered
from tests.factories import a_user, actor
from tests.referrals.scenes import a_coordinator

from .scenes import asked_for, relieved, window

pytestmark = pytest.mark.django_db


def office():
    return actor(a_coordinator())


def test_the_letter_is_ready_filled_and_can_be_signed_as_it_is():
    chosen = {"rehab_from": GIVEN + timedelta(days=10), "rehab_until": GIVEN + timedelta(days=30)}
    session = relieved(rehab_goals=["strength", "walking"], **chosen)
    Complication.objects.create(
        session=session, kind="dural_puncture", on=GIVEN, words="bed rest", recorded_by=session.recorded_by
    )
    order = asked_for(session).order
    order.refresh_from_db()
    assert order.question == (
        "Rehabilitation while the relief lasts: after the epidural injection of 2 June 2026 "
        "the patient said “70 % better” on 9 June 2026."
    )
    assert order.goals == ["strength", "walking"]
    # The day that the doctor chose has come; nobody can start before today.
    assert (order.start_from, order.start_until) == (GIVEN + timedelta(days=14), chosen["rehab_until"])
    assert order.precautions.startswith("With the injection: dural puncture (bed rest). Blood thinner:")
    assert all(order.stands_as_filled(name) for name in order.filled)
    with clock.at(after(14)):
        assert sign(order=order, edition=order.edition, by=actor(a_user(Role.DOCTOR))).signed_at


def test_the_baseline_and_the_latest_follow_up_stand_beside_each_other():
    session = relieved()
    answered(session, "d14", relief=60, pain=3)
    said = {each["scale"]: (each["value"], each["on"]) for each in asked_for(session).order.scores}
    assert said["NRS before the injection"] == ("8", "2 June 2026")
    assert said["NRS after the injection"] == ("3", "16 June 2026")


def test_a_start_that_is_over_or_was_not_chosen_stays_unset():
    over = relieved(rehab_from=GIVEN, rehab_until=GIVEN + timedelta(days=2))
    order = asked_for(over).order
    order.refresh_from_db()
    assert (order.start_from, order.start_until, order.goals) == (None, None, [])


def test_a_second_click_leads_to_the_letter_of_the_first():
    session = relieved()
    assert asked_for(session) == asked_for(session)


def test_an_urgent_sign_goes_before_the_letter():
    session = relieved()
    raise_alert(case=session.case, kind="urgent", signs=["fever_or_chills"], by=office())
    with pytest.raises(Refused, match="urgent sign"):
        asked_for(session)


def test_who_is_not_referred_leaves_the_list_and_comes_back_when_that_is_taken_back():
    session = relieved()
    words = {"window": window(session), "because": "declined", "words": "Said so on the phone.", "by": office()}
    made = actions.say_why_not(**words)
    assert actions.say_why_not(**words) == made
    assert not Window.windows.to_begin().exists()
    with pytest.raises(Refused, match="No referral is missing"):
        actions.say_why_not(**(words | {"because": "cost"}))
    actions.take_back(window=window(session), by=office())
    actions.take_back(window=window(session), by=office())
    assert Window.windows.to_begin().exists()
    made.refresh_from_db()
    assert made.struck_at


def test_nothing_is_said_of_who_is_asked_for_or_without_saying_what():
    session = relieved()
    with pytest.raises(Refused, match="Say in a few words"):
        actions.say_why_not(window=window(session), because="other", words="", by=office())
    asked_for(session)
    with pytest.raises(Refused, match="No referral is missing"):
        actions.say_why_not(window=window(session), because="declined", words="", by=office())


def test_the_days_are_set_once_and_kept():
    for days in (10, 10, 14):
        actions.set_days(days=days, by=office())
    assert [each.days for each in FirstVisitWithin.objects.order_by("pk")] == [10, 14]
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.set_days(days=91, by=office())


def test_the_database_keeps_why_nobody_is_referred():
    session = relieved()
    made = actions.say_why_not(window=window(session), because="cost", words="", by=office())
    for change in ({"because": "declined"}, {"words": "Other"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            NoReferral.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        made.delete()
