"""The laws of the contract under "Unknown", on documents drawn by chance, for every clause of every set."""

from copy import deepcopy
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.criteria import sets
from clinic.criteria.determine import determine
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import LANGUAGES, render
from tests.criteria.documents import by_chance, leaves, patient, session, without
from tests.criteria.weighing import every_verdict

LAWS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SEEDS = st.integers(0, 2**32)
OPPOSITES = ({"met", "not_met"}, {"not_met", "met"})
# Facts of the contract that no clause of any set reads.
UNRELATED = {
    "patient": {"age": 91},
    "complaint": {"root": "C6"},
    "conditions": {"kidney_disease": True, "glaucoma": True},
    "allergies": {"steroid": True},
    "red_flags": {"intravenous_drug_use": True},
}


@LAWS
@given(SEEDS)
def test_removing_a_fact_never_turns_met_into_not_met_or_the_reverse(seed):
    document = by_chance(seed)
    before = every_verdict(document)
    facts = leaves(document)
    for path in Random(seed).sample(facts, min(5, len(facts))):
        after = every_verdict(without(document, path))
        turned = [key for key, verdict in before.items() if {verdict, after[key]} in OPPOSITES]
        assert not turned, path


@LAWS
@given(SEEDS)
def test_the_order_of_a_list_never_matters(seed):
    document = by_chance(seed)
    shuffled = deepcopy(document)
    rows = [shuffled.get(name) for name in ("imaging", "electrodiagnostics", "scores", "therapies", "injections")]
    rows += [injection.get(name) for injection in shuffled.get("injections") or () for name in ("before", "after")]
    for row in rows:
        Random(seed).shuffle(row or [])
    assert every_verdict(shuffled) == every_verdict(document)


@LAWS
@given(SEEDS)
def test_an_unrelated_fact_never_matters(seed):
    document = by_chance(seed)
    changed = deepcopy(document)
    for section, said in UNRELATED.items():
        changed[section] = {**(changed.get(section) or {}), **said}
    assert every_verdict(changed) == every_verdict(document)


@LAWS
@given(SEEDS)
def test_what_cannot_be_told_names_what_is_missing_and_every_reason_can_be_read(seed):
    facts = Facts.parse(by_chance(seed))
    for criteria in sets.versions():
        for clause in determine(criteria, facts).clauses:
            assert bool(clause.missing) is (clause.verdict == "cannot_tell"), clause
            assert all(render(clause.because, language).endswith(".") for language in LANGUAGES)


def test_with_nothing_known_nothing_is_met_and_nothing_is_not_met():
    assert set(every_verdict({"as_of": "2026-06-01"}).values()) == {"cannot_tell"}


REPEATED = {"injections": [session("2026-02-10", relief_until="2026-05-20")], "complaint": {"new_pathology": False}}


@pytest.mark.parametrize("document", [patient(), patient(**REPEATED)], ids=["first", "repeated"])
def test_removing_any_one_fact_of_an_ordinary_patient(document):
    before = every_verdict(document)
    for path in leaves(document):
        after = every_verdict(without(document, path))
        assert not [key for key in before if {before[key], after[key]} in OPPOSITES], path
