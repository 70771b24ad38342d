"""The public form: nothing typed is lost, nothing bad is kept, and a warning sign is a call."""

import re
import uuid

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clinic.people.limits import LIMITS
from clinic.people.models import User
from referrals.incoming.models import Request
from referrals.loop.models import Referral
from tests.factories import a_clinic, a_location
from tests.record.test_uploads import pdf_with
from tests.referrals.scenes import a_coordinator

from .words import SAID, a_file, posted

pytestmark = pytest.mark.django_db
REFER, RECEIVED = reverse("incoming:refer"), reverse("incoming:received")


@pytest.fixture(autouse=True)
def _clinic(settings, tmp_path) -> None:
    a_clinic()
    a_coordinator()
    a_location()
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def test_refer_takes_in_a_whole_referral_and_shows_its_receipt(client: Client) -> None:
    answer = client.post(REFER, posted(attachments=a_file()), follow=True)
    request = Request.objects.get()
    assert answer.request["PATH_INFO"] == RECEIVED
    assert request.therapies == SAID["therapies"]
    assert (request.birth_date, request.region, request.signs) == (
        SAID["birth_date"],
        "lumbar",
        {name.removeprefix("sign_"): value for name, value in SAID.items() if name.startswith("sign_")},
    )
    page = answer.content.decode()
    assert request.referral.printed_code in page
    assert "/follow/" in page
    assert "Juniper" not in page
    assert "no-store" in answer.headers["Cache-Control"]


def test_refer_is_an_empty_form_in_both_languages(client: Client) -> None:
    assert "Refer a patient" in client.get(REFER).content.decode()
    assert "Remitir a un paciente" in client.get(REFER, headers={"accept-language": "es"}).content.decode()


@pytest.mark.parametrize(
    "name",
    ["practice_name", "sender_phone", "question", "urgency", "urgency_reason", "region", "side", "tried", "birth_date"],
)
def test_refer_names_what_it_cannot_do_without(client: Client, name: str) -> None:
    answer = client.post(REFER, posted(**{name: None}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    assert "Juniper" in answer.content.decode()
    assert not Request.objects.exists()


def test_refer_asks_for_every_sign(client: Client) -> None:
    answer = client.post(REFER, posted(sign_major_trauma=None))
    assert list(answer.context["form"].errors) == ["sign_major_trauma"]


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"npi": "1234567890"}, "npi"),
        ({"birth_date": "31 February 1970"}, "birth_date"),
        ({"birth_date": "3/14/2070"}, "birth_date"),
        ({"sender_phone": "call us"}, "sender_phone"),
        ({"email": "nobody"}, "email"),
        ({"region": "knee"}, "region"),
        ({"question": "x" * 10_000}, "question"),
        ({"therapies-0-to": "May 2020"}, "therapies-0-to"),
        ({"therapies-0-kind": ""}, "therapies-0-kind"),
        ({"therapies-0-sessions": "many"}, "therapies-0-sessions"),
        ({"injections-0-relief": "140"}, "injections-0-relief"),
        ({"scores-0-scale": "NRS", "scores-0-value": "101"}, "scores-0-value"),
        ({"tried": "no"}, "tried"),
        ({"question": "before\x00after"}, "__all__"),
        ({"nonce": "again"}, "nonce"),
    ],
)
def test_refer_shows_what_is_wrong_and_keeps_what_was_typed(client: Client, changed: dict, wrong: str) -> None:
    answer = client.post(REFER, posted(**changed))
    assert answer.status_code == 422
    assert wrong in answer.context["form"].errors
    assert "Stable for months" in answer.content.decode()
    assert not Request.objects.exists()


def test_refer_keeps_no_mark_that_turns_a_name_around(client: Client) -> None:
    assert client.post(REFER, posted(family_name="\u202ereJnuip\u202c Ju\u200bniper")).status_code == 302
    assert Request.objects.get().family_name == "reJnuip Juniper"


def test_refer_takes_an_npi_that_is_one_and_not_known_as_an_answer(client: Client) -> None:
    client.post(REFER, posted(npi="1234567893", region="unknown", side="unknown", tried="unknown", **NO_THERAPY))
    request = Request.objects.get()
    assert (request.npi, request.region, request.therapies) == ("1234567893", "unknown", [])


NO_THERAPY = {f"therapies-0-{name}": None for name in ("kind", "from", "to", "outcome")}


def test_refer_asks_for_what_was_tried_where_it_is_said_to_be_listed(client: Client) -> None:
    assert "tried" in client.post(REFER, posted(**NO_THERAPY)).context["form"].errors


def test_refer_gives_one_more_line_without_script_and_judges_nothing(client: Client) -> None:
    answer = client.post(REFER, posted(more="therapies", question="", **{"therapies-2-kind": "nsaid"}))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="therapies-3-kind"' in page
    assert not answer.context["form"].errors
    assert not Request.objects.exists()


def test_refer_sends_the_patient_on_where_a_sign_says_so_and_keeps_the_referral(client: Client) -> None:
    some = {"sign_saddle_numbness": "yes", "question": None, "tried": None, **NO_THERAPY}
    page = client.post(REFER, posted(**some), follow=True).content.decode()
    assert Referral.objects.get().must_call
    assert "emergency department" in page
    assert "555" in page


def test_refer_says_to_call_even_where_the_form_is_not_sent_yet(client: Client) -> None:
    page = client.post(REFER, posted(sign_saddle_numbness="yes", npi="1")).content.decode()
    assert "Call us now about this patient" in page
    assert "was not sent yet" in page


def test_refer_sent_twice_is_one(client: Client) -> None:
    form = posted()
    assert [client.post(REFER, form).status_code for _time in range(2)] == [302, 302]
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no pdf at all", "We cannot open this kind of file"),
        (b"", "This file is empty"),
        (pdf_with(b"<</Type/Action/S/JavaScript/JS(app.alert)>>"), "a program"),
    ],
)
def test_refer_refuses_a_bad_file_by_its_name_and_asks_for_the_good_ones_again(
    client: Client, content: bytes, words: str
) -> None:
    answer = client.post(REFER, posted(attachments=[a_file(), a_file(content, "scan.pdf")]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "scan.pdf" in page
    assert words in page
    assert "choose your files again" in page
    assert not Request.objects.exists()


def test_refer_refuses_30_megabytes(client: Client) -> None:
    big = SimpleUploadedFile("big.pdf", b"%PDF-1.7\n" + b"0" * 30 * 1024 * 1024)
    answer = client.post(REFER, posted(attachments=big))
    assert answer.status_code == 422
    assert "too large" in answer.content.decode()


def test_refer_comes_back_filled_where_nobody_could_own_it(client: Client) -> None:
    User.objects.update(is_active=False)
    answer = client.post(REFER, posted())
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "Please call us" in page
    assert "Juniper" in page


def test_refer_rests_after_many_from_one_address_and_loses_nothing(client: Client, monkeypatch) -> None:
    monkeypatch.setitem(LIMITS, "referral_from_ip", (1, 900))
    assert client.post(REFER, posted()).status_code == 302
    answer = client.post(REFER, posted())
    assert answer.status_code == 429
    assert "Juniper" in answer.content.decode()
    assert Request.objects.count() == 1


def test_refer_offers_the_choice_among_locations(client: Client) -> None:
    other = a_location("Zebra Street")
    client.post(REFER, posted(location=other.pk))
    assert Referral.objects.get().location == other


def test_received_is_shown_to_who_sent_it_alone(client: Client) -> None:
    client.post(REFER, posted())
    assert client.get(RECEIVED).status_code == 200
    stranger = Client().get(RECEIVED)
    assert (stranger.status_code, stranger.headers["Location"]) == (302, REFER)


def test_received_shows_the_link_no_longer_than_an_hour(client: Client) -> None:
    client.post(REFER, posted())
    session = client.session
    session["referral_received"] |= {"at": session["referral_received"]["at"] - 3601}
    session.save()
    assert client.get(RECEIVED).status_code == 302


def test_refer_has_a_new_nonce_each_time(client: Client) -> None:
    found = [re.search(r'name="nonce" value="([^"]+)"', client.get(REFER).content.decode()) for _time in range(2)]
    assert len({uuid.UUID(each[1]) for each in found if each}) == 2
