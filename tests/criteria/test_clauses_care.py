"""Conservative care, clause by clause, on the corner cases of the contract and of the sets."""

import pytest

from tests.criteria.documents import patient
from tests.criteria.weighing import clause

OPEN, FINAL = {}, {"record_final": True}


def care(start, end, **said):
    row = {"kind": "nsaid", "from": start, "to": end, "outcome": "no_help", **said}
    return {name: value for name, value in row.items() if value is not None}


INTOLERANT = care("2026-03-09", "2026-03-14", outcome="not_tolerated", intolerance_documented=True)
UNDOCUMENTED = care("2026-03-09", "2026-03-14", outcome="not_tolerated")
ZOSTER = {"complaint": {"diagnosis": "acute_herpes_zoster", "onset": "2026-05-20"}}
STENOSIS = {"complaint": {"diagnosis": "stenosis"}}
NO_DIAGNOSIS = {"complaint": {"diagnosis": None}}


@pytest.mark.parametrize(
    ("therapies", "patch", "policy", "verdict"),
    [
        ([care("2026-05-04", "2026-06-01")], OPEN, "medicare-lcd", "met"),
        ([care("2026-05-05", "2026-06-01")], OPEN, "medicare-lcd", "not_met"),
        ([care("2026-05-04", None, ongoing=True)], OPEN, "medicare-lcd", "met"),
        # With neither a last day nor `ongoing` the end is any day.
        ([care("2026-05-04", None)], OPEN, "medicare-lcd", "cannot_tell"),
        ([care("2026-05-05", None)], OPEN, "medicare-lcd", "not_met"),
        ([care(None, "2026-05-05")], OPEN, "credence-mp-303", "cannot_tell"),
        # What counts, and what does not.
        ([care("2026-03-02", "2026-05-02", outcome="lasting_help")], OPEN, "medicare-lcd", "not_met"),
        ([care("2026-03-02", "2026-05-02", outcome=None)], OPEN, "medicare-lcd", "cannot_tell"),
        ([care("2026-03-02", "2026-05-02", outcome=None)], FINAL, "medicare-lcd", "cannot_tell"),
        ([care("2026-03-02", "2026-05-02", kind="behavioural_evaluation")], OPEN, "credence-mp-303", "not_met"),
        ([care("2026-03-02", "2026-05-02", kind="behavioural_therapy")], OPEN, "credence-mp-303", "met"),
        ([care("2026-03-02", "2026-05-02", kind=None)], OPEN, "credence-mp-303", "cannot_tell"),
        ([care("2026-03-02", "2026-05-02", outcome="contraindicated")], OPEN, "credence-mp-303", "not_met"),
        ([care("2026-03-02", "2026-05-02", outcome="not_tolerated")], OPEN, "credence-mp-303", "met"),
        ([], OPEN, "medicare-lcd", "not_met"),
        (None, OPEN, "medicare-lcd", "cannot_tell"),
        # Pain of four weeks as well.
        ([care("2026-03-02", "2026-05-02")], {"complaint": {"onset": "2026-05-05"}}, "medicare-lcd", "not_met"),
        ([care("2026-03-02", "2026-05-02")], {"complaint": {"onset": "2026-05"}}, "medicare-lcd", "cannot_tell"),
        ([care("2026-03-02", "2026-05-02")], {"complaint": {"onset": None}}, "medicare-lcd", "cannot_tell"),
        ([], {"complaint": {"onset": None}}, "medicare-lcd", "not_met"),
        ([care("2026-03-02", "2026-05-02")], {"complaint": {"onset": None}}, "evicore-cmm-200", "met"),
        # Care that ended more than twelve months ago, with none since.
        ([care("2025-03-01", "2025-05-31")], {"complaint": {"onset": "2025"}}, "medicare-lcd", "review"),
        ([care("2025-03-01", "2025-06-01")], {"complaint": {"onset": "2025"}}, "medicare-lcd", "met"),
        ([care("2025-03-01", "2025-05")], {"complaint": {"onset": "2025"}}, "medicare-lcd", "review"),
        (
            [care("2025-03-01", "2025-05-20/2025-06-10")],
            {"complaint": {"onset": "2025"}},
            "medicare-lcd",
            "cannot_tell",
        ),
        (
            [care("2025-03-01", "2025-05-31"), care("2026-05-01", "2026-05-03")],
            {"complaint": {"onset": "2025"}},
            "medicare-lcd",
            "met",
        ),
        (
            [care("2025-03-01", "2025-05-31"), care("2026-05-01", "2026-05-03", outcome="lasting_help")],
            {"complaint": {"onset": "2025"}},
            "medicare-lcd",
            "review",
        ),
        ([care("2025-03-01", "2025-05-31")], OPEN, "evicore-cmm-200", "met"),
        # Intolerance stands beside the days, where the text lets it count.
        ([INTOLERANT], OPEN, "medicare-lcd", "review"),
        ([INTOLERANT], OPEN, "cam-136", "review"),
        ([INTOLERANT], OPEN, "evicore-cmm-200", "not_met"),
        ([UNDOCUMENTED], OPEN, "medicare-lcd", "cannot_tell"),
        ([UNDOCUMENTED], FINAL, "medicare-lcd", "not_met"),
        ([UNDOCUMENTED | {"intolerance_documented": False}], OPEN, "medicare-lcd", "not_met"),
        ([INTOLERANT | {"outcome": "no_help"}], OPEN, "medicare-lcd", "not_met"),
        ([INTOLERANT | {"kind": "behavioural_evaluation"}], OPEN, "medicare-lcd", "not_met"),
        ([INTOLERANT, care("2026-04-01", "2026-05-01")], OPEN, "medicare-lcd", "met"),
        # Acute shingles that does not respond.
        ([care("2026-05-20", "2026-05-25", kind="antiviral")], ZOSTER, "medicare-lcd", "met"),
        ([care("2026-05-20", "2026-05-25", outcome="lasting_help")], ZOSTER, "medicare-lcd", "not_met"),
        ([care("2026-05-20", "2026-05-25", outcome=None)], ZOSTER, "medicare-lcd", "cannot_tell"),
        ([], ZOSTER, "medicare-lcd", "not_met"),
        ([care("2026-05-20", "2026-05-25")], NO_DIAGNOSIS, "medicare-lcd", "cannot_tell"),
        ([care("2026-03-02", "2026-05-02")], NO_DIAGNOSIS, "medicare-lcd", "met"),
        # CAM 136: six weeks within six months with stenosis, otherwise two.
        ([care("2026-04-20", "2026-06-01")], STENOSIS, "cam-136", "met"),
        ([care("2026-04-21", "2026-06-01")], STENOSIS, "cam-136", "not_met"),
        ([care("2025-10-01", "2026-01-11")], STENOSIS, "cam-136", "not_met"),
        ([care("2025-10-01", "2026-01-12")], STENOSIS, "cam-136", "met"),
        ([care("2025-10-01", "2026-01-11")], OPEN, "cam-136", "met"),
        ([care("2026-04-21", "2026-06-01")], NO_DIAGNOSIS, "cam-136", "cannot_tell"),
        ([care("2026-05-25", "2026-06-01")], NO_DIAGNOSIS, "cam-136", "not_met"),
        ([INTOLERANT], STENOSIS, "cam-136", "review"),
    ],
)
def test_conservative_care(therapies, patch, policy, verdict):
    document = patient(**patch) | {"therapies": therapies}
    assert clause(document, policy, "conservative-care").verdict == verdict


@pytest.mark.parametrize(
    ("images", "verdict"),
    [
        ([{"acute_injury": True}], "met"),
        ([{"acute_injury": False}], "not_met"),
        ([{"acute_injury": False}, {"modality": "mri"}], "cannot_tell"),
        ([], "not_met"),
        (None, "cannot_tell"),
    ],
)
def test_credence_waives_the_weeks_for_an_acute_disc_injury(images, verdict):
    document = patient() | {"therapies": [], "imaging": images}
    assert clause(document, "credence-mp-303", "conservative-care").verdict == verdict


def exercise(start, end, **said):
    return care(start, end, kind="physical_therapy", **{"active_exercise": True, **said})


@pytest.mark.parametrize(
    ("therapies", "final", "verdict"),
    [
        ([exercise("2026-05-04", "2026-06-01")], False, "met"),
        ([exercise("2026-05-05", "2026-06-01")], False, "not_met"),
        ([exercise("2026-05-04", "2026-06-01", active_exercise=False)], False, "not_met"),
        ([exercise("2026-05-04", "2026-06-01", active_exercise=None)], False, "cannot_tell"),
        ([exercise("2026-05", "2026-06-01")], False, "cannot_tell"),
        ([care("2026-03-01", "2026-06-01", kind="home_exercise", active_exercise=True)], False, "not_met"),
        ([INTOLERANT | {"kind": "physical_therapy"}], False, "met"),
        ([INTOLERANT], False, "not_met"),
        ([UNDOCUMENTED | {"kind": "physical_therapy", "active_exercise": True}], False, "cannot_tell"),
        ([UNDOCUMENTED | {"kind": "physical_therapy", "active_exercise": True}], True, "not_met"),
        ([], False, "not_met"),
        (None, False, "cannot_tell"),
    ],
)
def test_massachusetts_on_physical_therapy(therapies, final, verdict):
    document = patient(record_final=final) | {"therapies": therapies}
    assert clause(document, "bcbs-ma-690", "physical-therapy").verdict == verdict


MEDICINE = {"kind": "nsaid", "prescribed": True, "therapeutic_dose": True}


@pytest.mark.parametrize(
    ("therapies", "verdict"),
    [
        ([MEDICINE], "met"),
        ([MEDICINE | {"kind": "opioid"}], "met"),
        ([MEDICINE | {"prescribed": False}], "not_met"),
        ([MEDICINE | {"therapeutic_dose": None}], "cannot_tell"),
        ([MEDICINE | {"kind": "neuropathic_agent"}], "review"),
        ([MEDICINE | {"kind": "muscle_relaxant"}, MEDICINE | {"therapeutic_dose": False}], "review"),
        ([MEDICINE | {"kind": "muscle_relaxant"}, MEDICINE], "met"),
        ([MEDICINE | {"kind": None}], "cannot_tell"),
        ([MEDICINE | {"kind": "rest"}], "not_met"),
        ([], "not_met"),
        (None, "cannot_tell"),
    ],
)
def test_massachusetts_on_medicine(therapies, verdict):
    assert clause(patient() | {"therapies": therapies}, "bcbs-ma-690", "medication-trial").verdict == verdict


@pytest.mark.parametrize(
    ("therapies", "verdict"),
    [
        ([{"kind": "behavioural_evaluation"}], "met"),
        ([{"kind": "behavioural_therapy"}], "met"),
        ([{"kind": "rest"}], "not_met"),
        ([{"kind": "rest"}, {"name": "a visit"}], "cannot_tell"),
        ([], "not_met"),
        (None, "cannot_tell"),
    ],
)
def test_massachusetts_on_behavioural_care(therapies, verdict):
    assert clause(patient() | {"therapies": therapies}, "bcbs-ma-690", "behavioural-care").verdict == verdict
