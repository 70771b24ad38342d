"""The board of the morning: what is due, what nobody should forget, and what it leaves out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.audit.clock import today
from clinic.audit.models import Event
from referrals.loop.actions.steps import Said, step
from referrals.loop.actions.working import snooze
from referrals.loop.lifecycle import State
from referrals.measures.board import MOST_ROWS, board
from tests.factories import a_case, actor
from tests.referrals.scenes import a_coordinator, a_practice, an_incoming, an_outgoing, walk

from .scenes import drafts

pytestmark = pytest.mark.django_db
S = State


def day():
    return today("America/New_York")


def of():
    return board(a_coordinator(), None, day())


def part(key: str):
    shown = of()
    return next((each for each in (*shown.first, *shown.due) if each.key == key), None)


def test_an_empty_board_says_so(client):
    client.force_login(a_coordinator())
    assert "No referral is open" in client.get("/referrals/board/").content.decode()


def test_what_is_due_stands_in_its_list_with_what_is_not_shown():
    drafts(MOST_ROWS + 12)
    due = part("to_send")
    assert (due.total, len(due.rows), due.more) == (MOST_ROWS + 12, MOST_ROWS, 12)
    assert due.note == "overdue"
    assert {row.overdue for row in due.rows} == {1}


def test_what_is_left_out_is_counted():
    walk(an_outgoing(), S.SENT)
    put_off = walk(an_outgoing(), S.SENT)
    snooze(referral=put_off, until=day() + timedelta(days=30), reason="Away", by=actor(a_coordinator()))
    shown = of()
    assert (shown.due_total, shown.later, shown.put_off) == (0, 1, 1)
    assert shown.due == []


def test_a_red_flag_is_read_out_first_and_what_is_urgent_after_it():
    urgent, flagged = an_outgoing(urgency="urgent"), an_incoming(red_flag=True, urgency="urgent")
    call_now, next_part, *_ = of().first
    assert [row.referral.pk for row in call_now.rows] == [flagged.pk]
    assert call_now.rows[0].next.words.startswith("Call the referrer now")
    assert [row.referral.pk for row in next_part.rows] == [urgent.pk]


def test_a_visit_stands_on_the_board_by_its_latest_day():
    by, tomorrow = actor(a_coordinator()), day() + timedelta(days=1)
    moved, stays = walk(an_outgoing(), S.SENT), walk(an_outgoing(), S.SENT)
    for referral in (moved, stays):
        step(referral=referral, to=S.BOOKED, by=by, said=Said(booked_on=tomorrow))
    step(referral=moved, to=S.BOOKED, by=by, said=Said(booked_on=tomorrow + timedelta(days=9)))
    visits = part("visits")
    assert [(row.referral.pk, row.booked_on) for row in visits.rows] == [(stays.pk, tomorrow)]
    assert visits.total == 1


def test_board_names_whom_it_shows_in_the_log(client):
    user = a_coordinator()
    client.force_login(user)
    referral = an_outgoing()
    assert str(referral.patient) in client.get("/referrals/board/").content.decode()
    assert Event.objects.get(verb="referrals.board_listed").patient_ids == [referral.patient_id]


def test_board_costs_the_same_with_ten_and_a_thousand(client):
    client.force_login(a_coordinator())
    case, practice, costs = a_case(), a_practice(), []
    client.get("/referrals/board/")  # the clinic itself is read once and kept
    for number in (10, 990):
        drafts(number, case, practice)
        with CaptureQueriesContext(connection) as context:
            assert client.get("/referrals/board/").status_code == 200
        costs.append(len(context))
    assert costs[0] == costs[1]
