"""What is counted of made-up referrals whose times are known, who may see it, and what it costs."""

import csv
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some

from clinic.audit.clock import today
from clinic.audit.models import Event
from clinic.directory.models import Kind
from clinic.people.models import Role
from referrals.loop.lifecycle import Direction, State
from referrals.loop.reading import targets
from referrals.loop.targets import Span, due
from referrals.measures import counting
from referrals.measures.counting import Asked
from referrals.measures.queries import DUE, WEEKDAY
from referrals.measures.reading import measured
from tests.factories import a_case, a_user
from tests.referrals.scenes import WORDS, a_coordinator, a_practice

from .scenes import TO_THE_END, drafts, in_the_past

pytestmark = pytest.mark.django_db
S, ZONE = State, ZoneInfo("America/New_York")
PAGE, CSV = "/referrals/measures/", "/referrals/measures.csv"


def asked(days: int = 90, direction: Direction = Direction.OUTGOING, **narrowed: object) -> Asked:
    last = today(ZONE.key)
    return Asked(direction, last - timedelta(days=days), last, ZONE, **narrowed)


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator())
    return client


def test_each_ending_is_counted_once():
    in_the_past(60, *TO_THE_END)
    in_the_past(60, *TO_THE_END[:-1], (S.CLOSED, 45))
    in_the_past(60, *TO_THE_END[:-1])
    in_the_past(60, *TO_THE_END, service=Kind.SURGERY)
    in_the_past(50, (S.CANCELLED, 1))
    in_the_past(10)
    in_the_past(100, *TO_THE_END)
    every, groups = counting.endings(asked())
    assert every == {"in_time": 2, "later": 1, "open": 1, "cancelled": 1, "young": 1}
    by_service = {key: row for (by, key), row in groups.items() if by == "service"}
    assert by_service == {
        Kind.PHYSICAL_THERAPY: {"in_time": 1, "later": 1, "open": 1, "cancelled": 1},
        Kind.SURGERY: {"in_time": 1},
    }
    narrowed, _ = counting.endings(asked(service=Kind.SURGERY))
    assert narrowed == {"in_time": 1}


def test_closed_with_a_reason_is_not_completed(monkeypatch):
    monkeypatch.setitem(WORDS, S.CLOSED, {"reason": "The patient moved"})
    in_the_past(60, (S.SENT, 1), (S.REFUSED, 2), (S.CLOSED, 3))
    assert counting.endings(asked())[0] == {"because": 1}


def test_the_clock_and_its_pause_are_said_apart():
    in_the_past(60, *TO_THE_END)
    way = counting.way(asked(), targets())
    assert way.met.done == 1
    assert way.met.within == 1
    assert way.met.spell.median == pytest.approx(10, abs=0.01)
    assert way.closed.median == pytest.approx(20, abs=0.01)
    assert way.stood.median == pytest.approx(7, abs=0.01)  # from booked to attended it was the patient's turn
    assert way.ran.median == pytest.approx(13, abs=0.01)


def test_time_in_a_step_lasts_until_the_next():
    for days in range(11):
        in_the_past(60, (S.SENT, 1), (S.BOOKED, 2 + days))
    took = counting.stays(asked(), targets())
    assert took[S.SENT].done == 11
    assert took[S.SENT].spell.median == pytest.approx(6, abs=0.01)
    assert took[S.SENT].spell.most == pytest.approx(10, abs=0.01)
    assert 0 < took[S.SENT].within < 11
    assert took[S.BOOKED].open == 11
    assert S.CLOSED not in took
    (sent,) = (step for step in measured(asked()).steps if step.key == S.SENT)
    assert sent.spell.is_known
    assert str(sent.done) == "11"


@given(some.dates(date(2024, 1, 1), date(2028, 1, 1)), some.builds(Span, some.integers(0, 40), some.booleans()))
def test_the_database_counts_working_days_as_we_do(begins, span):
    query = f"""
        SELECT {DUE} FROM (SELECT b.begun_on, {WEEKDAY} AS weekday FROM (SELECT %s::date AS begun_on) b) begun,
            (SELECT %s::int AS days, %s::bool AS working) t
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [begins, span.days, span.working])
        assert cursor.fetchone() == (due(begins, span),)


def test_missed_visits_are_counted_by_reason():
    for _ in range(2):
        in_the_past(60, (S.SENT, 1), (S.BOOKED, 3), (S.NOT_ATTENDED, 9), (S.ATTENDED, 15))
    assert counting.visits(asked()) == (2, {"transport": 2})


def test_measures_hides_small_numbers_on_the_page_and_in_the_table(desk):
    practice = a_practice(name="Test Nettle Therapy")
    drafts(12, practice=practice)
    drafts(3, practice=a_practice(name="Test Sorrel Therapy"))
    html = desk.get(PAGE).content.decode()
    assert "Test Nettle Therapy" in html
    assert "fewer than 11" in html
    assert "Test Patient" not in html
    text = b"".join(desk.get(CSV).streaming_content).decode()
    rows = list(csv.DictReader(text.splitlines()))
    values = {(row["table"], row["line"], row["measure"]): row["value"] for row in rows}
    assert values["how they ended", "all", "Still open"] == "15"
    by_practice = [values["by practice", f"Test {name} Therapy", "Still open"] for name in ("Nettle", "Sorrel")]
    assert by_practice == ["hidden", "fewer than 11"]
    assert Event.objects.filter(verb="referrals.measured").get().patient_ids == []
    assert Event.objects.filter(verb="referrals.measures_exported").exists()


@pytest.mark.parametrize(
    "query",
    [
        "period=days&first=2026-01-01",
        "period=days&first=2026-13-41&last=x",
        "period=days&first=2020-01-01&last=2026-01-01",
        "period=999&service=nothing&practice=abc&location=9999999999999999999999",
        "direction=%00&practice=0",
    ],
)
def test_measures_of_days_that_cannot_be_meant(desk, query):
    assert desk.get(f"{PAGE}?{query}").status_code == 200


@pytest.mark.parametrize("direction", list(Direction))
def test_measures_cost_the_same_with_ten_and_a_thousand(desk, direction):
    case, practice = a_case(), a_practice()
    costs = []
    desk.get(f"{PAGE}?direction={direction}")  # the clinic itself is read once and kept
    for number in (10, 990):
        drafts(number, case, practice)
        with CaptureQueriesContext(connection) as context:
            assert desk.get(f"{PAGE}?direction={direction}").status_code == 200
        costs.append(len(context))
    assert costs[0] == costs[1]


def test_administrators_see_numbers_and_no_board(client):
    client.force_login(a_user(Role.ADMINISTRATOR))
    assert client.get(PAGE).status_code == 200
    assert "/referrals/board/" not in client.get(PAGE).content.decode()
    assert client.get("/referrals/board/").status_code in (403, 404)
