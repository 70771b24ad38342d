"""The laws of the contract under "Unknown", on documents drawn by chance, for every clause of every set."""

import re
from copy import deepcopy
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.criteria import sets
from clinic.criteria.determine import determine
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import LANGUAGES, render
from tests.criteria.documents import (
    DEFAULT,
    VIGNETTES,
    by_chance,
    crowded_by_chance,
    leaves,
    merged,
    patient,
    session,
    sessions_by_chance,
    without,
)
from tests.criteria.weighing import every_verdict

LAWS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(LAWS, max_examples=150)
SEEDS = st.integers(0, 2**32)
OPPOSITES = ({"met", "not_met"}, {"not_met", "met"})
LISTS = ("imaging", "electrodiagnostics", "scores", "therapies", "injections", "blood_thinners")
# Facts of the contract that no clause of any set reads.
UNRELATED = {
    "patient": {"age": 91},
    "complaint": {"root": "C6"},
    "conditions": {"kidney_disease": True, "glaucoma": True},
    "allergies": {"steroid": True},
    "red_flags": {"intravenous_drug_use": True},
}


def drawn(seed):
    """One of three kinds of document: any that the contract allows, earlier injections, or many of one kind."""
    return Random(seed).choice([by_chance, sessions_by_chance, crowded_by_chance])(seed)


def verdicts_and_outcomes(document):
    """Of every clause, and of the whole, of every version of every set."""
    facts = Facts.trusted(document)
    weighed = [determine(criteria, facts) for criteria in sets.versions()]
    outcomes = {(f"{one.policy}@{one.version}", "outcome"): str(one.outcome) for one in weighed}
    return outcomes | {
        (f"{one.policy}@{one.version}", clause.key): str(clause.verdict) for one in weighed for clause in one.clauses
    }


def turned(before, after):
    return [key for key, verdict in before.items() if {verdict, after[key]} in OPPOSITES]


@MANY
@given(SEEDS)
def test_removing_a_fact_never_turns_a_verdict_or_an_outcome_into_its_opposite(seed):
    document = drawn(seed)
    before = verdicts_and_outcomes(document)
    facts = leaves(document)
    for path in Random(seed).sample(facts, min(5, len(facts))):
        assert not turned(before, verdicts_and_outcomes(without(document, path))), path


@LAWS
@given(SEEDS)
def test_removing_more_and_more_facts_never_does_so_either(seed):
    document = left = drawn(seed)
    before = verdicts_and_outcomes(document)
    facts = leaves(document)
    Random(seed).shuffle(facts)
    gone = set()
    for path in facts[:8]:
        if not any(path[:end] in gone for end in range(len(path))):
            left = without(left, path)
            gone.add(path)
            assert not turned(before, verdicts_and_outcomes(left)), gone


def shuffled(document, random):
    """The document with the rows of every list in another order, and where each row now stands."""
    changed, moved = deepcopy(document), {}
    for name in LISTS:
        rows = changed.get(name) or []
        order = random.sample(range(len(rows)), len(rows))
        changed[name] = None if changed.get(name) is None else [rows[old] for old in order]
        moved |= {f"{name}[{old}]": f"{name}[{new}]" for new, old in enumerate(order)}
    for injection in changed.get("injections") or ():
        for name in ("before", "after"):
            random.shuffle(injection.get(name) or [])
    return changed, moved


def told(criteria, facts, moved):
    """A determination by what it says, its rows named by where they stand in the other order."""
    result = determine(criteria, facts)
    return result.outcome, [
        (clause.key, clause.verdict, *(paths_of(each, moved) for each in (clause.facts, clause.missing)), words(clause))
        for clause in result.clauses
    ]


def paths_of(paths, moved):
    """Paths as a set; the scores of one injection have no name of their own."""
    rows = [re.sub(r"(before|after)\[\d+\]", r"\1", path) for path in paths]
    return {re.sub(r"^\w+\[\d+\]", lambda row: moved.get(row[0], row[0]), path) for path in rows}


def words(clause):
    """The reasons with their values; paths are compared above."""
    reasons = [(r.key, {n: v for n, v in r.values.items() if n != "facts"}) for r in clause.because]
    return sorted(repr(reason) for reason in reasons)


@MANY
@given(SEEDS)
def test_a_determination_is_the_same_whatever_the_order_of_the_lists(seed):
    document = drawn(seed)
    other, moved = shuffled(document, Random(seed))
    facts, others = Facts.trusted(document), Facts.trusted(other)
    for criteria in sets.versions():
        assert told(criteria, facts, moved) == told(criteria, others, {}), criteria.name


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


OPEN = [each for each in VIGNETTES if not each["patch"].get("record_final")]
REPEATED = {"injections": [session("2026-02-10", relief_until="2026-05-20")], "complaint": {"new_pathology": False}}


@pytest.mark.parametrize("document", [patient(), patient(**REPEATED)], ids=["first", "repeated"])
def test_removing_any_one_fact_of_an_ordinary_patient(document):
    before = verdicts_and_outcomes(document)
    for path in leaves(document):
        assert not turned(before, verdicts_and_outcomes(without(document, path))), path


@pytest.mark.parametrize("document", [merged(DEFAULT, each["patch"]) for each in OPEN], ids=[v["key"] for v in OPEN])
def test_removing_any_one_fact_of_a_vignette(document):
    before = verdicts_and_outcomes(document)
    for path in leaves(document):
        assert not turned(before, verdicts_and_outcomes(without(document, path))), path
