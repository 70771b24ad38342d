"""The planned injection and what forbids it, clause by clause."""

import pytest

from tests.criteria.documents import patient
from tests.criteria.weighing import clause

ALLERGIC = {"allergies": {"contrast": True}}
PREGNANT = {"patient": {"pregnant": True}}
UNASKED = {"allergies": {"contrast": None}}


def plan(guidance="fluoroscopy", contrast=True, **said):
    return {"plan": {"guidance": guidance, "contrast": contrast, **said}}


@pytest.mark.parametrize(
    ("patch", "policy", "verdict"),
    [
        (plan("ct"), "medicare-lcd", "met"),
        (plan(contrast=False), "medicare-lcd", "not_met"),
        (plan(contrast=False) | ALLERGIC, "medicare-lcd", "review"),
        (plan(contrast=None), "medicare-lcd", "cannot_tell"),
        (plan("ultrasound", False), "medicare-lcd", "not_met"),
        (plan("ultrasound", False) | ALLERGIC, "medicare-lcd", "met"),
        (plan("ultrasound", False) | PREGNANT, "medicare-lcd", "met"),
        (plan("ultrasound", False) | UNASKED, "medicare-lcd", "cannot_tell"),
        (plan("ultrasound", False) | UNASKED | PREGNANT, "medicare-lcd", "met"),
        (plan("none", False) | ALLERGIC, "medicare-lcd", "not_met"),
        (plan(None), "medicare-lcd", "cannot_tell"),
        (plan("ultrasound", False), "evicore-cmm-200", "not_met"),
        (plan("ultrasound", False) | PREGNANT, "evicore-cmm-200", "not_met"),
        (plan(contrast=False) | ALLERGIC, "evicore-cmm-200", "review"),
        (plan("ct"), "bcbs-ma-690", "not_met"),
        (plan("ct"), "bcbs-tn", "not_met"),
        (plan("ultrasound", False), "credence-mp-303", "met"),
        (plan(None), "credence-mp-303", "cannot_tell"),
    ],
)
def test_guidance(patch, policy, verdict):
    assert clause(patient(**patch), policy, "guidance").verdict == verdict


BOTH = {"side": "both"}


@pytest.mark.parametrize(
    ("said", "final", "policy", "verdict"),
    [
        ({"level_count": 2}, False, "medicare-lcd", "met"),
        ({"level_count": 2, "approach": "interlaminar"}, False, "medicare-lcd", "not_met"),
        ({"level_count": 2, "approach": None}, False, "medicare-lcd", "cannot_tell"),
        ({"level_count": 3, "approach": None}, False, "medicare-lcd", "not_met"),
        ({"level_count": None}, False, "medicare-lcd", "cannot_tell"),
        ({"region_count": 2}, False, "medicare-lcd", "not_met"),
        ({"region_count": None}, False, "medicare-lcd", "cannot_tell"),
        (BOTH, False, "medicare-lcd", "cannot_tell"),
        (BOTH, True, "medicare-lcd", "not_met"),
        (BOTH | {"bilateral_reason": ""}, False, "medicare-lcd", "not_met"),
        (BOTH | {"bilateral_reason": "pain in both legs"}, False, "medicare-lcd", "met"),
        (BOTH | {"bilateral_reason": "pain in both legs", "approach": "caudal"}, False, "medicare-lcd", "not_met"),
        ({"side": None}, False, "medicare-lcd", "cannot_tell"),
        ({"side": None, "bilateral_reason": "pain in both legs"}, False, "medicare-lcd", "met"),
        ({"level_count": 2, "levels_contiguous": True}, False, "evicore-cmm-200", "met"),
        ({"level_count": 2, "levels_contiguous": False}, False, "evicore-cmm-200", "not_met"),
        ({"level_count": 2}, False, "evicore-cmm-200", "cannot_tell"),
        (BOTH, False, "evicore-cmm-200", "met"),
        ({"level_count": 2, "approach": None}, False, "credence-mp-303", "met"),
        ({"two_approaches_same_level": True}, False, "credence-mp-303", "not_met"),
    ],
)
def test_levels(said, final, policy, verdict):
    assert clause(patient(plan=said, record_final=final), policy, "levels").verdict == verdict


def test_the_reason_for_both_sides_is_named_as_missing():
    assert clause(patient(plan=BOTH), "medicare-lcd", "levels").missing == ("plan.bilateral_reason",)


@pytest.mark.parametrize(
    ("said", "final", "verdict"),
    [
        ({"sedation": "minimal"}, False, "met"),
        ({"sedation": "moderate", "sedation_reason": "severe anxiety"}, False, "review"),
        ({"sedation": "deep", "sedation_reason": " "}, False, "not_met"),
        ({"sedation": "general"}, False, "cannot_tell"),
        ({"sedation": "general"}, True, "not_met"),
        ({"sedation": None}, True, "cannot_tell"),
    ],
)
def test_sedation(said, final, verdict):
    assert clause(patient(plan=said, record_final=final), "medicare-lcd", "sedation").verdict == verdict


@pytest.mark.parametrize(
    ("patch", "policy", "key", "verdict"),
    [
        ({"complaint": {"pain_pattern": "widespread"}}, "medicare-lcd", "exclusions", "not_met"),
        ({"complaint": {"diagnosis": "crps"}}, "medicare-lcd", "exclusions", "not_met"),
        ({"plan": {"biologic": True}}, "medicare-lcd", "exclusions", "not_met"),
        ({"plan": {"other_block_same_session": None}}, "medicare-lcd", "exclusions", "cannot_tell"),
        ({"plan": {"other_block_same_session": None, "biologic": True}}, "medicare-lcd", "exclusions", "not_met"),
        ({"plan": {"guidance": "ultrasound"}}, "evicore-cmm-200@EV-A", "exclusions", "met"),
        ({"plan": {"guidance": "ultrasound"}}, "evicore-cmm-200@EV-B", "exclusions", "not_met"),
        ({"complaint": {"pain_pattern": "axial"}}, "evicore-cmm-200@EV-A", "exclusions", "met"),
        ({"complaint": {"pain_pattern": "axial"}}, "evicore-cmm-200@EV-B", "exclusions", "not_met"),
        ({"plan": {"contrast_study_billed": True}}, "credence-mp-303", "exclusions", "not_met"),
        ({"red_flags": {"cancer_history": True}}, "medicare-lcd", "contraindications", "review"),
        (
            {"red_flags": {"cancer_history": True, "unexplained_weight_loss": None}},
            "medicare-lcd",
            "contraindications",
            "cannot_tell",
        ),
        (
            {"red_flags": {"cancer_history": None}, "conditions": {"infection": True}},
            "medicare-lcd",
            "contraindications",
            "not_met",
        ),
        ({"conditions": {"heart_failure": True}}, "bcbs-tn", "contraindications", "not_met"),
        ({"conditions": {"heart_failure": True}}, "medicare-lcd", "contraindications", "met"),
        ({"blood_thinners": [{"class": "antiplatelet"}]}, "bcbs-tn", "contraindications", "met"),
        ({"blood_thinners": [{"name": "unknown"}]}, "bcbs-tn", "contraindications", "cannot_tell"),
        ({"blood_thinners": None}, "bcbs-tn", "contraindications", "cannot_tell"),
        ({"plan": {"series_ordered": True}}, "medicare-lcd", "no-series", "not_met"),
        ({"plan": {"with_rehabilitation": False}}, "medicare-lcd", "rehabilitation", "not_met"),
        ({"plan": {"aim": "diagnosis"}}, "bcbs-ma-690", "aim", "not_met"),
        ({"plan": {"aim": None}}, "bcbs-ma-690", "aim", "cannot_tell"),
    ],
)
def test_single_facts(patch, policy, key, verdict):
    assert clause(patient(**patch), policy, key).verdict == verdict
