"""The server's log tells what went wrong and where, and nothing of whom."""

import logging

import pytest
from django.test import Client

from clinic.logs import Discreet
from tests.factories import a_clinic

pytestmark = pytest.mark.django_db


def written(caplog) -> str:
    return "\n".join(Discreet().format(record) for record in caplog.records)


def test_the_log_is_written_by_this_formatter(settings):
    handlers = settings.LOGGING["handlers"].values()
    assert {settings.LOGGING["formatters"][one["formatter"]]["()"] for one in handlers} == {"clinic.logs.Discreet"}


def test_a_refused_request_is_named_by_its_route(caplog):
    a_clinic()
    Client().get("/invitation/a-secret-that-opens/")
    Client(enforce_csrf_checks=True).post("/invitation/a-secret-that-opens/begin/")
    Client().get("/no/such/7KQ2M4/")
    assert "404 GET invitation/<str:secret>/" in written(caplog)
    assert "403 POST invitation/<str:secret>/begin/" in written(caplog)
    assert "a-secret-that-opens" not in written(caplog)
    assert "7KQ2M4" not in written(caplog)


def test_an_exception_is_told_without_its_words(caplog):
    try:
        try:
            raise ValueError("Test Patient Alder takes apixaban")
        except ValueError as first:
            raise KeyError("7KQ2M4") from first
    except KeyError:
        logging.getLogger("django.request").exception("Internal Server Error")
    assert "builtins.KeyError" in written(caplog)
    assert "builtins.ValueError" in written(caplog)
    assert "test_logs.py" in written(caplog)
    assert "raise" in written(caplog)
    assert written(caplog).count("7KQ2M4") == written(caplog).count('KeyError("7KQ2M4")')
