"""Each list asks the database the same number of questions for ten rows and for a thousand."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.audit.models import Event
from clinic.people.models import Patient, PrivateLink, Role, User
from clinic.record.models import Case
from tests.factories import a_location
from tests.people.signed_in import as_role

pytestmark = pytest.mark.django_db

BUDGETS = {
    "people:patients": (Role.COORDINATOR, 14),
    "people:to_match": (Role.COORDINATOR, 14),
    "people:staff": (Role.ADMINISTRATOR, 9),
    "people:locations": (Role.ADMINISTRATOR, 8),
    "people:events": (Role.ADMINISTRATOR, 14),
    "people:who_looked": (Role.PATIENT, 12),
}


def fill(number: int, user: User) -> None:
    """That many patients, each with a case, staff, invitations, and events of all of them."""
    home = a_location()
    born = date(1970, 3, 14)
    patients = Patient.objects.bulk_create(
        Patient(given_name="Test", family_name=f"Alder{n}", birth_date=born, phone=f"55{n:05}", home_location=home)
        for n in range(number)
    )
    mine = Patient.objects.filter(user=user).first() or patients[0]
    Patient.objects.filter(pk=mine.pk).update(user=user)
    Case.objects.bulk_create(Case(patient=patient, location=home) for patient in patients)
    staff = User.objects.bulk_create(
        User(email=f"staff{n}-{number}@example.org", name=f"Test {n}", role=Role.DOCTOR) for n in range(number)
    )
    PrivateLink.objects.bulk_create(
        PrivateLink(purpose="staff", secret_hash=f"{number}-{n}", created_by=user, expires_at="2030-01-01T00:00Z")
        for n in range(number)
    )
    Event.objects.bulk_create(
        Event(verb="case.opened", role="doctor", actor_id=person.pk, patient_ids=[patient.pk, mine.pk])
        for person, patient in zip(staff, patients, strict=True)
    )


def questions(client, url: str) -> int:
    client.get(url)  # the first page of a session also writes when it was seen
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_a_list_asks_as_much_for_a_thousand_rows():
    clients = {role: as_role(role) for role in (Role.PATIENT, Role.COORDINATOR, Role.ADMINISTRATOR)}

    def asked() -> dict[str, int]:
        return {name: questions(clients[role][0], reverse(name)) for name, (role, _most) in BUDGETS.items()}

    fill(10, clients[Role.PATIENT][1])
    few = asked()
    fill(1000, clients[Role.PATIENT][1])
    assert asked() == few
    assert {name: n for name, n in few.items() if n > BUDGETS[name][1]} == {}


@pytest.mark.parametrize("number", [10, 1000])
def test_patient_asks_as_much_however_many_ties(number):
    client, user = as_role(Role.COORDINATOR)
    fill(2, user)
    patient = Patient.objects.latest("pk")
    home = patient.home_location
    Case.objects.bulk_create(Case(patient=patient, location=home) for _ in range(number))
    assert questions(client, reverse("people:patient", args=[patient.reference])) <= 16
