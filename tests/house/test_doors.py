"""Every door is locked: all URLs, with every role and with a stranger, against the table of who may open what."""

import re
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from clinic.people.doors import SIGNED_IN
from clinic.people.models import Role
from clinic.record.actions import open_case
from tests.factories import a_clinic, a_patient, a_user, actor
from tests.house.doors import CMS, DOORS, WRITERS

WHO = ["stranger", *Role.values]


def patterns(
    resolver: URLResolver | None = None, prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str, object]]:
    """(name, path, view) of every URL that the project answers."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from patterns(entry, path, space + inner)
        elif isinstance(entry, URLPattern):
            yield space + (entry.name or ""), path, entry.callback


EVERY = sorted({(name, path): view for name, path, view in patterns()}.items(), key=lambda item: item[0])
ALL = [item for item in EVERY if not item[0][1].startswith(CMS)]
SCREENS = [item for item in EVERY if item[0][1].startswith(CMS)]


def address(path: str, reference: str) -> str:
    """A URL of the pattern; words that name a record name one that this person may not read."""
    path = re.sub(r"\(\?P<\w+>[^)]*\)|[\^$]", "x", path) if path.startswith("^") or "(?P" in path else path
    filled = re.sub(r"<uuid:\w+>", str(uuid.uuid4()), path)
    filled = re.sub(r"<int:\w+>", "999999", filled)
    filled = re.sub(r"<section:\w+>", "pain", filled)
    filled = re.sub(r"<list:\w+>", "therapies", filled)
    return "/" + re.sub(r"<(?:\w+:)?\w+>", reference, filled).replace("\\Z", "")


def test_the_table_names_every_url_and_no_other():
    assert {name for (name, _), _ in ALL} == set(DOORS)


@pytest.mark.parametrize(("key", "view"), ALL, ids=lambda value: value[0] if isinstance(value, tuple) else "")
def test_each_view_opens_to_whom_the_table_says(key, view):
    assert getattr(view, "opens_to", frozenset()) == DOORS[key[0]]


def test_every_screen_of_the_cms_opens_to_writers_alone():
    assert len(SCREENS) > 100
    open_to = {name: getattr(view, "opens_to", frozenset()) for (name, _path), view in SCREENS}
    assert open_to.pop("wagtailadmin_logout") == SIGNED_IN
    assert set(open_to.values()) == {WRITERS, frozenset()}


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("path", ["login/", "password_reset/", "account/", "users/", "failwhale/"])
def test_wagtail_s_own_sign_in_and_accounts_open_to_nobody(who, path):
    a_clinic()
    answer = client_of({role: a_user(role) for role in Role.values}, who).get(f"/{CMS}{path}")
    assert answer.status_code in ((404,) if who != "stranger" else (302, 404))
    assert "wagtail" not in answer.content.decode().lower()


def client_of(users, who: str) -> Client:
    client = Client()
    if who != "stranger":
        client.force_login(users[who])
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
def test_whom_a_door_does_not_open_to_is_turned_away(who, settings):
    settings.DEMO = False
    a_clinic()
    owner = a_user()
    case = open_case(patient=a_patient(owner), by=actor(owner))
    client = client_of({role: a_user(role) for role in Role.values}, who)
    wrong = []
    for (name, path), _view in ALL:
        if who in DOORS[name]:
            continue
        for method in (client.get, client.post):
            answer = method(address(path, case.reference))
            turned_away = answer.status_code in (302, 401) if who == "stranger" else answer.status_code == 404
            if not turned_away:
                wrong.append((name, method.__name__, answer.status_code))
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", [Role.PATIENT, Role.EDITOR, Role.ADMINISTRATOR])
def test_a_record_that_is_not_yours_is_not_found(who, settings):
    """Doors that open to this role, with somebody else's case or patient in the address."""
    settings.DEMO = True  # no second factor to set up first
    a_clinic()
    owner = a_user()
    case = open_case(patient=a_patient(owner), by=actor(owner))
    client = client_of({role: a_user(role) for role in Role.values}, who)
    wrong = []
    for (name, path), _view in ALL:
        if "reference>" not in path or who not in DOORS[name]:
            continue
        for reference in (case.reference, case.patient.reference):
            for method in (client.get, client.post):
                answer = method(address(path, reference))
                if answer.status_code not in (404, 405):
                    wrong.append((name, method.__name__, answer.status_code))
    assert wrong == []
