"""A referral is received whole or not at all, once however often it is sent, and never rewritten."""

import uuid

import pytest
from django.db import DatabaseError

from clinic.audit.actor import Actor
from clinic.post.models import Message
from referrals.incoming.actions.receiving import receive
from referrals.incoming.models import Request
from referrals.loop.lifecycle import State, Worklist
from tests.factories import a_location
from tests.referrals.scenes import a_coordinator

from .words import SAID

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clinic() -> None:
    a_coordinator()
    a_location()


def test_a_referral_begins_with_its_senders_words_an_owner_and_a_next_day() -> None:
    referral = receive(said=SAID, files=[], door="form", by=Actor())
    request = Request.objects.get(referral=referral)
    assert (referral.state, referral.worklist) == (State.RECEIVED, Worklist.TO_TAKE_IN)
    assert referral.owner
    assert referral.next_on
    assert referral.said_name == request.patient_name == "Test Patient Juniper"
    assert request.therapies == SAID["therapies"]
    assert request.signs["saddle_numbness"] == "no"
    assert request.diabetes == ""  # not said is not "no"


def test_a_warning_sign_makes_it_an_urgent_call_and_the_clinic_is_told_without_a_word_about_the_patient() -> None:
    referral = receive(said=SAID | {"sign_saddle_numbness": "yes"}, files=[], door="form", by=Actor())
    assert (referral.urgency, referral.worklist) == ("urgent", Worklist.CALL_NOW)
    assert referral.request.urgency == "routine"  # as they said it
    mail = Message.objects.get(kind="call_now_alert")
    assert mail.urgent
    assert "Juniper" not in mail.subject + mail.body


def test_a_form_sent_twice_is_one_referral() -> None:
    nonce = uuid.uuid4()
    first, second = (receive(said=SAID, files=[], door="form", by=Actor(), nonce=nonce) for _ in range(2))
    assert first == second
    assert Request.objects.count() == 1


def test_what_the_sender_said_cannot_be_rewritten() -> None:
    request = receive(said=SAID, files=[], door="form", by=Actor()).request
    request.question = "Something else"
    with pytest.raises(DatabaseError):
        request.save()
