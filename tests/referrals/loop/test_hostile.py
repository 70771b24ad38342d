"""What nobody may reach by a way round: a red flag out of sight, a link that was taken back, the same word twice."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.audit.clock import today
from referrals.loop.actions.links import make_link, revoke_link
from referrals.loop.actions.steps import Said, step
from referrals.loop.actions.working import Call, call, change_urgency
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral
from tests.factories import actor
from tests.referrals.scenes import LATER, a_coordinator, an_incoming, an_outgoing, walk

pytestmark = pytest.mark.django_db
S = State


def _day(referral: Referral):
    return today(referral.location.time_zone)


def test_a_red_flag_stands_for_today_until_the_referrer_was_reached():
    referral, by = an_incoming(red_flag=True, urgency="urgent"), actor(a_coordinator())
    for whom, outcome in (("referrer", "asks_later"), ("referrer", "left_message"), ("patient", "reached")):
        call(referral=referral, said=Call(whom, outcome, on=_day(referral) + timedelta(days=60)), by=by)
        referral.refresh_from_db()
        assert (referral.next_on, referral.worklist) == (_day(referral), "call_now")
    change_urgency(referral=referral, urgency="routine", reason="It sounds old", by=by)
    referral.refresh_from_db()
    assert (referral.next_on, referral.risk) == (_day(referral), 3)
    call(referral=referral, said=Call("referrer", "reached", on=LATER), by=by)
    referral.refresh_from_db()
    assert referral.next_on == LATER


def test_a_link_that_is_taken_back_while_its_page_is_sent_says_nothing_any_more():
    referral, by = walk(an_outgoing(), S.SENT), actor(a_coordinator())
    link = make_link(referral=referral, by=by)
    revoke_link(referral=referral, by=by)
    with pytest.raises(Refused, match="does not work any more"):
        step(referral=referral, to=S.ACCEPTED, said=Said(link=link), seen=S.SENT, by=Actor())
    assert referral.steps.last().to_state == S.SENT


def test_the_same_visit_booked_again_is_one_step_and_another_day_a_new_one():
    referral = walk(an_outgoing(), S.SENT, S.BOOKED)
    for day in (LATER, LATER, LATER + timedelta(days=1)):
        step(referral=referral, to=S.BOOKED, seen=S.BOOKED, said=Said(booked_on=day), by=actor(a_coordinator()))
    assert referral.steps.filter(to_state=S.BOOKED).count() == 2


def test_the_database_hears_a_link_for_its_own_referral_alone():
    referral, other = walk(an_outgoing(), S.SENT), walk(an_outgoing(), S.SENT)
    link = make_link(referral=other, by=actor(a_coordinator()))
    with pytest.raises(DatabaseError), transaction.atomic():
        step(referral=referral, to=S.ACCEPTED, said=Said(link=link), by=Actor())
