"""The first day for another injection: from which day on nothing stands against it, by which clause it is held back,
and what is not known where no day can be told."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.criteria import sets
from clinic.criteria.verdicts import REVIEW
from clinic.repeats import eligible
from tests.criteria.documents import AS_OF, patient, session, sessions_by_chance

BY_CHANCE = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
LASTING = {"relief_lasting": True}


def upcoming(policy, region="lumbar", **said):
    found = eligible.upcoming([sets.load(*policy.split("@"))], patient(**said), region, AS_OF)
    return found[0]


@pytest.mark.parametrize(
    ("given", "policy", "first", "until", "held_by"),
    [
        # 14 days and, for as long, the relief that still lasts: after 25 May both are 8 June.
        ([session("2026-05-25", **LASTING)], "evicore-cmm-200", (2026, 6, 8), None, ["repeat", "interval"]),
        # The relief is asked for until 5 July, three months after 5 April; a year on, a reason is asked for.
        ([session("2026-04-05", **LASTING)], "medicare-lcd", (2026, 7, 5), (2027, 4, 5), ["repeat"]),
        # The first session of a course becomes more than 12 months old on 11 August.
        (
            [session("2025-08-10"), session("2026-04-05", **LASTING)],
            "medicare-lcd",
            (2026, 7, 5),
            (2026, 8, 10),
            ["repeat"],
        ),
        # The fourth: the first of the three leaves the 6 months the day after its anniversary, which is for review.
        (
            [session(day, **LASTING) for day in ("2025-12-10", "2026-02-10", "2026-04-10")],
            "evicore-cmm-200",
            (2026, 6, 11),
            None,
            ["cap-6-months"],
        ),
        # Nothing holds it back today.
        ([session("2026-03-01", **LASTING)], "evicore-cmm-200", (2026, 6, 1), None, []),
        ([], "medicare-lcd", (2026, 6, 1), None, []),
    ],
)
def test_the_first_day_and_the_clause_that_holds_it_back(given, policy, first, until, held_by):
    found = upcoming(policy, injections=given)
    assert found.whole.first == date(*first)
    assert found.whole.until == (until and date(*until))
    assert [each.key for each in found.held_by] == held_by
    assert found.now == (not held_by)


def test_without_enough_relief_time_alone_brings_no_day_and_no_fact_is_missing():
    found = upcoming("evicore-cmm-200", injections=[session("2026-03-01", patient_relief_percent=20, **LASTING)])
    assert (found.whole, found.missing, [each.key for each in found.held_by]) == (None, (), ["repeat"])


def test_a_day_that_cannot_be_told_names_what_nobody_has_said():
    found = upcoming("evicore-cmm-200", injections=[session("2026-05-30", patient_relief_percent=None, **LASTING)])
    assert found.whole is None
    assert found.missing == ("the relief from the injection of 30 May 2026",)


def test_a_day_that_could_be_sooner_says_so():
    found = upcoming("cam-136", injections=[session("2026-03-01")], complaint={"new_pathology": None})
    assert (found.whole.first, found.at_the_latest) == (date(2028, 3, 2), True)
    assert found.missing == ("whether there is new pathology",)


def test_what_is_for_a_person_s_review_today_is_left_to_that_person():
    found = upcoming("bcbs-ma-690", injections=[session("2026-04-01", patient_relief_percent=40)])
    assert (found.whole.first, found.for_review, found.now) == (AS_OF, True, True)


def test_of_another_region_neither_the_plan_nor_the_complaint_is_known():
    said = patient(plan={"rationale": "A rationale for the low back."}, complaint={"new_pathology": True})
    other = eligible.concerning(said, "cervical")
    assert (other["plan"], other["complaint"], other["record_final"]) == ({"region": "cervical"}, {}, False)
    assert eligible.concerning(said, "lumbar")["plan"]["rationale"]


def test_regions_begin_with_the_own_one_and_name_each_that_had_an_injection():
    given = [session("2025-01-01", region=region) for region in ("cervical", "lumbar", "cervical", None)]
    assert eligible.regions(patient(injections=given)) == ("lumbar", "cervical")


def test_every_set_that_ships_asks_something_of_repeats_by_the_clauses_that_are_about_them():
    named = {"repeat", "interval", "cap-6-months", "cap-12-months", "beyond-12-months"}
    for criteria in sets.versions():
        assert set(eligible.about(criteria)) == named & {clause.key for clause in criteria.clauses}


@BY_CHANCE
@given(st.integers(0, 2**32), st.sampled_from(sets.versions()))
def test_nothing_stands_against_the_first_day_and_something_against_each_day_before(seed, criteria):
    document = sessions_by_chance(seed)
    region = eligible.own_region(document)
    said, found = eligible.concerning(document, region), eligible.upcoming([criteria], document, region, AS_OF)[0]
    first = found.whole.first if found.whole else date.max
    last = (found.whole.until if found.whole else None) or date.max
    for day in {AS_OF + timedelta(days=n) for n in (*range(0, 1000, 41), *near(first), *near(last))}:
        asked = eligible.on_day(criteria, said, day)
        stands_against = any(each.stands_against for each in asked)
        if first <= day <= last:
            assert not stands_against
        elif day < first:  # a review that passes by itself, such as that of an anniversary, is not waited for
            assert stands_against or REVIEW in {each.verdict for each in asked}


def near(day):
    """The day, the one before it and the one after it, as days from the first of June, where they are within reach."""
    days = (day.toordinal() - AS_OF.toordinal() + n for n in (-1, 0, 1))
    return [each for each in days if 0 <= each <= 1000]
