"""A real PostgreSQL for every test process: a clone of a template that is migrated once.

The template's name holds the hash of what made it, so a changed migration makes a new one, and runs
side by side in one checkout never meet: each process clones for itself and drops its clone.
"""

import os

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import databases

# A shared two-core machine is no stopwatch: examples are counted, not timed.
hypothesis_settings.register_profile(
    "clinic", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
hypothesis_settings.load_profile("clinic")


def pytest_configure(config: pytest.Config) -> None:
    if not os.environ.get("DATABASE_URL"):
        raise pytest.UsageError("these tests need a PostgreSQL: run them with ./run test, or set DATABASE_URL")
    # Tests take static files from where they lie, when they ask for one: every new client would list them all.
    settings.WHITENOISE_AUTOREFRESH = True
    # Playwright keeps an event loop in the thread of the tests, and a worker that ran a journey runs others after it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """Stands in for pytest-django's own, which would migrate anew in every worker."""
    with django_db_blocker.unblock(), databases.clone(databases.migrated()) as name:
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
        yield
        connection.close()
        connection.close_pool()


@pytest.fixture(scope="session", autouse=True)
def _uploads_go_elsewhere(tmp_path_factory):
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))


@pytest.fixture(scope="session", autouse=True)
def delete_output_dir():
    """Stands in for pytest-playwright's own, which would delete the pictures of a run beside this one."""
