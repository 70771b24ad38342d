"""The answer to the referrer: one page that quotes what was signed, and that closes the loop."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from clinic.audit.clock import today
from clinic.post.models import Message
from referrals.incoming.actions.answering import send_answer, turn_away
from referrals.incoming.actions.catching_up import catch_up_one
from referrals.incoming.answer import answer
from referrals.loop.actions.steps import Said, step
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral
from tests.factories import a_clinic
from tests.referrals.scenes import a_coordinator

from .desk import a_received, by_desk
from .test_catching_up import decided, sent_by_the_patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(client: Client) -> Referral:
    """Decided, and waiting for its answer."""
    a_clinic()
    client.force_login(a_coordinator())
    referral = sent_by_the_patient()
    decided(referral.case, reason="First six weeks of physical therapy.")
    catch_up_one(referral)
    referral.refresh_from_db()
    return referral


def text_of(content: bytes) -> str:
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return " ".join(reader.pages[0].extract_text().split())


def test_answer_quotes_the_signed_decision_on_one_tagged_page(ready: Referral, client: Client) -> None:
    text = text_of(client.get(f"/referrals/{ready.code}/answer/letter").content)
    for words in (
        "First six weeks of physical therapy.",
        "not the next step yet",
        "Test message.",
        "Test Practice Clover",
    ):
        assert words in text
    assert ready.printed_code in text
    assert "Is she a candidate for an injection?" in text


def test_answer_is_in_the_language_of_the_referral(ready: Referral) -> None:
    ready.request.written_in = "es"
    letter = answer(ready)
    assert letter.language == "es"
    assert letter.title == "Respuesta a su remisión"


def test_answer_of_one_that_was_refused_says_why_and_what_to_do(client: Client) -> None:
    a_clinic()
    client.force_login(a_coordinator())
    referral = turn_away(
        referral=a_received(), to="refused", codes=["age"], reason="Ask the children's clinic.", by=by_desk()
    )
    text = text_of(client.get(f"/referrals/{referral.code}/answer/letter").content)
    for words in ("We cannot take this referral on.", "We do not treat patients of this age", "children"):
        assert words in text


def test_answer_before_there_is_one_leads_back(client: Client) -> None:
    referral = a_received()
    client.force_login(a_coordinator())
    assert client.get(f"/referrals/{referral.code}/answer/").status_code == 302
    assert client.get(f"/referrals/{referral.code}/answer/letter").status_code == 404


def test_send_answer_keeps_how_it_left_and_then_the_loop_may_close(ready: Referral, client: Client) -> None:
    day = today(ready.location.time_zone).isoformat()
    client.post(f"/referrals/{ready.code}/answer/sent", {"how": "fax", "on": day, "seen": "decided"})
    ready.refresh_from_db()
    assert (ready.state, ready.steps.last().how) == (State.ANSWER_SENT, "fax")
    closed = step(referral=ready, to=State.CLOSED, by=by_desk(), said=Said(told_on=today(ready.location.time_zone)))
    assert closed.state == State.CLOSED


def test_send_answer_in_the_future_is_asked_again(ready: Referral, client: Client) -> None:
    response = client.post(
        f"/referrals/{ready.code}/answer/sent", {"how": "fax", "on": "2199-01-01", "seen": "decided"}
    )
    assert response.status_code == 422


def test_sent_twice_is_sent_once(ready: Referral) -> None:
    for _ in range(2):
        send_answer(referral=ready, how="fax", on=today(ready.location.time_zone), by=by_desk(), seen="decided")
    assert ready.steps.filter(to_state=State.ANSWER_SENT).count() == 1


def test_no_mail_of_it_says_anything_of_the_decision(ready: Referral) -> None:
    assert not any("physical therapy" in mail.body for mail in Message.objects.all())
