"""Criteria sets as documents: what ships, and that a new one needs no code."""

from hashlib import sha256
from statistics import median
from time import perf_counter

import pytest

from clinic.criteria import sets
from clinic.criteria.determine import determine
from clinic.criteria.facts import Facts
from tests.criteria.documents import DEFAULT, VIGNETTES, merged, patient
from tests.criteria.made_up_sets import CLAUSE, HEAD

EVERY_VERSION = pytest.mark.parametrize("criteria", sets.versions(), ids=lambda one: one.name)


def test_the_sets_that_ship():
    keys = [one.key for one in sets.shipped()]
    assert keys == ["bcbs-ma-690", "bcbs-tn", "cam-136", "credence-mp-303", "evicore-cmm-200", "medicare-lcd"]
    assert sets.load("evicore-cmm-200").version == "EV-A"
    assert sets.load("evicore-cmm-200", "EV-B").version == "EV-B"
    assert sum(one.key == "evicore-cmm-200" for one in sets.versions()) == 2


@EVERY_VERSION
def test_a_set_that_ships_names_its_source_and_the_hash_of_its_bytes(criteria):
    file = sets.FOLDER / f"{criteria.name}.toml"
    assert criteria.sha256 == sha256(file.read_bytes()).hexdigest()
    assert all((criteria.publisher, criteria.source, criteria.read_on, criteria.status_note, criteria.payers))


@EVERY_VERSION
def test_a_set_that_ships_says_every_clause_in_plain_words_in_both_languages(criteria):
    assert set(criteria.title_plain) == {"en", "es"}
    for clause in criteria.clauses:
        assert set(clause.plain) == {"en", "es"}, clause.key
        assert clause.plain["en"] != clause.plain["es"]
        assert clause.plain["en"] != clause.says


@EVERY_VERSION
def test_a_set_that_ships_leaves_the_same_to_a_person_in_every_wording(criteria):
    for clause in criteria.clauses:
        english = "a person has to review it" in clause.plain["en"]
        assert english is ("una persona tiene que revisarlo" in clause.plain["es"]), clause.key
        assert english is any(word in clause.says for word in ("for review", "to a person", "was not read")), clause.key


@EVERY_VERSION
def test_a_set_that_ships_holds_no_procedure_code(criteria):
    text = (sets.FOLDER / f"{criteria.name}.toml").read_text("utf-8")
    assert not [
        code for code in ("62320", "62321", "62322", "62323", "64479", "64480", "64483", "64484") if code in text
    ]


@pytest.mark.parametrize(("key", "version"), [("nobody", None), ("medicare-lcd", "1999"), ("medicare-lcd", "")])
def test_an_unknown_set_is_refused_with_those_that_there_are(key, version):
    with pytest.raises(sets.UnknownSet, match="evicore-cmm-200@EV-B"):
        sets.load(key, version)


def test_a_new_set_of_known_kinds_needs_no_code():
    criteria = sets.parse((HEAD + CLAUSE).encode())
    result = determine(criteria, Facts.parse(patient(injections=[{"on": "2026-05-03", "region": "lumbar"}])))
    assert (result.policy, result.outcome) == ("test-set", "not_met")


def test_plain_words_are_optional():
    criteria = sets.parse((HEAD + CLAUSE).encode())
    assert criteria.title_plain == criteria.clauses[0].plain == {}


def test_the_days_on_which_a_set_counts_are_kept():
    dated = HEAD + "effective_from = 2026-01-01\neffective_to = 2026-01-01\n" + CLAUSE
    criteria = sets.parse(dated.encode())
    assert criteria.effective_from == criteria.effective_to
    assert str(criteria.effective_from) == "2026-01-01"


def test_lines_may_end_as_another_system_ends_them():
    text = (HEAD + CLAUSE).replace("\n", "\r\n").encode()
    assert sets.parse(text).sha256 == sha256(text).hexdigest()


def test_one_determination_takes_less_than_a_millisecond():
    records = [Facts.parse(merged(DEFAULT, vignette["patch"])) for vignette in VIGNETTES]
    times = []
    for facts in records:
        for criteria in sets.shipped():
            start = perf_counter()
            determine(criteria, facts)
            times.append(perf_counter() - start)
    assert median(times) < 0.001
