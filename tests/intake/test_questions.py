"""The questionnaire as data: its version, its conditions, the facts that it speaks for."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from clinic.intake import questions
from clinic.intake.questions import PLAIN, RELEASE, ROWS, SECTIONS, VERSION, every_question, facts_asked, medicines
from clinic.intake.questions.asked import Answers, Given, asked_on, counted, first_open, gaps, minutes_left, states
from clinic.intake.questions.instruments import RMDQ
from clinic.intake.questions.ledger import ledger
from clinic.intake.questions.shape import Kind, Page, Rows

TODAY = date(2026, 11, 22)
# Changed words need a new release: add a line, never change one.
RELEASES = {
    "2026-11": "5d67631cae8d12c183376a5d17dd4c9830f804c4d04a7e20cd70e4c40ddb10ff",
    "2026-11b": "6110b31a3955b4628e842d51e2d012c1dc79466a93115723ca6c208c3a10dbab",
}


def answers(language="en", rows=None, **plain):
    return Answers(TODAY, language, {key: Given(value, language) for key, value in plain.items()}, rows or {})


def asked(page, **plain):
    section, slug = page.split("/")
    step = questions.find_step(section, slug)
    return [question.key for question in asked_on(step, counted(answers(**plain)))]


def test_changed_words_need_a_new_release():
    assert RELEASES[RELEASE] == questions.fingerprint()
    assert VERSION.startswith(RELEASE)
    assert len(VERSION) <= 20


def test_a_changed_word_changes_the_version():
    first = SECTIONS[0]
    assert questions.fingerprint((replace(first, title="Another title"), *SECTIONS[1:])) != questions.fingerprint()


def test_there_are_eight_sections_in_the_order_asked():
    assert [section.key for section in SECTIONS] == [
        "who", "safety", "about", "pain", "tried", "health", "scans", "hopes",
    ]  # fmt: skip


def test_keys_are_unique_and_short_enough_to_keep():
    keys = [question.key for _section, step, question in every_question() if isinstance(step, Page)]
    assert len(keys) == len(set(keys))
    assert all(len(question.key) <= 60 for _section, _step, question in every_question())


def test_conditions_look_back_only():
    seen = set()
    for _section, step, question in every_question():
        if isinstance(step, Page):
            names = question.asked_if.names() if question.asked_if else frozenset()
            assert names <= seen, question.key
            seen.add(question.key)


def test_choices_have_one_value_each():
    for _section, _step, question in every_question():
        values = [choice.value for choice in question.offered]
        assert len(values) == len(set(values)), question.key


def test_dont_know_is_offered_wherever_a_fact_is_asked():
    for _section, _step, question in every_question():
        if question.facts and question.kind in (Kind.YES_NO, Kind.CHOICE, Kind.DATE):
            assert "dk" in question.values, question.key


def test_facts_are_of_the_contract_and_have_one_question_each():
    schema = json.loads((Path("clinic/criteria") / "facts.schema.json").read_text())
    known = set(_paths("", schema))
    assert set(facts_asked()) <= known


def _paths(path, node):
    if "properties" in node:
        for name, child in node["properties"].items():
            yield from _paths(f"{path}.{name}" if path else name, child)
    elif "items" in node:
        yield from _paths(f"{path}[]", node["items"])
    else:
        yield path


@pytest.mark.parametrize(
    ("page", "plain", "expected"),
    [
        ("who/person", {}, ["filling_in"]),
        ("who/person", {"filling_in": "somebody"}, ["filling_in", "helper_name", "helper_relation"]),
        ("about/pregnancy", {}, []),
        ("about/pregnancy", {"sex": "male"}, []),
        ("about/pregnancy", {"sex": "female"}, ["pregnant"]),
        ("about/pregnancy", {"sex": "pns", "birth_date": "1990-01-01"}, ["pregnant"]),
        ("about/pregnancy", {"sex": "female", "birth_date": "1966-11-22"}, []),
        ("about/pregnancy", {"sex": "female", "birth_date": "1966-11-23"}, ["pregnant"]),
        ("pain/began", {"worsened": "yes"}, ["onset", "worsened", "exacerbated_on"]),
        ("pain/began", {"worsened": "dk"}, ["onset", "worsened"]),
        ("pain/back-sheet", {"region": "cervical"}, []),
        ("pain/back-sheet", {"region": "lumbar"}, ["rmdq"]),
        ("health/diabetes", {"diabetes": "no"}, ["diabetes"]),
        ("health/diabetes", {"diabetes": "yes"}, ["diabetes", "diabetes_controlled"]),
        ("scans/since", {"any_injection": "no"}, []),
        ("scans/since", {"any_injection": "yes"}, ["new_injury"]),
        ("scans/since", {"any_injection": "yes", "new_injury": "yes"}, ["new_injury", "new_injury_on"]),
        ("scans/since", {"any_injection": "no", "new_injury": "yes"}, []),
    ],
)
def test_asked_if(page, plain, expected):
    assert asked(page, **plain) == expected


def test_instruments_are_asked_in_english_and_kept_where_they_were_answered():
    peg = questions.find_step("pain", "peg")
    daily = questions.find_step("pain", "daily")
    spanish = answers("es", region="lumbar")
    assert asked_on(peg, spanish) == []
    assert len(asked_on(daily, spanish)) == 6
    done = replace(spanish, plain={**spanish.plain, "peg_pain": Given(7, "en"), "rmdq": Given(["1"], "en")})
    assert len(asked_on(peg, done)) == 3
    assert asked_on(daily, done) == []
    assert counted(done).get("rmdq") == ["1"]


def test_the_instruments_are_word_for_word():
    assert len(RMDQ) == 24
    assert RMDQ[8] == "I get dressed more slowly then usual because of my back."
    assert PLAIN["peg_pain"].text == "What number best describes your pain on average in the past week?"
    assert PLAIN["peg_pain"].high == "Pain as bad as you can imagine"


def test_what_is_no_longer_asked_is_not_counted_and_comes_back():
    diabetic = {"diabetes": "yes", "diabetes_controlled": "no"}
    assert counted(answers(**diabetic)).get("diabetes_controlled") == "no"
    assert counted(answers(**{**diabetic, "diabetes": "no"})).get("diabetes_controlled") is None


def test_a_list_counts_only_while_it_is_asked():
    rows = {"therapies": {"k": {"kind": Given("rest")}}}
    assert counted(answers(rows=rows, any_therapy="yes")).rows["therapies"]
    assert "therapies" not in counted(answers(rows=rows, any_therapy="no")).rows


def test_gaps_names_what_is_open_and_an_empty_list():
    empty = counted(answers(any_therapy="yes"))
    assert any(gap.step is ROWS["therapies"] and gap.question is None for gap in gaps(empty))
    assert first_open(counted(answers()))[1].slug == "person"
    begun = {section.key: state for section, state in states(counted(answers(filling_in="patient")))}
    assert begun["who"] == "done"
    assert begun["safety"] == "todo"


def test_going_on_does_not_take_one_page_for_another_of_the_same_slug():
    page_of_safety = questions.find_step("safety", "now")
    answered = {question.key: "no" for question in page_of_safety.questions}
    assert questions.find_step("health", "now") is not None
    assert first_open(counted(answers(filling_in="patient", **answered)))[1].slug == "before"


def test_minutes_go_down():
    whole = minutes_left(counted(answers()))
    assert 10 <= whole <= 20
    assert minutes_left(counted(answers(areas=["neck"], nrs_now=3, nrs_average=4, nrs_worst=5, onset="2026"))) < whole


@pytest.mark.parametrize(
    ("written", "name", "drug_class"),
    [
        ("Eliquis", "apixaban", "anticoagulant"),
        ("apixabán 5 mg", "apixaban", "anticoagulant"),
        ("XARELTO 20mg", "rivaroxaban", "anticoagulant"),
        ("warfarina", "warfarin", "anticoagulant"),
        ("Coumadin", "warfarin", "anticoagulant"),
        ("heparina", "heparin", "anticoagulant"),
        ("baby aspirin 81 mg", "aspirin", "antiplatelet"),
        ("Aspirina", "aspirin", "antiplatelet"),
        ("Plavix (clopidogrel)", "clopidogrel", "antiplatelet"),
        ("Aleve", "naproxen", "nsaid"),
        ("naproxeno", "naproxen", "nsaid"),
    ],
)
def test_medicines_are_found_by_brand_or_generic_name(written, name, drug_class):
    found = medicines.find(written)
    assert (found.name, found.drug_class) == (name, drug_class)


@pytest.mark.parametrize("written", ["", "vitamin C", "aspirin and Plavix", "🙂", "x" * 1000])
def test_a_medicine_that_is_not_in_the_table_stays_as_written(written):
    assert medicines.find(written) is None


def row(**values):
    return {key: Given(value) for key, value in values.items()}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], None),
        ([row(kind="nsaid", outcome="no_help", **{"from": "2026-03-02", "to": "2026-04-20"})], (7, 7, 0)),
        ([row(kind="rest", outcome="dk", **{"from": "2026-11-01", "to": "going"})], (3, 3, 0)),
        ([row(kind="rest", outcome="no_help", **{"from": "2026-03", "to": "2026-04-20"})], (2, 7, 1)),
        ([row(kind="rest", outcome="no_help", **{"from": "dk", "to": "2026-04-20"})], (0, None, 1)),
        ([row(kind="behavioural_evaluation", **{"from": "2026-03-02", "to": "2026-04-20"})], (0, 0, 0)),
        (
            [
                row(kind="rest", outcome="no_help", **{"from": "2026-03-02", "to": "2026-04-20"}),
                row(kind="tens", outcome="lasting_help", **{"from": "2026-03-02", "to": "2026-05-04"}),
            ],
            (9, 9, 0),
        ),
    ],
)
def test_ledger_counts_days_once(rows, expected):
    listed = {"therapies": {str(number): each for number, each in enumerate(rows)}}
    found = ledger(counted(answers(any_therapy="yes", rows=listed)))
    assert (found and (found.least, found.most, found.inexact)) == expected


def test_ledger_says_the_weeks_of_pain():
    listed = {"therapies": {"k": row(kind="rest", **{"from": "2026-11-01", "to": "going"})}}
    assert ledger(counted(answers(any_therapy="yes", onset="2026-08-23", rows=listed))).pain == 13
    assert ledger(counted(answers(any_therapy="yes", onset="dk", rows=listed))).pain is None


def test_every_list_names_its_gate_and_columns():
    for rows in ROWS.values():
        assert rows.gate in PLAIN
        assert all(question.column for question in rows.all_questions)
        assert isinstance(rows, Rows)
