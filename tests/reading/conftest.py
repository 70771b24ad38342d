import pytest
from django.test import Client

from clinic.people.models import Role
from clinic.record.models import Case
from education.library.models import LibraryPage
from tests import factories
from tests.intake.signed import a_signed_case
from tests.reading.shelf import a_library


@pytest.fixture(autouse=True)
def _demo(settings, db):
    settings.DEMO = True  # no second factor to set up first
    factories.a_clinic()


@pytest.fixture
def pages() -> dict[str, LibraryPage]:
    return a_library()


@pytest.fixture
def hurt(pages) -> LibraryPage:
    return pages["en"]


@pytest.fixture
def case() -> Case:
    return a_signed_case()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def patient(case) -> Client:
    return client_of(case.patient.user)


@pytest.fixture
def doctor() -> Client:
    return client_of(factories.a_user(Role.DOCTOR))
