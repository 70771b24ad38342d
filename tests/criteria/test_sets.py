"""Criteria sets as documents: what ships, and that a faulty one is refused with its line and what is allowed."""

from hashlib import sha256
from statistics import median
from time import perf_counter

import pytest

from clinic.criteria import sets
from clinic.criteria.determine import determine
from clinic.criteria.facts import Facts
from tests.criteria.documents import DEFAULT, VIGNETTES, merged, patient

HEAD = """key = "test-set"
version = "1"
title = "A made-up set"
publisher = "Test Publisher"
document = "None"
status = "partial"
status_note = "Made up for the tests."
source = "none"
read_on = "never"
unit = "injections"
payers = []
"""
CLAUSE = """[[clause]]
key = "interval"
says = "Thirty days."
pointer = "none"
[[clause.rule]]
kind = "interval"
days = 30
"""


def test_the_sets_that_ship():
    keys = [one.key for one in sets.shipped()]
    assert keys == ["bcbs-ma-690", "bcbs-tn", "cam-136", "credence-mp-303", "evicore-cmm-200", "medicare-lcd"]
    assert sets.load("evicore-cmm-200").version == "EV-A"
    assert sets.load("evicore-cmm-200", "EV-B").version == "EV-B"
    assert sum(one.key == "evicore-cmm-200" for one in sets.versions()) == 2


@pytest.mark.parametrize("criteria", sets.versions(), ids=lambda one: one.name)
def test_a_set_that_ships_names_its_source_and_the_hash_of_its_bytes(criteria):
    file = sets.FOLDER / f"{criteria.name}.toml"
    assert criteria.sha256 == sha256(file.read_bytes()).hexdigest()
    assert all((criteria.publisher, criteria.source, criteria.read_on, criteria.status_note, criteria.payers))


@pytest.mark.parametrize(("key", "version"), [("nobody", None), ("medicare-lcd", "1999"), ("medicare-lcd", "")])
def test_an_unknown_set_is_refused_with_those_that_there_are(key, version):
    with pytest.raises(sets.UnknownSet, match="evicore-cmm-200@EV-B"):
        sets.load(key, version)


def test_a_new_set_of_known_kinds_needs_no_code():
    criteria = sets.parse((HEAD + CLAUSE).encode())
    result = determine(criteria, Facts.parse(patient(injections=[{"on": "2026-05-03", "region": "lumbar"}])))
    assert (result.policy, result.outcome) == ("test-set", "not_met")


@pytest.mark.parametrize(
    ("document", "line", "says"),
    [
        (HEAD + CLAUSE.replace('kind = "interval"', 'kind = "intervall"'), 17, "interval"),
        (HEAD + CLAUSE.replace("days = 30", ""), 16, "days: this parameter is missing"),
        (HEAD + CLAUSE.replace("days = 30", "days = 0"), 18, "from 1 to 365"),
        (HEAD + CLAUSE.replace("days = 30", "days = true"), 18, "whole number"),
        (HEAD + CLAUSE.replace("days = 30", "days = 30\ndays = 31"), 19, "overwrite"),
        (HEAD + CLAUSE.replace("days = 30", "days = 30\nweeks = 2"), 19, "allowed are days, regions"),
        (HEAD + CLAUSE + 'regions = "all"\n', 19, "plan, every"),
        (HEAD + CLAUSE + CLAUSE, 20, "already a clause"),
        (HEAD + CLAUSE.replace('"interval"\nsays', '"spacing"\nsays'), 13, "cap-6-months"),
        (HEAD + CLAUSE.replace('says = "Thirty days."\n', ""), 12, "says"),
        (HEAD + CLAUSE.replace('pointer = "none"', "pointer = 3"), 15, "text"),
        (HEAD + CLAUSE.replace('pointer = "none"', 'pointer = "none"\nwith_clause = "repeat"'), 16, "before this one"),
        (HEAD + CLAUSE.replace('pointer = "none"', 'pointer = "none"\npage = 3'), 16, "pointer"),
        (HEAD + CLAUSE.split("[[clause.rule]]")[0], 12, "at least one"),
        (HEAD, 1, r"\[\[clause\]\]"),
        (HEAD.replace('unit = "injections"', 'unit = "visits"') + CLAUSE, 10, "sessions per region"),
        (HEAD.replace('version = "1"', "version = 1") + CLAUSE, 2, "letters, digits"),
        (HEAD + 'effective_from = "soon"\n' + CLAUSE, 12, "YYYY-MM-DD"),
        (HEAD.replace('title = "A made-up set"\n', "") + CLAUSE, 1, "title: this parameter is missing"),
        ("key = ", 1, "Invalid"),
        (
            HEAD + CLAUSE.replace('kind = "interval"\ndays = 30', 'kind = "one_of"\nfact = "plan.colour"'),
            18,
            "plan.biologic",
        ),
        (
            HEAD + CLAUSE.replace('kind = "interval"\ndays = 30', 'kind = "one_of"\nfact = "therapies.kind"'),
            18,
            "plan.biologic",
        ),
        (
            HEAD
            + CLAUSE.replace('kind = "interval"\ndays = 30', 'kind = "one_of"\nfact = "plan.aim"\nvalues = ["fun"]'),
            19,
            "short_term",
        ),
        (
            HEAD
            + CLAUSE.replace('kind = "interval"\ndays = 30', 'kind = "indication"\ncases = [{ patterns = ["sharp"] }]'),
            18,
            "radicular",
        ),
        (HEAD + CLAUSE.replace('kind = "interval"\ndays = 30', 'kind = "levels"\nmost = { oral = 1 }'), 18, "caudal"),
    ],
)
def test_a_faulty_set_is_refused_with_its_line(document, line, says):
    with pytest.raises(sets.Faulty, match=says) as refused:
        sets.parse(document.encode())
    assert refused.value.line == line


def test_a_set_that_is_not_text_is_refused():
    with pytest.raises(sets.Faulty, match="UTF-8"):
        sets.parse(b"\xff")


def test_one_determination_takes_less_than_a_millisecond():
    records = [Facts.parse(merged(DEFAULT, vignette["patch"])) for vignette in VIGNETTES]
    times = []
    for facts in records:
        for criteria in sets.shipped():
            start = perf_counter()
            determine(criteria, facts)
            times.append(perf_counter() - start)
    assert median(times) < 0.001
