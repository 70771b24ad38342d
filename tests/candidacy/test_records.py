"""What is missing and who can supply it; asking a practice for a record; and saying what one says."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.audit import clock
from clinic.candidacy import missing
from clinic.candidacy.casefile import CaseFile
from clinic.outside import actions
from clinic.outside.models import RecordRequest
from clinic.people.models import Role
from clinic.record.models import Case, SaidBy, Therapy
from tests.directory.scenes import a_practice
from tests.factories import a_user
from tests.outside.scenes import a_file, a_therapy
from tests.outside.scenes import desk as a_coordinator

from .scenes import COMPLETE, a_known_case


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case(first_of_june) -> Case:
    """The complete patient, but for the end of physical therapy, the beginning of the pain, and the guidance."""
    said = {group: dict(COMPLETE[group]) for group in ("plan", "complaint")}
    del said["plan"]["guidance"], said["complaint"]["onset"]
    found = a_known_case({"therapies": [], **said})
    a_therapy(found, prescribed=True, active_exercise=True)
    return found


def page(name: str, case: Case, *more: object) -> str:
    return reverse(f"candidacy:{name}", args=[case.reference, *more])


def the_therapy(case: Case) -> Therapy:
    return case.therapies.current().get(said_by=SaidBy.PATIENT)


def ask_for(case: Case, desk, **more):
    words = {"practice": "Test Physical Therapy", "pieces": ["dates"], "fax": "555 0171"}
    return desk.post(page("request_record", case, "therapies", the_therapy(case).key), words | more)


def test_each_missing_fact_has_somebody_who_can_supply_it(case):
    file = CaseFile.of(case)
    wished = file.weighed.missing
    assert "therapies[0].to" in wished
    supplied = missing.supply(wished, file.weighed.assembled, file.questions)
    by_patient = {path for each in supplied.patient for path in each.paths}
    by_doctor = sum(len(group.entries) for group in supplied.doctor)
    assert len(by_patient) + by_doctor == len(wished)
    plan = next(group for group in supplied.doctor if group.key == "plan")
    assert [(entry.label, entry.field) for entry in plan.entries] == [("guidance", "id_plan__guidance")]
    holder = next(each for each in missing.holders(wished, file.weighed.assembled, []) if each.listed == "therapies")
    assert (holder.practice, holder.allowed) == ("Test Physical Therapy, Springfield", True)
    assert "to" in holder.facts
    assert "First and last day of care, or that it is still going on" in holder.pieces


def test_every_field_that_is_led_to_stands_on_the_chart(case, desk):
    """Facts of rows and of groups alike: the link ends at the field and not at the top of a page."""
    file = CaseFile.of(case)
    key = the_therapy(case).key.hex
    assert missing.field_id("therapies[0].outcome", file.weighed.assembled) == f"id_therapies-{key}-outcome"
    for path, group in (("therapies[0].outcome", "therapies"), ("plan.guidance", "plan"), ("exam.root_signs", "exam")):
        field = missing.field_id(path, file.weighed.assembled)
        assert f'id="{field}"' in desk.get(page("chart", case, group)).content.decode()


def test_nobody_is_asked_for_the_record_of_ice_at_home(case):
    for kind, said in (("heat_or_cold", {}), ("nsaid", {"prescribed": True})):
        a_therapy(case, kind=kind, provider="", sessions=None, may_request_record=None, to_date="2026-05-01", **said)
    assembled = CaseFile.of(case).weighed.assembled
    assert [each.what for each in missing.holders([], assembled, []) if each.listed == "therapies"] == [
        "1 · Physical therapy"
    ]
    with_missing = missing.holders(["therapies[1].from", "therapies[2].from"], assembled, [])
    assert [each.what for each in with_missing if each.facts] == ["3 · Anti-inflammatory"]


def test_case_names_what_is_missing_and_leads_to_who_can_supply_it(case, desk):
    body = desk.get(page("case", case)).content.decode()
    assert "What is missing, and who can supply it" in body
    assert page("request_record", case, "therapies", the_therapy(case).key) in body
    assert f"{page('chart', case, 'plan')}#id_plan__guidance" in body
    assert f"{page('ask', case)}?fact=complaint.onset" in body


def test_request_record_begins_with_what_the_patient_said_and_what_is_missing(case, desk):
    key = the_therapy(case).key
    form = desk.get(page("request_record", case, "therapies", key), {"fact": ["to", "sessions"]}).context["form"]
    assert form["practice"].initial == "Test Physical Therapy, Springfield"
    assert form["pieces"].initial == ["dates", "visits"]


def test_request_record_writes_the_letter(case, desk):
    answer = ask_for(case, desk)
    asked = RecordRequest.objects.get()
    assert answer.url == reverse("outside:record_request", args=[asked.code])
    assert (asked.subject, asked.period, asked.wanted) == ("Physical therapy", "March 2026", ["dates"])
    assert asked.printed_code in desk.get(page("case", case)).content.decode()


def test_request_record_offers_who_may_be_meant_and_is_filled_in_from_the_directory(case, desk):
    known = a_practice(name="Test Physical Therapy", address="1 Test Street, Springfield", fax="555 0700")
    url = page("request_record", case, "therapies", the_therapy(case).key)
    (offered,) = desk.get(url, {"fact": "to"}).context["choices"]
    assert offered["entry"] == known
    form = desk.get(url + offered["url"]).context["form"]
    assert (form["practice"].initial, form["fax"].initial) == ("Test Physical Therapy", "555 0700")
    assert form["pieces"].initial == ["dates"]
    for wrong in ("x", "999999", "9" * 30):
        assert desk.get(url, {"practice": wrong}).context["form"]["fax"].initial is None


def test_request_record_keeps_what_was_typed_when_it_is_refused(case, desk):
    ask_for(case, desk)
    answer = ask_for(case, desk, practice="Another practice")
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "asked for already" in body
    assert "Another practice" in body


def test_request_record_asks_for_something(case, desk):
    assert ask_for(case, desk, pieces=[]).status_code == 422
    assert not RecordRequest.objects.exists()


def test_request_record_is_not_offered_against_a_no(case, desk):
    refused = a_therapy(case, kind="chiropractic", may_request_record=False)
    body = desk.get(page("request_record", case, "therapies", refused.key)).content.decode()
    assert "The patient said no" in body
    assert "Write the letter" not in body


def test_request_record_of_an_entry_that_is_not_there_is_not_found(case, desk):
    for listed in ("therapies", "blood_thinners", "nothing"):
        assert desk.get(page("request_record", case, listed, uuid.uuid4())).status_code == 404


@pytest.fixture
def come(case, desk) -> RecordRequest:
    """A record that has come and that nobody has read."""
    ask_for(case, desk)
    asked = RecordRequest.objects.get()
    actions.receive(request=asked, on=clock.today("UTC"), pages=[a_file()], by=a_coordinator())
    return asked


def test_read_record_turns_the_patients_word_into_one_on_record(case, desk, come):
    where = page("read_record", case, come.code)
    body = desk.get(where).content.decode()
    assert "discharge summary.pdf" in body
    assert "Patient: 12" in body
    assert desk.post(where, {"to": "9 May 2026", "sessions": "11"}).url == page("case", case)
    shown = desk.get(page("case", case)).content.decode()
    assert "on record" in shown
    assert "11 (outside record, 1 June 2026)" in shown
    file = CaseFile.of(case)
    assert file.weighed.document["therapies"][0]["to"] == "2026-05-09"
    assert "therapies[0].to" not in file.weighed.missing
    assert desk.get(where).status_code == 404


def test_read_record_costs_no_more_than_other_pages_of_a_case(case, desk, come):
    desk.get(page("read_record", case, come.code))
    with CaptureQueriesContext(connection) as context:
        desk.get(page("read_record", case, come.code))
    assert len(context) <= 28


def test_read_record_may_be_done_by_a_coordinator(case, client, come):
    client.force_login(a_user(Role.COORDINATOR))
    assert client.post(page("read_record", case, come.code), {"sessions": "11"}).status_code == 302
    row = Therapy.objects.current().get(said_by=SaidBy.RECORD)
    assert (row.sessions, row.key) == (11, come.key)


def test_read_record_refuses_nothing_and_what_cannot_be(case, desk, come):
    where = page("read_record", case, come.code)
    for typed, words in (
        ({}, "at least one thing"),
        ({"from": "1 May 2026", "to": "1 April 2026"}, "before its start"),
        ({"to": "9 May 2099"}, "future"),
    ):
        answer = desk.post(where, typed)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not Therapy.objects.filter(said_by=SaidBy.RECORD).exists()


def test_read_record_before_it_has_come_is_not_found(case, desk):
    ask_for(case, desk)
    assert desk.get(page("read_record", case, RecordRequest.objects.get().code)).status_code == 404
