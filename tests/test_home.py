"""The roof: who lands where, and what a patient reads of each case."""

import pytest
from django.urls import reverse

from clinic.people.models import Access, Role
from clinic.record import actions
from tests.factories import a_case, a_clinic, a_location, a_patient, a_user, actor
from tests.people.signed_in import as_role, as_user

pytestmark = pytest.mark.django_db


def test_home_tells_a_stranger_how_to_begin(client):
    a_clinic()
    page = client.get("/").content.decode()
    assert reverse("people:sign_in") in page
    assert "555 0100" in page


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.DOCTOR, "candidacy:queue"),
        (Role.COORDINATOR, "intake:desk"),
        (Role.ADMINISTRATOR, "people:staff"),
        (Role.EDITOR, "upkeep:report"),
    ],
)
def test_home_leads_staff_to_their_first_list(role, first):
    client, _user = as_role(role)
    assert client.get("/").headers["Location"] == reverse(first)


def test_my_page_says_where_each_case_is_and_shows_nobody_else():
    owner, carer = a_user(), a_user()
    mine, other = a_case(a_patient(owner)), a_case(a_patient(a_user()))
    Access.objects.create(patient=mine.patient, user=carer, relation="daughter", granted_by=owner)
    actions.raise_alert(case=mine, kind="urgent", signs=["fever_or_chills"], by=actor(owner))
    for who in (owner, carer):
        page = as_user(who).get(reverse("my_page")).content.decode()
        assert "We stopped" in page
        assert mine.reference in page
        assert other.reference not in page


def test_my_page_asks_as_much_of_the_database_for_many_cases(django_assert_num_queries):
    owner = a_user()
    patient = a_patient(owner)
    client = as_user(owner)
    client.get(reverse("my_page"))
    a_case(patient)
    for more in (0, 9):
        for _ in range(more):
            a_case(patient)
        with django_assert_num_queries(12):  # three of them: what was answered, whether reminders go out, and check-ins
            client.get(reverse("my_page"))


def test_begin_makes_one_patient_and_one_case_however_often_it_is_sent():
    user, location = a_user(), a_location()
    client = as_user(user)
    for _ in range(2):
        page = client.post(reverse("begin"), {"location": location.pk})
    case = user.patient.cases.get()
    assert page.headers["Location"] == reverse("intake:overview", args=[case.reference])
    assert user.patient.matched_at is None


@pytest.mark.parametrize("place", ["", "0", "abc", "²", "9" * 30])
def test_begin_needs_a_place_that_there_is(place):
    assert as_user(a_user()).post(reverse("begin"), {"location": place}).status_code == 404
