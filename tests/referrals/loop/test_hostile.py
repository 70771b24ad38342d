"""What nobody may reach by a way round: a red flag out of sight, a link that was taken back, the same word twice."""

from datetime import timedelta

import pytest

from clinic.audit.clock import today
from referrals.loop.actions.working import Call, call, change_urgency
from referrals.loop.models import Referral
from tests.factories import actor
from tests.referrals.scenes import LATER, a_coordinator, an_incoming

pytestmark = pytest.mark.django_db


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
