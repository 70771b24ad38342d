"""Two entries become one: what goes over, what stays, what is refused."""

import pytest
from django.urls import reverse

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.people.actions.patients import merge_patient
from clinic.people.models import Access, Patient, Role
from clinic.record.actions import put
from clinic.record.models import Injection, OtherInjection, Therapy
from tests.factories import a_case, a_patient, a_user, actor
from tests.people.signed_in import as_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return a_user(Role.COORDINATOR)


@pytest.fixture
def newcomer():
    """Began by herself, with a case, a treatment and an earlier injection."""
    patient = a_patient(a_user(), family_name="Alder", email="self@example.org", payer="Medicare")
    case, by = a_case(patient), actor(patient.user)
    put(model=Therapy, case=case, key=None, said_by="patient", by=by, kind="physical_therapy")
    put(model=Injection, case=case, key=None, said_by="patient", by=by, on="2026-03")
    put(model=OtherInjection, case=case, key=None, said_by="patient", by=by, on="2025", site="knee")
    return patient


@pytest.fixture
def known():
    return a_patient(family_name="Alder", email="alder@example.org", payer="")


def test_everything_goes_over_and_the_emptied_entry_stays(newcomer, known, staff):
    kept = merge_patient(patient=newcomer, into=known, by=actor(staff))
    user = newcomer.user
    newcomer.refresh_from_db()
    assert (newcomer.merged_into, newcomer.user, newcomer.matched_by) == (known, None, staff)
    assert kept.user == user
    lists = (kept.cases, kept.therapies, kept.injections, kept.other_injections)
    assert [rows.count() for rows in lists] == [1, 1, 1, 1]
    assert (kept.email, kept.payer) == ("alder@example.org", "Medicare")  # filled where it was empty, kept where not
    assert list(Patient.objects.visible_to(user)) == [kept]
    assert not Patient.objects.to_match().filter(pk=newcomer.pk).exists()


def test_the_log_keeps_what_was_done(newcomer, known, staff):
    merge_patient(patient=newcomer, into=known, by=actor(staff))
    event = Event.objects.get(verb="patient.merged")
    assert event.patient_ids == sorted([newcomer.pk, known.pk])
    assert event.detail["into"] == known.pk
    assert event.detail["cases"] == 1
    assert "payer" in event.detail["filled"]


def test_two_sign_ins_need_a_choice(newcomer, known, staff):
    known.user = a_user()
    known.save()
    with pytest.raises(Refused, match="sign-in"):
        merge_patient(patient=newcomer, into=known, by=actor(staff))
    known.refresh_from_db()
    assert not known.cases.exists()
    kept = merge_patient(patient=newcomer, into=known, by=actor(staff), sign_in_of=newcomer)
    assert kept.user == newcomer.user
    assert not Patient.objects.visible_to(known.user).exists()


def test_carers_go_over_once(newcomer, known, staff):
    both, one = a_user(), a_user()
    for patient, user in ((newcomer, both), (known, both), (newcomer, one)):
        Access.objects.create(patient=patient, user=user, relation="son", granted_by=staff)
    merge_patient(patient=newcomer, into=known, by=actor(staff))
    assert sorted(access.user_id for access in Access.objects.open()) == sorted([both.pk, one.pk])
    assert not Access.objects.exclude(patient=known).exists()


def test_a_chain_leads_to_the_last(newcomer, known, staff):
    last = a_patient(family_name="Alder")
    merge_patient(patient=newcomer, into=known, by=actor(staff))
    merge_patient(patient=known, into=last, by=actor(staff))
    newcomer.refresh_from_db()
    assert newcomer.merged_into == last


@pytest.mark.parametrize("way", ["itself", "again", "into_gone"])
def test_nonsense_is_refused(newcomer, known, staff, way):
    if way != "itself":
        merge_patient(patient=newcomer, into=known, by=actor(staff))
    pair = {"itself": (known, known), "again": (newcomer, known), "into_gone": (known, newcomer)}[way]
    with pytest.raises(Refused):
        merge_patient(patient=pair[0], into=pair[1], by=actor(staff))


def test_merge_patient_shows_both_then_leads_to_the_kept_one(newcomer, known):
    client, _user = as_role()
    url = reverse("people:merge_patient", args=[newcomer.reference])
    page = client.get(url, {"into": known.reference}).content.decode()
    assert "alder@example.org" in page
    answer = client.post(url, {"into": known.reference})
    assert answer.headers["Location"] == reverse("people:patient", args=[known.reference])
    old = client.get(reverse("people:patient", args=[newcomer.reference]))
    assert old.headers["Location"] == reverse("people:patient", args=[known.reference])


def test_merge_patient_asks_whose_sign_in_stays(newcomer, known):
    client, _user = as_role()
    known.user = a_user()
    known.save()
    url = reverse("people:merge_patient", args=[newcomer.reference])
    assert known.user.name in client.get(url, {"into": known.reference}).content.decode()
    assert client.post(url, {"into": known.reference}).status_code == 422
    assert client.post(url, {"into": known.reference, "sign_in_of": known.reference}).status_code == 302


def test_merge_patient_knows_no_made_up_reference(newcomer):
    client, _user = as_role()
    answer = client.post(reverse("people:merge_patient", args=[newcomer.reference]), {"into": "ZZZZZZ"})
    assert "No other entry has this reference" in answer.content.decode()
