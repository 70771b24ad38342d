"""What the contract refuses, and how dates that cannot be drop out."""

from datetime import date

import pytest

from clinic.criteria.contract import schema
from clinic.criteria.dates import Span
from clinic.criteria.facts import Facts, Refused
from tests.criteria.documents import patient, session

THERAPY = {"kind": "nsaid", "outcome": "no_help"}


def refusals(document):
    with pytest.raises(Refused) as refused:
        Facts.parse(document)
    return [path for path, because in refused.value.problems if because]


@pytest.mark.parametrize(
    ("patch", "path"),
    [
        ({"therapies": [THERAPY | {"from": "2026-04-20", "to": "2026-03-02"}]}, "therapies[0].to"),
        ({"therapies": [THERAPY | {"from": "2026-04", "to": "2026-03"}]}, "therapies[0].to"),
        ({"therapies": [THERAPY | {"to": "2026-03-02", "ongoing": True}]}, "therapies[0].to"),
        ({"therapies": [THERAPY | {"from": "2026-06-02"}]}, "therapies[0].from"),
        ({"therapies": [THERAPY | {"from": "2026-02-30"}]}, "therapies[0].from"),
        ({"therapies": [THERAPY | {"from": "2026-03-09/2026-03-01"}]}, "therapies[0].from"),
        ({"therapies": [THERAPY | {"kind": "prayer"}]}, "therapies[0].kind"),
        ({"therapies": [THERAPY | {"from": "last spring"}]}, "therapies[0].from"),
        ({"injections": [session("2026-03-02", relief_until="2026-03-01")]}, "injections[0].relief_until"),
        ({"injections": [session("2026-07")]}, "injections[0].on"),
        ({"injections": [session("2026-03-02", after=[{"on": "2026-06-02"}])]}, "injections[0].after[0].on"),
        ({"injections": [session("2026-03-02", patient_relief_percent=101)]}, "injections[0].patient_relief_percent"),
        ({"complaint": {"onset": "2027"}}, "complaint.onset"),
        ({"complaint": {"onset": "0000"}}, "complaint.onset"),
        ({"exam": {"on": "2026-06-02"}}, "exam.on"),
        ({"exam": {"on": "2026-05"}}, "exam.on"),
        ({"blood_thinners": [{"last_taken": "2026-06-02"}]}, "blood_thinners[0].last_taken"),
        ({"plan": {"treatment_since": "2026-06-02"}}, "plan.treatment_since"),
        ({"plan": {"level_count": 0}}, "plan.level_count"),
        ({"plan": {"colour": "blue"}}, "plan.colour"),
        ({"patient": {"age": "52"}}, "patient.age"),
        ({"scores": [{"scale": "NRS", "value": 11}]}, "scores[0].value"),
        ({"scores": [{"scale": "RMDQ", "value": 25}]}, "scores[0].value"),
        ({"scores": [{"scale": "NDI", "value": float("inf")}]}, "scores[0].value"),
        ({"as_of": None}, "as_of"),
        ({"as_of": "2026-02-30"}, "as_of"),
        ({"as_of": "2026-06"}, "as_of"),
    ],
)
def test_refused_with_the_path(patch, path):
    assert path in refusals(patient(**patch))


@pytest.mark.parametrize("document", [None, 42, "facts", []])
def test_refused_where_it_is_no_document(document):
    assert refusals(document) == ["$"]


def test_every_problem_is_told_at_once():
    document = patient(complaint={"onset": "2027"}, exam={"on": "2026-06-02"})
    assert refusals(document) == ["complaint.onset", "exam.on"]


def test_days_that_cannot_be_drop_out():
    rows = [{"from": "2026-04", "to": "2026-04-10"}, {"from": "2026-03-10", "to": "2026-03"}, {"from": "2026-06"}]
    therapies = Facts.parse(patient(therapies=rows)).therapies
    assert [therapy.start for therapy in therapies] == [
        Span(date(2026, 4, 1), date(2026, 4, 10)),
        Span(date(2026, 3, 10), date(2026, 3, 10)),
        Span(date(2026, 6, 1), date(2026, 6, 1)),
    ]
    assert therapies[1].end == Span(date(2026, 3, 10), date(2026, 3, 31))
    assert therapies[2].end == Span(date(2026, 6, 1), date(2026, 6, 1), said=False)


def test_absent_and_null_are_the_same_and_an_empty_list_is_not():
    absent = Facts.parse({"as_of": "2026-06-01"})
    null = {name: None for name in schema()["properties"] if name != "as_of"}
    assert Facts.parse({"as_of": "2026-06-01", **null}) == absent
    assert absent.injections is None
    assert Facts.parse({"as_of": "2026-06-01", "injections": []}).injections == ()


def test_every_fact_with_words_or_yes_and_no_can_be_named_by_a_rule():
    facts = Facts.parse(patient())
    sections = {name: shape["properties"] for name, shape in schema()["properties"].items() if "properties" in shape}
    for section, shapes in sections.items():
        for name, shape in shapes.items():
            if "enum" in shape or "boolean" in shape.get("type", ()):
                facts.said(f"{section}.{name}")
