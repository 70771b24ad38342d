"""The private link: it opens one referral, consumes nothing, says nothing clinical, and only a POST acts."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.audit.models import Event
from clinic.people.actions.signing_in import hashed
from clinic.people.limits import LIMITS
from clinic.people.models import Role
from referrals.incoming.actions.receiving import receive
from referrals.incoming.models import Addition, StatusReason
from referrals.loop.actions.links import make_link, revoke_link, secret_of
from referrals.loop.actions.steps import Said, step
from referrals.loop.lifecycle import State
from referrals.loop.models import Link, Referral
from tests.factories import a_clinic, a_location, a_user, actor
from tests.referrals.scenes import a_coordinator, an_outgoing, walk

from .words import SAID, a_file

pytestmark = pytest.mark.django_db
NONCE = "8d6c9f0e-0d37-4f0e-9a61-0d7b0c5f2f11"


@pytest.fixture(autouse=True)
def _clinic(settings, tmp_path) -> None:
    a_clinic()
    a_coordinator()
    a_location()
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


@pytest.fixture
def referral() -> Referral:
    return receive(said=SAID, files=[a_file()], door="form", by=Actor())


def secret(referral: Referral) -> str:
    return secret_of(make_link(referral=referral, by=Actor()))


def address(name: str, referral: Referral) -> str:
    return reverse(f"incoming:{name}", args=[secret(referral)])


def test_follow_says_where_it_stands_and_nothing_clinical(client: Client, referral: Referral) -> None:
    page = client.get(address("follow", referral)).content.decode()
    assert "We have your referral and are looking at it" in page
    assert referral.owner.name in page
    assert not any(word in page for word in ("Juniper", "candidate", "lumbar", "1970", "report.pdf"))


def test_follow_opened_again_and_by_another_consumes_nothing_and_keeps_the_secret_out_of_the_log(
    client: Client, referral: Referral
) -> None:
    rows = [Referral.objects.values().get(), Link.objects.values().get()]
    answers = [client.get(address("follow", referral)), Client().get(address("follow", referral))]
    assert {answer.status_code for answer in answers} == {200}
    assert [Referral.objects.values().get(), Link.objects.values().get()] == rows
    events = Event.objects.filter(verb="referral.followed")
    assert events.count() == 2
    assert not any(secret(referral) in str(vars(event)) for event in events)


def unknown(referral: Referral) -> str:
    return "guessed-" + secret(referral)[8:]


def revoked(referral: Referral) -> str:
    old = secret(referral)
    revoke_link(referral=referral, by=actor(a_coordinator()))
    return old


def run_out(referral: Referral) -> str:
    revoked(referral)
    link = Link(referral=referral, expires_at=now() - timedelta(days=1))
    link.secret_hash = hashed(secret_of(link))
    link.save()
    return secret_of(link)


def of_another_kind(_referral: Referral) -> str:
    return secret(walk(an_outgoing(), State.SENT))


@pytest.mark.parametrize("made", [unknown, revoked, run_out, of_another_kind])
def test_follow_says_the_same_of_every_link_that_opens_nothing(client: Client, referral: Referral, made) -> None:
    old = made(referral)
    answers = [
        client.get(reverse("incoming:follow", args=[old])),
        client.post(reverse("incoming:add", args=[old]), {"nonce": NONCE, "words": "Hello"}),
        client.post(reverse("incoming:withdraw", args=[old]), {"nonce": NONCE}),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert all("555" in answer.content.decode() for answer in answers)
    assert not Addition.objects.exists()


def test_follow_shows_what_is_asked_in_words_of_the_vocabulary_and_no_free_notes(
    client: Client, referral: Referral
) -> None:
    asked = step(
        referral=referral,
        to=State.NEEDS_INFORMATION,
        by=actor(a_coordinator()),
        said=Said(reason="They sounded unsure"),
    )
    StatusReason.objects.create(step=asked.steps.last(), codes=["imaging_report"])
    page = client.get(address("follow", asked)).content.decode()
    assert "We need something from you" in page
    assert "The imaging report, with its date" in page
    assert "unsure" not in page


def test_follow_says_by_which_way_the_answer_was_sent(client: Client, referral: Referral) -> None:
    answered = walk(referral, State.REFUSED, State.ANSWER_SENT)
    page = client.get(address("follow", answered)).content.decode()
    assert "Answer letter sent by fax" in page
    assert "No therapist for the neck" not in page  # staff's own words are in the letter


def test_follow_is_late_where_the_target_has_passed(client: Client, referral: Referral) -> None:
    Referral.objects.filter(pk=referral.pk).update(state_since=now() - timedelta(days=60))
    assert "This is taking longer than it should" in client.get(address("follow", referral)).content.decode()


def test_follow_in_spanish(client: Client, referral: Referral) -> None:
    page = client.get(address("follow", referral), headers={"accept-language": "es"}).content.decode()
    assert "Tenemos su remisión y la estamos revisando" in page


def test_follow_rests_after_many_tries_from_one_address(client: Client, monkeypatch) -> None:
    monkeypatch.setitem(LIMITS, "link_opened_from_ip", (1, 900))
    guess = reverse("incoming:follow", args=["guess"])
    assert [client.get(guess).status_code for _time in range(2)] == [404, 429]


def test_add_answers_what_was_asked_once(client: Client, referral: Referral) -> None:
    asked = walk(referral, State.NEEDS_INFORMATION)
    for _time in range(2):
        form = {"nonce": NONCE, "words": "Here it is.", "attachments": a_file(b"%PDF-1.7 other" + PDF_REST)}
        assert client.post(address("add", asked), form).status_code == 302
    asked.refresh_from_db()
    assert asked.state == State.RECEIVED
    assert Addition.objects.get().words == "Here it is."
    assert asked.attachments.count() == 2


PDF_REST = b"\n1 0 obj\n<</Type/Catalog>>\nendobj\nxref\n0 1\ntrailer\n<</Root 1 0 R>>\nstartxref\n42\n%%EOF\n"


@pytest.mark.parametrize(
    "form",
    [
        {"nonce": NONCE},
        {"nonce": NONCE, "words": "x" * 10_000},
        {"nonce": NONCE, "words": "before\x00after"},
        {"nonce": "none", "words": "Kept"},
    ],
)
def test_add_refuses_what_it_cannot_keep(client: Client, referral: Referral, form: dict) -> None:
    answer = client.post(address("add", referral), form)
    assert answer.status_code == 422
    assert not Addition.objects.exists()


def test_add_refuses_a_bad_file_and_keeps_the_words(client: Client, referral: Referral) -> None:
    form = {"nonce": NONCE, "words": "Here it is.", "attachments": a_file(b"no pdf", "x.pdf")}
    answer = client.post(address("add", referral), form)
    assert answer.status_code == 422
    assert "Here it is." in answer.content.decode()
    assert "x.pdf" in answer.content.decode()


def test_withdraw_is_said_once_and_staff_cancels(client: Client, referral: Referral) -> None:
    client.post(address("withdraw", referral), {"nonce": NONCE, "words": "Seen elsewhere"})
    referral.refresh_from_db()
    assert referral.state == State.RECEIVED
    assert Addition.objects.get().kind == "withdrawn"
    assert "no longer needed</summary>" not in client.get(address("follow", referral)).content.decode()


@pytest.mark.parametrize("name", ["add", "withdraw"])
def test_only_a_post_acts(client: Client, referral: Referral, name: str) -> None:
    assert client.get(address(name, referral)).status_code == 405


def test_attachment_is_handed_out_to_clinical_staff_and_leaves_an_event(client: Client, referral: Referral) -> None:
    file = referral.attachments.get()
    at = reverse("incoming:attachment", args=[referral.code, file.pk])
    client.force_login(a_coordinator())
    answer = client.get(at)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert "no-store" in answer.headers["Cache-Control"]
    assert Event.objects.filter(verb="referral.file_opened").count() == 1
    client.force_login(a_user(Role.ADMINISTRATOR))
    assert client.get(at).status_code == 404


def test_attachment_of_another_referral_is_not_found(client: Client, referral: Referral) -> None:
    other = receive(said=SAID, files=[], door="form", by=Actor())
    client.force_login(a_coordinator())
    at = reverse("incoming:attachment", args=[other.code, referral.attachments.get().pk])
    assert client.get(at).status_code == 404
