"""The lists of faxes, the page of one, and the file itself; each fax stands in exactly one list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.audit import clock
from clinic.audit.models import Event
from clinic.people.models import Patient, Role
from clinic.record import uploads
from referrals.faxes.actions import filing
from referrals.faxes.models import Fax, Look, Trouble
from referrals.loop.lifecycle import State as Loop
from tests.factories import a_case, a_user, actor
from tests.outside.scenes import a_request
from tests.referrals.scenes import an_outgoing, walk

from .scenes import a_fax, a_pdf, a_seen_fax, look, readers_of

pytestmark = pytest.mark.django_db
HERE = "/faxes/"


@pytest.fixture
def hazel():
    return a_user(Role.COORDINATOR, name="Test Coordinator Hazel")


@pytest.fixture
def office(client: Client, hazel) -> Client:
    """A browser in which Hazel is signed in."""
    client.force_login(hazel)
    return client


def page(name: str, fax: Fax, *words: object) -> str:
    return reverse(f"faxes:{name}", args=[fax.pk, *words])


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_waiting_shows_the_oldest_first_and_each_fax_once(office, folder, hazel):
    by = actor(hazel)
    second, first = a_fax(folder, age=600), a_fax(folder, age=6000)
    aside, filed = a_seen_fax(folder, by), a_seen_fax(folder, by)
    filing.set_aside(fax=aside, why="junk", by=by)
    filing.file_document(fax=filed, case=a_case(), by=by)
    lists = {tab: office.get(HERE, {"tab": tab}).context for tab in ("waiting", "filed", "set_aside")}
    assert lists["waiting"]["page"].rows == [first, second]
    assert lists["filed"]["page"].rows == [filed]
    assert lists["set_aside"]["page"].rows == [aside]
    assert [tab["count"] for tab in lists["waiting"]["tabs"]] == ["2", "1", "1"]
    assert sum(len(each["page"].rows) for each in lists.values()) == Fax.objects.count()


def test_waiting_names_in_the_log_whose_faxes_it_showed(office, folder, hazel):
    fax, case = a_seen_fax(folder, actor(hazel)), a_case()
    filing.file_document(fax=fax, case=case, by=actor(hazel))
    assert str(case.patient) in text(office.get(HERE, {"tab": "filed"}))
    assert Event.objects.filter(verb="faxes.listed").latest("pk").patient_ids == [case.patient_id]


def test_waiting_pages_through_a_long_list(office, folder, monkeypatch):
    monkeypatch.setattr("clinic.people.lists.page.__defaults__", (2, "pk", False))
    faxes = [a_fax(folder, age=600 - number) for number in range(5)]
    seen, address = [], HERE
    while address:
        shown = office.get(address).context["page"]
        seen += shown.rows
        address = shown.newer_url and HERE + shown.newer_url
    assert seen == faxes
    assert office.get(HERE + shown.older_url).context["page"].rows == faxes[2:4]
    assert office.get(f"{HERE}?before={faxes[2].pk}").context["page"].older_url == ""


def test_waiting_costs_the_same_for_more_rows(office, folder):
    def spent() -> int:
        with CaptureQueriesContext(connection) as context:
            office.get(HERE)
        return len(context)

    a_fax(folder)
    office.get(HERE)
    one = spent()
    for _more in range(5):
        a_fax(folder)
    assert spent() == one <= 17


def test_waiting_says_that_the_folder_cannot_be_read(office, settings, tmp_path):
    settings.FAX_FOLDER = tmp_path / "disk" / "gone"
    look()
    assert "The fax folder cannot be read since" in text(office.get(HERE))


def test_waiting_says_what_lies_in_the_folder_and_cannot_be_taken(office, folder):
    (folder / "inside").mkdir()
    look()
    assert "is a folder: put its files beside it" in text(office.get(HERE))
    assert Trouble.objects.standing().count() == 1


def test_waiting_says_when_nobody_looks_into_the_folder(office, folder):
    assert "The fax folder was not checked yet" in text(office.get(HERE))
    look()
    assert "Nobody has looked" not in text(office.get(HERE))
    Look.objects.update(at=clock.now() - timedelta(minutes=6))
    assert "The fax folder was last checked on" in text(office.get(HERE))


def test_waiting_tells_who_has_a_fax_open(office, folder):
    other = a_user(Role.DOCTOR, name="Dr. Test Larch")
    fax = a_seen_fax(folder, actor(other), actor(other))
    said = text(office.get(HERE))
    assert said.count("Dr. Test Larch opened this") == 1
    assert "Dr. Test Larch opened this" in text(office.get(page("fax", fax)))
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert "Dr. Test Larch opened this" not in text(office.get(page("fax", fax)))


def test_pages_hands_out_the_pdf_to_be_shown_here_alone(office, folder, hazel):
    content = a_pdf(2)
    fax = a_fax(folder, content=content)
    answer = office.get(page("pages", fax))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store, private"
    assert readers_of(fax) == [hazel]
    assert Event.objects.get(verb="fax.pages_opened").object_id == str(fax.pk)


def test_pages_hands_out_what_is_no_pdf_to_be_kept(office, folder):
    fax = a_fax(folder, "page.html", b"<script>alert(1)</script>")
    answer = office.get(page("pages", fax))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_gone_is_said_and_not_shown(office, folder):
    fax = a_fax(folder)
    uploads.discard(fax.path)
    assert office.get(page("pages", fax)).status_code == 404
    assert not fax.seen.exists()
    assert "The file is not in its place" in text(office.get(page("fax", fax)))


def test_fax_shows_its_pages_in_a_frame_of_its_own_site(office, folder):
    answer = office.get(page("fax", a_fax(folder)))
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert Event.objects.filter(verb="fax.opened").count() == 1
    assert "frame-src" not in office.get(HERE)["Content-Security-Policy"]


def test_fax_leads_from_a_code_to_a_referral_or_a_request(office, folder):
    fax, referral, asked = a_fax(folder), walk(an_outgoing(), Loop.SENT), a_request()
    for code, verb in ((referral.printed_code, "File as its report"), (asked.code.lower(), "File as this record")):
        said = text(office.get(page("fax", fax), {"code": code}))
        assert f"Open the pages, then: {verb}" in said
    office.get(page("pages", fax))
    assert "Open the pages, then" not in text(office.get(page("fax", fax), {"code": asked.code}))
    assert Event.objects.filter(verb="fax.place_sought", patient_ids=[referral.patient_id]).exists()
    assert "not one of our codes" in text(office.get(page("fax", fax), {"code": "K7RT-9M2X"}))
    assert "No referral and no request" in text(office.get(page("fax", fax), {"code": "K7RT-9M2K"}))


def test_fax_leads_from_a_name_to_what_is_open_for_the_patient(office, folder):
    fax, case = a_fax(folder), a_case()
    referral, asked = walk(an_outgoing(case=case), Loop.SENT), a_request(case)
    answer = office.get(page("fax", fax), {"q": case.patient.family_name})
    assert f"?patient={case.patient.reference}" in text(answer)
    said = text(office.get(page("fax", fax), {"patient": case.patient.reference}))
    for words in (referral.printed_code, asked.printed_code, f"Case {case.reference}"):
        assert words in said
    assert "No patient is found" in text(office.get(page("fax", fax), {"q": "Nobody Whatsoever"}))
    assert office.get(page("fax", fax), {"patient": "NONE"}).status_code == 404


def test_fax_says_that_more_people_fit(office, folder):
    for _one in range(9):
        a_case()
    Patient.objects.update(family_name="Twin")
    answer = office.get(page("fax", a_fax(folder)), {"q": "Twin"})
    assert len(answer.context["people"]) == 8
    assert "More people fit" in text(answer)


def test_fax_says_what_to_do_with_a_locked_one(office, folder):
    fax = a_fax(folder, content=a_pdf(password="made up"))
    said = text(office.get(page("fax", fax)))
    assert "Ask the sender to send it without a password" in said
    assert "Where does it belong" not in said
    assert "<iframe" not in said


@pytest.mark.parametrize("way", ["file_report", "file_paper", "file_record", "file_document"])
def test_each_way_of_filing_leads_on_or_says_why_not(office, folder, way, hazel):
    fax, referral, asked, case = a_fax(folder), walk(an_outgoing(), Loop.SENT), a_request(), a_case()
    to = {"file_record": asked.code, "file_document": case.reference}.get(way, referral.code)
    refused = office.post(page(way, fax, to))
    assert refused.status_code == 422
    assert "Open its pages before you file it" in text(refused)
    filing.open_pages(fax=fax, by=actor(hazel))
    assert office.post(page(way, fax, to)).url == HERE
    again = office.post(page(way, fax, to))
    assert "You filed this fax" in text(again)
    assert office.get(page("fax", fax)).status_code == 200
    assert office.post(page(way, fax, "NONE")).status_code == 404


def test_set_aside_take_up_and_take_back(office, folder, hazel):
    fax = a_seen_fax(folder, actor(hazel))
    wrong = office.post(page("set_aside", fax), {"why": "other"})
    assert wrong.status_code == 422
    assert office.post(page("set_aside", fax), {"why": "junk"}).url == HERE
    assert "Take it up again" in text(office.get(page("fax", fax)))
    assert office.post(page("take_up", fax)).url == page("fax", fax)
    filing.file_document(fax=fax, case=a_case(), by=actor(hazel))
    assert office.post(page("take_back", fax), {"reason": ""}).status_code == 422
    assert office.post(page("take_back", fax), {"reason": "Wrong patient"}).url == page("fax", fax)
    assert "Taken back (Wrong patient)" in text(office.get(page("fax", fax)))


def test_a_fax_that_is_none_is_not_found(office):
    for name in ("fax", "pages"):
        assert office.get(reverse(f"faxes:{name}", args=[999_999])).status_code == 404
