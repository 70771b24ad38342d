"""The database gone or slow: a real server process behind a proxy that hangs or hangs up, and the answer it gives."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from typing import NamedTuple

import psycopg
import pytest
from django.db import InterfaceError, OperationalError

from clinic import outage
from clinic.database import patience
from clinic.people import context
from tests.databases import ROOT, clone, migrated
from tests.proxy import Proxy

SECONDS_TO_ANSWER = 8
WORDS = {"pain.words": "It burns <badly>\r\nand at night ñ 🦴", "pain.now": "7", "password": "not to be shown"}
HIDDEN = r'<input type="hidden" name="([^"]*)" value="([^"]*)">'


class Ask(NamedTuple):
    path: str
    fields: dict[str, str] | None = None
    headers: dict[str, str] | None = None


class Got(NamedTuple):
    status: int
    body: str
    headers: dict[str, str]
    seconds: float


class Site:
    """The clinic as a process of its own serves it, on a database that can go away."""

    def __init__(self, proxy: Proxy) -> None:
        self.proxy = proxy
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "clinic.wsgi",
            "-b",
            self.address,
            "--workers",
            "1",
            "--threads",
            "4",
        ]
        self.process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": proxy.url})

    def ask(self, path: str, fields: dict[str, str] | None = None, headers: dict[str, str] | None = None) -> Got:
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        request = urllib.request.Request(f"http://{self.address}{path}", data, headers or {})
        began = time.monotonic()
        try:
            answer = urllib.request.urlopen(request, timeout=30)
        except urllib.error.HTTPError as refused:
            answer = refused
        body = answer.read().decode()
        return Got(answer.status, body, dict(answer.headers), time.monotonic() - began)

    def until(self, status: int, within: float) -> None:
        give_up = time.monotonic() + within
        while True:
            try:
                if self.ask("/health/ready").status == status:
                    return
            except (urllib.error.URLError, ConnectionError):
                pass
            assert time.monotonic() < give_up, f"no {status} within {within} seconds"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    with clone(migrated()) as name:
        site = Site(Proxy(name))
        try:
            site.until(200, within=30)
            yield site
        finally:
            site.process.terminate()
            site.process.wait()
            site.proxy.listener.close()
            site.proxy.turn("refuse")


QUESTIONS: dict[str, Ask] = {
    "page": Ask("/health/ready"),
    "no page": Ask("/no-such-page", headers={"Accept-Language": "es"}),
    "form": Ask("/no-such-page?x=1", WORDS),
    "script": Ask("/no-such-page", WORDS, {"Accept": "application/json"}),
}


@contextmanager
def gone(site: Site, mode: str) -> Iterator[None]:
    """The database refuses, hangs, or is slow: somebody holds the table that every page reads."""
    if mode == "slow":
        with psycopg.connect(site.proxy.url) as other:
            other.execute("LOCK TABLE people_clinic")
            yield
            other.rollback()
    else:
        site.proxy.turn(mode)
        yield
        site.proxy.turn("forward")


@pytest.fixture(scope="module", params=["refuse", "hang", "slow"])
def answers(served: Site, request: pytest.FixtureRequest) -> dict[str, Got]:
    """What is answered to each question while the database is away; afterwards it is back."""
    with gone(served, request.param), ThreadPoolExecutor() as pool:
        asked = {name: pool.submit(served.ask, *ask) for name, ask in QUESTIONS.items()}
        found = {name: future.result() for name, future in asked.items()}
    served.until(200, within=8)
    return found


def test_every_page_answers_within_seconds(answers: dict[str, Got]) -> None:
    away = {name: got for name, got in answers.items() if got.status != 200}
    assert set(away) >= {"no page", "form", "script"}
    assert {got.status for got in away.values()} == {503}
    assert max(got.seconds for got in answers.values()) < SECONDS_TO_ANSWER


def test_a_page_speaks_the_language_of_the_browser_and_keeps_the_headers(answers: dict[str, Got]) -> None:
    got = answers["no page"]
    assert '<html lang="es">' in got.body
    assert 'href="/no-such-page"' in got.body
    assert got.headers["Content-Language"] == "es"
    assert got.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in got.headers["Content-Security-Policy"]


def test_what_was_typed_comes_back_in_a_form_and_secrets_do_not(answers: dict[str, Got]) -> None:
    body = answers["form"].body
    kept = {unescape(name): unescape(value) for name, value in re.findall(HIDDEN, body, re.DOTALL)}
    assert kept == {key: value for key, value in WORDS.items() if key != "password"}
    assert 'action="/no-such-page?x=1"' in body
    assert "not to be shown" not in body


def test_a_script_gets_json(answers: dict[str, Got]) -> None:
    got = answers["script"]
    assert got.headers["Content-Type"] == "application/json"
    assert '"saved": false' in got.body


def test_the_retry_of_what_was_typed_saves_it_once(served: Site) -> None:
    patient = json.loads(_program(served.proxy, "tests.outage_patient"))
    cookies = {"sessionid": patient["session"]}
    page = served.ask(patient["path"], headers=_cookie(cookies))
    cookies["csrftoken"] = re.search(r"csrftoken=(\w+)", page.headers["Set-Cookie"])[1]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body)[1]
    sent_as = re.search(r'name="sent_as" value="([\w-]+)"', page.body)[1]
    case = patient["path"].split("/")[2]
    typed = {"csrfmiddlewaretoken": token, "sent_as": sent_as, "case": case, "words": "Will it hurt?\r\n<b>ñ"}
    with gone(served, "refuse"):
        away = served.ask("/worried/", typed, _cookie(cookies))
    served.until(200, within=8)
    kept = {unescape(name): unescape(value) for name, value in re.findall(HIDDEN, away.body, re.DOTALL)}
    assert (away.status, kept) == (503, typed)
    assert "Test Spine Clinic" in away.body
    assert patient["phone"] in away.body
    for _press in range(2):
        assert served.ask("/worried/", kept, _cookie(cookies)).status == 200  # after its redirect
    with psycopg.connect(served.proxy.url) as there:
        said = there.execute("SELECT words FROM reading_worry").fetchall()
    assert said == [(typed["words"],)]


def _cookie(cookies: dict[str, str]) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}


def _program(proxy: Proxy, module: str) -> str:
    environment = {**os.environ, "DATABASE_URL": proxy.url, "DJANGO_SETTINGS_MODULE": "clinic.settings"}
    command = [sys.executable, "-m", module]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def test_is_outage_looks_at_what_led_to_the_error() -> None:
    late = ValueError("while rendering")
    late.__context__ = OperationalError("the connection is closed")
    assert outage.is_outage(late)
    assert outage.is_outage(InterfaceError("connection already closed"))
    assert not outage.is_outage(ValueError("our own mistake"))


def test_answer_keeps_nothing_that_cannot_be_read(rf) -> None:
    request = rf.post("/x", data=b"x" * 10, content_type="multipart/form-data; boundary=")
    assert outage.posted(request) == ([], False)
    assert outage.answer(request).status_code == 503


def test_answer_says_that_a_file_is_asked_for_again(rf, tmp_path) -> None:
    path = tmp_path / "mri.pdf"
    path.write_bytes(b"%PDF-1.7")
    with path.open("rb") as file:
        body = outage.answer(rf.post("/x", {"file": file, "code": "123456", "note": "hers"})).content.decode()
    assert "ask you for it again" in body
    assert "123456" not in body


@pytest.mark.django_db
def test_last_known_clinic_is_the_one_that_was_shown(rf) -> None:
    shown = context.clinic(rf.get("/"))["clinic"]
    assert context.last_known()["name"] == shown.name


@pytest.mark.parametrize(("setting", "seconds"), [("0", None), ("4s", 5.0), ("500ms", 1.5)])
def test_patience_is_a_little_longer_than_the_servers_own(setting: str, seconds: float | None) -> None:
    assert patience(setting) == seconds
