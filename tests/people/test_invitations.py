"""Private links: who they are for, what they prove, and that each works once."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.audit import clock
from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.people.actions import accepting, invitations
from clinic.people.models import Access, Patient, PrivateLink, Role, User
from tests.factories import a_clinic, a_location, a_patient, a_user, actor
from tests.people.codes import code_in_mail, newest_mail, path_in_mail, sign_in_by_code

pytestmark = pytest.mark.django_db
BORN = date(1974, 3, 9)
ALDER = "alder@example.org"


@pytest.fixture(autouse=True)
def fresh(db):
    cache.clear()
    a_clinic()


@pytest.fixture
def coordinator() -> User:
    return a_user(Role.COORDINATOR)


@pytest.fixture
def patient() -> Patient:
    return a_patient(email=ALDER, birth_date=BORN)


def signed_in_as(client) -> int | None:
    return int(client.session["_auth_user_id"]) if "_auth_user_id" in client.session else None


def begin(client, path, email=ALDER):
    """Open the link, press Begin, type the code."""
    assert client.get(path).status_code == 200
    assert client.post(f"{path}begin/").url == "/sign-in/code/"
    return client.post("/sign-in/code/", {"code": code_in_mail(email)})


def later(**time):
    return clock.at(clock.now() + timedelta(**time))


# staff


def test_staff_invitation_gives_a_password_and_leads_to_the_second_factor(client):
    administrator = a_user(Role.ADMINISTRATOR)
    invitations.invite_staff(email="Rowan@Example.org", name="Test Rowan", role=Role.DOCTOR, by=actor(administrator))
    path = path_in_mail("rowan@example.org")
    assert client.get(path).url == f"{path}join/"
    chosen = {"name": "Test Rowan", "password": "plenty of words", "password_again": "plenty of words"}
    assert client.post(f"{path}join/", chosen).url == "/staff/second-step/"
    user = User.objects.get(email="rowan@example.org")
    assert (user.role, user.check_password("plenty of words")) == (Role.DOCTOR, True)
    assert signed_in_as(client) == user.pk
    assert client.get("/patients/").url == "/staff/second-step/"
    assert Client().post(f"{path}join/", chosen).status_code == 404


@pytest.mark.parametrize(
    ("password", "again"),
    [("short", "short"), ("plenty of words", "other words here"), ("password1234", "password1234"), ("", "")],
)
def test_staff_invitation_refuses_a_weak_or_mistyped_password(client, password, again):
    administrator = a_user(Role.ADMINISTRATOR)
    handed = invitations.invite_staff(
        email="rowan@example.org", name="Test Rowan", role=Role.DOCTOR, by=actor(administrator)
    )
    page = f"/invitation/{handed.secret}/join/"
    assert client.post(page, {"name": "R", "password": password, "password_again": again}).status_code == 422
    assert not User.objects.filter(email="rowan@example.org").exists()


def test_staff_invitation_makes_a_patient_staff_and_keeps_the_record(coordinator):
    person = a_user(email=ALDER)
    record = a_patient(person)
    by = actor(a_user(Role.ADMINISTRATOR))
    link = invitations.invite_staff(email=ALDER, name="Test Alder", role=Role.COORDINATOR, by=by).link
    user = accepting.accept_staff_invitation(link=link, name="Test Alder", password="plenty of words", by=by)
    assert (user.pk, user.role, user.patient) == (person.pk, Role.COORDINATOR, record)


def test_staff_invitation_is_refused_for_who_works_here_or_was_deactivated():
    administrator = a_user(Role.ADMINISTRATOR)
    closed = a_user(Role.DOCTOR, is_active=False, deactivated_at=clock.now(), deactivated_by=administrator)
    for person in (a_user(Role.DOCTOR), closed):
        with pytest.raises(Refused):
            invitations.invite_staff(email=person.email, name="x", role=Role.DOCTOR, by=actor(administrator))


def test_links_die_after_seven_days_when_revoked_and_when_sent_again(client, patient, coordinator):
    by = actor(coordinator)
    first = invitations.invite_patient(patient=patient, by=by)
    second = invitations.invite_patient(patient=patient, by=by)
    assert client.get(f"/invitation/{first.secret}/").status_code == 404
    assert client.get(f"/invitation/{second.secret}/").status_code == 200
    with later(days=8):
        assert client.get(f"/invitation/{second.secret}/").status_code == 404
    invitations.revoke_link(link=second.link, by=by)
    assert client.get(f"/invitation/{second.secret}/").status_code == 404
    assert Event.objects.filter(verb="link.revoked").count() == 1


def test_links_keep_no_secret(patient, coordinator):
    handed = invitations.invite_patient(patient=patient, by=actor(coordinator))
    assert handed.secret not in str(PrivateLink.objects.values())
    assert handed.secret not in str(Event.objects.values())


# patients


def test_patient_invitation_ties_the_address_to_the_patient(client, patient, coordinator):
    invitations.invite_patient(patient=patient, by=actor(coordinator))
    path = path_in_mail(ALDER)
    assert begin(client, path).url == f"{path}birth-date/"
    user = User.objects.get(email=ALDER)
    assert not Patient.objects.acted_for_by(user).exists()
    assert client.post(f"{path}birth-date/", {"birth_date": "1974-03-09"}).url == "/"
    patient.refresh_from_db()
    assert (patient.user, patient.matched_by) == (user, coordinator)
    assert list(Patient.objects.visible_to(user)) == [patient]
    assert client.get(path).status_code == 404
    assert Event.objects.filter(verb="patient.tied", patient_ids=[patient.pk]).exists()


def test_patient_invitation_that_was_forwarded_sends_the_code_to_the_invited_address(client, patient, coordinator):
    invitations.invite_patient(patient=patient, by=actor(coordinator))
    path = path_in_mail(ALDER)
    sign_in_by_code(client, "birch@example.org")
    assert client.post(f"{path}begin/").url == "/sign-in/code/"
    assert newest_mail(ALDER).kind == "sign_in_code"
    page = client.post(f"{path}birth-date/", {"birth_date": "1974-03-09"})
    assert b"another address" in page.content
    patient.refresh_from_db()
    assert patient.user is None


def test_patient_invitation_closes_after_five_wrong_birth_dates_and_staff_is_told(client, patient, coordinator):
    invitations.invite_patient(patient=patient, by=actor(coordinator))
    path = path_in_mail(ALDER)
    begin(client, path)
    for left in (4, 3, 2, 1):
        page = client.post(f"{path}birth-date/", {"birth_date": "1974-09-03"})
        assert f"{left} more time".encode() in page.content
    assert b"closed now" in client.post(f"{path}birth-date/", {"birth_date": "1974-09-03"}).content
    assert client.post(f"{path}birth-date/", {"birth_date": "1974-03-09"}).status_code == 404
    patient.refresh_from_db()
    assert patient.user is None
    assert Event.objects.filter(verb="link.closed_by_wrong_dates", patient_ids=[patient.pk]).exists()
    assert newest_mail(coordinator.email).kind == "invitation_closed"


def test_patient_invitation_needs_an_address_and_a_birth_date(coordinator):
    for lacking in ({"email": ""}, {"email": ALDER, "birth_date": None}):
        with pytest.raises(Refused):
            invitations.invite_patient(patient=a_patient(**lacking), by=actor(coordinator))


def test_patient_invitation_does_not_take_over_a_patient_with_a_sign_in(coordinator):
    by = actor(coordinator)
    patient = a_patient(email=ALDER, birth_date=BORN)
    link = invitations.invite_patient(patient=patient, by=by).link
    Patient.objects.filter(pk=patient.pk).update(user=a_user())
    with pytest.raises(Refused):
        accepting.accept_invitation(link=link, user=a_user(email=ALDER), birth_date=BORN, by=by)
    assert PrivateLink.objects.get(pk=link.pk).used_at is None


def test_patient_invitation_of_somebody_who_began_alone_is_left_to_staff(patient, coordinator):
    by = actor(coordinator)
    user = a_user(email=ALDER)
    accepting.start_as_new_patient(user=user, location=a_location(), by=actor(user))
    link = invitations.invite_patient(patient=patient, by=by).link
    with pytest.raises(Refused, match="already begun"):
        accepting.accept_invitation(link=link, user=user, birth_date=BORN, by=by)


def test_patient_invitation_replaces_the_sign_in_of_the_tablet(patient, coordinator):
    by = actor(coordinator)
    at_desk = accepting.open_desk(code=invitations.make_desk_code(patient=patient, by=by).secret, by=by)
    patient.refresh_from_db()
    link = invitations.invite_patient(patient=patient, by=by).link
    user = a_user(email=ALDER)
    accepting.accept_invitation(link=link, user=user, birth_date=BORN, by=actor(user))
    patient.refresh_from_db()
    at_desk.refresh_from_db()
    assert (patient.user, at_desk.is_active) == (user, False)


def test_patient_invitation_of_staff_is_accepted_by_the_signed_in_person(client, patient, coordinator):
    Patient.objects.filter(pk=patient.pk).update(email=coordinator.email)
    patient.refresh_from_db()
    handed = invitations.invite_patient(patient=patient, by=actor(a_user(Role.COORDINATOR)))
    path = f"/invitation/{handed.secret}/"
    client.force_login(coordinator)
    assert client.post(f"{path}begin/").url == f"{path}birth-date/"
    assert client.post(f"{path}birth-date/", {"birth_date": "1974-03-09"}).url == "/"
    patient.refresh_from_db()
    assert patient.user == coordinator


# carers


def test_carer_invitation_gives_access_and_no_more(client, patient, coordinator):
    other = a_patient()
    by = actor(coordinator)
    invitations.invite_carer(
        patient=patient, email="daughter@example.org", name="Test Birch", relation="daughter", by=by
    )
    path = path_in_mail("daughter@example.org")
    begin(client, path, "daughter@example.org")
    client.post(f"{path}birth-date/", {"birth_date": "1974-03-09"})
    carer = User.objects.get(email="daughter@example.org")
    access = Access.objects.get()
    assert (access.patient, access.user, access.relation, access.granted_by) == (
        patient,
        carer,
        "daughter",
        coordinator,
    )
    assert carer.name == "Test Birch"
    assert list(Patient.objects.visible_to(carer)) == [patient]
    assert other not in Patient.objects.acted_for_by(carer)


def test_carer_invitation_is_not_for_the_patient(patient, coordinator):
    user = a_user(email=ALDER)
    Patient.objects.filter(pk=patient.pk).update(user=user)
    patient.refresh_from_db()
    by = actor(coordinator)
    link = invitations.invite_carer(patient=patient, email=ALDER, name="x", relation="x", by=by).link
    with pytest.raises(Refused):
        accepting.accept_invitation(link=link, user=user, birth_date=BORN, by=by)


# the tablet


def at_desk(client, patient, coordinator):
    code = invitations.make_desk_code(patient=patient, by=actor(coordinator)).secret
    return client.post("/desk/", {"code": f"{code[:4]} {code[4:]}"})


def test_desk_signs_in_somebody_without_an_address(client, patient, coordinator):
    assert at_desk(client, patient, coordinator).url == "/"
    patient.refresh_from_db()
    assert (patient.user.email, patient.user.pk) == (None, signed_in_as(client))
    client.get("/desk/")
    with later(minutes=19):
        client.get("/desk/")
        assert signed_in_as(client)
    with later(minutes=40):
        client.get("/desk/")
        assert signed_in_as(client) is None


def test_desk_sign_out_and_idleness_lead_back_to_the_desk(client, patient, coordinator):
    at_desk(client, patient, coordinator)
    assert client.post("/sign-out/").url == "/desk/"
    at_desk(client, patient, coordinator)
    with later(minutes=21):
        assert client.post("/patients/").url.startswith("/desk/")


def test_desk_code_works_once_and_for_fifteen_minutes(client, patient, coordinator):
    code = invitations.make_desk_code(patient=patient, by=actor(coordinator)).secret
    assert len(code) == 8
    assert Client().post("/desk/", {"code": code}).status_code == 302
    assert client.post("/desk/", {"code": code}).status_code == 422
    code = invitations.make_desk_code(patient=patient, by=actor(coordinator)).secret
    with later(minutes=16):
        assert client.post("/desk/", {"code": code}).status_code == 422


def test_desk_code_is_no_link(client, patient, coordinator):
    code = invitations.make_desk_code(patient=patient, by=actor(coordinator)).secret
    assert client.get(f"/invitation/{code}/").status_code == 404


def test_desk_guessing_is_slowed_down(client, patient, coordinator):
    for _ in range(10):
        assert client.post("/desk/", {"code": "00000000"}).status_code == 422
    code = invitations.make_desk_code(patient=patient, by=actor(coordinator)).secret
    assert b"15 minutes" in client.post("/desk/", {"code": code}).content
    assert signed_in_as(client) is None


def test_desk_is_not_for_staff(coordinator):
    patient = a_patient(coordinator)
    with pytest.raises(Refused):
        invitations.make_desk_code(patient=patient, by=actor(coordinator))


def test_invitations_sent_at_the_same_moment_wait_for_each_other(patient, coordinator):
    with CaptureQueriesContext(connection) as asked:
        invitations.invite_patient(patient=patient, by=actor(coordinator))
        invitations.invite_staff(email="new@example.org", name="x", role=Role.DOCTOR, by=actor(coordinator))
    waits = [query["sql"] for query in asked if "pg_advisory_xact_lock" in query["sql"]]
    assert len(set(waits)) == 2


# beginning


def test_start_as_new_patient_waits_to_be_matched(patient):
    user = a_user(email=ALDER, language="es")
    begun = accepting.start_as_new_patient(user=user, location=a_location(), by=actor(user))
    assert begun != patient
    assert (begun.matched_at, begun.language, begun.email) == (None, "es", ALDER)
    assert accepting.start_as_new_patient(user=user, location=a_location(), by=actor(user)) == begun
    assert list(Patient.objects.to_match()) == [patient, begun]


def test_acted_for_by_counts_oneself_and_open_access_only(patient, coordinator):
    own = a_patient(coordinator)
    ended = a_patient()
    for person, end in ((patient, None), (ended, clock.now())):
        Access.objects.create(
            patient=person,
            user=coordinator,
            relation="friend",
            granted_by=coordinator,
            ended_at=end,
            ended_by=coordinator if end else None,
        )
    assert set(Patient.objects.acted_for_by(coordinator)) == {own, patient}


def test_make_administrator_prints_a_link_until_somebody_is_there(capsys):
    words = ("make_administrator", "--email", "Admin@example.org", "--name", "Test Admin")
    call_command(*words)
    first = capsys.readouterr().out.strip()
    call_command(*words)
    link = capsys.readouterr().out.strip()
    assert link != first
    invitation = invitations.find_invitation(link.rstrip("/").rpartition("/")[2])
    accepting.accept_staff_invitation(link=invitation, name="Test Admin", password="plenty of words", by=actor(None))
    assert User.objects.get(role=Role.ADMINISTRATOR).email == "admin@example.org"
    for email in ("admin@example.org", "other@example.org"):
        with pytest.raises(CommandError):
            call_command("make_administrator", "--email", email, "--name", "x")
