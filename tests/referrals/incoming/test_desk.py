"""The desk's pages: what they show, what they keep, and whom they let in."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.people.models import Patient, Role
from clinic.post.models import Message
from referrals.incoming.models import StatusReason
from referrals.loop.actions.working import Call, call
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral
from tests.factories import a_case, a_clinic, a_location, a_user
from tests.referrals.scenes import a_coordinator, a_practice

from .desk import a_matched, a_received, by_desk, juniper

pytestmark = pytest.mark.django_db
MOST_QUERIES = 22


@pytest.fixture
def desk(client: Client) -> Client:
    a_clinic()
    a_location()
    client.force_login(a_coordinator())
    return client


def address(referral: Referral, page: str = "") -> str:
    return f"/referrals/{referral.code}/{page}"


def test_enter_takes_a_name_and_a_number(desk: Client) -> None:
    said = {"nonce": uuid.uuid4(), "family_name": "Juniper", "sender_phone": "555 0142"}
    response = desk.post("/referrals/enter/?door=phone", said)
    referral = Referral.objects.get()
    assert response.url == address(referral, "match/")
    assert referral.request.door == "phone"
    assert referral.request.entered_by == a_coordinator()


def test_enter_without_a_name_keeps_what_was_typed(desk: Client) -> None:
    response = desk.post("/referrals/enter/?door=paper", {"nonce": uuid.uuid4(), "question": "An injection?"})
    assert response.status_code == 422
    assert "An injection?" in response.content.decode()
    assert not Referral.objects.exists()


def test_enter_with_a_red_flag_leads_to_the_call(desk: Client) -> None:
    said = {"nonce": uuid.uuid4(), "family_name": "Juniper", "sender_phone": "555 0142", "sign_saddle_numbness": "yes"}
    response = desk.post("/referrals/enter/", said)
    assert response.url == address(Referral.objects.get())


def test_match_shows_those_alike_and_who_is_surely_meant(desk: Client) -> None:
    patient = juniper(phone="555 0177")
    page = desk.get(address(a_received(phone="555 0177"), "match/"))
    assert page.context["offered"].exact == patient
    assert f"Yes, it is {patient}" in page.content.decode()


def test_match_without_a_birth_date_looks_for_the_name(desk: Client) -> None:
    patient = juniper()
    page = desk.get(address(a_received(birth_date=None), "match/"))
    assert page.context["found"] == [patient]


def test_match_with_keeps_the_chosen_case(desk: Client) -> None:
    referral, case = a_received(), a_case(juniper())
    desk.post(address(referral, "match/with"), {"patient": case.patient.reference, "case": case.reference})
    referral.refresh_from_db()
    assert referral.case == case


def test_match_with_a_strangers_case_is_not_found(desk: Client) -> None:
    referral = a_received()
    said = {"patient": juniper().reference, "case": a_case().reference}
    assert desk.post(address(referral, "match/with"), said).status_code == 404


def test_match_new_beside_somebody_alike_asks_how_one_knows(desk: Client) -> None:
    juniper()
    referral = a_received()
    assert desk.post(address(referral, "match/new")).status_code == 422
    assert desk.post(address(referral, "match/new"), {"reason": "Cousins"}).status_code == 302
    assert Patient.objects.count() == 2


def test_a_wrong_match_can_be_put_right_before_it_is_accepted(desk: Client) -> None:
    referral, right = a_matched(), juniper(given_name="Test Right")
    wrong = referral.case
    desk.post(address(referral, "match/with"), {"patient": right.reference})
    referral.refresh_from_db()
    wrong.refresh_from_db()
    assert referral.patient == right
    assert wrong.stage == "withdrawn"


def test_name_sender_keeps_the_entry(desk: Client) -> None:
    referral, entry = a_received(), a_practice("primary_care")
    desk.post(address(referral, f"sender/{entry.pk}"))
    referral.refresh_from_db()
    assert referral.practice == entry


def test_add_sender_enters_the_practice(desk: Client) -> None:
    referral = a_received()
    desk.post(address(referral, "sender/add"))
    referral.refresh_from_db()
    assert str(referral.practice) == "Test Practice Clover"


def test_ask_comes_ticked_with_what_is_missing_and_mails_the_link(desk: Client) -> None:
    referral = a_received(sender_email="clover@example.com")
    form = desk.get(address(referral, "ask/")).context["form"]
    assert "insurance" in form["codes"].value()
    assert "question" not in form["codes"].value()
    desk.post(address(referral, "ask/"), {"codes": ["insurance"], "note": "Ask for Test Nurse", "seen": "received"})
    referral.refresh_from_db()
    assert referral.state == State.NEEDS_INFORMATION
    assert StatusReason.objects.get().codes == ["insurance"]
    mail = Message.objects.get(kind="referral_question")
    assert "Juniper" not in mail.subject + mail.body
    assert "/follow/" in mail.body


def test_refuse_keeps_codes_and_words_and_leads_to_the_answer(desk: Client) -> None:
    referral = a_received()
    said = {"codes": ["age"], "reason": "Please ask the children's clinic.", "seen": "received"}
    response = desk.post(address(referral, "refuse/"), said)
    assert response.url == address(referral, "answer/")
    assert StatusReason.objects.get().codes == ["age"]
    assert "Please ask the children" in desk.get(response.url).content.decode()


def test_refuse_without_a_reason_is_asked_again(desk: Client) -> None:
    assert desk.post(address(a_received(), "refuse/"), {"codes": ["age"]}).status_code == 422


def test_accept_says_what_goes_over_and_does_it(desk: Client) -> None:
    referral = a_matched(email="juniper@example.com", blood_thinner="no")
    page = desk.get(address(referral, "accept/")).content.decode()
    assert "Physical therapy · began May 2026 · ended July 2026 · It did not help" in page
    assert "No blood thinner" in page
    assert "juniper@example.com" in page
    desk.post(address(referral, "accept/"), {"seen": "received"})
    referral.refresh_from_db()
    assert referral.state == State.INVITED


def test_accept_of_one_that_nobody_matched_leads_to_the_match(desk: Client) -> None:
    referral = a_received()
    assert desk.get(address(referral, "accept/")).url == address(referral, "match/")


def test_accept_while_a_red_flag_waits_is_refused_until_the_referrer_was_reached(desk: Client) -> None:
    referral = a_matched(sign_saddle_numbness="yes")
    desk.post(address(referral, "accept/"), {"seen": "received"})
    referral.refresh_from_db()
    assert referral.state == State.RECEIVED
    call(referral=referral, said=Call(whom="referrer", outcome="reached"), by=by_desk())
    desk.post(address(referral, "accept/"), {"seen": "received"})
    referral.refresh_from_db()
    assert referral.state == State.ACCEPTED


def test_invite_notes_that_it_was_done_on_the_phone(desk: Client) -> None:
    referral = a_matched()
    desk.post(address(referral, "accept/"), {"seen": "received"})
    desk.post(address(referral, "invite"), {"how": "phone", "seen": "accepted"})
    referral.refresh_from_db()
    assert (referral.state, referral.steps.last().how) == (State.INVITED, "phone")


def test_the_page_of_a_referral_says_what_the_referrer_said(desk: Client) -> None:
    page = desk.get(address(a_received(blood_thinner="yes", blood_thinner_name="Eliquis"))).content.decode()
    for words in ("Is she a candidate for an injection?", "Eliquis", "Physical therapy", "May 2026"):
        assert words in page


@pytest.mark.parametrize("page", ["match/", "ask/", "accept/", "refuse/", "hand-back/", "answer/", "answer/letter"])
def test_a_patient_finds_no_page_of_the_desk(client: Client, page: str) -> None:
    referral = a_received()
    client.force_login(a_user(Role.PATIENT))
    assert client.get(address(referral, page)).status_code in (403, 404)


@pytest.mark.parametrize("page", ["match/", "ask/", "accept/", "refuse/"])
def test_a_page_of_the_desk_costs_the_same_with_few_and_with_many(desk: Client, page: str) -> None:
    referral = a_matched(phone="555 0177")
    a_practice("primary_care", name="Test Practice Clover")
    before = _queries(desk, address(referral, page))
    for _ in range(4):
        a_case(juniper(phone="555 0177"))
        a_practice("primary_care", name="Test Practice Clover")
    assert _queries(desk, address(referral, page)) == before <= MOST_QUERIES


def _queries(desk: Client, url: str) -> int:
    desk.get(url)  # what the rail keeps for a while is counted afresh
    with CaptureQueriesContext(connection) as context:
        assert desk.get(url).status_code == 200
    return len(context)
