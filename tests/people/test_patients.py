"""The register: what staff see and may do, what is refused, and what the log keeps of it."""

from datetime import date

import pytest
from django.urls import reverse

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.people.actions import patients as actions
from clinic.people.models import Access, Patient, PrivateLink, Role
from clinic.post.models import Message
from tests.factories import a_case, a_location, a_patient, a_user, actor
from tests.people.signed_in import as_role, as_user

pytestmark = pytest.mark.django_db


def typed(**changes):
    said = {
        "given_name": "Test Patient",
        "family_name": "Birch",
        "birth_date": "1970-03-14",
        "phone": "(617) 555-0142",
        "email": "Birch@Example.org",
        "language": "en",
        "interpreter": "",
        "home_location": a_location().pk,
    }
    return said | changes


def last_event(verb: str) -> Event:
    return Event.objects.filter(verb=verb).latest("id")


def test_patients_is_searched_and_names_whom_it_showed_in_the_log():
    client, user = as_role()
    found, other = a_patient(family_name="García"), a_patient(family_name="Alder")
    page = client.get(reverse("people:patients"), {"q": "garcia"}).content.decode()
    assert found.reference in page
    assert other.reference not in page
    event = last_event("patients.listed")
    assert (event.actor_id, event.patient_ids) == (user.pk, [found.pk])


@pytest.mark.parametrize("page", ["invite_patient", "invite_carer"])
def test_inviting_shows_a_patient_and_leaves_an_event(page):
    client, user = as_role()
    patient = a_patient()
    assert client.get(reverse(f"people:{page}", args=[patient.reference])).status_code == 200
    event = last_event("patient.opened")
    assert (event.actor_id, event.patient_ids) == (user.pk, [patient.pk])


def test_patients_gives_only_the_rows_while_one_types():
    client, _user = as_role()
    a_patient()
    rows = client.get(reverse("people:patients"), headers={"hx-request": "true"}).content.decode()
    assert "<table" in rows
    assert "<html" not in rows


def test_patients_keeps_the_chosen_location_and_says_what_it_leaves_out():
    client, _user = as_role()
    here, there = a_patient(home_location=a_location("Harbor")), a_patient()
    client.get(reverse("people:patients"), {"location": here.home_location_id})
    page = client.get(reverse("people:patients")).content.decode()
    assert here.reference in page
    assert there.reference not in page
    assert "1 at other locations" in page
    assert there.reference in client.get(reverse("people:patients"), {"location": ""}).content.decode()


def test_patients_pages_through_a_long_list_without_gap_or_overlap():
    client, _user = as_role()
    everybody = {a_patient().reference for _ in range(101)}
    url, seen = reverse("people:patients"), []
    while url:
        page = client.get(url).context["page"]
        seen += [row.reference for row in page.rows]
        url = page.older_url and reverse("people:patients") + page.older_url
    assert len(seen) == 101
    assert set(seen) == everybody
    back = client.get(reverse("people:patients") + page.newer_url).context["page"]
    assert [row.reference for row in back.rows] == seen[50:100]


@pytest.mark.parametrize("place", ["abc", "-1", "9" * 30, "²"])
def test_patients_does_not_stumble_over_a_made_up_place(place):
    client, _user = as_role()
    assert client.get(reverse("people:patients"), {"before": place, "location": place}).status_code == 200


@pytest.mark.parametrize("role", [Role.PATIENT, Role.ADMINISTRATOR, Role.EDITOR])
def test_patient_is_not_found_for_who_is_not_clinical(role):
    client, _user = as_role(role)
    assert client.get(reverse("people:patient", args=[a_patient().reference])).status_code == 404


def test_patient_leaves_an_event_and_shows_ties():
    client, _user = as_role()
    person = a_patient()
    case = a_case(person, by=a_user())
    Access.objects.create(
        patient=person, user=a_user(name="Test Carer"), relation="daughter", granted_by=a_user(Role.DOCTOR)
    )
    page = client.get(reverse("people:patient", args=[person.reference])).content.decode()
    assert case.reference in page
    assert "Test Carer" in page
    assert last_event("patient.opened").patient_ids == [person.pk]


def test_add_patient_enters_somebody_who_is_recognised_at_once():
    client, user = as_role()
    answer = client.post(reverse("people:add_patient"), typed())
    person = Patient.objects.get()
    assert answer.headers["Location"] == reverse("people:patient", args=[person.reference])
    assert (person.email, person.matched_by, person.created_by) == ("birch@example.org", user, user)
    assert person.interpreter is None
    assert last_event("patient.added").patient_ids == [person.pk]


def test_add_patient_shows_who_is_alike_and_needs_a_reason():
    client, _user = as_role()
    twin = a_patient(family_name="Birch", birth_date=date(1970, 3, 14))
    answer = client.post(reverse("people:add_patient"), typed())
    assert answer.status_code == 422
    assert twin.reference in answer.content.decode()
    assert "(617) 555-0142" in answer.content.decode()  # what was typed is still there
    assert Patient.objects.count() == 1
    client.post(reverse("people:add_patient"), typed(reason="Twins, both stood here"))
    assert Patient.objects.count() == 2
    assert last_event("patient.added").detail == {"alike": [twin.pk], "reason": "Twins, both stood here"}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("birth_date", "2999-01-01", "in the future"),
        ("birth_date", "0206-01-01", "before 1900"),
        ("birth_date", "1970-02-31", "valid date"),
        ("phone", "12", "7 to 15 digits"),
        ("family_name", "", "Give the family name."),
        ("family_name", "x" * 100_000, "at most 100"),
        ("given_name", "a\x00b", "Null characters"),
        ("home_location", "0", "valid choice"),
    ],
)
def test_add_patient_refuses_nonsense_and_loses_nothing(field, value, words):
    client, _user = as_role()
    answer = client.post(reverse("people:add_patient"), typed(**{field: value}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "birch@example.org" in answer.content.decode().lower()
    assert not Patient.objects.exists()


@pytest.mark.parametrize("name", ["Ñandú Ünal", "王小明", "🙂", "O'Brien-Ó"])
def test_add_patient_takes_names_in_any_script(name):
    client, _user = as_role()
    client.post(reverse("people:add_patient"), typed(family_name=name))
    assert Patient.objects.get().family_name == name


def test_change_patient_keeps_which_fields_changed_and_not_what_stood_there():
    client, _user = as_role()
    person = a_patient(family_name="Alder", phone="617 555 0100")
    client.post(reverse("people:change_patient", args=[person.reference]), typed(family_name="Alder"))
    event = last_event("patient.changed")
    assert "phone" in event.detail["fields"]
    assert "family_name" not in event.detail["fields"]
    assert "555" not in str(event.detail)


def test_change_patient_writes_nothing_when_nothing_changed():
    person = a_patient()
    by = actor(a_user(Role.COORDINATOR))
    assert actions.change_patient(patient=person, by=by, phone=person.phone) == []
    assert not Event.objects.filter(verb="patient.changed").exists()


def test_to_match_shows_who_began_alone_beside_who_it_may_be():
    client, _user = as_role()
    known = a_patient(family_name="Alder", matched_at="2026-06-01T12:00Z", matched_by=a_user(Role.COORDINATOR))
    newcomer = a_patient(a_user(), given_name="Test Pat.", family_name="Alder")
    listed = client.get(reverse("people:to_match")).context["people"]
    assert [(one["patient"], one["alike"]) for one in listed] == [(newcomer, [known])]
    assert last_event("patients.compared").patient_ids == sorted([known.pk, newcomer.pk])


def test_confirm_patient_takes_them_off_the_list():
    client, user = as_role()
    newcomer = a_patient(a_user())
    client.post(reverse("people:confirm_patient", args=[newcomer.reference]))
    newcomer.refresh_from_db()
    assert newcomer.matched_by == user
    assert not Patient.objects.to_match().exists()


def test_invite_patient_mails_and_needs_a_birth_date():
    client, _user = as_role()
    person = a_patient(birth_date=None)
    url = reverse("people:invite_patient", args=[person.reference])
    assert "Add the birth date first" in client.post(url, {"email": "a@example.org"}).content.decode()
    actions.change_patient(patient=person, by=actor(a_user(Role.COORDINATOR)), birth_date=date(1970, 3, 14))
    assert client.post(url, {"email": "a@example.org"}).status_code == 302
    assert Message.objects.get().to == "a@example.org"


def test_resend_and_revoke_invitation_leave_one_link_or_none():
    client, _user = as_role()
    person = a_patient()
    client.post(reverse("people:invite_patient", args=[person.reference]), {"email": "a@example.org"})
    first = PrivateLink.objects.get()
    client.post(reverse("people:resend_invitation", args=[person.reference, first.pk]))
    second = PrivateLink.objects.waiting().get()
    assert second.pk != first.pk
    client.post(reverse("people:revoke_invitation", args=[person.reference, second.pk]))
    assert not PrivateLink.objects.waiting().exists()


def test_an_invitation_of_another_patient_is_not_found():
    client, _user = as_role()
    person, other = a_patient(), a_patient()
    client.post(reverse("people:invite_patient", args=[person.reference]), {"email": "a@example.org"})
    link = PrivateLink.objects.get()
    assert client.post(reverse("people:revoke_invitation", args=[other.reference, link.pk])).status_code == 404
    assert PrivateLink.objects.waiting().exists()


def test_invite_carer_and_end_access():
    client, user = as_role()
    person, carer = a_patient(), a_user()
    said = {"name": "Test Carer", "relation": "daughter", "email": "c@example.org"}
    client.post(reverse("people:invite_carer", args=[person.reference]), said)
    assert PrivateLink.objects.get().relation == "daughter"
    access = Access.objects.create(patient=person, user=carer, relation="daughter", granted_by=user)
    client.post(reverse("people:end_access", args=[person.reference, access.pk]))
    access.refresh_from_db()
    assert access.ended_by == user
    assert not Patient.objects.visible_to(carer).exists()


def test_make_desk_code_shows_it_once_and_keeps_only_its_hash():
    client, _user = as_role()
    answer = client.post(reverse("people:make_desk_code", args=[a_patient().reference]))
    code = "".join(answer.context["halves"])
    assert code.isdigit()
    assert "no-store" in answer.headers["Cache-Control"]
    assert code not in str(PrivateLink.objects.values().get())


def test_closed_staff_see_nothing_more():
    client, user = as_role()
    user.is_active = False
    user.save()
    assert client.get(reverse("people:patients")).status_code == 302


def test_a_carer_sees_who_they_act_for_and_nobody_else():
    carer, person = a_user(), a_patient()
    a_patient()
    Access.objects.create(patient=person, user=carer, relation="son", granted_by=a_user(Role.DOCTOR))
    assert list(Patient.objects.visible_to(carer)) == [person]
    assert as_user(carer).get(reverse("people:patient", args=[person.reference])).status_code == 404


def test_add_patient_action_refuses_without_reason():
    person = a_patient(email="x@example.org")
    with pytest.raises(Refused):
        actions.add_patient(
            by=actor(a_user(Role.COORDINATOR)),
            family_name="Other",
            email="x@example.org",
            home_location=person.home_location,
        )


def test_change_sign_in_tells_both_addresses_and_ends_open_sessions():
    owner = a_user()
    theirs, patient = as_user(owner), a_patient(owner)
    staff, _user = as_role()
    old = owner.email
    staff.post(reverse("people:change_sign_in", args=[patient.reference]), {"email": "New.Address@Example.org"})
    owner.refresh_from_db()
    assert owner.email == "new.address@example.org"
    assert {mail.to for mail in Message.objects.filter(kind="address_changed")} == {old, owner.email}
    assert last_event("patient.sign_in_changed").detail == {}
    assert theirs.get(reverse("people:who_looked")).status_code == 302


def test_change_sign_in_refuses_an_address_that_somebody_else_uses():
    owner, other = a_user(), a_user()
    patient = a_patient(owner)
    with pytest.raises(Refused):
        actions.change_sign_in_address(patient=patient, email=other.email, by=actor(a_user(Role.DOCTOR)))
    with pytest.raises(Refused):
        actions.change_sign_in_address(patient=a_patient(), email="a@example.org", by=actor(a_user(Role.DOCTOR)))
