"""The first words of a letter: what the record says, and what it does not say as "not recorded"."""

import json
from datetime import date
from pathlib import Path

import pytest

from clinic.candidacy.steroids import card
from clinic.record.facts import Assembled
from referrals.outgoing.after import After
from referrals.outgoing.asked import EVERY_FIELD, SERVICES, Kind
from referrals.outgoing.filled import MAKERS, NOT_RECORDED, Known, filled, filled_words

COMPLETE = json.loads((Path(__file__).parents[2] / "criteria" / "default_patient.json").read_text())
EMPTY = {"as_of": COMPLETE["as_of"]}


def known(document=None, **said):
    document = COMPLETE if document is None else {**EMPTY, **document}
    rows = {f"injections[{index}]": [] for index in range(len(document.get("injections") or []))}
    steroids = card(Assembled(document, rows=rows), date.fromisoformat(document["as_of"]))
    words = {
        "complaint": "",
        "language": "Spanish",
        "interpreter": None,
        "decision": "",
        "call": "Test Clinic, 555 0100",
    }
    return Known(document=document, steroids=steroids, **(words | said))


@pytest.mark.parametrize("service", SERVICES)
def test_what_nobody_has_said_is_printed_as_not_recorded_and_never_as_no(service):
    said = filled(service, known({}))
    typed = [name for name in said if name not in {"call", "at_once", "scores", "decided", "region"}]
    assert [name for name in typed if NOT_RECORDED not in said[name].lower()] == []
    assert not any(" no." in f" {said[name]}".lower() for name in typed if name != "language")


@pytest.mark.parametrize("service", SERVICES)
def test_no_word_is_longer_than_its_field(service):
    rows = [{"kind": "nsaid", "name": "Naproxen " * 12, "from": "2026-01", "ongoing": True}] * 30
    said = filled(service, known({**COMPLETE, "therapies": rows}))
    assert all(len(text) <= EVERY_FIELD[name].most for name, text in said.items() if EVERY_FIELD[name].most)


def test_nobody_fills_in_what_a_doctor_chooses():
    chosen = {"question", "goals", "goal_line", "start_from", "start_until", "visits", "report_due_on", "study"}
    assert not chosen & MAKERS.keys()
    assert chosen <= EVERY_FIELD.keys()


@pytest.mark.parametrize(
    ("name", "document", "words"),
    [
        ("procedure", {"injections": []}, "None yet."),
        ("procedure", {}, "Not recorded."),
        (
            "procedure",
            {"injections": [{"on": "2026-03-02", "region": "lumbar", "drug": "dexamethasone", "dose_mg": 10.0}]},
            "2 March 2026, epidural, low back, dexamethasone 10 mg.",
        ),
        (
            "procedure",
            {"injections": [{"on": "2026-03-02"}, {"on": "2025-01", "drug": "triamcinolone"}]},
            "2 March 2026, epidural, drug and dose not recorded. 2 on record.",
        ),
        (
            "weakness",
            {"exam": {"root_signs": True, "on": "2026-05-20"}},
            "Signs of a nerve root: yes, examined on 20 May",
        ),
        ("weakness", {"red_flags": {"progressive_weakness": False}}, "Growing weakness: no."),
        (
            "diagnosis",
            {"complaint": {"diagnosis": "stenosis", "onset": "2026-01"}},
            "Stenosis; place not recorded; since",
        ),
        ("tried", {"therapies": []}, "Nothing so far."),
        (
            "tried",
            {"therapies": [{"kind": "nsaid", "name": "Naproxen", "from": "2026-03", "outcome": "no_help"}]},
            "Naproxen: March 2026 to not recorded; no help",
        ),
        ("precautions", {"blood_thinners": []}, "Blood thinner: none."),
        ("precautions", {"conditions": {"diabetes": True}}, "Has: diabetes."),
        (
            "studies",
            {"imaging": [{"modality": "mri", "on": "2026-04-10", "level": "L4-5"}]},
            "MRI, 10 April 2026, finding not",
        ),
    ],
)
def test_each_field_says_what_the_record_says(name, document, words):
    assert words in MAKERS[name](known(document))


def test_before_a_study_stands_what_its_contrast_asks_and_that_implants_are_unknown():
    said = filled("imaging", known({"allergies": {"contrast": True}, "conditions": {"kidney_disease": False}}))
    assert said["precautions"] == (
        "Allergy to contrast: yes. Kidney disease: no. Pregnant, or might be: not recorded. "
        "Implants or devices: not recorded."
    )


def test_only_the_latest_score_of_a_scale_that_the_service_uses_is_quoted():
    scores = [
        {"scale": "PEG", "value": 7.0, "on": "2026-01-05"},
        {"scale": "PEG", "value": 5.333, "on": "2026-05-05"},
        {"scale": "PDAS", "value": 30.0, "on": "2026-05-05"},
    ]
    assert filled("physical_therapy", known({"scores": scores}))["scores"] == [
        {"scale": "PEG", "value": "5.3", "on": "5 May 2026"}
    ]
    assert len(filled("behavioural_health", known({"scores": scores}))["scores"]) == 2
    assert filled("behavioural_health", known({}))["scores"] == []


def test_each_field_of_a_letter_is_a_field_of_an_order():
    assert {field.kind for field in EVERY_FIELD.values()} == set(Kind)
    assert all(service.field("question").needed for service in SERVICES.values())


ON, TODAY = date(2026, 5, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ({}, "Rehabilitation after the epidural injection of 1 May 2026."),
        (
            {"better": 60, "said_on": date(2026, 5, 15), "lasting": True},
            "Rehabilitation while the relief lasts: after the epidural injection of 1 May 2026 "
            "the patient said “60 % better” on 15 May 2026.",
        ),
        (
            {"better": 20, "said_on": date(2026, 5, 15)},
            "Rehabilitation after the epidural injection of 1 May 2026: the patient said “20 % better” on 15 May 2026.",
        ),
        ({"better": -1, "said_on": date(2026, 5, 15)}, "“worse than before”"),
    ],
)
def test_why_therapy_is_asked_for_after_an_injection(said, asks):
    assert asks in filled("physical_therapy", known(after=After(ON, TODAY, **said)))["question"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, {}),
        (date(2026, 6, 10), None, {"start_from": date(2026, 6, 10)}),
        (date(2026, 5, 10), None, {"start_from": TODAY}),
        (date(2026, 5, 10), TODAY, {"start_from": TODAY, "start_until": TODAY}),
        (date(2026, 5, 10), date(2026, 5, 31), {}),
    ],
)
def test_the_start_is_the_one_that_the_doctor_chose_as_far_as_it_is_to_come(first, last, expected):
    said = filled("physical_therapy", known(after=After(ON, TODAY, start_from=first, start_until=last)))
    assert {name: said[name] for name in ("start_from", "start_until") if name in said} == expected


def test_only_physical_therapy_is_filled_from_the_session():
    after = After(ON, TODAY, goals=("walking",), complications=("Dural puncture",))
    assert "question" not in filled("surgery", known(after=after))
    assert "With the injection: dural puncture." in filled("surgery", known(after=after))["precautions"]


def test_the_baseline_of_an_injection_stands_once_and_beside_its_follow_up():
    worst = {"scale": "NRS", "value": 9, "on": "2026-04-30", "period": "worst"}
    average = {"scale": "NRS", "value": 7, "on": "2026-04-30", "period": "average"}
    given = {
        "on": "2026-05-01",
        "before": [{"scale": "NRS", "value": 7, "on": "2026-04-30"}],
        "after": [{"scale": "NRS", "value": 4, "on": "2026-05-08"}, {"scale": "NRS", "value": 2, "on": "2026-05-15"}],
    }
    said = filled("physical_therapy", known({"scores": [average, worst], "injections": [given]}))["scores"]
    assert [(each["scale"], each["value"], each["on"]) for each in said] == [
        ("NRS worst", "9", "30 April 2026"),
        ("NRS before the injection", "7", "30 April 2026"),
        ("NRS after the injection", "2", "15 May 2026"),
    ]


def test_a_first_value_is_named_in_words():
    fields = SERVICES["physical_therapy"]
    assert filled_words(fields.field("start_from"), "2026-06-01") == "1 June 2026"
    assert filled_words(fields.field("goals"), ["walking"]) == "Walking further, without a rest"
    assert filled_words(fields.field("question"), None) == ""
