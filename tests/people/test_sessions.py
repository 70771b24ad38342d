"""Sessions end after idleness, and what was typed while they ended comes back to the same person."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

import clinic.urls
from clinic.audit import clock
from clinic.audit.actor import SYSTEM
from clinic.audit.models import Event
from clinic.people.actions.signing_in import forget_old
from clinic.people.doors import SIGNED_IN, STAFF, opens_to
from clinic.people.middleware import address_of
from clinic.people.models import Role, SignInCode
from clinic.people.parking import parked_for
from tests.factories import a_clinic, a_user
from tests.people.codes import sign_in_by_code, sign_in_staff

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@opens_to(SIGNED_IN)
def story(request):
    """A form as rooms above have them: it shows what was typed."""
    typed = parked_for(request)
    return HttpResponse(f"{typed.dict() if typed else 'nothing'}")


@opens_to(STAFF)
def note(request):
    return HttpResponse(request.method)


urlpatterns = [
    path("story/", story),
    path("note/", note),
    *clinic.urls.urlpatterns,
]


@pytest.fixture(autouse=True)
def fresh(db):
    cache.clear()
    a_clinic()


@pytest.fixture
def patient():
    return a_user(email="alder@example.org")


def after(**time):
    return clock.at(clock.now() + timedelta(**time))


def typed(client, words="burning", **more):
    headers = {"HTTP_REFERER": "http://testserver/story/"}
    return client.post("/story/", {"words": words, "password": "hush", "csrfmiddlewaretoken": "x"}, **headers, **more)


def test_session_of_a_patient_lasts_twelve_hours_of_idleness(client, patient):
    client.force_login(patient)
    client.get("/story/")
    with after(hours=11):
        assert client.get("/story/").status_code == 200
    with after(hours=22):
        assert client.get("/story/").status_code == 200
    with after(hours=35):
        assert client.get("/story/").status_code == 302
    assert Event.objects.filter(verb="session.ended", actor_id=patient.pk, detail__why="idle").exists()


def test_session_of_staff_lasts_thirty_minutes_of_idleness(client):
    client.force_login(a_user(Role.DOCTOR))
    client.get("/note/")
    with after(minutes=29):
        assert client.get("/note/").status_code == 200
    with after(minutes=60):
        assert client.get("/note/").url == "/staff/sign-in/?next=%2Fnote%2F"


def test_session_of_staff_ends_for_pages_of_everybody_too(client):
    client.force_login(a_user(Role.DOCTOR))
    client.get("/note/")
    with after(minutes=31):
        client.get("/health/live")
    assert "_auth_user_id" not in client.session


def test_what_was_typed_comes_back_once(client, patient):
    client.force_login(patient)
    client.get("/story/")
    with after(hours=13):
        response = typed(client)
        assert response.url == "/sign-in/?next=%2Fstory%2F"
        assert b"What you typed is kept" in client.get(response.url).content
        assert sign_in_by_code(client, patient.email, after="/story/").url == "/story/"
        page = client.get("/story/").content.decode()
        assert page == "{'words': 'burning'}"
        assert client.get("/story/").content == b"nothing"


def test_what_was_typed_is_not_shown_to_somebody_else(client, patient):
    client.force_login(patient)
    client.get("/story/")
    other = a_user(email="birch@example.org")
    with after(hours=13):
        typed(client)
        sign_in_by_code(client, other.email)
        assert client.get("/story/").content == b"nothing"
        client.post("/sign-out/")
        sign_in_by_code(client, patient.email)
        assert client.get("/story/").content == b"nothing"


def test_what_was_typed_without_any_session_is_kept_in_this_browser(client, patient):
    typed(client)
    sign_in_by_code(client, patient.email)
    assert client.get("/story/").content == b"{'words': 'burning'}"


def test_what_was_typed_is_offered_by_a_page_that_has_no_form_for_it(client, patient):
    client.force_login(patient)
    client.get("/story/")
    with after(hours=13):
        client.post("/story/", {"words": "burning"}, HTTP_REFERER="http://testserver/desk/")
        sign_in_by_code(client, patient.email)
        page = client.get("/desk/").content.decode()
        assert 'name="words" value="burning"' in page
        assert 'action="/story/"' in page
        typed(client)
        assert "burning" not in client.get("/desk/").content.decode()


def test_what_was_typed_by_staff_survives_both_steps(client):
    doctor = a_user(Role.DOCTOR)
    client.force_login(doctor)
    client.get("/story/")
    with after(minutes=31):
        typed(client)
        sign_in_staff(client, doctor, after="/story/")
        assert client.get("/story/").content == b"{'words': 'burning'}"


def test_what_was_typed_too_much_or_too_often_is_not_kept(client, patient):
    typed(client, words="x" * 600_000)
    sign_in_by_code(client, patient.email)
    assert client.get("/story/").content == b"nothing"
    stranger = Client(REMOTE_ADDR="198.51.100.9")
    for _ in range(61):
        typed(stranger)
    late = Client(REMOTE_ADDR="198.51.100.9")
    typed(late)
    assert "parked" not in late.session


def test_a_script_is_told_to_take_the_whole_page_to_the_sign_in(client):
    for headers in ({"HTTP_HX_REQUEST": "true"}, {"HTTP_ACCEPT": "application/json"}):
        response = typed(client, **headers)
        assert response.status_code == 401
        assert response["HX-Redirect"] == "/sign-in/?next=%2Fstory%2F"


def old_page(client, **headers):
    return client.post("/story/", {"words": "burning", "csrfmiddlewaretoken": "old"}, **headers)


def test_an_old_page_keeps_what_was_typed_and_can_be_sent_again(patient):
    client = Client(enforce_csrf_checks=True)
    client.force_login(patient)
    response = old_page(client, HTTP_ORIGIN="http://testserver")
    assert response.status_code == 403
    page = response.content.decode()
    assert 'name="words" value="burning"' in page
    token = response.context["csrf_token"]
    again = client.post("/story/", {"words": "burning", "csrfmiddlewaretoken": str(token)})
    assert again.status_code == 200


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_a_page_elsewhere_gets_nothing_to_press(patient, origin):
    client = Client(enforce_csrf_checks=True)
    client.force_login(patient)
    page = old_page(client, HTTP_ORIGIN=origin).content.decode()
    assert "burning" not in page


def test_pages_of_signed_in_people_are_kept_out_of_caches(client, patient):
    client.force_login(patient)
    assert client.get("/story/")["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in Client().get("/health/live")


def test_sign_out_goes_back_to_the_right_door(client, patient):
    client.force_login(patient)
    assert client.post("/sign-out/").url == "/sign-in/"
    client.force_login(a_user(Role.DOCTOR))
    assert client.post("/sign-out/").url == "/staff/sign-in/"


def test_the_address_of_a_client_is_what_our_own_proxy_saw(settings):
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="203.0.113.1, 198.51.100.2", REMOTE_ADDR="192.0.2.1")
    assert address_of(request) == "192.0.2.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address_of(request) == "198.51.100.2"


def test_forget_old_removes_ended_sessions_and_codes_of_yesterday(client, patient):
    client.post("/sign-in/", {"email": patient.email})
    typed(client)
    forget_old(by=SYSTEM)
    assert SignInCode.objects.exists()
    with after(days=2):
        forget_old(by=SYSTEM)
    assert not SignInCode.objects.exists()
    assert not Session.objects.exists()
