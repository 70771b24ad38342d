"""What is counted of made-up sessions whose days are known: each of them in one state of each measure."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import given as tried
from hypothesis import strategies as some

from clinic.audit.clock import at, now
from clinic.criteria.dates import add_months
from clinic.outcomes.counts import LEAVES, STATES
from clinic.outcomes.reading import tallied
from clinic.record.models import SaidBy, Therapy
from clinic.treatment.checkins.models import Answer, CheckIn, Try
from clinic.treatment.procedure.models import Complication, Session
from referrals.loop.lifecycle import State
from tests.factories import a_case, a_location, actor
from tests.referrals.scenes import a_coordinator, a_practice, an_incoming, an_outgoing, walk

from .scenes import NOON, Given, a_doctor, answer, given, mailed

pytestmark = pytest.mark.django_db
MOMENT = datetime(2027, 6, 1, 12, 0, tzinfo=ZoneInfo("America/New_York"))
WINTER, SPRING, LATELY = date(2027, 1, 10), date(2027, 4, 10), date(2027, 5, 25)


def told(measure: str, year: int = 2027) -> dict[str, int]:
    """How many sessions stand in each state of one measure, those of nobody left out."""
    every = tallied(year, MOMENT).every
    found = {state: every[f"{measure}_{state}"] for state in STATES[measure]}
    return {state: number for state, number in found.items() if number}


def by(grouping: str, year: int = 2027) -> dict[object, int]:
    """How many sessions each line of one table has."""
    lines = tallied(year, MOMENT).groups[grouping]
    return {key: sum(line[f"repeat_{state}"] for state in STATES["repeat"]) for key, line in lines.items()}


def strike(row: Any) -> None:
    row.struck_at, row.struck_by, row.struck_because = now(), a_doctor(), "Test reason."
    row.save(update_fields=["struck_at", "struck_by", "struck_because"])


def test_relief_is_of_those_who_answered():
    given(Given(WINTER, 50, 80), Given(WINTER, 49, -10), Given(WINTER), Given(SPRING, 100))
    assert told("two_weeks") == {"better": 2, "less": 1, "silent": 1}
    assert told("three_months") == {"better": 1, "less": 1, "silent": 1, "young": 1}


def test_a_session_too_young_for_the_question_does_not_count():
    given(Given(LATELY), Given(NOON - timedelta(days=14), asked=False), Given(NOON - timedelta(days=15), asked=False))
    assert told("two_weeks") == {"young": 2, "unreached": 1}
    assert told("therapy") == {"young": 2, "later": 1}
    assert told("repeat") == {"young": 3}


def test_a_struck_session_never_counts():
    _, struck = given(Given(WINTER, 80, harmed=["vasovagal"]), Given(SPRING, 80, harmed=["vasovagal"]))
    strike(struck)
    found = tallied(2027, MOMENT)
    assert sum(found.every[f"two_weeks_{state}"] for state in STATES["two_weeks"]) == 1
    assert found.kinds["vasovagal"] == 1


def test_a_struck_answer_is_none_and_the_one_after_it_counts():
    first, second = given(Given(WINTER, 80), Given(WINTER, 80))
    for session in (first, second):
        strike(Answer.objects.get(check_in__session=session, check_in__moment="d14"))
    answer(CheckIn.objects.get(session=first, moment="d14"), 20).save()
    assert told("two_weeks") == {"less": 1, "silent": 1}


def test_an_answer_without_the_question_of_relief_is_no_answer_to_it():
    (session,) = given(Given(WINTER))
    answer(CheckIn.objects.get(session=session, moment="d14"), None, pain=0).save()
    assert told("two_weeks") == {"silent": 1}


def test_who_says_that_it_is_over_answered_and_not_by_how_much():
    (session,) = given(Given(WINTER))
    answer(CheckIn.objects.get(session=session, moment="m3"), None, relief_until="2027-03-01").save()
    assert told("three_months") == {"less": 1}


def test_relief_that_is_over_is_not_half_better():
    (session,) = given(Given(WINTER))
    answer(CheckIn.objects.get(session=session, moment="m3"), 60, relief_until="2027-03-01").save()
    assert told("three_months") == {"less": 1}


def test_an_answer_after_the_next_session_is_of_that_one():
    case = a_case()
    given(Given(WINTER, 80, 90), Given(WINTER + timedelta(days=60), 70), case=case)
    assert told("three_months") == {"again": 1, "young": 1}
    assert told("two_weeks") == {"better": 2}
    given(Given(date(2027, 1, 11), 80, 90, fields={"region": "cervical"}), case=case)
    assert told("three_months") == {"again": 1, "young": 1, "better": 1}


def test_asked_is_whom_a_mail_or_a_call_has_reached():
    moments = {"moment": "d14", "long": True, "recall": "week", "due_on": WINTER + timedelta(days=14)}
    failed, bounced, rung, reached, waits, typed = given(*[Given(WINTER, asked=False)] * 6)
    asked = {of.pk: CheckIn.objects.create(session=of, **moments) for of in Session.objects.all()}
    for session, state in ((failed, "failed"), (bounced, "bounced"), (waits, "queued")):
        mailed(asked[session.pk], state=state)
    for session, outcome in ((rung, "no_answer"), (reached, "rather_not")):
        Try.objects.create(check_in=asked[session.pk], outcome=outcome, tried_by=a_doctor())
    answer(asked[typed.pk], 70, how="call", answered_by=a_doctor()).save()
    assert told("two_weeks") == {"better": 1, "silent": 2, "unreached": 3}


@pytest.mark.parametrize(("days", "counts"), [(9, False), (10, True), (18, True), (19, False)])
def test_a_moved_plan_asks_the_same_question_within_four_days(days, counts):
    (session,) = given(Given(WINTER, asked=False))
    moved = CheckIn.objects.create(
        session=session, moment=f"d{days}", long=True, recall="week", due_on=WINTER + timedelta(days=days)
    )
    mailed(moved)
    answer(moved, 90).save()
    assert told("two_weeks") == ({"better": 1} if counts else {"unreached": 1})


def test_of_two_check_ins_the_closest_counts():
    (session,) = given(Given(WINTER, 80))
    near = CheckIn.objects.create(
        session=session, moment="d16", long=False, recall="week", due_on=WINTER + timedelta(days=16)
    )
    mailed(near)
    answer(near, 0).save()
    assert told("two_weeks") == {"better": 1}


@pytest.mark.parametrize(
    ("from_date", "state"),
    [
        ("2027-01-10", "in_time"),
        ("2027-01-24", "in_time"),
        ("2027-01-25", "later"),
        ("2027-01-09", "later"),  # it had begun before
        ("2027-01-12/2027-01-20", "in_time"),
        ("2027-01-20/2027-01-30", "later"),  # nobody knows
        ("2027-01", "later"),
        ("", "later"),
    ],
)
def test_physical_therapy_on_the_record_started_within_14_days(from_date, state):
    (session,) = given(Given(WINTER))
    therapy = Therapy.objects.create(
        patient=session.case.patient, kind="physical_therapy", from_date=from_date, said_by=SaidBy.PATIENT
    )
    therapy.cases.add(session.case)
    assert told("therapy") == {state: 1}


def test_therapy_is_of_those_who_are_to_be_referred():
    given(*[Given(WINTER, fields={"rehabilitation": each}) for each in ("refer", "goes_on", "home", "none")])
    assert told("therapy") == {"later": 1, "goes_on": 1, "home": 1, "none": 1}


@pytest.mark.parametrize(("days", "state"), [(3, "in_time"), (40, "later")])
def test_the_first_visit_of_a_referral_is_its_start(days, state):
    (session,) = given(Given(WINTER))
    with at(datetime.combine(WINTER + timedelta(days=days), MOMENT.timetz())):
        referral = an_outgoing(case=session.case)
        walk(referral, State.SENT, State.BOOKED, State.ATTENDED)
    assert told("therapy") == {state: 1}


def test_repeat_is_of_those_that_are_a_year_old():
    case, day = a_case(), date(2026, 5, 1)
    given(Given(day), Given(day + timedelta(days=365)), case=case)
    given(Given(day), Given(date(2026, 6, 1)), Given(date(2026, 5, 31)))
    assert told("repeat", 2026) == {"again": 1, "once": 2, "young": 1}
    assert told("repeat") == {"young": 1}


def test_a_repeat_may_be_of_another_case_of_the_same_person():
    case = a_case()
    given(Given(date(2026, 1, 5)), case=case)
    given(Given(date(2026, 8, 5)), case=a_case(case.patient, a_doctor()))
    assert told("repeat", 2026) == {"again": 1, "young": 1}


def test_complications_are_counted_once_a_session_and_kind():
    first, _, third = given(Given(WINTER, harmed=["vasovagal", "headache"]), Given(WINTER), Given(WINTER))
    Complication.objects.create(session=first, kind="headache", on=WINTER + timedelta(days=2), recorded_by=a_doctor())
    struck = Complication.objects.create(session=third, kind="infection", on=WINTER, recorded_by=a_doctor())
    strike(struck)
    assert told("complication") == {"some": 1, "none": 2}
    assert {kind: number for kind, number in tallied(2027, MOMENT).kinds.items() if number} == {
        "vasovagal": 1,
        "headache": 1,
    }


def test_each_session_stands_in_one_line_of_each_table():
    other = a_location("Second Street")
    given(
        Given(WINTER, fields={"region": "cervical", "approach": "interlaminar"}),
        Given(SPRING, diagnosis="stenosis", fields={"location": other}),
        Given(SPRING, diagnosis=None),
        Given(date(2026, 12, 31)),
    )
    assert by("region") == {"cervical": 1, "lumbar": 2}
    assert by("approach") == {"interlaminar": 1, "transforaminal": 2}
    assert by("diagnosis") == {"disc_herniation": 1, "stenosis": 1, "": 1}
    assert by("quarter") == {1: 1, 2: 2}
    assert by("location") == {other.pk: 1, a_location().pk: 2}
    assert by("region", 2026) == {"lumbar": 1}


def test_the_referrer_is_who_had_sent_the_patient_by_then():
    first, second, _, fourth = (each.case for each in given(*[Given(WINTER)] * 4))
    practices = [a_practice("primary_care"), a_practice("primary_care")]
    for case, day, practice in (
        (first, WINTER - timedelta(days=40), practices[0]),
        (first, WINTER - timedelta(days=20), practices[1]),
        (second, WINTER + timedelta(days=20), practices[0]),
        (fourth, WINTER - timedelta(days=20), None),
    ):
        with at(datetime.combine(day, MOMENT.timetz())):
            an_incoming(actor(a_coordinator()), case=case, patient=case.patient, practice=practice)
    assert by("referrer") == {practices[1].pk: 1, 0: 2, -1: 1}


@tried(some.dates(date(2020, 1, 1), date(2030, 1, 1)), some.sampled_from([3, 12]))
def test_the_database_counts_months_as_we_do(day, months):
    with connection.cursor() as cursor:
        cursor.execute("SELECT (%s::date + %s::interval)::date", [day, f"{months} months"])
        assert cursor.fetchone() == (add_months(day, months),)


def test_a_year_without_a_session_is_all_zero():
    found = tallied(2020, MOMENT)
    assert found.every == dict.fromkeys(LEAVES, 0)
    assert not any(found.groups.values())
