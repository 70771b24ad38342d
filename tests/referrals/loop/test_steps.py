"""What a step changes, and what is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.audit.clock import today
from clinic.audit.models import Event
from clinic.people.actions.administration import deactivate
from clinic.people.models import Role
from referrals.loop.actions.links import find, make_link, revoke_link, secret_of
from referrals.loop.actions.steps import Asked, Said, begin, match, step
from referrals.loop.actions.working import Call, assign, call, change_urgency, escalate, snooze
from referrals.loop.lifecycle import NEXT, Direction, State
from referrals.loop.models import Referral, Step, Work
from tests.factories import a_case, a_location, a_user, actor
from tests.referrals.scenes import LATER, a_coordinator, a_document, an_incoming, an_outgoing, walk

pytestmark = pytest.mark.django_db
S = State
TO_THE_END = [S.SENT, S.ACCEPTED, S.BOOKED, S.ATTENDED, S.DISCHARGED, S.REPORT_RECEIVED, S.READ, S.PATIENT_TOLD]


def test_begin_gives_an_owner_a_day_a_list_and_a_first_step():
    referral = an_incoming()
    assert referral.owner == a_coordinator()
    assert referral.next_on >= today(referral.location.time_zone)
    assert [each.to_state for each in referral.steps.all()] == [S.RECEIVED]
    referral.refresh_from_db()
    assert referral.worklist == "to_take_in"


def test_begin_without_anybody_to_own_it_is_refused():
    asked = Asked(Direction.INCOMING, "pain_spine", "routine", a_location(), said_name="Test Patient Juniper")
    with pytest.raises(Refused, match="Please call the clinic"):
        begin(asked=asked, by=Actor())
    assert not Referral.objects.exists()


def test_an_outgoing_one_walks_to_its_closed_loop():
    referral = walk(an_outgoing(), *TO_THE_END, S.CLOSED)
    referral.refresh_from_db()
    assert (referral.state, referral.worklist, referral.next_on) == (S.CLOSED, None, None)
    assert [each.to_state for each in referral.steps.all()] == [S.DRAFT, *TO_THE_END, S.CLOSED]
    assert Event.objects.filter(verb="referral.closed", patient_ids=[referral.patient_id]).count() == 1


def test_what_the_page_showed_before_is_refused_to_who_was_overtaken():
    referral = walk(an_outgoing(), S.SENT, S.ACCEPTED)
    with pytest.raises(Refused, match="by now"):
        step(referral=referral, to=S.REFUSED, seen=S.SENT, said=Said(reason="Full"), by=actor(a_coordinator()))


def test_the_same_step_twice_is_one_step():
    referral = walk(an_outgoing(), S.SENT)
    for _ in range(2):
        step(referral=referral, to=S.BOOKED, seen=S.SENT, said=Said(booked_on=LATER), by=actor(a_coordinator()))
    assert Step.objects.filter(referral=referral, to_state=S.BOOKED).count() == 1


@pytest.mark.parametrize(
    ("to", "said", "words"),
    [
        (S.REFUSED, {}, "Say why"),
        (S.CANCELLED, {"reason": "  "}, "Say why"),
        (S.NOT_ATTENDED, {}, "did not happen"),
        (S.BOOKED, {}, "which day"),
        (S.CLOSED, {}, "not open"),
    ],
)
def test_a_step_without_what_it_needs_is_refused(to, said, words):
    referral = walk(an_outgoing(), S.SENT, S.ACCEPTED)
    with pytest.raises(Refused, match=words):
        step(referral=referral, to=to, said=Said(**said), by=actor(a_coordinator()))
    assert referral.steps.count() == 3


def test_a_booked_visit_is_asked_about_after_its_day():
    referral = walk(an_outgoing(), S.SENT, S.BOOKED)
    assert referral.next_on > LATER


def test_a_red_flag_is_a_call_before_anything_else():
    referral = an_incoming(red_flag=True)
    referral.refresh_from_db()
    assert (referral.worklist, referral.risk) == ("call_now", 3)
    by = actor(a_coordinator())
    with pytest.raises(Refused, match="red flag"):
        step(referral=referral, to=S.REFUSED, said=Said(reason="Not ours"), by=by)
    with pytest.raises(Refused, match="put off"):
        snooze(referral=referral, until=LATER, reason="Later", by=by)
    call(referral=referral, said=Call("referrer", "left_message"), by=by)
    referral.refresh_from_db()
    assert referral.worklist == "call_now"
    call(referral=referral, said=Call("referrer", "reached", "Sent to the emergency room"), by=by)
    referral.refresh_from_db()
    assert (referral.worklist, referral.risk) == ("to_take_in", 0)


def test_two_calls_that_nobody_answers_raise_the_risk():
    referral = walk(an_outgoing(), S.SENT)
    for _ in range(2):
        call(referral=referral, said=Call("practice", "left_message"), by=actor(a_coordinator()))
    referral.refresh_from_db()
    assert (referral.escalated, referral.risk, referral.attempts) == (True, 1, 2)


def test_a_call_that_is_sent_twice_is_one_call():
    referral, said = walk(an_outgoing(), S.SENT), Call("practice", "no_answer", nonce=uuid4())
    first, second = (call(referral=referral, said=said, by=actor(a_coordinator())) for _ in range(2))
    referral.refresh_from_db()
    assert (first, referral.attempts, referral.escalated) == (second, 1, False)


def test_a_call_asked_for_on_a_day_is_due_on_that_day():
    referral = walk(an_outgoing(), S.SENT)
    by = actor(a_coordinator())
    with pytest.raises(Refused, match="which day"):
        call(referral=referral, said=Call("patient", "asks_later"), by=by)
    call(referral=referral, said=Call("patient", "asks_later", on=LATER), by=by)
    referral.refresh_from_db()
    assert referral.next_on == LATER


def test_snooze_needs_a_reason_and_a_day_ahead():
    referral = walk(an_outgoing(), S.SENT)
    day, by = today(referral.location.time_zone), actor(a_coordinator())
    for until, reason in ((day, "why"), (day + timedelta(days=91), "why"), (day + timedelta(days=3), " ")):
        with pytest.raises(Refused):
            snooze(referral=referral, until=until, reason=reason, by=by)
    snooze(referral=referral, until=day + timedelta(days=3), reason="They are closed this week", by=by)
    referral.refresh_from_db()
    assert (referral.snoozed, referral.next_on) == (True, day + timedelta(days=3))


def test_assign_moves_open_ones_and_says_how_many():
    first, second = an_outgoing(), walk(an_outgoing(), S.CANCELLED)
    doctor = a_user(Role.DOCTOR)
    assert assign(referrals=[first, second], owner=doctor, by=actor(a_coordinator())) == 1
    first.refresh_from_db()
    assert first.owner == doctor
    with pytest.raises(Refused):
        assign(referrals=[first], owner=a_user(Role.EDITOR), by=actor(doctor))


def test_escalate_and_more_urgent_go_up():
    referral = walk(an_outgoing(), S.SENT)
    by = actor(a_coordinator())
    escalate(referral=referral, note="Nobody there knows of it", by=by)
    change_urgency(referral=referral, urgency="urgent", reason="The foot gives way", by=by)
    referral.refresh_from_db()
    assert referral.risk == 3
    assert Work.objects.filter(referral=referral).count() == 2


def test_who_leaves_hands_their_referrals_over():
    referral, administrator = an_outgoing(), a_user(Role.ADMINISTRATOR)
    owner, colleague = referral.owner, a_user(Role.COORDINATOR)
    with pytest.raises(Refused, match="each needs an owner"):
        deactivate(user=owner, colleague=None, by=actor(administrator))
    deactivate(user=owner, colleague=colleague, by=actor(administrator))
    referral.refresh_from_db()
    assert referral.owner == colleague


def test_match_refuses_another_patient_s_case():
    referral, one, other = an_incoming(), a_case(), a_case()
    with pytest.raises(Refused):
        match(referral=referral, patient=one.patient, case=other, by=actor(a_coordinator()))
    match(referral=referral, patient=one.patient, case=one, by=actor(a_coordinator()))
    with pytest.raises(Refused):
        match(referral=referral, patient=other.patient, by=actor(a_coordinator()))


def test_a_link_is_hashed_runs_out_and_can_be_taken_back():
    referral, by = an_outgoing(), actor(a_coordinator())
    link = make_link(referral=referral, by=by)
    secret = secret_of(link)
    assert secret not in link.secret_hash
    assert find(secret).referral == referral
    assert make_link(referral=referral, by=by) == link
    assert find(secret[:-1]) is None
    with time_machine.travel(link.expires_at + timedelta(minutes=1)):
        assert find(secret) is None
    assert revoke_link(referral=referral, by=by)
    assert find(secret) is None
    assert secret_of(make_link(referral=referral, by=by)) != secret


@pytest.mark.parametrize(
    "change",
    [
        "state = 'closed'",
        "owner_id = NULL",
        "next_on = NULL",
        "direction = 'incoming'",
        "risk = 9",
        "code = 'ABCDEFGH'",
        "said_name = 'Somebody'",
        "red_flag = true",
    ],
)
def test_the_database_refuses_what_an_action_would(change):
    referral = an_outgoing()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE loop_referral SET {change} WHERE id = %s", [referral.pk])


@pytest.mark.parametrize("table", ["loop_referral", "loop_step", "loop_work", "loop_link"])
@pytest.mark.parametrize("verb", ["DELETE FROM", "TRUNCATE"])
def test_the_database_keeps_every_row(table, verb):
    referral = walk(an_outgoing(), S.SENT)
    make_link(referral=referral, by=actor(a_coordinator()))
    escalate(referral=referral, note="", by=actor(a_coordinator()))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{verb} {table}" + (" CASCADE" if verb == "TRUNCATE" else ""))


def test_the_database_refuses_a_step_that_does_not_begin_where_the_referral_is():
    referral = an_outgoing()
    with pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.create(referral=referral, direction="outgoing", from_state="sent", to_state="accepted", on=LATER)


def test_each_open_referral_is_in_exactly_one_list_and_has_an_owner_and_a_day():
    """Every open state of both directions, as the database itself sorts it."""
    case = a_case()
    for way in Direction:
        for state, after in NEXT[way].items():
            if after:
                _set_down(way, state, case)
    found = Referral.objects.open()
    assert found.count() == sum(bool(after) for way in Direction for after in NEXT[way].values())
    assert not found.filter(owner=None).exists()
    assert not found.filter(next_on=None).exists()
    assert not Referral.objects.filter(worklist=None).exclude(state__in=["closed", "cancelled"]).exists()


def _set_down(way: Direction, state: State, case) -> None:
    """Bring a referral to a state by the shortest way there is."""
    referral = an_outgoing(case=case) if way == Direction.OUTGOING else an_incoming()
    if way == Direction.INCOMING:
        match(referral=referral, patient=case.patient, case=case, by=actor(a_coordinator()))
    walk(referral, *_way_to(way, State(referral.state), state))


def _way_to(way: Direction, begins: State, ends: State) -> list[State]:
    ways = [[begins]]
    while ways:
        path = ways.pop(0)
        if path[-1] == ends:
            return path[1:]
        ways += [[*path, after] for after in NEXT[way][path[-1]] if after not in path]
    raise AssertionError(f"no way to {ends}")


def test_a_practice_hands_in_a_report_by_its_link_and_never_only_says_so():
    referral = walk(an_outgoing(), S.SENT, S.ATTENDED)
    link = make_link(referral=referral, by=actor(a_coordinator()))
    with pytest.raises(DatabaseError), transaction.atomic():
        step(referral=referral, to=S.REPORT_RECEIVED, said=Said(link=link), by=Actor())
    said = Said(link=link, document=a_document(referral.case))
    assert step(referral=referral, to=S.REPORT_RECEIVED, said=said, by=Actor()).state == S.REPORT_RECEIVED
