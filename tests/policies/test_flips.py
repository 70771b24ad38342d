"""Which clauses turn an outcome: those to which the other outcome is due, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.criteria import sets
from clinic.criteria.contract import Refused
from clinic.criteria.determine import determine
from clinic.criteria.facts import Facts
from clinic.criteria.verdicts import AND_ORDER
from clinic.policies.flips import Turn, turns
from tests.criteria.documents import by_chance, patient, sessions_by_chance

OLDER, NEWER = (sets.load("evicore-cmm-200", version) for version in ("EV-A", "EV-B"))
OTHER = sets.load("medicare-lcd")  # another set altogether: clauses come and go
FIVE_WEEKS = [
    {"kind": "physical_therapy", "from": "2026-04-13", "to": "2026-05-18", "outcome": "not_enough_help"},
]


def by_both(document, older=OLDER, newer=NEWER):
    facts = Facts.parse(document)
    return determine(older, facts), determine(newer, facts)


def test_five_weeks_of_care_turn_met_to_not_met_through_that_clause_alone():
    before, after = by_both(patient(therapies=FIVE_WEEKS))
    assert (before.outcome, after.outcome) == ("met", "not_met")
    assert turns(before, after) == (Turn("conservative-care", "met", "not_met"),)
    assert turns(after, before) == (Turn("conservative-care", "not_met", "met"),)


def test_a_clause_that_changes_beside_it_is_no_reason():
    claudication = {"pain_pattern": "neurogenic_claudication", "diagnosis": "stenosis"}
    before, after = by_both(patient(therapies=FIVE_WEEKS, complaint=claudication))
    assert (before.outcome, after.outcome) == ("review", "not_met")
    assert [turn.clause for turn in turns(before, after)] == ["conservative-care"]


def test_an_outcome_that_stays_has_no_turns():
    assert turns(*by_both(patient())) == ()


@given(st.integers(0, 10_000), st.sampled_from([(OLDER, NEWER), (NEWER, OLDER), (OLDER, OTHER), (OTHER, OLDER)]))
@pytest.mark.parametrize("chance", [by_chance, sessions_by_chance])
def test_without_the_clauses_that_turn_it_no_outcome_would_turn(chance, seed, pair):
    try:
        before, after = by_both(chance(seed), *pair)
    except Refused:
        return
    found = turns(before, after)
    assert bool(found) == (before.outcome != after.outcome)
    worse = min(before.outcome, after.outcome, key=AND_ORDER.index)
    bringing = after if worse == after.outcome else before
    brought = {clause.key for clause in bringing.clauses if clause.verdict == worse}
    assert not found or brought == {turn.clause for turn in found}
