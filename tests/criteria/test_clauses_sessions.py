"""Earlier injections: what the last one did, how long ago it was, and how many there were, clause by clause."""

import pytest

from tests.criteria.documents import patient, session
from tests.criteria.weighing import clause

OTHER = {"differs_from_last": True, "rationale": "caudal route"}
SAME = {"differs_from_last": False}


def verdict(sessions, policy, key, plan=SAME, **patch):
    document = patient(plan=plan, **patch) | {"injections": sessions}
    return clause(document, policy, key).verdict


def follow_up(value, on=None, scale="NRS"):
    return {"scale": scale, "value": value} | ({"on": on} if on else {})


def relieved(until="2026-05-20", on="2026-02-20", **said):
    return session(on, relief_until=until, **said)


@pytest.mark.parametrize(
    ("given", "plan", "expected"),
    [
        # Exactly three calendar months, and a day less.
        (relieved(), SAME, "met"),
        (relieved("2026-05-19"), SAME, "not_met"),
        (relieved("2026-05"), SAME, "cannot_tell"),
        (relieved("2026-05-25", "2026-02"), SAME, "cannot_tell"),
        (relieved("2026-05-28", "2026-02"), SAME, "met"),
        # Relief that did not last is not a failure, so another drug does not help.
        (relieved("2026-04-01"), OTHER, "not_met"),
        # The end of the relief: said, lasting, or dated by a follow-up.
        (relieved(None), SAME, "cannot_tell"),
        (relieved(None, relief_lasting=True), SAME, "met"),
        (relieved(None, after=[follow_up(3, "2026-05-20")]), SAME, "met"),
        (relieved(None, after=[follow_up(3, "2026-05-19")]), SAME, "cannot_tell"),
        (relieved(None, "2026-03-02"), SAME, "not_met"),
        # What contradicts itself is for a person.
        (relieved("2026-04-01", relief_lasting=True), SAME, "review"),
        (relieved("2026-04-01", after=[follow_up(3, "2026-05-20")]), SAME, "review"),
        (relieved(after=[follow_up(3, "2026-03-20"), follow_up(7, "2026-05-01")]), SAME, "review"),
        (relieved("2026-04-20", after=[follow_up(3, "2026-04-10"), follow_up(7, "2026-05-01")]), SAME, "not_met"),
        # The size is computed on the same scale, unrounded; the best follow-up counts.
        (relieved(after=[follow_up(4)]), SAME, "met"),
        (relieved(after=[follow_up(4.01)]), SAME, "not_met"),
        (relieved(after=[follow_up(7), follow_up(4)]), SAME, "met"),
        (relieved(after=[follow_up(4, scale="RMDQ")]), SAME, "cannot_tell"),
        (relieved("2026-04-01", after=[follow_up(4, scale="RMDQ")]), SAME, "cannot_tell"),
        (relieved(before=[follow_up(0)], after=[follow_up(0)]), SAME, "cannot_tell"),
        (relieved(before=[follow_up(60, scale="PROMIS")], after=[follow_up(20, scale="PROMIS")]), SAME, "cannot_tell"),
        (
            relieved(
                before=[follow_up(8), follow_up(20, scale="RMDQ")], after=[follow_up(7), follow_up(10, scale="RMDQ")]
            ),
            SAME,
            "met",
        ),
        (relieved(after=[]), SAME, "cannot_tell"),
        (relieved(after=None), SAME, "cannot_tell"),
        (relieved(patient_relief_percent=10), SAME, "met"),
        # It failed: 14 days, another way, a rationale.
        (session("2026-05-18", after=[follow_up(7)]), OTHER, "met"),
        (session("2026-05-19", after=[follow_up(7)]), OTHER, "not_met"),
        (session("2026-05", after=[follow_up(7)]), OTHER, "cannot_tell"),
        (session("2026-05-18", after=[follow_up(7)]), OTHER | {"differs_from_last": None}, "cannot_tell"),
        (session("2026-05-18", after=[follow_up(7)]), OTHER | {"rationale": ""}, "not_met"),
        (session("2026-05-18", after=[follow_up(7)]), OTHER | {"rationale": None}, "cannot_tell"),
        # Ten days ago neither a success nor a failure would do.
        (session("2026-05-22", after=[]), OTHER, "not_met"),
    ],
)
def test_medicare_repeat(given, plan, expected):
    assert verdict([given], "medicare-lcd", "repeat", plan) == expected


def test_medicare_repeat_without_a_written_rationale_once_the_record_is_final():
    failed = session("2026-05-18", after=[follow_up(7)])
    plan = {"differs_from_last": True}
    assert verdict([failed], "medicare-lcd", "repeat", plan, record_final=True) == "not_met"


@pytest.mark.parametrize("policy", ["medicare-lcd", "evicore-cmm-200"])
def test_the_last_session_is_the_last_in_the_planned_region(policy):
    neck = session("2026-05-01", region="cervical", patient_relief_percent=0, after=[follow_up(8)])
    assert verdict([neck], policy, "repeat") == "not_applicable"
    assert verdict([neck, relieved()], policy, "repeat") == "met"
    assert verdict([neck | {"region": None}, relieved()], policy, "repeat") == "cannot_tell"
    assert verdict([relieved(), neck], policy, "repeat", {"region": None}) == "cannot_tell"
    assert verdict([], policy, "repeat", {"region": None}) == "not_applicable"
    assert verdict(None, policy, "repeat") == "cannot_tell"


def test_two_sessions_of_one_day_with_different_effects_are_for_a_person():
    poor = relieved(patient_relief_percent=10)
    assert verdict([relieved(), poor], "evicore-cmm-200", "repeat") == "review"
    assert verdict([poor, relieved()], "evicore-cmm-200", "repeat") == "review"
    assert verdict([poor, poor], "evicore-cmm-200", "repeat") == "not_met"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (relieved("2026-03-06", after=[]), "met"),
        (relieved("2026-03-05", after=[]), "not_met"),
        (relieved("2026-03", after=[]), "cannot_tell"),
        (relieved(patient_relief_percent=49.99), "not_met"),
        (relieved(patient_relief_percent=None), "cannot_tell"),
        (relieved(function_better_or_less_medicine=False), "not_met"),
        (relieved(function_better_or_less_medicine=None), "cannot_tell"),
        # A follow-up may date the relief, and never size it.
        (relieved(None, after=[follow_up(3, "2026-03-06")]), "met"),
        (relieved(None, after=[follow_up(7, "2026-03-06")]), "cannot_tell"),
        (relieved(after=[follow_up(7, "2026-03-06")]), "met"),
        (relieved("2026-04-01", relief_lasting=True), "review"),
        (relieved("2026-04-01", relief_lasting=True, patient_relief_percent=20), "not_met"),
    ],
)
def test_evicore_repeat(given, expected):
    assert verdict([given], "evicore-cmm-200", "repeat") == expected


@pytest.mark.parametrize(
    ("relief", "expected"), [(29.99, "not_met"), (30, "review"), (100, "review"), (None, "cannot_tell")]
)
def test_massachusetts_repeat(relief, expected):
    given = session("2026-02-20", region="cervical", patient_relief_percent=relief)
    assert verdict([given], "bcbs-ma-690", "repeat") == expected


@pytest.mark.parametrize(
    ("on", "new", "expected"),
    [
        ("2024-05-31", None, "not_applicable"),
        ("2024-06-01", False, "review"),
        ("2024-06-01", True, "not_applicable"),
        ("2024-06-01", None, "cannot_tell"),
        ("2024", False, "cannot_tell"),
        ("2023", False, "not_applicable"),
    ],
)
def test_cam_repeat_starts_again(on, new, expected):
    assert verdict([session(on)], "cam-136", "repeat", complaint={"new_pathology": new}) == expected


@pytest.mark.parametrize(
    ("reliefs", "expected"),
    [
        ([], "not_applicable"),
        ([49, 80], "met"),
        ([49, 80, 49.99], "not_met"),
        ([49, None], "cannot_tell"),
        ([80, None], "met"),
        ([49, 20, None], "not_met"),
    ],
)
def test_tennessee_repeat(reliefs, expected):
    sessions = [session("2026-01-05", patient_relief_percent=relief) for relief in reliefs]
    assert verdict(sessions, "bcbs-tn", "repeat") == expected


@pytest.mark.parametrize(
    ("on", "policy", "expected"),
    [
        ("2026-05-18", "evicore-cmm-200", "met"),
        ("2026-05-19", "evicore-cmm-200", "not_met"),
        ("2026-05-02", "bcbs-ma-690", "met"),
        ("2026-05-03", "bcbs-ma-690", "not_met"),
        ("2026-05", "bcbs-ma-690", "cannot_tell"),
        ("2026-04", "bcbs-ma-690", "met"),
    ],
)
def test_interval(on, policy, expected):
    assert verdict([session(on)], policy, "interval") == expected


def test_interval_counts_the_regions_that_the_set_counts():
    neck = session("2026-05-31", region="cervical")
    assert verdict([neck], "evicore-cmm-200", "interval") == "not_applicable"
    assert verdict([neck], "bcbs-ma-690", "interval") == "not_met"


INSIDE, LIMIT_12, LIMIT_6 = "2026-01-10", "2025-06-01", "2025-12-01"


@pytest.mark.parametrize(
    ("dates", "policy", "key", "expected"),
    [
        ([INSIDE] * 3, "medicare-lcd", "cap-12-months", "met"),
        ([INSIDE] * 4, "medicare-lcd", "cap-12-months", "not_met"),
        ([*[INSIDE] * 3, LIMIT_12], "medicare-lcd", "cap-12-months", "review"),
        ([*[INSIDE] * 2, LIMIT_12], "medicare-lcd", "cap-12-months", "met"),
        ([*[INSIDE] * 4, LIMIT_12], "medicare-lcd", "cap-12-months", "not_met"),
        ([*[INSIDE] * 3, "2025-06-02"], "medicare-lcd", "cap-12-months", "not_met"),
        ([*[INSIDE] * 3, "2025-05-31"], "medicare-lcd", "cap-12-months", "met"),
        ([*[INSIDE] * 3, "2025-06"], "medicare-lcd", "cap-12-months", "cannot_tell"),
        ([*[INSIDE] * 2, "2025-06"], "medicare-lcd", "cap-12-months", "met"),
        ([*[INSIDE] * 2, LIMIT_6], "evicore-cmm-200", "cap-6-months", "review"),
        ([*[INSIDE] * 2, "2025-12-02"], "evicore-cmm-200", "cap-6-months", "not_met"),
        ([*[INSIDE] * 2, LIMIT_6], "bcbs-tn", "cap-6-months", "review"),
        ([INSIDE] * 5, "bcbs-ma-690", "cap-12-months", "met"),
        ([INSIDE] * 6, "bcbs-ma-690", "cap-12-months", "not_met"),
        ([INSIDE] * 6, "credence-mp-303", "cap-12-months", "not_met"),
        ([*[INSIDE] * 5, LIMIT_12], "credence-mp-303", "cap-12-months", "review"),
    ],
)
def test_cap(dates, policy, key, expected):
    assert verdict([session(on) for on in dates], policy, key) == expected


def test_cap_counts_the_regions_that_the_set_counts():
    neck = [session(INSIDE, region="cervical")] * 6
    assert verdict(neck, "medicare-lcd", "cap-12-months") == "met"
    assert verdict(neck, "credence-mp-303", "cap-12-months") == "not_met"
    unsaid = [session(INSIDE, region=None)] * 4
    assert verdict(unsaid, "medicare-lcd", "cap-12-months") == "cannot_tell"
    assert verdict(unsaid[:3], "medicare-lcd", "cap-12-months") == "met"


def test_cap_after_a_new_injury_with_its_date_is_for_a_person():
    sessions = [session(INSIDE)] * 6
    injured = {"complaint": {"new_injury_on": "2026-05"}}
    assert verdict(sessions, "credence-mp-303", "cap-12-months", **injured) == "review"
    assert verdict(sessions[:5], "credence-mp-303", "cap-12-months", **injured) == "met"


@pytest.mark.parametrize(
    ("on", "side", "planned", "policy", "expected"),
    [
        (INSIDE, "both", "left", "bcbs-ma-690", "review"),
        (INSIDE, "left", "both", "bcbs-ma-690", "review"),
        ("2025-05-31", "both", "left", "bcbs-ma-690", "met"),
        ("2025-05-31/2025-06-02", "both", "left", "bcbs-ma-690", "cannot_tell"),
        (INSIDE, None, "left", "bcbs-ma-690", "cannot_tell"),
        (INSIDE, "left", None, "bcbs-ma-690", "cannot_tell"),
        (INSIDE, "both", "both", "credence-mp-303", "met"),
        (INSIDE, "both", "left", "medicare-lcd", "met"),
    ],
)
def test_cap_and_both_sides(on, side, planned, policy, expected):
    assert verdict([session(on, side=side)], policy, "cap-12-months", {"side": planned}) == expected


def test_cap_and_both_sides_whatever_the_count():
    sessions = [session(INSIDE)] * 9 + [session(INSIDE, side="both")]
    assert verdict(sessions, "bcbs-ma-690", "cap-12-months") == "review"


LONG = {"treatment_since": "2025-05-31", "beyond_a_year_reason": "declines_surgery", "primary_care_notified": True}


@pytest.mark.parametrize(
    ("plan", "final", "expected"),
    [
        (LONG, False, "met"),
        (LONG | {"treatment_since": "2025-06-01"}, False, "not_applicable"),
        (LONG | {"treatment_since": "2025"}, False, "cannot_tell"),
        (LONG | {"treatment_since": "2024"}, False, "met"),
        (LONG | {"beyond_a_year_reason": "none"}, False, "not_met"),
        (LONG | {"beyond_a_year_reason": None}, False, "cannot_tell"),
        (LONG | {"beyond_a_year_reason": None}, True, "not_met"),
        (LONG | {"primary_care_notified": False}, False, "not_met"),
        (LONG | {"primary_care_notified": None}, True, "cannot_tell"),
    ],
)
def test_beyond_a_year(plan, final, expected):
    assert verdict([relieved()], "medicare-lcd", "beyond-12-months", plan, record_final=final) == expected


@pytest.mark.parametrize(
    ("sessions", "expected"),
    [
        ([], "not_applicable"),
        ([session("2025-06-01")], "not_applicable"),
        ([session("2025-05-31")], "cannot_tell"),
        ([session("2025")], "cannot_tell"),
        ([session("2025-05-31", region="cervical")], "not_applicable"),
        (None, "cannot_tell"),
    ],
)
def test_beyond_a_year_where_nobody_said_since_when(sessions, expected):
    assert verdict(sessions, "medicare-lcd", "beyond-12-months") == expected


def test_beyond_a_year_follows_the_rule_on_repeats():
    assert verdict([relieved("2026-04-01")], "medicare-lcd", "beyond-12-months", LONG) == "not_met"
    assert verdict([relieved("2026-05")], "medicare-lcd", "beyond-12-months", LONG) == "cannot_tell"
    assert verdict([], "medicare-lcd", "beyond-12-months", LONG) == "review"
