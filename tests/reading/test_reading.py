"""Which version was read when, for whom, and who sees it."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from clinic.audit.models import Event
from clinic.people.actions.patients import merge_patient
from clinic.people.models import Access
from education.library.versions import version_of
from education.reading.models import Reading
from tests import factories
from tests.reading.conftest import client_of


def open_page(client: Client, hurt) -> None:
    assert client.get(hurt.get_url()).status_code == 200


def test_a_version_that_a_patient_opens_is_kept_once_a_day(case, patient, hurt):
    for _time in range(3):
        open_page(patient, hurt)
    reading = Reading.objects.get()
    assert (reading.patient, reading.revision_id, reading.page_id) == (case.patient, hurt.live_revision_id, hurt.pk)
    assert reading.on == case.patient.today()
    assert Event.objects.filter(verb="page.read", patient_ids=[case.patient_id]).count() == 1


def test_a_new_version_is_another_reading(patient, hurt):
    open_page(patient, hurt)
    hurt.title = "Will it hurt?"
    hurt.save_revision().publish()
    open_page(patient, hurt)
    assert Reading.objects.count() == 2


def test_of_strangers_and_staff_nothing_is_kept(doctor, hurt):
    open_page(Client(), hurt)
    open_page(doctor, hurt)
    assert not Reading.objects.exists()


def carer_of(patient, **fields):
    user = factories.a_user(**fields)
    Access.objects.create(patient=patient, user=user, relation="daughter", granted_by=user)
    return user


def test_a_carer_reads_for_the_patient(case, hurt):
    carer = carer_of(case.patient)
    open_page(client_of(carer), hurt)
    assert Reading.objects.get().patient == case.patient
    assert Reading.objects.get().by == carer


def test_a_carer_who_is_a_patient_too_reads_for_themselves(case, hurt):
    carer = carer_of(case.patient)
    own = factories.a_patient(carer)
    open_page(client_of(carer), hurt)
    assert Reading.objects.get().patient == own


def test_mine_shows_what_was_read_and_that_a_newer_version_is_out(patient, pages):
    open_page(patient, pages["es"])
    answer = patient.get(reverse("reading:mine")).content.decode()
    assert "¿Duele?" in answer
    assert "newer version" not in answer
    pages["es"].save_revision().publish()
    assert "newer version" in patient.get(reverse("reading:mine")).content.decode()


def test_mine_shows_nobody_else_s(patient, hurt):
    open_page(patient, hurt)
    other = client_of(factories.a_patient(factories.a_user()).user)
    answer = other.get(reverse("reading:mine")).content.decode()
    assert hurt.title not in answer


def test_case_shows_the_doctor_what_was_read_in_english(case, patient, pages, doctor):
    open_page(patient, pages["es"])
    answer = doctor.get(reverse("candidacy:case", args=[case.reference])).content.decode()
    assert "Does it hurt?" in answer
    assert "in Spanish" in answer
    assert "questions not answered" in answer


def test_what_was_read_goes_over_when_entries_are_merged(case, patient, hurt):
    open_page(patient, hurt)
    kept = factories.a_patient()
    merge_patient(patient=case.patient, into=kept, by=factories.actor(factories.a_user("coordinator")))
    assert Reading.objects.get().patient == kept


def test_a_reading_is_never_rewritten(patient, hurt):
    open_page(patient, hurt)
    for change in (lambda rows: rows.delete(), lambda rows: rows.update(on="2020-01-01")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Reading.objects.all())


def test_the_version_of_a_page_that_was_taken_back_is_the_last_that_was_live(hurt):
    hurt.answer = "A draft that nobody approved."
    hurt.save_revision()
    hurt.unpublish()
    version = version_of(hurt.pk)
    assert version
    assert version.revision.as_object().answer == "A short answer."


def test_a_draft_is_no_version(hurt):
    draft = hurt.save_revision()
    assert version_of(hurt.pk, draft.pk) is None
    assert version_of(999_999) is None
