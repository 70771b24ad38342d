"""What did not arrive is marked once, and somebody is called to look; nothing else is done with a stranger's mail."""

import io
import os
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from clinic.audit import clock
from clinic.audit.clock import today
from clinic.post import actions as post
from clinic.post.models import Message
from clinic.post.models import State as Fate
from referrals.loop.actions.steps import Said, step
from referrals.loop.lifecycle import State
from referrals.loop.models import Work
from referrals.reminders.actions.returned import look_at_lost
from referrals.reminders.actions.sending import send_due
from referrals.reminders.models import Reminder
from tests.factories import a_clinic, a_user, actor
from tests.post.test_returned import HOSTILE, a_report
from tests.post.worker import run_once
from tests.referrals.scenes import a_coordinator

from .scenes import after, asked, invited

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clinic():
    a_clinic()


def a_sent_reminder(whom: str = "patient") -> Reminder:
    referral = invited() if whom == "patient" else asked()
    with clock.at(after(3)):
        send_due()
    run_once()
    return referral.reminders.get()


def take(monkeypatch, report: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(report)))
    call_command("take_bounce")


@pytest.mark.parametrize("whom", ["patient", "referrer"])
def test_a_returned_mail_has_somebody_look_today(monkeypatch, whom):
    reminder = a_sent_reminder(whom)
    take(monkeypatch, a_report(reminder.message.mail_id))
    reminder.refresh_from_db()
    referral = reminder.referral
    assert (reminder.message.state, referral.escalated) == (Fate.BOUNCED, True)
    assert referral.next_on == today(referral.location.time_zone)
    assert "did not arrive" in Work.objects.get(referral=referral).note
    take(monkeypatch, a_report(reminder.message.mail_id))
    assert Work.objects.filter(referral=referral).count() == 1


def test_another_mail_that_came_back_is_marked_and_calls_nobody(monkeypatch):
    message = post.send(kind="news", to="a@example.org", language="en", subject="x", body="x", by=actor(None))
    run_once()
    take(monkeypatch, a_report(message.mail_id))
    message.refresh_from_db()
    assert message.state == Fate.BOUNCED
    assert not Work.objects.exists()


def test_a_referral_at_its_end_is_left_in_peace(monkeypatch):
    reminder = a_sent_reminder()
    step(referral=reminder.referral, to=State.CANCELLED, by=actor(a_coordinator()), said=Said(reason="Moved away"))
    take(monkeypatch, a_report(reminder.message.mail_id))
    assert not Work.objects.exists()


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_report_is_refused_with_a_code(monkeypatch, raw):
    with pytest.raises(CommandError) as refused:
        take(monkeypatch, raw)
    assert refused.value.returncode == os.EX_DATAERR


def test_a_guessed_id_is_nobodys(monkeypatch):
    reminder = a_sent_reminder()
    with pytest.raises(CommandError) as refused:
        take(monkeypatch, a_report("00000000-0000-4000-8000-000000000000"))
    assert refused.value.returncode == os.EX_DATAERR
    reminder.message.refresh_from_db()
    assert reminder.message.state == Fate.SENT


def test_a_report_that_comes_before_the_worker_settled_is_kept_for_later(monkeypatch):
    reminder = a_sent_reminder()
    Message.objects.update(state=Fate.SENDING)
    with pytest.raises(CommandError) as refused:
        take(monkeypatch, a_report(reminder.message.mail_id))
    assert refused.value.returncode == os.EX_TEMPFAIL


def test_a_refused_mail_has_somebody_look_too():
    reminder = a_sent_reminder()
    Message.objects.update(state=Fate.FAILED)
    assert [look_at_lost(limit=10), look_at_lost(limit=10)] == [1, 0]
    reminder.referral.refresh_from_db()
    assert reminder.referral.escalated


def test_an_address_that_does_not_work_gets_no_second_reminder(monkeypatch):
    reminder = a_sent_reminder()
    take(monkeypatch, a_report(reminder.message.mail_id))
    with clock.at(after(7)):
        assert send_due() == 0
        reminder.referral.patient.user = None
        reminder.referral.patient.email = "corrected@example.org"
        reminder.referral.patient.save()
        assert send_due() == 1


def test_came_back_is_said_by_staff(client):
    reminder = a_sent_reminder()
    client.force_login(a_user("coordinator"))
    page = client.get("/referrals/reminders/?fate=sent").content.decode()
    assert f"/referrals/reminders/{reminder.pk}/came-back/" in page
    for _ in range(2):
        assert client.post(f"/referrals/reminders/{reminder.pk}/came-back/").url == "/referrals/reminders/"
    reminder.message.refresh_from_db()
    assert reminder.message.state == Fate.BOUNCED
    assert Work.objects.filter(referral=reminder.referral).count() == 1


def test_sent_shows_what_somebody_must_look_at_first(client):
    reminder = a_sent_reminder()
    client.force_login(a_user("doctor"))
    assert client.get("/referrals/reminders/").context["fate"] == Fate.SENT
    Message.objects.update(state=Fate.BOUNCED)
    page = client.get("/referrals/reminders/")
    assert page.context["fate"] == Fate.BOUNCED
    assert reminder.referral.printed_code in page.content.decode()
    assert client.get("/referrals/reminders/?fate=nonsense&before=99999999999999999999").status_code == 200


def test_sent_costs_the_same_for_2_and_for_20(client, django_assert_max_num_queries):
    client.force_login(a_user("doctor"))
    for count in (2, 18):
        for _ in range(count):
            invited()
        with clock.at(after(3)):
            send_due()
        run_once()
        with django_assert_max_num_queries(22):
            client.get("/referrals/reminders/?fate=sent")


def test_sent_has_each_reminder_in_one_tab(client):
    a_sent_reminder()
    client.force_login(a_user("doctor"))
    for fate in Fate.values:
        Message.objects.update(state=fate)
        tabs = client.get("/referrals/reminders/").context["tabs"]
        assert sorted(tab["count"] for tab in tabs) == ["0", "0", "0", "0", "1"]
