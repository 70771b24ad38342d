"""A clause has a verdict only when every day that its dates could be gives it: proved against trying every day."""

from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from clinic.criteria.facts import Facts, Refused
from tests.criteria.documents import by_chance, inexact, patient, readings, sessions_by_chance
from tests.criteria.weighing import clause, every_verdict

NAIVE = settings(max_examples=35, deadline=None, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 2**32)
MOST_READINGS = 120


def possible(document):
    try:
        Facts.trusted(document)
    except Refused:
        return False
    return True


def settled_but_for(document, random):
    """One or two of the inexact dates stay; each of the others becomes one of the days that it could be."""
    paths = inexact(document)
    random.shuffle(paths)
    kept = paths[: random.choice([1, 1, 2])]
    for path in paths[len(kept) :]:
        document = random.choice([reading for reading in readings(document, path) if possible(reading)])
    return document, kept


def assert_as_day_by_day(document, random):
    assume(possible(document))
    document, kept = settled_but_for(document, random)
    worlds = [document]
    for path in kept:
        worlds = [reading for world in worlds for reading in readings(world, path)]
    assume(1 < len(worlds) <= MOST_READINGS)
    verdicts = [every_verdict(world) for world in worlds if possible(world)]
    for key, verdict in every_verdict(document).items():
        days = {world[key] for world in verdicts}
        assert verdict == (days.pop() if len(days) == 1 else "cannot_tell"), (key, kept)


@NAIVE
@given(SEEDS)
def test_any_document_is_judged_as_day_by_day(seed):
    assert_as_day_by_day(by_chance(seed), Random(seed))


@NAIVE
@given(SEEDS)
def test_earlier_injections_are_judged_as_day_by_day(seed):
    assert_as_day_by_day(sessions_by_chance(seed), Random(seed))


def test_a_narrower_date_is_asked_for_only_where_it_decides():
    care = {"kind": "nsaid", "outcome": "no_help"}
    overlapped = [care | {"from": "2026-04", "to": "2026-05"}, care | {"from": "2026-03-01", "to": "2026-06-01"}]
    assert clause(patient(therapies=overlapped), "medicare-lcd", "conservative-care").verdict == "met"
    rows = [care | {"from": "2026-04-01", "to": "2026-04-20"}, care | {"from": "2026-05", "to": "2026-05-20"}]
    found = clause(patient(therapies=rows), "medicare-lcd", "conservative-care")
    assert (found.verdict, found.missing) == ("cannot_tell", ("therapies[1].from",))
