"""A course that runs on: what tells so, and that what is not known tells nothing."""

from datetime import date

import pytest

from clinic.candidacy.steroids import given_and_planned
from clinic.criteria import sets
from clinic.criteria.facts import Facts
from clinic.repeats import eligible, enough
from tests.criteria.documents import AS_OF, patient, session


def signs(*given, region="lumbar", **said):
    document = patient(injections=list(given), **said) | {"other_injections": []}
    asked = eligible.upcoming([sets.load("medicare-lcd")], without_elsewhere(document), region, AS_OF)[0].asked
    facts = Facts.parse(without_elsewhere(document))
    found = enough.signs(facts, region, asked, given_and_planned(document, AS_OF))
    return {each.key: each.words for each in found}


def without_elsewhere(document):
    return {name: value for name, value in document.items() if name != "other_injections"}


def test_an_ordinary_second_one_tells_nothing():
    assert signs(session("2026-03-01")) == {}
    assert signs() == {}


def test_the_count_of_the_set_is_used_up_by_the_next_one():
    given = [session(day) for day in ("2025-09-01", "2025-12-01", "2026-03-01")]
    assert signs(*given)["count"] == "The planned one would be number 4 of 4 in 12 months."
    assert "count" not in signs(*given[1:])


def test_a_course_of_more_than_a_year():
    long = signs(session("2025-03-10"), session("2025-12-01"))["long"]
    assert long == "The course has run since 10 March 2025: more than a year."
    assert "long" not in signs(session("2025-06-01"), session("2025-12-01"))


def test_a_course_is_over_after_a_year_without_an_injection():
    assert signs(session("2022-03-10"), session("2026-03-01")) == {}
    assert signs(session("2024-03-10"), session("2025-03-10")) == {}


def test_the_doctor_s_own_first_day_of_the_course_counts():
    said = {"plan": {"treatment_since": "2025-01"}}
    words = signs(session("2026-03-01"), **said)["long"]
    assert words == "The course has run since 31 January 2025 at the latest: more than a year."


@pytest.mark.parametrize(
    ("percents", "words"),
    [
        ((80, 60, 40), "Less relief each time: 80 %, 60 %, 40 %."),
        ((40, 80, 60), "Less relief each time: 80 %, 60 %."),
        ((60, 60), None),
        ((80, None), None),
        ((None, 60), None),
        ((50,), None),
    ],
)
def test_less_relief_each_time(percents, words):
    days = ("2025-12-01", "2026-02-01", "2026-04-01")
    given = [session(day, patient_relief_percent=percent) for day, percent in zip(days, percents, strict=False)]
    assert signs(*given).get("less") == words


def test_an_order_that_is_not_known_tells_nothing_of_the_relief():
    given = [session("2026-03", patient_relief_percent=80), session("2026-03-20", patient_relief_percent=50)]
    assert "less" not in signs(*given)


def test_the_steroid_sum_with_and_without_the_planned_one():
    given = [session(day, drug="triamcinolone", dose_mg=80) for day in ("2025-09-01", "2026-01-01")]
    plan = {"plan": {"drug": "triamcinolone", "dose_mg": 80}}
    assert "sum-12" not in signs(*given, plan={"drug": None, "dose_mg": None})
    assert signs(*given, **plan)["sum-12"] == (
        "Steroid with the planned one: 240 mg of methylprednisolone in 12 months, "
        "above the published recommendation of 200 mg."
    )
    third = session("2026-04-01", drug="triamcinolone", dose_mg=80)
    assert signs(*given, third, **plan)["sum-12"].startswith("Injected steroid: 240 mg")


def test_another_region_is_another_course():
    given = [session("2025-03-10", region="cervical"), session("2025-12-01", region="cervical")]
    assert "long" not in signs(*given)
    assert "long" in signs(*given, region="cervical")


def test_a_course_begins_with_the_first_that_is_not_surely_apart():
    facts = Facts.parse(patient(injections=[session("2024"), session("2025-06-01"), session("2026-01-01")]))
    assert enough.course(facts, "lumbar")[0].on.first == date(2024, 1, 1)
