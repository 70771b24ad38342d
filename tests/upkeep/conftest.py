import pytest
from django.test import Client
from wagtail.models import Locale

from clinic.people.models import Role, User
from education.first.actions import lay_out
from education.library.models import LibraryPage
from tests import factories
from tests.finding.shelf import a_page, a_shelf
from tests.upkeep.shelf import a_statement


@pytest.fixture(autouse=True)
def _library(settings, db):
    """A shelf, with who may write on it and who approves: the roles come with their groups."""
    settings.DEMO = True  # no second factor to set up first
    factories.a_clinic()
    a_shelf()
    Locale.objects.create(language_code="es")
    lay_out()


@pytest.fixture
def editor() -> User:
    return factories.a_user(Role.EDITOR, name="Test Editor Laurel")


@pytest.fixture
def larch() -> User:
    return factories.a_user(Role.DOCTOR, name="Dr. Test Larch")


@pytest.fixture
def hurts() -> LibraryPage:
    return a_page("Does it hurt?", a_statement("Most people feel pressure for 5 minutes."), answer="A little.")


@pytest.fixture
def writes(editor) -> Client:
    return client_of(editor)


@pytest.fixture
def reads(larch) -> Client:
    return client_of(larch)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
