"""Dates that help: the day found is met and the day before is not, as the document of each day is weighed."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.criteria import sets
from clinic.criteria.ahead import SATISFIED, TIMELESS, Redated, ahead
from clinic.criteria.determine import determine
from clinic.criteria.facts import Facts
from tests.criteria.documents import AS_OF, by_chance, patient, session, sessions_by_chance

SEEDS = st.integers(0, 2**32)
BY_CHANCE = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
MONTHS = 30  # the horizon of the drawn documents: beyond the longest period that a set names
ONE_DAY = timedelta(days=1)


def on(document, day):
    return {**document, "as_of": day.isoformat()}


def verdicts(criteria, document, day):
    found = determine(criteria, Facts.trusted(on(document, day)))
    return {clause.key: clause.verdict for clause in found.clauses} | {"whole": found.outcome}


def day_by_day(criteria, document, last):
    """Key -> (first day, last day of its stretch or None), by reading and weighing the document of every day."""
    today = verdicts(criteria, document, AS_OF)
    keys = [key for key, verdict in today.items() if verdict not in SATISFIED]
    stretches = {}
    for day in (AS_OF + timedelta(days=n) for n in range(1, (last - AS_OF).days + 1)):
        found = verdicts(criteria, document, day)
        for key in keys:
            first, until = stretches.get(key, (None, None))
            if first is None and found[key] in SATISFIED:
                stretches[key] = (day, None)
            elif first and until is None and found[key] not in SATISFIED:
                stretches[key] = (first, day - ONE_DAY)
    return stretches


def said_ahead(criteria, document, months):
    found = ahead(criteria, document, months)
    turns = dict(found.clauses) | ({"whole": found.whole} if found.whole else {})
    return {key: (turn.first, turn.until) for key, turn in turns.items()}, found.horizon


@BY_CHANCE
@given(SEEDS, st.sampled_from([by_chance, sessions_by_chance]), st.sampled_from(sets.versions()))
def test_every_day_found_is_the_first_day_by_day(seed, drawn, criteria):
    document = drawn(seed)
    found, horizon = said_ahead(criteria, document, MONTHS)
    assert found == day_by_day(criteria, document, horizon)


@BY_CHANCE
@given(SEEDS, st.integers(0, 1000))
def test_a_record_read_once_is_the_same_as_read_on_every_day(seed, days):
    document, day = by_chance(seed), AS_OF + timedelta(days=days)
    assert Redated(document, 36).on(day) == Facts.trusted(on(document, day))


NSAID = {"kind": "nsaid", "outcome": "no_help", "from": "2026-05-11", "ongoing": True}
EXERCISE = {"kind": "home_exercise", "outcome": "not_enough_help"}
ONSET = {"onset": "2026-01-15"}


@pytest.mark.parametrize(
    ("said", "policy", "key", "first", "until"),
    [
        # 42 days after 11 May is 22 June; 28 days is 8 June.
        ({"therapies": [NSAID], "complaint": ONSET}, "evicore-cmm-200@EV-B", "conservative-care", (2026, 6, 22), None),
        ({"therapies": [NSAID], "complaint": ONSET}, "medicare-lcd", "conservative-care", (2026, 6, 8), None),
        # Some day from 4 to 18 May: surely 28 days after the later one.
        (
            {"therapies": [NSAID | {"from": "2026-05-04/2026-05-18"}], "complaint": ONSET},
            "medicare-lcd",
            "conservative-care",
            (2026, 6, 15),
            None,
        ),
        # Enough care, but the pain is too young; a year after the care ended it is old, and for a person.
        (
            {
                "therapies": [EXERCISE | {"from": "2026-02-01", "to": "2026-03-20"}],
                "complaint": {"onset": "2026-05-20"},
            },
            "medicare-lcd",
            "conservative-care",
            (2026, 6, 17),
            (2027, 3, 20),
        ),
        # Care that has ended does not grow.
        (
            {"therapies": [EXERCISE | {"from": "2026-05-20", "to": "2026-05-30"}], "complaint": ONSET},
            "medicare-lcd",
            "conservative-care",
            None,
            None,
        ),
        # 14 and 30 days after 25 May.
        ({"injections": [session("2026-05-25")]}, "evicore-cmm-200", "interval", (2026, 6, 8), None),
        ({"injections": [session("2026-05-25")]}, "bcbs-ma-690", "interval", (2026, 6, 24), None),
        # Three in the window: the oldest leaves it the day after its anniversary of 6 months.
        (
            {"injections": [session(day) for day in ("2025-12-10", "2026-02-10", "2026-04-10")]},
            "evicore-cmm-200",
            "cap-6-months",
            (2026, 6, 11),
            None,
        ),
    ],
)
def test_the_day_on_which_a_clause_is_met(said, policy, key, first, until):
    criteria = sets.load(*policy.split("@"))
    turn = ahead(criteria, patient(**said)).clauses.get(key)
    assert (turn and turn.first) == (first and date(*first))
    assert (turn and turn.until) == (until and date(*until))


def test_a_clause_that_no_longer_applies_says_so():
    said = patient(injections=[session("2024-08-01")], complaint={"new_pathology": False})
    turn = ahead(sets.load("cam-136"), said).clauses["repeat"]
    assert (turn.first, turn.verdict) == (date(2026, 8, 2), "not_applicable")


def test_the_whole_set_waits_for_its_last_clause_and_for_nothing_that_time_does_not_bring():
    criteria = sets.load("evicore-cmm-200")
    waiting = {"therapies": [NSAID | {"from": "2026-05-25"}], "complaint": ONSET}
    usual = ahead(criteria, patient(**waiting))
    assert usual.whole
    assert usual.whole.first == usual.clauses["conservative-care"].first == date(2026, 6, 22)
    no_plan = ahead(criteria, patient(**waiting, plan={"guidance": "none"}))
    assert no_plan.whole is None
    assert "conservative-care" in no_plan.clauses


def test_what_is_met_now_has_no_day():
    found = ahead(sets.load("medicare-lcd"), patient())
    assert (dict(found.clauses), found.whole, found.horizon) == ({}, None, date(2029, 6, 1))


@BY_CHANCE
@given(SEEDS, st.integers(1, 1000))
def test_a_rule_that_asks_for_no_date_weighs_alike_on_every_day(seed, days):
    document = by_chance(seed)
    record, later = Redated(document, 36), AS_OF + timedelta(days=days)
    rules = [rule for criteria in sets.versions() for clause in criteria.clauses for rule in clause.rules]
    for rule in rules:
        if isinstance(rule, TIMELESS):
            assert rule.weigh(record.on(later)) == rule.weigh(record.on(AS_OF))
