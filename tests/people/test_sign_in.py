"""Signing in by a mailed code: it works, it is limited, and it never tells whether an address is known."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.audit import clock
from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.audit.models import Event
from clinic.people.actions import signing_in
from clinic.people.limits import LIMITS, TooMany, knock
from clinic.people.models import Role, SignInCode, User
from clinic.post.models import Message
from tests.factories import a_clinic, a_user
from tests.people.codes import ask, code_in_mail, newest_mail, sign_in_by_code

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN, STAFF, CLOSED = ("known@example.org", "other@example.org", "staff@example.org", "ended@example.org")


@pytest.fixture(autouse=True)
def people(db):
    cache.clear()
    a_clinic()
    a_user(email=KNOWN)
    a_user(Role.DOCTOR, email=STAFF)
    administrator = a_user(Role.ADMINISTRATOR)
    a_user(email=CLOSED, is_active=False, deactivated_at=clock.now(), deactivated_by=administrator)


def signed_in_as(client: Client) -> int | None:
    return int(client.session["_auth_user_id"]) if "_auth_user_id" in client.session else None


def test_sign_in_known_address(client):
    response = sign_in_by_code(client, KNOWN)
    assert response.url == "/"
    assert signed_in_as(client) == User.objects.get(email=KNOWN).pk


def test_sign_in_unknown_address_becomes_a_patient_in_the_language_of_the_page(client):
    client.cookies["django_language"] = "es"
    sign_in_by_code(client, UNKNOWN)
    user = User.objects.get(email=UNKNOWN)
    assert (user.role, user.language, user.has_usable_password()) == (Role.PATIENT, "es", False)
    assert not hasattr(user, "patient")
    assert newest_mail(UNKNOWN).language == "es"


def test_sign_in_is_case_blind(client):
    ask(client, "Known@Example.ORG")
    client.post("/sign-in/code/", {"code": code_in_mail(KNOWN)})
    assert signed_in_as(client) == User.objects.get(email=KNOWN).pk


def test_sign_in_staff_gets_no_code_but_the_way_to_the_staff_page(client):
    ask(client, STAFF)
    mail = newest_mail(STAFF)
    assert mail.kind == "sign_in_staff"
    assert not re.search(r"\d{6}", mail.body)
    assert "/staff/sign-in/" in mail.body


def without_tokens(response) -> bytes:
    return re.sub(rb'(csrfmiddlewaretoken" value="|x-csrftoken": ")[^"]+', b"", response.content)


@pytest.mark.parametrize("address", [UNKNOWN, STAFF, CLOSED])
def test_sign_in_does_not_tell_whether_an_address_is_known(address):
    answers = []
    for email in (KNOWN, address):
        client = Client()
        asked = ask(client, email)
        page = client.get("/sign-in/code/")
        wrong = client.post("/sign-in/code/", {"code": "no code"})
        words = [without_tokens(one).replace(email.encode(), b"") for one in (page, wrong)]
        mails = Message.objects.filter(to=email).count()
        answers.append((asked.status_code, asked.url, words, wrong.status_code, mails, SignInCode.objects.count()))
        SignInCode.objects.all().delete()
    assert answers[0] == answers[1]


@pytest.mark.parametrize("address", [UNKNOWN, STAFF, CLOSED])
def test_sign_in_costs_the_same_for_every_address(address):
    costs = []
    for email in (KNOWN, address):
        client = Client()
        client.get("/sign-in/")
        with CaptureQueriesContext(connection) as queries:
            ask(client, email)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_sign_in_code_of_staff_and_closed_people_opens_nothing(client):
    for email in (STAFF, CLOSED):
        ask(client, email)
        for code in ("000000", "", "123456"):
            client.post("/sign-in/code/", {"code": code})
        assert signed_in_as(client) is None


def test_sign_in_code_wrong_five_times_is_dead(client):
    ask(client, KNOWN)
    right = code_in_mail(KNOWN)
    wrong = "000000" if right != "000000" else "111111"
    for left in (4, 3, 2, 1):
        assert f"{left} more time".encode() in client.post("/sign-in/code/", {"code": wrong}).content
    assert b"ask for a new one" in client.post("/sign-in/code/", {"code": wrong}).content
    assert b"ask for a new one" in client.post("/sign-in/code/", {"code": right}).content
    assert signed_in_as(client) is None
    assert Event.objects.filter(verb="code.refused").count() == 6


def test_sign_in_code_dies_after_ten_minutes(client):
    ask(client, KNOWN)
    with clock.at(clock.now() + timedelta(minutes=11)):
        response = client.post("/sign-in/code/", {"code": code_in_mail(KNOWN)})
    assert response.status_code == 422
    assert signed_in_as(client) is None


def test_sign_in_code_works_once_and_only_in_its_browser(client):
    ask(client, KNOWN)
    code = code_in_mail(KNOWN)
    stranger = Client()
    assert stranger.post("/sign-in/code/", {"code": code}).url == "/sign-in/"
    asked = SignInCode.objects.get()
    client.post("/sign-in/code/", {"code": code})
    asked.refresh_from_db()
    assert asked.used_at
    with pytest.raises(Refused):
        signing_in.enter_code(asked=asked, code=code, by=Actor())


@pytest.mark.parametrize("since", [{"role": Role.DOCTOR}, {"is_active": False}])
def test_sign_in_code_opens_nothing_to_who_has_become_staff_or_was_closed_since(client, since):
    ask(client, KNOWN)
    User.objects.filter(email=KNOWN).update(**since)
    assert client.post("/sign-in/code/", {"code": code_in_mail(KNOWN)}).status_code == 422
    assert signed_in_as(client) is None


def test_resend_code_makes_the_earlier_one_useless(client):
    ask(client, KNOWN)
    earlier = code_in_mail(KNOWN)
    client.post("/sign-in/code/again/")
    newer = code_in_mail(KNOWN)
    if earlier != newer:
        assert client.post("/sign-in/code/", {"code": earlier}).status_code == 422
    assert client.post("/sign-in/code/", {"code": f" {newer[:3]} {newer[3:]} "}).url == "/"


@pytest.mark.parametrize("address", [KNOWN, UNKNOWN, STAFF])
def test_sign_in_is_limited_by_address(address):
    for _ in range(5):
        assert ask(Client(), address).status_code == 302
    response = ask(Client(), address)
    assert response.status_code == 429
    assert Message.objects.filter(to=address).count() == 5


def test_sign_in_is_limited_by_ip(client):
    for n in range(30):
        assert ask(client, f"p{n}@example.org").status_code == 302
    assert ask(client, "one-more@example.org").status_code == 429
    assert Client(REMOTE_ADDR="198.51.100.7").post("/sign-in/", {"email": "x@example.org"}).status_code == 302


def test_who_knock_at_the_same_moment_are_each_counted():
    who = uuid.uuid4()

    def let_in(_attempt: int) -> bool:
        try:
            knock("code_to_address", who)
        except TooMany:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(let_in, range(16))) == LIMITS["code_to_address"][0]


def test_sign_in_goes_on_where_somebody_wanted_to_go_and_never_elsewhere(client):
    assert sign_in_by_code(client, KNOWN, after="/language/").url == "/language/"
    client.post("/sign-out/")
    for target in ("https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "no-address", "%00"):
        assert sign_in_by_code(client, KNOWN, after=target).url == "/"
        cache.clear()
        client.post("/sign-out/")


@pytest.mark.parametrize("address", ["/sign-in/", "/language/"])
def test_a_place_to_go_that_is_no_address_leads_to_the_front_page(client, address):
    sign_in_by_code(client, KNOWN)
    assert client.post(address, {"next": "-1", "language": "es"}).url == "/"


def test_an_address_with_a_character_that_no_address_has_is_not_found(client):
    sign_in_by_code(client, KNOWN)
    assert client.get("/cases/a%00b/").status_code == 404


@pytest.mark.parametrize("location", ["", "abc", "1\x00", "9" * 5000, "-1"])
def test_begin_at_a_place_that_is_none_is_not_found(client, location):
    sign_in_by_code(client, KNOWN)
    assert client.post("/begin", {"location": location}).status_code == 404


def test_sign_in_events_hold_no_address(client):
    sign_in_by_code(client, UNKNOWN)
    assert "example.org" not in str(list(Event.objects.values()))
    assert Event.objects.filter(verb="session.began", actor_id=User.objects.get(email=UNKNOWN).pk).exists()


def test_demo_sign_in_is_not_there_without_the_demo(client):
    assert client.post(f"/demo/sign-in/{User.objects.get(email=STAFF).pk}/").status_code == 404
    assert client.get("/outbox/").status_code == 404


def test_demo_sign_in_and_outbox(client, settings):
    settings.DEMO = True
    ask(client, KNOWN)
    assert code_in_mail(KNOWN).encode() in client.get("/outbox/").content
    page = client.get("/sign-in/").content.decode()
    doctor = User.objects.get(email=STAFF)
    assert doctor.name in page
    client.post(f"/demo/sign-in/{doctor.pk}/")
    assert signed_in_as(client) == doctor.pk


def test_set_language_stays_on_the_page_and_is_kept(client):
    response = client.post("/language/", {"language": "es", "next": "/sign-in/?next=/x"})
    assert response.url == "/sign-in/?next=/x"
    assert b'lang="es"' in client.get("/sign-in/").content
    sign_in_by_code(client, UNKNOWN)
    assert User.objects.get(email=UNKNOWN).language == "es"


def test_set_language_of_a_signed_in_person_wins_until_they_switch(client):
    User.objects.filter(email=KNOWN).update(language="es")
    sign_in_by_code(client, KNOWN)
    assert client.get("/desk/").headers["Content-Language"] == "es"
    client.post("/language/", {"language": "en", "next": "/desk/"})
    assert client.get("/desk/").headers["Content-Language"] == "en"
    assert User.objects.get(email=KNOWN).language == "en"
    client.post("/language/", {"language": "xx", "next": "/desk/"})
    assert User.objects.get(email=KNOWN).language == "en"
