"""The desk: who was invited and has not begun, who began and did not finish, and the blank form."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.audit.clock import now
from clinic.audit.models import Event
from clinic.intake.actions import filling_in
from clinic.intake.actions.filling_in import Typed
from clinic.intake.questions import STEPS, every_question
from clinic.intake.views.paper import parts
from clinic.people.models import Location, Patient, PrivateLink, User
from clinic.record.models import Case
from tests import factories

pytestmark = pytest.mark.django_db
DESK = "/unfinished/"


@pytest.fixture
def staff(client: Client, settings) -> Client:
    settings.DEMO = True  # no second factor in this test
    factories.a_clinic()
    client.force_login(factories.a_user("coordinator"))
    return client


def began(n: int = 1, location: Location | None = None) -> list[Case]:
    """People who typed something on the first page and left."""
    location = location or factories.a_location()
    found = []
    for _each in range(n):
        patient = factories.a_patient(factories.a_user(), home_location=location)
        by = factories.actor(patient.user)
        intake = filling_in.begin(case=factories.a_case(patient), language="en", by=by)
        filling_in.save_draft(intake=intake, typed=Typed("safety/now", {"x": ["1"]}, 0), by=by)
        found.append(intake.case)
    return found


def invited(**fields: object) -> Patient:
    patient, sender = factories.a_patient(), factories.a_user("doctor")
    words = {"secret_hash": str(patient.pk), "expires_at": now() + timedelta(days=14), "created_by": sender, **fields}
    PrivateLink.objects.create(purpose=PrivateLink.Purpose.PATIENT_INVITATION, patient=patient, **words)
    return patient


def test_desk_shows_who_did_not_finish_with_phone_section_and_next_step(staff):
    (case,) = began()
    body = staff.get(DESK).content.decode()
    assert case.patient.family_name in body
    assert "tel:555 0123" in body
    assert "Safety check" in body
    assert reverse("intake:overview", args=[case.reference]) in body


def test_desk_shows_who_was_invited_and_has_not_begun(staff):
    patient, (case,) = invited(), began()
    PrivateLink.objects.create(
        purpose=PrivateLink.Purpose.PATIENT_INVITATION,
        patient=case.patient,
        secret_hash="other",
        expires_at=now(),
        created_by=User.objects.first(),
    )
    body = staff.get(DESK, {"show": "invited"}).content.decode()
    assert patient.family_name in body
    assert case.patient.family_name not in body
    link = patient.private_links.get()
    assert reverse("people:resend_invitation", args=[patient.reference, link.pk]) in body


def test_desk_says_that_an_invitation_ran_out(staff):
    invited(expires_at=now() - timedelta(days=1))
    assert "expired" in staff.get(DESK, {"show": "invited"}).content.decode()


def test_desk_is_narrowed_to_a_location_in_the_address(staff):
    here, there = factories.a_location("Here"), factories.a_location("There")
    (mine,), (other,) = began(location=here), began(location=there)
    body = staff.get(DESK, {"location": here.pk}).content.decode()
    assert mine.patient.family_name in body
    assert other.patient.family_name not in body


def test_desk_leaves_one_event_that_names_its_patients(staff):
    cases = began(3)
    staff.get(DESK)
    event = Event.objects.get(verb="desk.listed")
    assert event.patient_ids == sorted(case.patient_id for case in cases)


def test_desk_asks_as_often_for_ten_people_as_for_a_thousand(staff):
    began(10)
    few = _queries(staff)
    _many(1000)
    assert _queries(staff) == few


def _queries(staff: Client) -> int:
    staff.get(DESK)
    with CaptureQueriesContext(connection) as asked:
        assert staff.get(DESK).status_code == 200
    return len(asked)


def _many(n: int) -> None:
    location = factories.a_location()
    patients = Patient.objects.bulk_create(
        Patient(given_name="Test", family_name=f"Birch{number}", home_location=location) for number in range(n)
    )
    cases = Case.objects.bulk_create(Case(patient=patient, location=location) for patient in patients)
    filling_in.Intake.objects.bulk_create(filling_in.Intake(case=case, version="x", language="en") for case in cases)


def test_desk_pages_through_everybody_once(staff):
    _many(120)
    seen, place = set(), DESK
    while place:
        page = staff.get(place)
        rows = [row.case.pk for row in page.context["rows"]]
        assert not seen & set(rows)
        seen |= set(rows)
        older = page.context["page"].older_url
        place = f"{DESK}{older}" if older else ""
    assert len(seen) == 120


def test_desk_is_not_for_patients_or_administrators(client, settings):
    settings.DEMO = True
    for role in ("patient", "administrator", "editor"):
        client.force_login(factories.a_user(role))
        assert client.get(DESK).status_code == 404


@pytest.mark.parametrize(("language", "words"), [("en", "Questions before your visit"), ("es", '<html lang="es">')])
def test_paper_prints_in_both_languages(staff, language, words):
    body = staff.get("/paper/", {"language": language}).content.decode()
    assert words in body


def test_paper_asks_what_the_pages_ask_in_english_and_no_instrument_in_spanish():
    asked = {
        language: [question.key for part in parts(language) for sheet in part.sheets for question in sheet.questions]
        for language in ("en", "es")
    }
    assert asked["en"] == [question.key for _section, step in STEPS for question in step.questions]
    left_out = set(asked["en"]) - set(asked["es"])
    instruments = {
        question.key for _section, _step, question in every_question() if question.instrument in {"PEG", "RMDQ"}
    }
    assert left_out == instruments


@pytest.mark.parametrize(
    "address", ["/paper/?case=a%00b", "/paper/?case=" + "9" * 5000, "/intake/start/?patient=a%00b"]
)
def test_a_reference_that_is_none_is_not_found(staff, address):
    assert staff.get(address).status_code == 404


def test_paper_with_a_label_is_an_event_of_its_patient(staff):
    (case,) = began()
    body = staff.get("/paper/", {"case": case.reference}).content.decode()
    assert case.reference in body
    assert Event.objects.filter(verb="paper.printed", patient_ids=[case.patient_id]).exists()
