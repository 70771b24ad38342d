"""The list: order, tabs, filters, places in a long list, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.audit.models import Event
from clinic.candidacy import queue
from clinic.candidacy.queue import Filters, Queue
from clinic.people.models import Role
from clinic.record import actions as on_record
from clinic.record.models import Case, Stage
from tests.candidacy.scenes import TODAY
from tests.factories import a_case, a_clinic, a_location, a_patient, a_user, actor

LIST = "/queue/"


def waiting(days: int, **fields: object) -> Case:
    """A case that has been in the list to review for so many days."""
    person = a_patient(None, **fields.pop("patient", {}))
    case = on_record.open_case(patient=person, by=actor(None))
    moved = {"stage": Stage.REVIEW, "stage_since": TODAY - timedelta(days=days)}
    Case.objects.filter(pk=case.pk).update(**(moved | fields))
    return case


def seen(user, **asked: str) -> list[int]:
    return [row.case.pk for row in Queue(user, Filters.read(asked)).rows]


def test_urgent_first_then_who_waits_longest(doctor):
    young, old = waiting(1), waiting(9)
    urgent = waiting(0, stage=Stage.INTAKE, urgent_since=TODAY)
    assert seen(doctor) == [urgent.pk, old.pk, young.pk]
    assert seen(doctor, tab="urgent") == [urgent.pk]


def test_each_tab_holds_its_own(doctor):
    mine = waiting(1, claimed_by=doctor, claimed_at=TODAY)
    asked, decided = waiting(2, stage=Stage.ASKED), waiting(3, stage=Stage.DECIDED)
    waiting(4, stage=Stage.WITHDRAWN)
    assert seen(doctor, tab="mine") == [mine.pk]
    assert seen(doctor, tab="asked") == [asked.pk]
    assert seen(doctor, tab="decided") == [decided.pk]
    counts = Queue(doctor, Filters.read({})).counts
    assert {tab: counts[tab] for tab in queue.TITLES} == {"urgent": 0, "review": 1, "mine": 1, "asked": 1, "decided": 1}


@pytest.mark.parametrize(
    ("tab", "stage", "head", "words"),
    [
        ("review", Stage.REVIEW, "Waiting", "3\xa0days"),
        ("asked", Stage.ASKED, "Asked on", "29 May 2026"),
        ("decided", Stage.DECIDED, "Decided", "29 May 2026"),
    ],
)
def test_queue_says_since_when_in_the_words_of_its_tab(desk, tab, stage, head, words):
    waiting(3, stage=stage)
    text = desk.get("/queue/", {"tab": tab}).content.decode()
    assert f'<th scope="col">{head}</th>' in text
    assert f'data-label="{head}"' in text
    assert words in text


@pytest.mark.parametrize(("asked", "unfolded"), [({}, False), ({"text": "Alder"}, False), ({"region": "lumbar"}, True)])
def test_queue_unfolds_the_filters_that_are_set(desk, asked, unfolded):
    assert ('<details class="filters__more" open>' in desk.get("/queue/", asked).content.decode()) is unfolded


def test_the_latest_decision_stands_first(doctor):
    older, newer = waiting(5, stage=Stage.DECIDED), waiting(2, stage=Stage.DECIDED)
    assert seen(doctor, tab="decided") == [newer.pk, older.pk]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"region": "cervical"}, {"neck"}),
        ({"payer": "medicare"}, {"neck"}),
        ({"claim": "free"}, {"neck", "elsewhere"}),
        ({"claim": "claimed"}, {"claimed"}),
        ({"text": "willow"}, {"neck"}),
        ({"text": "test willow"}, {"neck"}),
        ({"text": "nobody"}, set()),
        ({"location": "9999999"}, set()),
    ],
)
def test_filters_leave_what_they_say(doctor, asked, found):
    cases = {
        "neck": waiting(1, region="cervical", patient={"family_name": "Willow", "payer": "Medicare"}),
        "elsewhere": waiting(2, location=a_location("North"), patient={"payer": "Aetna"}),
        "claimed": waiting(3, claimed_by=doctor, claimed_at=TODAY),
    }
    assert set(seen(doctor, **asked)) == {cases[name].pk for name in found}
    counted = Queue(doctor, Filters.read(asked))
    assert counted.counts["shown"] == len(found)
    assert counted.left_out == 3 - len(found)


@pytest.mark.parametrize(
    "asked",
    [
        {"tab": "no"},
        {"region": "knee"},
        {"claim": "x"},
        {"location": "a"},
        {"after": "1_x_2"},
        {"text": "\x00"},
        {"after": "1_2026-13-01_3"},
    ],
)
def test_nonsense_in_the_address_is_left_out(desk, asked):
    assert desk.get(LIST, asked).status_code == 200


def test_a_long_list_goes_on_where_it_ended(doctor, monkeypatch):
    monkeypatch.setattr(queue, "SIZE", 2)
    cases = [waiting(days) for days in (5, 4, 3, 2, 1)]
    found, asked = [], {}
    while True:
        part = Queue(doctor, Filters.read(asked))
        found += [row.case.pk for row in part.rows]
        if not part.more_url:
            break
        asked = dict(pair.split("=") for pair in part.more_url[1:].split("&"))
        asked["after"] = asked["after"].replace("%3A", ":").replace("%2B", "+")
    assert found == [case.pk for case in cases]


def test_queue_leaves_one_event_that_names_its_patients(desk):
    cases = [waiting(1), waiting(2)]
    desk.get(LIST)
    event = Event.objects.get(verb="queue.listed")
    assert set(event.patient_ids) == {case.patient_id for case in cases}


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def many(count: int) -> None:
    """Cases in bulk, as quick as the database takes them."""
    a_clinic()
    person = a_patient(None)
    Case.objects.bulk_create(
        Case(
            patient=person, location=person.home_location, stage=Stage.REVIEW, stage_since=TODAY - timedelta(minutes=n)
        )
        for n in range(count)
    )


def test_queue_costs_the_same_for_ten_rows_and_a_thousand(desk):
    many(10)
    desk.get(LIST)
    few = queries(desk, LIST)
    many(990)
    assert queries(desk, LIST) == few
    assert few <= 25


def test_queue_is_closed_to_patients_and_editors(client, first_of_june):
    for role in (Role.PATIENT, Role.EDITOR, Role.ADMINISTRATOR):
        client.force_login(a_user(role))
        assert client.get(LIST).status_code == 404


def test_a_claim_says_who_has_it(desk, doctor):
    case = a_case()
    assert desk.post(f"/case/{case.reference}/claim/").status_code == 302
    case.refresh_from_db()
    assert case.claimed_by == doctor
    assert "You have this case" in desk.get(f"/case/{case.reference}/").content.decode()
