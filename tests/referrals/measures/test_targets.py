"""The clinic sets its targets: what it typed stays, who set one is known, and days that are set do not move."""

import re

import pytest

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.people.models import Role
from referrals.loop.lifecycle import State
from referrals.loop.models import Target
from referrals.loop.reading import span_of
from referrals.loop.targets import DEFAULTS, WHOLE, Key, Span
from referrals.measures.actions import latest, set_targets
from tests.factories import a_user, actor
from tests.referrals.scenes import a_coordinator, an_outgoing, walk

pytestmark = pytest.mark.django_db
PAGE, SET = "/referrals/targets/", "/referrals/targets/set/"
SENT = Key("outgoing", "sent", "routine")


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator())
    return client


def filled(client, **typed: object) -> dict[str, object]:
    """The form as the page shows it, with what somebody typed over it."""
    html = client.get(f"{PAGE}?direction=outgoing").content.decode()
    fields = dict(re.findall(r'<input type="(?:number|hidden)" name="([^"]+)" value="([^"]*)"', html))
    for name, inner in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        fields[name] = chosen[1] if chosen else ""
    return fields | typed


def test_targets_are_set_and_go_back_to_their_default(desk):
    changed = filled(desk, **{"sent-routine-days": 9, "sent-routine-kind": "calendar", "whole-soon-days": 10})
    assert desk.post(SET, changed, follow=True).redirect_chain == [("/referrals/targets/?direction=outgoing", 302)]
    assert span_of(*SENT) == Span(9)
    assert span_of("outgoing", WHOLE, "soon") == Span(10)
    assert Target.objects.count() == 2
    assert Event.objects.filter(verb="targets.set").count() == 1
    html = desk.get(PAGE).content.decode()
    assert f"Set by {a_coordinator().name}" in html
    assert "Default: 5 working days" in html
    desk.post(SET, filled(desk, **{"sent-routine-back": "on"}))
    assert span_of(*SENT) == DEFAULTS[SENT]
    assert Target.objects.count() == 3


def test_a_changed_target_does_not_move_a_day_that_is_set(desk):
    referral = walk(an_outgoing(), State.SENT)
    before = referral.next_on
    desk.post(SET, filled(desk, **{"sent-routine-days": 1}))
    referral.refresh_from_db()
    assert referral.next_on == before
    assert walk(an_outgoing(), State.SENT).next_on < before


@pytest.mark.parametrize("typed", ["", "-1", "366", "soon", "2.5", "9" * 30])
def test_what_was_typed_stays_with_what_is_wrong(desk, typed):
    answer = desk.post(SET, filled(desk, **{"sent-routine-days": typed, "draft-soon-days": 77}))
    assert answer.status_code == 422
    assert "Write a number from 0 to 365." in answer.content.decode()
    assert 'value="77"' in answer.content.decode()
    assert not Target.objects.exists()


def test_who_was_overtaken_is_told(desk):
    stale = filled(desk, **{"sent-routine-days": 9})
    set_targets(changes={SENT: Span(3)}, seen=latest(), by=actor(a_coordinator()))
    answer = desk.post(SET, stale)
    assert answer.status_code == 422
    assert "A colleague changed the targets" in answer.content.decode()
    assert span_of(*SENT) == Span(3)


@pytest.mark.parametrize("changes", [{Key("outgoing", "nowhere", "soon"): Span(1)}, {SENT: Span(400)}])
def test_no_target_beyond_the_table(changes):
    with pytest.raises(Refused):
        set_targets(changes=changes, seen=0, by=actor(a_coordinator()))


def test_doctors_read_the_targets(client):
    client.force_login(a_user(Role.DOCTOR))
    html = client.get(PAGE).content.decode()
    assert "Coordinators and administrators set them" in html
    assert "sent-routine-days" not in html
    assert client.post(SET, {}).status_code in (403, 404)
