"""Run as a program on the database of an outage test: leaves a signed-in patient there, and prints how to be them."""

import json

import django

django.setup()

from django.test import Client  # noqa: E402

from tests.factories import a_clinic  # noqa: E402
from tests.intake.signed import a_signed_case  # noqa: E402

a_clinic()
case = a_signed_case()
client = Client()
client.force_login(case.patient.user)
cookie = client.cookies["sessionid"].value
print(json.dumps({"session": cookie, "path": f"/cases/{case.reference}/", "phone": "555 0100"}))
