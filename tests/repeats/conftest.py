from collections.abc import Iterator

import pytest
from django.test import Client

from clinic.audit import clock
from tests.candidacy import scenes


@pytest.fixture
def first_of_june(db: None) -> Iterator[None]:
    """It is 1 June 2026, the day on which the contract's complete patient is weighed."""
    with clock.at(scenes.TODAY):
        yield


@pytest.fixture
def doctor(first_of_june):
    return scenes.a_doctor()


@pytest.fixture
def desk(doctor) -> Client:
    """A browser in which the doctor is signed in."""
    client = Client()
    client.force_login(doctor)
    return client
