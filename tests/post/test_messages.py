"""What an administrator sees of the mail: its fate, and never its words."""

import pytest

from clinic.audit.actor import SYSTEM
from clinic.audit.models import Event
from clinic.post import actions
from clinic.post.models import Message, State
from tests.factories import a_clinic, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, settings):
    a_clinic()
    client.force_login(a_user("administrator"))


def a_mail(state: State = State.QUEUED, **fields: object) -> Message:
    message = actions.send(
        kind="patient_invitation",
        to="alder@example.org",
        language="en",
        subject="An invitation",
        body="the secret words",
        by=SYSTEM,
    )
    Message.objects.filter(pk=message.pk).update(state=state, **fields)
    return message


def test_messages_show_the_fate_and_no_words(client, administrator):
    a_mail(State.UNKNOWN, error="TimeoutError")
    page = client.get("/post/").content.decode()
    assert "Patient invitation" in page
    assert "Fate unknown" in page
    assert "TimeoutError" in page
    assert "secret words" not in page


def test_messages_are_filtered_by_their_fate(client, administrator):
    a_mail(State.SENT)
    a_mail(State.FAILED)
    assert len(client.get("/post/?state=failed").context["page"]) == 1
    assert len(client.get("/post/?state=nonsense").context["page"]) == 2
    counts = {tab["label"]: tab["count"] for tab in client.get("/post/").context["tabs"]}
    assert counts == {
        "All": 2,
        "Waiting to be sent": 0,
        "Being sent": 0,
        "Sent": 1,
        "Failed": 1,
        "Fate unknown": 0,
        "Came back": 0,
    }


def test_messages_keep_no_words_of_the_address_in_the_log(client, administrator):
    assert client.get("/post/", {"state": "Test Patient Alder\x00"}).status_code == 200
    assert Event.objects.get(verb="messages.listed").detail == {"state": "", "page": 1}


def test_messages_cost_the_same_for_10_and_for_1000(client, administrator, django_assert_max_num_queries):
    Message.objects.bulk_create(
        Message(kind="news", to="a@example.org", language="en", subject="x", body="x") for _ in range(1000)
    )
    with django_assert_max_num_queries(14):
        assert len(client.get("/post/").context["page"]) == 50
    assert client.get("/post/?page=21").status_code == 200


def test_resend_of_a_failed_mail(client, administrator):
    failed, sent = a_mail(State.FAILED, tries=5), a_mail(State.SENT)
    for message in (failed, sent):
        assert client.post(f"/post/{message.pk}/resend/").url == "/post/"
    states = dict(Message.objects.values_list("pk", "state"))
    assert states == {failed.pk: State.QUEUED, sent.pk: State.SENT}


def test_outbox_shows_words_in_the_demo_only(client, settings):
    a_clinic()
    a_mail()
    assert client.get("/outbox/").status_code == 404
    settings.DEMO = True
    assert b"the secret words" in client.get("/outbox/").content
