"""The pages of the questionnaire as a browser without JavaScript meets them."""


import pytest

from clinic.intake.actions import starting
from clinic.intake.models import Intake
from clinic.intake.questions import STEPS
from clinic.record.models import Case, Stage
from tests.factories import a_clinic, a_patient, a_user, actor
from tests.intake.walking import Walker

pytestmark = pytest.mark.django_db


@pytest.fixture
def walker(client):
    a_clinic()
    user = a_user()
    client.force_login(user)
    return Walker(client, starting.start(patient=a_patient(user), language="en", by=actor(user)))


def said(walker):
    case = Case.objects.get(pk=walker.intake.case_id)
    return {row.fact: row.value for row in case.statements.current()}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("section", "step"), STEPS, ids=lambda each: getattr(each, "key", getattr(each, "slug", "")))
def test_page_opens(walker, section, step, language):
    walker.client.cookies["django_language"] = language
    assert walker.open(f"{section.key}/{step.slug}").status_code == 200


def test_whole_walk_ends_in_a_receipt(walker):
    walker.whole()
    check = walker.open("check")
    assert check.context["open"] == 0
    signed = {"signature": "Test Patient Alder", "fingerprint": check.context["fingerprint"]}
    sent = walker.client.post(f"/intake/{walker.intake.case.reference}/sign", signed)
    assert sent.status_code == 302
    again = walker.client.post(f"/intake/{walker.intake.case.reference}/sign", signed)
    assert (again.status_code, again.url) == (302, sent.url)
    intake = Intake.objects.get(pk=walker.intake.pk)
    assert intake.signature == "Test Patient Alder"
    assert intake.case.stage == Stage.REVIEW
    assert walker.open("pain/where").url == sent.url
