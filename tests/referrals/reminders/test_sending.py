"""Reminders go out once, on their day, to who wants them; and whatever kills a worker repeats none."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from clinic.audit import clock
from clinic.audit.actor import SYSTEM
from clinic.audit.clock import now
from clinic.post import actions as post
from clinic.post.models import Message
from clinic.post.models import State as Fate
from referrals.loop.actions.steps import Said, step
from referrals.loop.lifecycle import State
from referrals.reminders.actions import sending
from referrals.reminders.actions.sending import remind_now, send_due
from referrals.reminders.models import Reminder
from referrals.reminders.tasks import send
from tests.factories import a_clinic, a_location, actor
from tests.post.worker import run_once
from tests.referrals.scenes import a_coordinator, an_outgoing, walk

from .scenes import after, asked, booked, invited, sent_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clinic():
    a_clinic()


def sent_at(moment) -> int:
    with clock.at(moment):
        return send_due()


def test_a_patient_is_reminded_of_questions_after_three_and_after_seven_days_and_no_more():
    referral = invited()
    assert [sent_at(after(days)) for days in (0, 2, 3, 3, 4, 6, 7, 8, 30)] == [0, 0, 1, 0, 0, 0, 1, 0, 0]
    assert [(each.kind, each.number) for each in referral.reminders.all()] == [
        ("questions_wait", 1),
        ("questions_wait", 2),
    ]


def test_who_was_not_called_is_given_the_number_after_five_working_days():
    referral = sent_out()
    assert [sent_at(after(days)) for days in (6, 7, 8)] == [0, 1, 0]
    body = referral.reminders.get().message.body
    assert referral.practice.phone in body
    assert referral.practice.name not in body


def test_a_visit_is_reminded_of_two_days_before_and_again_when_it_was_moved():
    referral = booked(date(2026, 11, 20))
    assert [sent_at(after(days)) for days in (15, 16, 17)] == [0, 1, 0]
    with clock.at(after(17, 1)):
        step(referral=referral, to=State.BOOKED, by=actor(a_coordinator()), said=Said(booked_on=date(2026, 11, 27)))
    assert [sent_at(after(days)) for days in (18, 22, 23, 24)] == [0, 0, 1, 0]
    assert (
        "November 27" in referral.reminders.last().message.body
        or "27 November" in referral.reminders.last().message.body
    )


def test_a_missed_visit_brings_a_mail_on_the_next_working_day():
    referral = booked(date(2026, 11, 6))
    with clock.at(after(4)):  # Friday
        walk(referral, State.NOT_ATTENDED)
    assert [sent_at(after(days)) for days in (5, 6, 7)] == [0, 0, 1]


def test_a_referrer_is_reminded_in_the_language_of_the_form():
    referral = asked()
    assert [sent_at(after(days)) for days in (2, 3, 4)] == [0, 1, 0]
    reminder = referral.reminders.get()
    assert (reminder.whom, reminder.patient, reminder.message.to) == ("referrer", None, "office@practice.example.org")
    assert reminder.message.language == "es"
    assert "/follow/" in reminder.message.body
    assert referral.said_name not in reminder.message.body


def test_no_mail_says_what_the_visit_is_for():
    invited(), sent_out(), asked()
    with clock.at(after(7)):
        walk(an_outgoing(case=invited().case, service="behavioral_health"), State.SENT)
    for days in (3, 7, 14):
        sent_at(after(days))
    said = " ".join(f"{each.subject} {each.body}" for each in Message.objects.all()).lower()
    for telling in ("pain", "spine", "therapy", "surg", "behavioral", "injection", "juniper", "alder"):
        assert telling not in said.replace("test spine clinic", "")


def test_a_step_forward_ends_the_reminding():
    referral = invited()
    with clock.at(after(1)):
        walk(referral, State.IN_REVIEW)
    assert sent_at(after(3)) == 0


def test_who_has_no_address_is_left_to_a_call():
    invited(email="")
    assert sent_at(after(3)) == 0


def test_one_mail_a_patient_a_day():
    referral = invited()
    with clock.at(after(0)):
        walk(an_outgoing(case=referral.case), State.SENT)
    assert [sent_at(after(days)) for days in (7, 7, 8)] == [1, 0, 1]


def test_a_reminder_that_is_long_overdue_is_not_sent_any_more():
    sent_out()
    assert sent_at(after(11)) == 0


def test_a_clock_that_goes_back_sends_nothing_twice():
    invited(), sent_out()
    assert [sent_at(after(days)) for days in (7, 3, 6, 7, 7)] == [2, 0, 0, 0, 0]


def test_days_are_those_of_the_location():
    location = a_location("Honolulu")
    location.time_zone = "Pacific/Honolulu"
    location.save()
    sent_out(home_location=location)
    assert sent_at(after(7, hours=-6)) == 0  # Sunday night there, Monday morning in New York
    assert sent_at(after(7)) == 1


def test_a_hundred_in_one_minute_are_a_hundred_mails_once_each():
    for number in range(100):
        sent_out(email=f"alder{number}@example.org")
    with clock.at(after(7)):
        send(timestamp=0)
        send(timestamp=0)
    assert Reminder.objects.count() == Message.objects.filter(kind="remind_did_they_call").count() == 100
    assert Reminder.objects.values("patient").distinct().count() == 100


def test_a_limit_leaves_the_rest_for_the_next_minute():
    for number in range(5):
        invited(email=f"alder{number}@example.org")
    with clock.at(after(3)):
        assert [send_due(limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_asking_costs_the_same_with_many_that_are_not_due(django_assert_max_num_queries):
    for _ in range(20):
        sent_out()
    with clock.at(after(3)), django_assert_max_num_queries(8):
        send_due()


def test_the_database_itself_refuses_a_second_row():
    referral = invited()
    sent_at(after(3))
    held = referral.reminders.get()
    copied = {
        "referral": referral,
        "step": held.step,
        "kind": held.kind,
        "place": held.place,
        "number": held.number,
        "whom": held.whom,
        "patient": held.patient,
        "day": held.day + timedelta(days=1),
        "message": post.send(kind="x", to="a@example.org", language="en", subject="x", body="x", by=SYSTEM),
        "secret_hash": "other",
    }
    for change in ({}, {"place": 5}, {"number": 2}, {"number": 3, "place": 5}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Reminder.objects.create(**(copied | change))


def test_one_that_cannot_be_written_keeps_none_of_the_others_waiting(monkeypatch):
    broken, whole = invited(), invited(email="birch@example.org")
    really = sending.send_template

    def fails_for_one(**words):
        if words["to"] == sending.Standing(broken, broken.steps.last(), after(3).date()).address("patient"):
            raise ValueError
        return really(**words)

    monkeypatch.setattr(sending, "send_template", fails_for_one)
    assert sent_at(after(3)) == 1
    assert (broken.reminders.count(), whole.reminders.count()) == (0, 1)


class Killed(BaseException):
    """A worker that is killed says nothing more."""


def kill(monkeypatch, module, name):
    def killed(*_args, **_words):
        raise Killed

    monkeypatch.setattr(module, name, killed)


def test_killed_while_it_is_written_a_reminder_is_written_later_and_once(monkeypatch):
    invited()
    kill(monkeypatch, sending, "record")
    with pytest.raises(Killed):
        sent_at(after(3))
    assert not Reminder.objects.exists()
    assert not Message.objects.filter(kind="remind_questions_wait").exists()
    monkeypatch.undo()
    assert [sent_at(after(3)), sent_at(after(3))] == [1, 0]


def the_worker_dies_while_sending(monkeypatch, after_it_left: bool):
    really = post._transmit

    def dies(message):
        if after_it_left:
            really(message)
        raise Killed

    monkeypatch.setattr(post, "_transmit", dies)
    with pytest.raises(Killed):
        run_once()
    monkeypatch.undo()
    Message.objects.filter(state=Fate.SENDING).update(state_at=now() - post.STALE - timedelta(minutes=1))


@pytest.mark.parametrize("after_it_left", [True, False])
def test_a_reminder_whose_fate_nobody_knows_is_never_repeated(monkeypatch, after_it_left):
    referral = invited()
    sent_at(after(3))
    the_worker_dies_while_sending(monkeypatch, after_it_left)
    for _ in range(3):
        post.sweep()
        run_once()
    sent_at(after(4))
    assert referral.reminders.get().message.state == Fate.UNKNOWN
    assert len(mail.outbox) == int(after_it_left)


def test_an_urgent_alert_whose_fate_nobody_knows_is_repeated(monkeypatch):
    post.send_template(
        kind="urgent_alert",
        to="alerts@example.org",
        language="en",
        context={"link": "https://clinic.example.org"},
        by=SYSTEM,
        urgent=True,
    )
    the_worker_dies_while_sending(monkeypatch, after_it_left=True)
    post.sweep()
    run_once()
    assert Message.objects.get(kind="urgent_alert").state in {Fate.SENT, Fate.QUEUED}
    Message.objects.filter(state=Fate.QUEUED).update(state_at=now() - timedelta(minutes=2))
    post.sweep()
    assert [sent.to for sent in mail.outbox] == [["alerts@example.org"]] * 2
    assert Message.objects.get(kind="urgent_alert").state == Fate.SENT


def test_by_hand_each_is_told_why_not():
    by = actor(a_coordinator())
    reachable, mute, draft = invited(), invited(email=""), an_outgoing()
    with clock.at(after(1)):
        told = remind_now(referrals=[reachable, mute, draft], by=by)
        again = remind_now(referrals=[reachable], by=by)
    assert [(each.sent, each.why_not) for each in told] == [
        (True, ""),
        (False, "No e-mail address is known."),
        (False, "There is nothing to remind of where it stands."),
    ]
    assert [each.why_not for each in again] == ["A reminder went out today already."]
    assert reachable.reminders.get().made_by_id == by.user_id
    assert [sent_at(after(days)) for days in (3, 7)] == [0, 1]
