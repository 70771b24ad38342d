"""The log as administrators and patients read it."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.urls import reverse

from clinic.audit.actions import record
from clinic.audit.clock import at
from clinic.audit.models import Event
from clinic.people.actions.patients import merge_patient
from clinic.people.models import Access, Role
from tests.factories import a_patient, a_user, actor
from tests.people.signed_in import as_role, as_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return as_role(Role.ADMINISTRATOR)[0]


@pytest.fixture
def doctor():
    return a_user(Role.DOCTOR, name="Dr. Test Rowan")


def text(answer) -> str:
    return answer.content.decode()


def test_events_name_staff_and_call_patients_by_their_reference(administrator, doctor):
    patient = a_patient(a_user(), given_name="Secretname", family_name="Hidden")
    record(by=actor(doctor), verb="case.opened", patients=[patient.pk])
    record(by=actor(patient.user), verb="intake.opened", patients=[patient.pk])
    page = text(administrator.get(reverse("people:events")))
    assert "Dr. Test Rowan" in page
    assert f"Patient {patient.reference}" in page
    assert "Secretname" not in page
    assert "Hidden" not in page
    assert patient.user.name not in page


def test_events_say_nothing_clinical(administrator, doctor):
    detail = {"facts": ["red_flags.fever_or_chills"]}
    record(by=actor(doctor), verb="record.stated", patients=[a_patient().pk], detail=detail)
    assert "fever" not in text(administrator.get(reverse("people:events")))
    assert "fever" not in b"".join(administrator.get(reverse("people:export_events")).streaming_content).decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 3),
        ({"verb": "case.opened"}, 2),
        ({"first": "2026-06-02"}, 1),
        ({"last": "2026-06-01"}, 2),
        ({"first": "2026-06-02", "last": "2026-06-02", "verb": "case.opened"}, 1),
        ({"patient": "ZZZZZZ"}, 0),
    ],
)
def test_events_are_narrowed(administrator, doctor, asked, found):
    # 1 June 22:00 in New York is 2 June in UTC: the days of the log are the clinic's.
    for day, verb in ((1, "case.opened"), (2, "patient.opened"), (3, "case.opened")):
        with at(datetime(2026, 6, day, 2, tzinfo=UTC)):
            record(by=actor(doctor), verb=verb, patients=[a_patient().pk])
    page = administrator.get(reverse("people:events"), asked | {"person": doctor.pk})
    assert len(page.context["lines"]) == found


def test_events_of_a_merged_patient_stay_found(administrator, doctor):
    gone, kept = a_patient(), a_patient()
    record(by=actor(doctor), verb="case.opened", patients=[gone.pk])
    merge_patient(patient=gone, into=kept, by=actor(doctor))
    lines = administrator.get(reverse("people:events"), {"patient": kept.reference}).context["lines"]
    assert [line.verb for line in lines] == ["patient.merged", "case.opened"]


@pytest.mark.parametrize("asked", [{"first": "x"}, {"person": "x"}, {"verb": "no.such"}, {"patient": "a\x00"}])
def test_events_answer_a_filter_that_cannot_be(administrator, doctor, asked):
    record(by=actor(doctor), verb="case.opened")
    page = administrator.get(reverse("people:events"), asked)
    assert page.status_code == 200
    assert page.context["lines"] == []


def test_events_refuse_an_end_before_its_start(administrator):
    page = text(administrator.get(reverse("people:events"), {"first": "2026-06-02", "last": "2026-06-01"}))
    assert "The last day is before the first." in page


def test_events_page_by_time_even_where_ids_run_otherwise(administrator, doctor):
    for day in (3, 1, 2):
        with at(datetime(2026, 6, day, 15, tzinfo=UTC)):
            record(by=actor(doctor), verb="case.opened")
    lines = administrator.get(reverse("people:events"), {"verb": "case.opened"}).context["lines"]
    assert [line.at.day for line in lines] == [3, 2, 1]


def test_export_events_streams_the_same_lines_and_leaves_an_event(administrator):
    sly = a_user(Role.DOCTOR, name="=HYPERLINK(1)")
    record(by=actor(sly), verb="case.opened", patients=[a_patient().pk])
    answer = administrator.get(reverse("people:export_events"), {"verb": "case.opened"})
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))
    assert [row["verb"] for row in rows] == ["case.opened"]
    assert rows[0]["who"] == "'=HYPERLINK(1)"  # no spreadsheet takes it for a formula
    assert Event.objects.get(verb="events.exported").detail == {"asked": {"verb": "case.opened"}}


@pytest.mark.parametrize("role", [Role.DOCTOR, Role.COORDINATOR, Role.EDITOR, Role.PATIENT])
@pytest.mark.parametrize("name", ["people:events", "people:export_events"])
def test_events_are_the_administrators_alone(role, name):
    client, _user = as_role(role)
    assert client.get(reverse(name)).status_code == 404


def test_who_looked_says_it_in_plain_words(doctor):
    client, user = as_role(Role.PATIENT)
    patient = a_patient(user)
    with at(datetime(2026, 6, 3, 14, 42, 30, tzinfo=UTC)):
        record(by=actor(doctor), verb="case.opened", patients=[patient.pk])
    page = " ".join(text(client.get(reverse("people:who_looked"))).split())
    assert "<strong>Dr. Test Rowan</strong> opened your case" in page
    assert "3 June 2026, 10:42" in page


def test_who_looked_speaks_spanish(doctor):
    client, user = as_role(Role.PATIENT)
    user.language = "es"
    user.save()
    record(by=actor(doctor), verb="case.opened", patients=[a_patient(user).pk])
    assert "abrió su caso" in text(client.get(reverse("people:who_looked")))


def test_who_looked_counts_what_is_done_again_and_leaves_out_oneself(doctor):
    client, user = as_role(Role.PATIENT)
    patient = a_patient(user)
    for by in (doctor, doctor, user):
        record(by=actor(by), verb="case.opened", patients=[patient.pk])
    looks = client.get(reverse("people:who_looked")).context["looks"]
    assert [(look.who, look.times) for look in looks] == [("Dr. Test Rowan", 2)]
    everything = client.get(reverse("people:who_looked"), {"own": "1"}).context["looks"]
    assert "You" in {look.who for look in everything}


def test_who_looked_counts_by_the_days_of_the_patients_own_place(doctor):
    client, user = as_role(Role.PATIENT)
    patient = a_patient(user)
    midnight = datetime(2026, 5, 22, tzinfo=UTC)  # in New York it is still the evening before
    for moment in (midnight - timedelta(minutes=10), midnight + timedelta(minutes=10)):
        with at(moment):
            record(by=actor(doctor), verb="case.opened", patients=[patient.pk])
    looks = client.get(reverse("people:who_looked")).context["looks"]
    assert [look.times for look in looks] == [2]


def test_who_looked_shows_nobody_elses_record(doctor):
    client, user = as_role(Role.PATIENT)
    a_patient(user)
    other = a_patient()
    record(by=actor(doctor), verb="case.opened", patients=[other.pk])
    assert client.get(reverse("people:who_looked")).context["looks"] == []
    assert client.get(reverse("people:who_looked"), {"of": other.reference}).status_code == 404


def test_who_looked_is_open_to_a_carer_for_whom_they_act(doctor):
    carer, patient = a_user(), a_patient(family_name="Alder")
    Access.objects.create(patient=patient, user=carer, relation="son", granted_by=doctor)
    record(by=actor(doctor), verb="case.opened", patients=[patient.pk])
    page = text(as_user(carer).get(reverse("people:who_looked"), {"of": patient.reference}))
    assert "opened their case" in page


def test_who_looked_gives_a_doctor_only_their_own_record(doctor):
    stranger = a_patient()
    client = as_user(doctor)
    assert client.get(reverse("people:who_looked"), {"of": stranger.reference}).status_code == 404
    assert "no record" in text(client.get(reverse("people:who_looked")))
