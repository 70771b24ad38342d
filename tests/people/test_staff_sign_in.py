"""Staff sign in with a password and a second factor, without which they see nothing."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from clinic.audit.models import Event
from clinic.people.actions.signing_in import confirm_identity
from clinic.people.limits import TooMany
from clinic.people.models import Role, User
from clinic.post.models import Message
from tests.factories import SECOND_FACTOR_KEY, a_clinic, a_user, actor
from tests.people.codes import app_code, newest_mail, path_in_mail, sign_in_staff

pytestmark = pytest.mark.django_db
PASSWORD = "a password for tests"


@pytest.fixture(autouse=True)
def fresh(db):
    cache.clear()
    a_clinic()


@pytest.fixture
def doctor() -> User:
    return a_user(Role.DOCTOR)


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def password_only(client, user, password=PASSWORD):
    return client.post("/staff/sign-in/", {"login": user.email, "password": password})


def test_sign_in_needs_both(client, doctor):
    assert password_only(client, doctor).url == "/staff/sign-in/second-step/"
    assert not signed_in(client)
    assert client.post("/staff/sign-in/second-step/", {"code": "000000"}).status_code == 200
    assert not signed_in(client)
    client.post("/staff/sign-in/second-step/", {"code": app_code()})
    assert signed_in(client)
    assert Event.objects.filter(verb="session.began", actor_id=doctor.pk).exists()


def test_sign_in_takes_an_app_code_once(client, doctor):
    sign_in_staff(client, doctor)
    client.post("/sign-out/")
    sign_in_staff(client, doctor)
    assert not signed_in(client)


def test_sign_in_answers_the_same_for_every_wrong_pair(client, doctor):
    closed = a_user(Role.DOCTOR, is_active=False)
    patient = a_user(Role.PATIENT)
    pages = set()
    for email, password in (
        (doctor.email, "wrong"),
        (patient.email, "wrong"),
        ("nobody@example.org", "wrong"),
    ):
        page = client.post("/staff/sign-in/", {"login": email, "password": password})
        pages.add(b"not correct" in page.content)
    assert pages == {True}
    client.post("/staff/sign-in/", {"login": closed.email, "password": PASSWORD}, follow=True)
    assert not signed_in(client)
    assert Event.objects.filter(verb="session.refused").exists()


def test_sign_in_is_limited(client, doctor):
    for _ in range(12):
        password_only(client, doctor, "wrong")
    password_only(client, doctor)
    client.post("/staff/sign-in/second-step/", {"code": app_code()})
    assert not signed_in(client)


SET_UP = ["/staff/second-step/", "/staff/second-step/passkeys/", "/staff/confirm/"]


def test_second_factor_is_set_up_before_anything_else(client):
    doctor = a_user(Role.DOCTOR, second_factor=False)
    password_only(client, doctor)
    assert signed_in(client)
    for page in ("/patients/", "/staff/second-step/app/remove/"):
        assert client.get(page).url == "/staff/second-step/"
    for page in SET_UP:
        assert client.get(page).status_code == 200
    client.post("/sign-out/")
    assert not signed_in(client)


def test_second_factor_of_recovery_codes_alone_is_not_enough(client):
    doctor = a_user(Role.DOCTOR, second_factor=False)
    Authenticator.objects.create(user=doctor, type="recovery_codes", data={})
    client.force_login(doctor)
    assert client.get("/patients/").url == "/staff/second-step/"


def test_second_factor_is_not_asked_of_the_demo(client, settings):
    settings.DEMO = True
    client.force_login(a_user(Role.COORDINATOR, second_factor=False))
    assert client.get("/patients/").status_code == 200


def test_second_factor_set_up_with_the_app_gives_recovery_codes(client, django_capture_on_commit_callbacks):
    doctor = a_user(Role.DOCTOR, second_factor=False)
    password_only(client, doctor)
    client.get("/staff/second-step/app/")
    client.post("/staff/confirm/?next=/staff/second-step/app/", {"password": PASSWORD})
    page = client.get("/staff/second-step/app/")
    key = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/staff/second-step/app/", {"code": app_code(key)})
    assert response.url == "/staff/second-step/codes/"
    assert len(client.get(response.url).context["unused_codes"]) == 10
    app = Authenticator.objects.get(user=doctor, type="totp")
    assert key not in str(app.data)
    assert newest_mail(doctor.email).kind == "sign_in_changed"
    assert Event.objects.filter(verb="user.sign_in_changed", object_id=str(doctor.pk)).exists()


def test_second_factor_pages_are_for_staff(client):
    client.force_login(a_user(Role.PATIENT))
    assert client.get("/staff/second-step/").status_code == 404


def test_other_pages_of_allauth_are_not_there(client):
    for page in ("/accounts/signup/", "/staff/signup/", "/staff/email/", "/staff/logout/", "/accounts/login/"):
        assert client.get(page).status_code == 404


def test_password_reset_changes_it_and_keeps_the_second_factor(client, doctor):
    client.post("/staff/password/", {"email": doctor.email})
    page = client.get(path_in_mail(doctor.email), follow=True)
    new = {"password1": "quite another password", "password2": "quite another password"}
    client.post(page.request["PATH_INFO"], new)
    doctor.refresh_from_db()
    assert doctor.check_password("quite another password")
    assert password_only(client, doctor, "quite another password").url == "/staff/sign-in/second-step/"
    assert Event.objects.filter(verb="user.password_changed").exists()


def test_password_reset_does_not_tell_whether_an_address_is_known(client, doctor):
    patient = a_user(Role.PATIENT)
    answers = set()
    for email in (doctor.email, patient.email, "nobody@example.org"):
        response = client.post("/staff/password/", {"email": email})
        answers.add((response.status_code, response.url, Message.objects.filter(to=email).count()))
    assert len(answers) == 1
    assert newest_mail(patient.email).kind == "password_reset_unknown"


def test_confirm_identity_by_password_app_or_recovery_code(doctor):
    by = actor(doctor)
    assert confirm_identity(user=doctor, secret=PASSWORD, by=by)
    assert confirm_identity(user=doctor, secret=f" {app_code()[:3]} {app_code()[3:]}", by=by)
    assert not confirm_identity(user=doctor, secret=app_code(), by=by)
    for wrong in ("", " ", "wrong", app_code(steps=20)):
        assert not confirm_identity(user=doctor, secret=wrong, by=by)
    verbs = list(Event.objects.filter(actor_id=doctor.pk).order_by("id").values_list("verb", flat=True))
    assert verbs == ["identity.confirmed"] * 2 + ["identity.refused"] * 5


def test_confirm_identity_takes_a_recovery_code_once(client, doctor):
    client.force_login(doctor)
    client.post("/staff/confirm/", {"password": PASSWORD})
    client.post("/staff/second-step/codes/new/")
    code = client.get("/staff/second-step/codes/").context["unused_codes"][0]
    assert confirm_identity(user=doctor, secret=code, by=actor(doctor))
    assert not confirm_identity(user=doctor, secret=code, by=actor(doctor))


def test_confirm_identity_is_limited(doctor):
    by = actor(doctor)
    for _ in range(10):
        confirm_identity(user=doctor, secret="wrong", by=by)
    with pytest.raises(TooMany):
        confirm_identity(user=doctor, secret=PASSWORD, by=by)


def test_app_key_is_kept_encrypted(doctor):
    assert SECOND_FACTOR_KEY not in str(doctor.authenticator_set.get().data)
