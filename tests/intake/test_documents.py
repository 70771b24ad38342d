"""Copies of records: who may add, take back and open them, and how they are handed out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from clinic.audit.models import Event
from clinic.record.models import Case, Document
from tests import factories
from tests.intake.signed import THERAPY, a_signed_case
from tests.record.test_uploads import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def case() -> Case:
    factories.a_clinic()
    return a_signed_case()


@pytest.fixture
def patient(case: Case, client: Client) -> Client:
    client.force_login(case.patient.user)
    return client


def page(name: str, case: Case, *more: object) -> str:
    return reverse(f"intake:{name}", args=[case.reference, *more])


def file(content: bytes = PDF, name: str = "visit summary.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_attach_files_a_copy_under_the_treatment_once(case, patient, media):
    for _time in range(2):
        assert patient.post(page("attach", case, THERAPY), {"copies": file()}).status_code == 302
    document = Document.objects.get()
    assert (document.therapy_key, document.said_by, document.name) == (THERAPY, "patient", "visit summary.pdf")
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1
    assert "visit summary.pdf" in patient.get(page("records", case, THERAPY)).content.decode()


def test_attach_keeps_the_good_files_beside_a_bad_one(case, patient):
    sent = patient.post(page("attach", case), {"copies": [file(b"", "nothing.pdf"), file()]})
    assert sent.status_code == 422
    assert "nothing.pdf: This file is empty" in sent.content.decode()
    assert Document.objects.get().name == "visit summary.pdf"


def test_attach_without_a_file_asks_for_one(case, patient):
    assert "Choose a file" in patient.post(page("attach", case)).content.decode()


def test_document_is_an_attachment_that_no_cache_keeps(case, patient):
    patient.post(page("attach", case, THERAPY), {"copies": file(name="notes.html")})
    document = Document.objects.get()
    sent = patient.get(page("document", case, document.pk))
    assert b"".join(sent.streaming_content) == PDF
    assert sent["Content-Disposition"] == 'attachment; filename="notes.pdf"'
    assert sent["Content-Type"] == "application/pdf"
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in sent["Cache-Control"]
    assert "ETag" not in sent
    assert Event.objects.filter(verb="document.opened", object_id=document.pk).exists()


def test_document_is_found_by_nobody_else(case, patient):
    patient.post(page("attach", case, THERAPY), {"copies": file()})
    document, stranger = Document.objects.get(), Client()
    stranger.force_login(factories.a_user())
    mine = factories.a_case(factories.a_patient(factories.a_user()))
    assert stranger.get(page("document", case, document.pk)).status_code == 404
    assert patient.get(page("document", mine, document.pk)).status_code == 404
    assert stranger.post(page("attach", case, THERAPY), {"copies": file()}).status_code == 404
    assert stranger.post(page("remove", case, document.pk)).status_code == 404


def test_remove_strikes_the_row_and_keeps_the_file(case, patient, media):
    patient.post(page("attach", case, THERAPY), {"copies": file()})
    document = Document.objects.get()
    removed = patient.post(page("remove", case, document.pk), {"next": page("status", case)})
    document.refresh_from_db()
    assert removed.url.startswith(page("records", case, THERAPY))
    assert document.struck_at
    assert (media / document.path).exists()
    assert patient.get(page("document", case, document.pk)).status_code == 404


def test_a_copy_that_staff_filed_is_not_the_patients_to_remove(case, patient, settings):
    settings.DEMO = True  # no second factor in this test
    staff = Client()
    staff.force_login(factories.a_user("coordinator"))
    staff.post(page("attach", case, THERAPY), {"copies": file()})
    document = Document.objects.get()
    assert document.said_by == "record"
    assert patient.post(page("remove", case, document.pk)).status_code == 404
    assert "Remove" not in patient.get(page("records", case, THERAPY)).content.decode()


def test_records_of_a_row_that_is_not_there_are_not_found(case, patient):
    assert patient.get(page("records", case, "00000000-0000-0000-0000-000000000001")).status_code == 404


def test_records_lead_back_only_within_the_site(case, patient):
    body = patient.get(page("records", case, THERAPY) + "?next=https://evil.example/").content.decode()
    assert "evil" not in body.split("</form>")[-1]
    assert page("status", case) in body
