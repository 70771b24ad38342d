"""The page of results and its table: who may see them, what is on them, and what they cost."""

import csv
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.audit.clock import at
from clinic.audit.models import Event
from clinic.people.models import Role
from tests.factories import a_user
from tests.referrals.scenes import a_coordinator

from .scenes import NOON, Given, given

pytestmark = pytest.mark.django_db
PAGE, CSV = "/outcomes/", "/outcomes.csv"


@pytest.fixture(autouse=True)
def _noon():
    with at(datetime(NOON.year, NOON.month, NOON.day, 12, tzinfo=ZoneInfo("America/New_York"))):
        yield


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator())
    return client


def many(number: int) -> list[Given]:
    """Sessions of one winter: three in four answered, of these two in three are half better."""
    return [
        Given(
            date(2027, 1, 2) + timedelta(days=n % 50),
            two_weeks=None if n % 4 == 0 else 80 if n % 3 else 10,
            three_months=None if n % 4 == 1 else 60 if n % 3 else 0,
            fields={"region": "cervical"} if n % 3 == 1 else {},
        )
        for n in range(number)
    ]


def test_outcomes_show_a_share_with_its_numbers(desk):
    given(*many(240))
    html = desk.get(PAGE).content.decode()
    assert "67% at least half better" in html
    assert "67% (120 of 180)" in html
    assert "75% of those asked answered" in html
    assert "100% (60 of 60)" in html  # of the neck
    assert "Test Patient" not in html
    assert Event.objects.get(verb="outcomes.read").patient_ids == []


def test_outcomes_hide_small_numbers_on_the_page_and_in_the_table(desk):
    given(*many(24), Given(date(2027, 1, 5), 80, harmed=["infection"]))
    html = desk.get(f"{PAGE}?by=referrer").content.decode()
    assert "Infection" in html
    assert "nothing can be compared yet" in html
    rows = list(csv.DictReader(b"".join(desk.get(CSV).streaming_content).decode().splitlines()))
    values = {(row["measure"], row["line"], row["number"]): row["value"] for row in rows}
    assert values["Complications", "Infection", "Complications"] == "fewer than 11"
    assert values["Complications", "All sessions", "With a complication"] == "fewer than 11"
    assert {row["by"] for row in rows if row["measure"] == "Complications"} == {"All", "Kind"}
    assert Event.objects.get(verb="outcomes.exported").detail == {"year": 2027}


def test_outcomes_of_a_year_before_are_chosen(desk):
    given(*many(30), Given(date(2025, 3, 1)))
    html = desk.get(f"{PAGE}?year=2025").content.decode()
    assert "Sessions of 2025: fewer than 11" in html
    assert '<option value="2026">' in html


def test_before_the_first_sessions_can_be_judged_the_year_before_is_shown(desk):
    given(Given(date(2026, 3, 1)), Given(date(2027, 1, 3)))
    assert "Sessions of 2027" in desk.get(PAGE).content.decode()
    with at(datetime(2027, 2, 1, 12, tzinfo=ZoneInfo("America/New_York"))):
        assert "Sessions of 2026" in desk.get(PAGE).content.decode()


@pytest.mark.parametrize("query", ["", "year=1999&by=nothing", "year=x&by=", "year=%00", "year=99999999999999999999"])
def test_outcomes_of_a_year_that_cannot_be_meant(desk, query):
    assert "No session is recorded for this year" in desk.get(f"{PAGE}?{query}").content.decode()
    assert desk.get(f"{CSV}?{query}").status_code == 200


def test_outcomes_cost_the_same_with_ten_and_a_thousand(desk):
    costs = []
    for number in (10, 1000):
        given(*many(number))
        desk.get(PAGE)  # the clinic itself is read once and kept
        with CaptureQueriesContext(connection) as context:
            assert desk.get(PAGE).status_code == 200
        costs.append(len(context))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("role", "opens"), [(Role.DOCTOR, True), (Role.ADMINISTRATOR, True), (Role.PATIENT, False), (Role.EDITOR, False)]
)
def test_outcomes_open_to_whoever_keeps_the_clinic(client, role, opens):
    client.force_login(a_user(role))
    assert {client.get(address).status_code == 200 for address in (PAGE, CSV)} == {opens}
