"""When time alone meets a rule of the plan, as the patient reads it: only by a set that was signed off, no promise."""

from datetime import date

import pytest
from django.urls import reverse

from clinic.audit import clock
from clinic.criteria import sets
from clinic.intake.ahead import coming
from clinic.policies.actions import plans, versions
from clinic.policies.models import Version
from clinic.record import actions as on_record
from clinic.record.models import Alert, Case, Stage
from tests.candidacy.scenes import TODAY, a_known_case
from tests.criteria.documents import patient, session
from tests.factories import a_user, actor

CARE = [{"kind": "nsaid", "outcome": "no_help", "from": "2026-05-11", "ongoing": True}]
NEW = CARE[0] | {"from": "2026-05-25"}
LCD = "medicare-lcd"
DAY = "8 June 2026"


def test_weeks_had_and_weeks_asked_for():
    (found,) = coming(sets.load("evicore-cmm-200", "EV-B"), patient(therapies=[CARE[0] | {"from": "2026-04-25"}]))
    assert (found.weeks, found.needed, found.first) == (5, 6, date(2026, 6, 6))
    assert (found.until, found.latest) == (None, False)


def test_weeks_are_told_before_the_doctor_has_said_the_diagnosis():
    said = patient(therapies=CARE, complaint={"diagnosis": None})
    (found,) = coming(sets.load(LCD), said)
    assert (found.weeks, found.needed, found.first, found.latest) == (3, 4, date(2026, 6, 8), True)
    (by_diagnosis,) = coming(sets.load("cam-136"), patient(therapies=[NEW], complaint={"diagnosis": None}))
    assert by_diagnosis.weeks is None  # two weeks or six, by the diagnosis


def test_a_day_that_rests_on_an_inexact_date_is_the_latest():
    (found,) = coming(sets.load(LCD), patient(therapies=[CARE[0] | {"from": "2026-05-04/2026-05-18"}]))
    assert (found.weeks, found.first, found.latest) == (None, date(2026, 6, 15), True)


def test_the_time_between_two_injections():
    found = coming(sets.load("bcbs-ma-690"), patient(injections=[session("2026-05-25")]))
    assert [(each.rule, each.first) for each in found] == [("the time between two injections", date(2026, 6, 24))]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"therapies": CARE, "red_flags": {"fever_or_chills": True}},
        {"therapies": CARE, "complaint": {"onset": "2026-07-01"}},  # cannot be
        {"therapies": [{"kind": "nsaid", "outcome": "no_help", "from": "2026-05-20", "to": "2026-05-25"}]},
    ],
)
def test_nothing_is_told_where_time_brings_nothing_or_somebody_must_look_first(said):
    assert coming(sets.load(LCD), patient(**said)) == ()


@pytest.fixture
def case(db):
    with clock.at(TODAY):
        yield a_known_case({"therapies": CARE})


@pytest.fixture
def signed(case):
    doctor, administrator = a_user("doctor", name="Dr. Test Larch"), a_user("administrator")
    plans.map_plan(payer="Medicare", plan_name="", key=LCD, by=actor(administrator))
    version = Version.objects.get(key=LCD)
    versions.sign_off(version=version, name="Dr. Test Larch", checked_against="LCD L39240", by=actor(doctor))
    return case


def status(client, case: Case, language: str = "en") -> str:
    client.force_login(case.patient.user)
    client.post(reverse("people:set_language"), {"language": language})
    return client.get(reverse("intake:status", args=[case.reference])).content.decode()


def test_status_tells_the_day_and_promises_nothing(client, signed):
    text = " ".join(status(client, signed).split())
    assert f"You have 3 of 4 weeks. From {DAY}, your plan's rule about care tried first is met" in text
    assert "decides with you" in text
    assert "covered" not in text


def test_status_tells_nothing_by_a_set_that_nobody_signed_off(client, case):
    plans.map_plan(payer="Medicare", plan_name="", key=LCD, by=actor(a_user("administrator")))
    assert DAY not in status(client, case)


def test_status_tells_nothing_where_the_plan_goes_by_another_set(client, signed):
    signed.patient.payer = "Test Payer"
    signed.patient.save(update_fields=["payer"])
    assert DAY not in status(client, signed)


@pytest.mark.parametrize("stage", [Stage.DECIDED, Stage.WITHDRAWN, Stage.INTAKE])
def test_status_tells_nothing_before_the_signature_and_after_the_decision(client, signed, stage):
    on_record.move_case(case=signed, to=stage, by=actor(a_user("doctor")))
    assert DAY not in status(client, signed)


def test_status_tells_nothing_while_an_urgent_sign_stands(client, signed):
    by = actor(signed.patient.user)
    on_record.raise_alert(case=signed, kind=Alert.Kind.URGENT, signs=["fever_or_chills"], by=by)
    assert DAY not in status(client, signed)


def test_status_tells_nothing_where_another_version_counts_by_then(client, signed):
    text = (sets.FOLDER / f"{LCD}@2026-06-05.toml").read_text().replace('version = "2026-06-05"', 'version = "new"')
    by = actor(a_user("administrator"))
    newer = versions.upload(text=text, by=by)
    doctor = actor(a_user("doctor", name="Dr. Test Larch"))
    versions.sign_off(version=newer, name="Dr. Test Larch", checked_against="x", by=doctor)
    versions.take_effect(version=newer, from_day=date(2026, 6, 5), by=by)
    assert DAY not in status(client, signed)


def test_status_is_in_spanish_too(client, signed):
    assert "A partir del 8 de junio de 2026" in status(client, signed, "es")
