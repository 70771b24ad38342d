"""The pages of requests: the list, one request with its way, the letter, and each step."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.audit import clock
from clinic.audit.models import Event
from clinic.outside import actions
from clinic.outside.models import RecordRequest
from clinic.people.models import Role
from clinic.record.models import Document
from tests.factories import a_case, a_location, a_patient, a_user
from tests.outside.scenes import a_file, a_request, desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office(client: Client) -> Client:
    """A browser in which a coordinator is signed in."""
    client.force_login(a_user(Role.COORDINATOR))
    return client


def page(name: str, *words: object) -> str:
    return reverse(f"outside:{name}", args=words)


def sent(asked: RecordRequest, **words) -> RecordRequest:
    actions.send(request=asked, how="fax", on=clock.today("America/New_York"), by=desk(), **words)
    return asked


def test_records_shows_one_tab_and_counts_the_open_ones(office):
    a_request()
    waiting = sent(a_request())
    body = office.get(page("records"), {"tab": "sent"}).content.decode()
    assert waiting.printed_code in body
    assert body.count("data-row-link") == 1
    tabs = office.get(page("records")).context["tabs"]
    assert {tab["label"]: tab["count"] for tab in tabs} == {
        "To send": 1,
        "Sent": 1,
        "Overdue": 0,
        "To read": 0,
        "On record": None,
        "Cancelled": None,
    }
    listed = Event.objects.filter(verb="record_requests.listed").earliest("pk")
    assert listed.patient_ids == [waiting.case.patient_id]


def test_records_knows_what_is_overdue(office):
    with clock.at(clock.now() - timedelta(days=15)):
        late = sent(a_request())
    sent(a_request())
    found = office.get(page("records"), {"tab": "overdue"}).context["page"].rows
    assert found == [late]


def test_records_leads_from_a_code_to_its_request(office):
    asked = a_request()
    for typed in (asked.printed_code, asked.code.lower()):
        assert office.get(page("records"), {"code": typed}).url == page("record_request", asked.code)
    assert "not one of our codes" in office.get(page("records"), {"code": "ABCD-EFGH"}).content.decode()
    assert "No request has this code" in office.get(page("records"), {"code": "K7RT-9M2K"}).content.decode()


def test_records_narrows_to_a_location(office):
    here = a_request()
    there = a_request(a_case(a_patient(a_user(), home_location=a_location("Lakeside"))))
    rows = office.get(page("records"), {"location": there.case.location_id}).context["page"].rows
    assert rows == [there]
    assert here.case.location_id != there.case.location_id


def test_records_costs_the_same_for_more_rows(office):
    def spent() -> int:
        with CaptureQueriesContext(connection) as context:
            office.get(page("records"))
        return len(context)

    a_request()
    office.get(page("records"))
    one = spent()
    for _more in range(5):
        a_request()
    assert spent() == one <= 16


def test_record_request_shows_its_way_and_what_may_follow(office):
    asked = sent(a_request())
    answer = office.get(page("record_request", asked.code))
    body = answer.content.decode()
    assert "by fax" in body
    assert "Number of visits" in body
    assert "cancel" in body.lower()
    assert Event.objects.filter(verb="record_request.opened", object_id=asked.pk).exists()


def test_a_code_that_is_none_is_not_found(office):
    for code in ("K7RT9M2K", "nothing", "AAAAAAAA"):
        assert office.get(page("record_request", code)).status_code == 404


def test_letter_names_the_patient_and_asks_for_no_more(office):
    asked = a_request()
    body = office.get(page("letter", asked.code)).content.decode()
    patient = asked.case.patient
    for words in (str(patient), "9 March 1974", asked.printed_code, "Number of visits", "45 CFR 164.506(c)(2)"):
        assert words in body
    assert "The patient told us that we may ask you." in body
    for hidden in (patient.phone, patient.reference, asked.case.reference, "authorization-title"):
        assert hidden not in body
    assert Event.objects.filter(verb="record_request.printed").exists()


def test_letter_carries_the_authorization_in_the_patients_language(office):
    case = a_case(a_patient(a_user(), language="es"))
    body = office.get(page("letter", a_request(case, may_request_record=None).code)).content.decode()
    assert 'lang="es" aria-labelledby="authorization-title"' in body
    assert "Número de visitas" in body
    assert "told us that we may ask" not in body


def test_send_keeps_how_and_when(office):
    asked = a_request()
    today = clock.today("America/New_York")
    answer = office.post(page("send", asked.code), {"how": "handed", "on": today.isoformat()})
    assert answer.url == page("record_request", asked.code)
    assert asked.steps.get().how == "handed"


def test_send_refuses_a_day_to_come(office):
    asked = a_request()
    answer = office.post(page("send", asked.code), {"how": "fax", "on": "2999-01-01"})
    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()
    assert not asked.steps.exists()


def test_receive_files_what_came(office):
    asked = sent(a_request())
    day = clock.today("America/New_York").isoformat()
    assert office.post(page("receive", asked.code), {"on": day, "pages": a_file()}).status_code == 302
    body = office.get(page("record_request", asked.code)).content.decode()
    assert "discharge summary.pdf" in body
    assert reverse("candidacy:read_record", args=[asked.case.reference, asked.code]) in body
    assert Document.objects.get().therapy_key == asked.key


def test_receive_says_what_is_wrong_with_a_file(office):
    asked = sent(a_request())
    day = clock.today("America/New_York").isoformat()
    answer = office.post(page("receive", asked.code), {"on": day, "pages": a_file(content=b"MZ a program")})
    assert answer.status_code == 422
    assert "cannot open this kind of file" in answer.content.decode()
    assert RecordRequest.objects.get().state == "sent"


def test_cancel_asks_why(office):
    asked = a_request()
    assert office.post(page("cancel", asked.code), {"reason": ""}).status_code == 422
    assert office.post(page("cancel", asked.code), {"reason": "They have closed."}).status_code == 302
    assert RecordRequest.objects.get().state == "cancelled"


def test_a_step_that_is_not_open_is_refused_in_words(office):
    asked = a_request()
    actions.cancel(request=asked, reason="They have closed.", on=clock.today("UTC"), by=desk())
    answer = office.post(page("send", asked.code), {"how": "fax", "on": clock.today("UTC").isoformat()})
    assert answer.status_code == 422
    assert "Cancelled" in answer.content.decode()


def test_status_tells_the_patient_what_was_asked_and_what_came(client):
    asked = sent(a_request())
    user = asked.case.patient.user
    client.force_login(user)
    where = reverse("intake:status", args=[asked.case.reference])
    body = client.get(where).content.decode()
    assert "Records that we asked for" in body
    assert "Test Physical Therapy, Springfield" in body
    assert "Nothing has come yet" in body
    actions.receive(request=asked, on=clock.today("UTC"), pages=[], by=desk())
    assert "We are reading it" in client.get(where).content.decode()
    actions.file(request=asked, says={"sessions": 11}, on=clock.today("UTC"), by=desk())
    assert "part of your record here now" in client.get(where).content.decode()


def test_a_request_is_visible_with_its_case():
    asked = a_request()
    assert RecordRequest.objects.visible_to(a_user(Role.DOCTOR)).get() == asked
    assert RecordRequest.objects.visible_to(asked.case.patient.user).get() == asked
    assert not RecordRequest.objects.visible_to(a_user()).exists()
    assert not RecordRequest.objects.visible_to(a_user(Role.ADMINISTRATOR)).exists()
