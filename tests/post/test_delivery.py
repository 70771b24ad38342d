"""The outbox: what is written with an action is sent once, and its fate is told."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.audit.actions import Refused
from clinic.audit.actor import SYSTEM
from clinic.audit.clock import now
from clinic.audit.models import Event
from clinic.post import actions
from clinic.post.models import Message, State
from tests.factories import a_clinic

from .worker import run_once

pytestmark = pytest.mark.django_db


def a_mail(**fields: object) -> Message:
    words = {"kind": "news", "to": "alder@example.org", "language": "en", "subject": "News", "body": "See our page."}
    return actions.send(**{**words, "by": SYSTEM, **fields})


def refusing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(_message: Message) -> None:
        raise error

    monkeypatch.setattr(actions, "_transmit", refuse)


def test_a_mail_is_sent_once_and_its_words_are_gone():
    message = a_mail()
    assert run_once() == 1
    run_once()
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["alder@example.org"], "News")]
    message.refresh_from_db()
    assert (message.state, message.tries, message.body) == (State.SENT, 1, "")


def test_the_demo_keeps_the_words(settings):
    settings.DEMO = True
    message = a_mail()
    run_once()
    message.refresh_from_db()
    assert message.body == "See our page."


def test_a_rollback_sends_nothing():
    with transaction.atomic():
        a_mail()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_urgent_mail_goes_first():
    a_mail(subject="News")
    a_mail(subject="A case needs somebody", urgent=True)
    run_once()
    assert [sent.subject for sent in mail.outbox] == ["A case needs somebody", "News"]


@pytest.mark.parametrize("error", [smtplib.SMTPServerDisconnected(), TimeoutError(), smtplib.SMTPException()])
def test_mail_that_may_have_left_is_never_sent_twice(monkeypatch, error):
    message = a_mail()
    refusing(monkeypatch, error)
    run_once()
    message.refresh_from_db()
    assert (message.state, message.error) == (State.UNKNOWN, type(error).__name__)
    with pytest.raises(Refused):
        actions.resend(message=message, by=SYSTEM)


def test_urgent_mail_rather_comes_twice_than_never(monkeypatch):
    message = a_mail(urgent=True)
    refusing(monkeypatch, TimeoutError())
    run_once()
    message.refresh_from_db()
    assert message.state == State.QUEUED


def test_a_refused_mail_is_tried_five_times_then_failed_and_can_be_sent_again(monkeypatch):
    message = a_mail()
    refusing(monkeypatch, smtplib.SMTPRecipientsRefused({}))
    for _ in range(actions.MOST_TRIES + 2):
        actions.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert (message.state, message.tries) == (State.FAILED, actions.MOST_TRIES)
    assert message.body
    monkeypatch.undo()
    actions.resend(message=message, by=SYSTEM)
    actions.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert message.state == State.SENT


def left(message: Message, state: State, ago: timedelta, tries: int = 0) -> Message:
    Message.objects.filter(pk=message.pk).update(state=state, state_at=now() - ago, tries=tries)
    return message


def test_the_sweep_says_unknown_of_what_a_dead_worker_was_sending():
    ordinary = left(a_mail(), State.SENDING, timedelta(minutes=11), tries=1)
    urgent = left(a_mail(urgent=True), State.SENDING, timedelta(minutes=11), tries=1)
    working = left(a_mail(), State.SENDING, timedelta(minutes=9), tries=1)
    actions.sweep()
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {ordinary.pk: State.UNKNOWN, urgent.pk: State.QUEUED, working.pk: State.SENDING}


def test_the_sweep_takes_up_what_waits_ever_later():
    fresh = left(a_mail(), State.QUEUED, timedelta(seconds=30))
    forgotten = left(a_mail(), State.QUEUED, timedelta(minutes=2))
    refused = left(a_mail(), State.QUEUED, timedelta(minutes=2), tries=3)
    actions.sweep()
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {fresh.pk: State.QUEUED, forgotten.pk: State.SENT, refused.pk: State.QUEUED}


def test_two_workers_do_not_take_the_same_mail():
    message = a_mail()
    assert actions.claim(message_id=message.pk)
    assert actions.claim(message_id=message.pk) is None


def test_events_tell_the_fate_without_address_or_words():
    a_mail()
    run_once()
    verbs = list(Event.objects.filter(verb__startswith="message.").order_by("id").values_list("verb", flat=True))
    assert verbs == ["message.written", "message.sending", "message.sent"]
    assert "alder" not in str(list(Event.objects.values_list("detail", flat=True)))


def test_a_template_is_written_in_the_language_of_the_person():
    a_clinic()
    message = actions.send_template(
        kind="sign_in_code",
        to="alder@example.org",
        language="es",
        context={"code": "123456", "link": "https://example.org", "minutes": 10},
        by=SYSTEM,
    )
    assert "123456" in message.body
    assert "Test Spine Clinic" in message.subject
    assert "\n" not in message.subject


def test_the_list_reads_no_bodies(django_assert_max_num_queries):
    a_mail()
    with django_assert_max_num_queries(1):
        assert [row.state for row in Message.objects.newest().defer("body")] == [State.QUEUED]


def test_the_queue_can_call_the_sweep_by_the_names_that_it_uses():
    app.tasks["post.sweep"](timestamp=1_766_000_000)
