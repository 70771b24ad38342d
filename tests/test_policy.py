"""What every answer carries, whoever gives it."""

import pytest
from django.test import Client

from tests.factories import a_clinic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/no/such/page", "/static/css/base.css", "/health/live"])
@pytest.mark.parametrize("host", ["testserver", "elsewhere.example"])
def test_every_answer_carries_the_policy(address, host):
    a_clinic()
    policy = Client(HTTP_HOST=host).get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
