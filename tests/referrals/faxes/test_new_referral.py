"""A fax that is a new referral: what stands on its pages is written down beside them, and both are kept together."""

import uuid

import pytest
from django.test import Client

from clinic.people.models import Role
from referrals.faxes.actions import filing
from referrals.loop.models import Referral
from tests.factories import a_clinic, a_location, a_user, actor

from .scenes import a_fax, a_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def hazel():
    a_clinic()
    a_location()
    return a_user(Role.COORDINATOR, name="Test Coordinator Hazel")


@pytest.fixture
def office(client: Client, hazel) -> Client:
    client.force_login(hazel)
    return client


def words(**more: str) -> dict[str, str]:
    return {"nonce": str(uuid.uuid4()), "given_name": "Test Patient", "family_name": "Juniper"} | more


def test_enter_fax_shows_the_pages_beside_the_form(office, folder):
    fax = a_fax(folder)
    answer = office.get(f"/referrals/enter/fax/{fax.pk}/")
    assert answer.status_code == 200
    assert f"/faxes/{fax.pk}/pdf/" in answer.content.decode()
    assert "frame-src 'self'" in answer["Content-Security-Policy"]


def test_enter_fax_keeps_the_referral_with_its_fax(office, folder, hazel):
    fax = a_fax(folder)
    here = f"/referrals/enter/fax/{fax.pk}/"
    refused = office.post(here, words())
    assert refused.status_code == 422
    assert "Open its pages before you file it" in refused.content.decode()
    assert not Referral.objects.exists()
    filing.open_pages(fax=fax, by=actor(hazel))
    assert office.post(here, words()).status_code == 302
    referral = Referral.objects.get()
    fax.refresh_from_db()
    assert referral.request.door == "fax"
    assert referral.attachments.get().path == fax.path
    assert fax.steps.get().referral == referral
    again = office.post(here, words())
    assert "You filed this fax with the referral" in again.content.decode()
    assert Referral.objects.count() == 1
    assert office.get(here).url == f"/faxes/{fax.pk}/"


def test_enter_fax_needs_a_name_and_pages_that_can_be_read(office, folder):
    fax = a_fax(folder)
    assert office.post(f"/referrals/enter/fax/{fax.pk}/", {"nonce": str(uuid.uuid4())}).status_code == 422
    locked = a_fax(folder, content=a_pdf(password="made up"))
    assert office.get(f"/referrals/enter/fax/{locked.pk}/").url == f"/faxes/{locked.pk}/"
    assert office.get("/referrals/enter/fax/999999/").status_code == 404
