"""A referral is received whole or not at all, once however often it is sent, and never rewritten."""

import uuid
from pathlib import Path

import pytest
from django.db import DatabaseError

from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.people.models import User
from clinic.people.search import read
from clinic.post.models import Message
from referrals.incoming.actions.receiving import UnfitFile, add, receive, withdraw
from referrals.incoming.models import Addition, Attachment, Request
from referrals.loop.actions.links import make_link
from referrals.loop.actions.steps import Said, step
from referrals.loop.lifecycle import State, Worklist
from referrals.loop.models import Referral
from tests.factories import a_clinic, a_location, actor
from tests.referrals.scenes import a_coordinator, walk

from .words import SAID, a_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    a_clinic()
    a_coordinator()
    a_location()
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def received(**changed: object) -> Referral:
    return receive(said=SAID | changed, files=[], door="form", by=Actor())


def kept(media: Path) -> int:
    return len([path for path in media.rglob("*") if path.is_file()])


def test_a_referral_begins_with_its_senders_words_an_owner_and_a_next_day() -> None:
    referral = received()
    request = Request.objects.get(referral=referral)
    assert (referral.state, referral.worklist) == (State.RECEIVED, Worklist.TO_TAKE_IN)
    assert referral.owner
    assert referral.next_on
    assert referral.said_name == request.patient_name == "Test Patient Juniper"
    assert request.therapies == SAID["therapies"]
    assert request.signs["saddle_numbness"] == "no"
    assert request.diabetes == ""  # not said is not "no"


def test_a_warning_sign_makes_it_an_urgent_call_and_the_clinic_is_told_without_a_word_about_the_patient() -> None:
    referral = received(sign_saddle_numbness="yes")
    assert (referral.urgency, referral.worklist) == ("urgent", Worklist.CALL_NOW)
    assert referral.request.urgency == "routine"  # as they said it
    mail = Message.objects.get(kind="call_now_alert")
    assert mail.urgent
    assert "Juniper" not in mail.subject + mail.body


def test_a_sign_that_the_doctor_settles_makes_no_call() -> None:
    assert received(sign_cancer_history="yes").worklist == Worklist.TO_TAKE_IN


def test_the_senders_mail_carries_the_link_and_nothing_about_the_patient() -> None:
    received(sender_email="clover@example.org")
    mail = Message.objects.get(kind="referral_received")
    assert "/follow/" in mail.body
    assert not any(word in mail.subject + mail.body for word in ("Juniper", "Clover", "lumbar"))


def test_a_form_sent_twice_is_one_referral(media: Path) -> None:
    nonce = uuid.uuid4()
    first, second = (receive(said=SAID, files=[a_file()], door="form", by=Actor(), nonce=nonce) for _time in range(2))
    assert first == second
    assert (Request.objects.count(), Attachment.objects.count(), kept(media)) == (1, 1, 1)


def test_who_goes_back_and_sends_the_form_for_another_patient_is_heard_again() -> None:
    nonce = uuid.uuid4()
    for said in (SAID, SAID | {"given_name": "Other Test Patient"}):
        receive(said=said, files=[], door="form", by=Actor(), nonce=nonce)
    receive(said=SAID, files=[a_file()], door="form", by=Actor(), nonce=nonce)
    assert Request.objects.count() == 3


def test_a_bad_file_leaves_nothing_behind(media: Path) -> None:
    with pytest.raises(UnfitFile, match=r"x\.pdf"):
        receive(said=SAID, files=[a_file(), a_file(b"no pdf", "x.pdf")], door="form", by=Actor())
    assert (Referral.objects.count(), kept(media)) == (0, 0)


def test_where_nobody_could_own_it_it_is_refused_and_nothing_stays(media: Path) -> None:
    User.objects.update(is_active=False)
    with pytest.raises(Refused):
        receive(said=SAID, files=[a_file()], door="form", by=Actor())
    assert (Request.objects.count(), kept(media)) == (0, 0)


def test_the_same_file_twice_is_one_attachment(media: Path) -> None:
    referral = receive(said=SAID, files=[a_file(), a_file(name="again.pdf")], door="form", by=Actor())
    assert referral.attachments.get().name == "report.pdf"
    assert kept(media) == 1


def test_what_the_sender_said_cannot_be_rewritten() -> None:
    request = received().request
    request.question = "Something else"
    with pytest.raises(DatabaseError):
        request.save()


def asked_about() -> Referral:
    return walk(received(), State.NEEDS_INFORMATION)


def test_an_answer_brings_it_back_to_us_and_says_by_whose_link() -> None:
    referral = asked_about()
    link = make_link(referral=referral, by=Actor())
    add(referral=referral, words="The report is here.", files=[a_file()], by=Actor(), link=link)
    referral.refresh_from_db()
    assert referral.state == State.RECEIVED
    assert referral.steps.last().link == link
    assert referral.attachments.get().addition == Addition.objects.get()


def test_an_answer_sent_twice_is_one_and_one_step() -> None:
    referral, nonce = asked_about(), uuid.uuid4()
    link = make_link(referral=referral, by=Actor())
    steps = referral.steps.count()
    for _time in range(2):
        add(referral=referral, words="Once", files=[], by=Actor(), link=link, nonce=nonce)
    assert Addition.objects.count() == 1
    assert referral.steps.count() == steps + 1


def test_what_staff_writes_down_names_them() -> None:
    coordinator = a_coordinator()
    addition = add(referral=received(), words="They called.", files=[], by=actor(coordinator))
    assert (addition.entered_by, addition.link) == (coordinator, None)


def test_an_empty_answer_and_one_after_the_end_are_refused() -> None:
    referral = received()
    with pytest.raises(Refused):
        add(referral=referral, words=" ", files=[], by=actor(a_coordinator()))
    step(referral=referral, to=State.CANCELLED, by=actor(a_coordinator()), said=Said(reason="Made by mistake"))
    with pytest.raises(Refused):
        add(referral=referral, words="More", files=[], by=actor(a_coordinator()))


def test_the_practice_says_that_it_is_no_longer_needed_and_staff_looks_today() -> None:
    referral = received()
    link = make_link(referral=referral, by=Actor())
    withdraw(referral=referral, words="Seen elsewhere", by=Actor(), link=link)
    before = referral.next_on
    referral.refresh_from_db()
    assert referral.state == State.RECEIVED  # staff alone cancels
    assert referral.next_on < before
    assert Addition.objects.get().kind == "withdrawn"


@pytest.mark.parametrize("typed", ["juniper", "Junper", "clover", "1970-03-14", "0142"])
def test_a_search_finds_one_that_is_not_matched_yet(typed: str) -> None:
    referral = received()
    assert Request.objects.found_by(read(typed)).get().referral == referral


def test_a_form_of_one_referral_is_never_heard_as_one_of_another() -> None:
    one, other, nonce = asked_about(), asked_about(), uuid.uuid4()
    for referral in (one, other):
        link = make_link(referral=referral, by=Actor())
        add(referral=referral, words="Said once to each", files=[], by=Actor(), link=link, nonce=nonce)
        assert referral.additions.count() == 1
