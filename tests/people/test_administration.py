"""The administrator's pages and verbs: what changes, what is refused, who is told."""

import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.people.actions import administration as actions
from clinic.people.models import Clinic, Location, PrivateLink, Role, User
from clinic.post.models import Message
from clinic.record.actions import claim
from tests.factories import a_case, a_location, a_user, actor
from tests.people.signed_in import as_role

pytestmark = pytest.mark.django_db


def picture(form: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    content = BytesIO()
    Image.new("RGB", size).save(content, form)
    return content.getvalue()


def bomb() -> bytes:
    """A small PNG that says it is 60,000 pixels each way."""
    content = bytearray(picture())
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


@pytest.fixture
def administrator():
    return as_role(Role.ADMINISTRATOR)


def test_clinic_is_changed_and_stands_on_the_next_page(administrator):
    client, user = administrator
    said = {"name": "Test Cedar Clinic", "phone": "555 0199", "emergency_phone": "911", "alert_email": ""}
    page = client.post(reverse("people:clinic"), said, follow=True).content.decode()
    assert "Test Cedar Clinic" in page
    event = Event.objects.get(verb="clinic.changed")
    assert (event.actor_id, event.detail) == (user.pk, {"fields": ["name", "phone"]})


def test_clinic_can_be_named_when_there_is_none_yet():
    by = actor(a_user(Role.ADMINISTRATOR))
    actions.change_clinic(by=by, name="Test First", phone="555 0100", emergency_phone="911", alert_email="")
    assert Clinic.current().name == "Test First"


@pytest.mark.parametrize(("form", "kind"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_change_logo_and_remove_logo(administrator, client, form, kind):
    signed_in, _user = administrator
    content = picture(form)
    signed_in.post(reverse("people:change_logo"), {"logo": SimpleUploadedFile("anything.txt", content)})
    served = client.get(reverse("people:logo"))
    assert (served.content, served.headers["Content-Type"]) == (content, kind)
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(reverse("people:logo"), headers={"if-none-match": served.headers["ETag"]}).status_code == 304
    signed_in.post(reverse("people:remove_logo"))
    assert client.get(reverse("people:logo")).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a PNG or JPEG"),
        (b"", "empty"),
        (picture("GIF"), "not a PNG or JPEG"),
        (picture()[:30], "not a PNG or JPEG"),
        (picture(size=(2001, 10)), "2000 pixels"),
        (picture() + b"\0" * 1024 * 1024, "larger than 1 MB"),
        (bomb(), "PNG or JPEG"),
    ],
    ids=["svg", "empty", "gif", "cut short", "too wide", "too large", "bomb"],
)
def test_change_logo_judges_a_picture_by_what_is_in_it(administrator, content, words):
    client, _user = administrator
    answer = client.post(reverse("people:change_logo"), {"logo": SimpleUploadedFile("logo.png", content, "image/png")})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Clinic.objects.get().logo


def test_add_location_and_change_location(administrator):
    client, _user = administrator
    said = {"name": "Harbor", "address": "3 Harbor Road", "phone": "555 0102", "time_zone": "America/Denver"}
    client.post(reverse("people:add_location"), said)
    harbor = Location.objects.get()
    client.post(reverse("people:change_location", args=[harbor.pk]), said | {"name": "Old Harbor"})
    harbor.refresh_from_db()
    assert (harbor.name, harbor.time_zone) == ("Old Harbor", "America/Denver")
    assert Event.objects.get(verb="location.changed").detail == {"fields": ["name"]}


@pytest.mark.parametrize("wrong", [{"time_zone": "Mars/Olympus"}, {"name": ""}, {"name": "Main Street"}])
def test_add_location_refuses_what_cannot_be(administrator, wrong):
    client, _user = administrator
    a_location("Main Street")
    said = {"name": "Harbor", "phone": "555 0102", "time_zone": "America/Denver"}
    assert client.post(reverse("people:add_location"), said | wrong).status_code == 422
    assert Location.objects.count() == 1


def test_close_location_keeps_one_open(administrator):
    client, _user = administrator
    only = a_location("Main Street")
    page = client.post(reverse("people:close_location", args=[only.pk]), follow=True).content.decode()
    assert "only location that is open" in page
    a_location("Harbor")
    client.post(reverse("people:close_location", args=[only.pk]))
    only.refresh_from_db()
    assert not only.active
    client.post(reverse("people:reopen_location", args=[only.pk]))
    only.refresh_from_db()
    assert only.active


def test_invite_staff_resend_and_revoke(administrator):
    client, _user = administrator
    said = {"name": "Dr. Test Oak", "email": "Oak@Example.org", "role": "doctor"}
    client.post(reverse("people:invite_staff"), said)
    first = PrivateLink.objects.get()
    assert Message.objects.get().to == "oak@example.org"
    assert "Dr. Test Oak" in client.get(reverse("people:staff")).content.decode()
    client.post(reverse("people:resend_staff_invitation", args=[first.pk]))
    second = PrivateLink.objects.waiting().get()
    assert second.pk != first.pk
    client.post(reverse("people:revoke_staff_invitation", args=[second.pk]))
    assert not PrivateLink.objects.waiting().exists()


def test_invite_staff_invites_no_patient(administrator):
    client, _user = administrator
    said = {"name": "Test Oak", "email": "oak@example.org", "role": "patient"}
    assert client.post(reverse("people:invite_staff"), said).status_code == 422


def test_change_staff_tells_both_addresses(administrator):
    client, _user = administrator
    doctor = a_user(Role.DOCTOR)
    old = doctor.email
    client.post(reverse("people:change_staff", args=[doctor.pk]), {"name": doctor.name, "email": "new@example.org"})
    doctor.refresh_from_db()
    assert doctor.email == "new@example.org"
    assert sorted(Message.objects.values_list("to", flat=True)) == sorted([old, "new@example.org"])


def test_change_staff_takes_nobody_elses_address(administrator):
    client, user = administrator
    doctor = a_user(Role.DOCTOR)
    answer = client.post(reverse("people:change_staff", args=[doctor.pk]), {"name": "X", "email": user.email})
    assert "Somebody else signs in with this address" in answer.content.decode()


def test_change_staff_is_not_for_patients(administrator):
    client, _user = administrator
    assert client.get(reverse("people:change_staff", args=[a_user().pk])).status_code == 404


def test_change_role(administrator):
    client, user = administrator
    doctor = a_user(Role.DOCTOR)
    client.post(reverse("people:change_role", args=[doctor.pk]), {"role": "coordinator"})
    doctor.refresh_from_db()
    assert doctor.role == Role.COORDINATOR
    client.post(reverse("people:change_role", args=[user.pk]), {"role": "editor"})
    user.refresh_from_db()
    assert user.role == Role.ADMINISTRATOR


def test_a_doctor_with_cases_stays_clinical():
    doctor, by = a_user(Role.DOCTOR), actor(a_user(Role.ADMINISTRATOR))
    claim(case=a_case(), by=actor(doctor))
    with pytest.raises(Refused, match="cases"):
        actions.change_role(user=doctor, role=Role.EDITOR, by=by)


def test_reset_second_factor_needs_a_reason_and_tells_them(administrator):
    client, _user = administrator
    doctor = a_user(Role.DOCTOR)
    url = reverse("people:reset_second_factor", args=[doctor.pk])
    assert client.post(url, {"reason": "  "}).status_code == 422
    assert doctor.authenticator_set.exists()
    client.post(url, {"reason": "stood at my desk"})
    assert not doctor.authenticator_set.exists()
    assert Message.objects.get().to == doctor.email
    assert Event.objects.get(verb="staff.second_factor_reset").detail["reason"] == "stood at my desk"


def test_deactivate_staff_hands_over_their_cases(administrator):
    client, user = administrator
    doctor, colleague, other = a_user(Role.DOCTOR), a_user(Role.DOCTOR), a_user(Role.COORDINATOR)
    case = a_case()
    claim(case=case, by=actor(doctor))
    url = reverse("people:deactivate_staff", args=[doctor.pk])
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"colleague": other.pk}).status_code == 422
    client.post(url, {"colleague": colleague.pk})
    doctor.refresh_from_db()
    case.refresh_from_db()
    assert (doctor.is_active, doctor.deactivated_by, case.claimed_by) == (False, user, colleague)
    event = Event.objects.get(verb="staff.deactivated")
    assert event.patient_ids == [case.patient_id]
    assert event.detail == {"to": colleague.pk, "cases": 1}


def test_deactivate_staff_gives_cases_back_where_nobody_is_left(administrator):
    client, _user = administrator
    doctor, case = a_user(Role.DOCTOR), a_case()
    claim(case=case, by=actor(doctor))
    client.post(reverse("people:deactivate_staff", args=[doctor.pk]))
    case.refresh_from_db()
    assert (case.claimed_by, case.claimed_at) == (None, None)


def test_deactivate_staff_signs_them_out_at_once(administrator):
    client, _user = administrator
    theirs, doctor = as_role(Role.DOCTOR)
    assert theirs.get(reverse("people:patients")).status_code == 200
    client.post(reverse("people:deactivate_staff", args=[doctor.pk]))
    assert theirs.get(reverse("people:patients")).status_code == 302
    client.post(reverse("people:reactivate_staff", args=[doctor.pk]))
    doctor.refresh_from_db()
    assert doctor.is_active


def test_nobody_closes_their_own_sign_in():
    administrator = a_user(Role.ADMINISTRATOR)
    a_user(Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="your own"):
        actions.deactivate(user=administrator, by=actor(administrator))


@pytest.mark.parametrize("verb", ["deactivate", "change_role"])
def test_the_last_administrator_stays(verb):
    last, by = a_user(Role.ADMINISTRATOR), actor(a_user(Role.DOCTOR))
    a_user(Role.ADMINISTRATOR, is_active=False)
    words = {"role": Role.EDITOR} if verb == "change_role" else {}
    with pytest.raises(Refused, match="last administrator"):
        getattr(actions, verb)(user=last, by=by, **words)
    assert User.objects.get(pk=last.pk).role == Role.ADMINISTRATOR
