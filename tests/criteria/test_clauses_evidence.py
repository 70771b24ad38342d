"""Indication, imaging, evaluation and severity, clause by clause."""

import pytest

from tests.criteria.documents import patient
from tests.criteria.weighing import clause

MRI = {"modality": "mri", "on": "2026-04-10", "concordant": True}
NERVE_STUDY = {"shows_radiculopathy": True, "concordant": True}
UNSUPPORTED = {"exam": {"root_signs": False}, "imaging": [], "electrodiagnostics": []}


def complaint(diagnosis="disc_herniation", pattern="radicular", **said):
    return {"complaint": {"diagnosis": diagnosis, "pain_pattern": pattern, **said}}


CLAUDICATION = complaint("stenosis", "neurogenic_claudication")


@pytest.mark.parametrize(
    ("patch", "policy", "verdict"),
    [
        (complaint("stenosis", "neurogenic_claudication"), "medicare-lcd", "met"),
        (complaint("post_laminectomy_syndrome", "axial"), "medicare-lcd", "met"),
        (complaint("post_laminectomy_syndrome", None), "medicare-lcd", "met"),
        (complaint("synovial_cyst"), "medicare-lcd", "not_met"),
        (complaint("disc_herniation", "axial"), "medicare-lcd", "not_met"),
        (complaint(None), "medicare-lcd", "cannot_tell"),
        (complaint("disc_herniation", None), "medicare-lcd", "cannot_tell"),
        (complaint("crps", None), "medicare-lcd", "not_met"),
        ({"exam": {"concordant": False}}, "medicare-lcd", "not_met"),
        ({"exam": None}, "medicare-lcd", "cannot_tell"),
        ({"imaging": [MRI | {"concordant": False}]}, "medicare-lcd", "not_met"),
        ({"imaging": [MRI | {"concordant": False}, MRI | {"modality": "ct_myelogram"}]}, "medicare-lcd", "met"),
        ({"imaging": [MRI | {"modality": "x_ray"}]}, "medicare-lcd", "not_met"),
        ({"imaging": [{"modality": "mri"}]}, "medicare-lcd", "cannot_tell"),
        ({"imaging": [MRI | {"on": "2001"}]}, "medicare-lcd", "met"),
        ({"imaging": None}, "medicare-lcd", "cannot_tell"),
        (complaint("acute_herpes_zoster"), "medicare-lcd", "met"),
        (complaint("acute_herpes_zoster") | {"imaging": []}, "medicare-lcd", "review"),
        (complaint("acute_herpes_zoster") | {"imaging": [MRI | {"concordant": False}]}, "medicare-lcd", "not_met"),
        (complaint("acute_herpes_zoster") | {"imaging": None}, "medicare-lcd", "cannot_tell"),
        (CLAUDICATION, "evicore-cmm-200@EV-A", "review"),
        (CLAUDICATION, "evicore-cmm-200@EV-B", "met"),
        (CLAUDICATION | {"exam": {"concordant": False}}, "evicore-cmm-200@EV-B", "not_met"),
        (complaint(None, "neurogenic_claudication"), "evicore-cmm-200@EV-A", "cannot_tell"),
        (complaint(pattern="neurogenic_claudication"), "evicore-cmm-200@EV-B", "not_met"),
        (complaint("postherpetic_neuralgia"), "evicore-cmm-200", "not_met"),
        ({"exam": {"root_signs": False}}, "evicore-cmm-200", "not_met"),
        ({"exam": {"root_signs": None}}, "evicore-cmm-200", "cannot_tell"),
        (complaint(region="cervical"), "bcbs-ma-690", "met"),
        (complaint(region="thoracic"), "bcbs-ma-690", "not_met"),
        (complaint(region=None), "bcbs-ma-690", "cannot_tell"),
        (complaint(None), "bcbs-ma-690", "met"),
        (complaint(pattern="axial", region=None), "bcbs-ma-690", "not_met"),
        (complaint(onset="2026-03-02"), "cam-136", "met"),
        (complaint(onset="2026-03-01", exacerbated_on="2026-05-01"), "cam-136", "met"),
        (complaint(onset="2026-03-01"), "cam-136", "cannot_tell"),
        (complaint(onset="2026-03-01", exacerbated_on="2026-03-01"), "cam-136", "not_met"),
        (complaint(onset="2026-02-25/2026-03-05", exacerbated_on="2026-02-25"), "cam-136", "cannot_tell"),
        (complaint("stenosis", onset="2020"), "cam-136", "met"),
        (complaint("stenosis", "axial"), "cam-136", "met"),
        (complaint("stenosis", "widespread"), "cam-136", "not_met"),
        (complaint(None, onset="2026-05-01"), "cam-136", "met"),
        (CLAUDICATION, "bcbs-tn", "review"),
        (UNSUPPORTED, "bcbs-tn", "not_met"),
        (UNSUPPORTED | {"electrodiagnostics": [NERVE_STUDY]}, "bcbs-tn", "met"),
        (UNSUPPORTED | {"imaging": [MRI]}, "bcbs-tn", "met"),
        (UNSUPPORTED | {"electrodiagnostics": None}, "bcbs-tn", "cannot_tell"),
    ],
)
def test_indication(patch, policy, verdict):
    assert clause(patient(**patch) | _nulls(patch), policy, "indication").verdict == verdict


def _nulls(patch):
    return {name: value for name, value in patch.items() if value is None}


def test_the_diagnosis_that_would_choose_the_rule_is_named():
    assert clause(patient(complaint={"diagnosis": None}), "medicare-lcd", "indication").missing == (
        "complaint.diagnosis",
    )


@pytest.mark.parametrize(
    ("images", "studies", "verdict"),
    [
        ([MRI | {"on": "2024-06-02"}], [], "met"),
        ([MRI | {"on": "2024-06-01"}], [], "review"),
        ([MRI | {"on": "2024-05-31"}], [], "not_met"),
        ([MRI | {"on": "2024-06"}], [], "cannot_tell"),
        ([MRI | {"on": "2024-07"}], [], "met"),
        ([MRI | {"on": "2023"}], [], "not_met"),
        ([MRI | {"on": None}], [], "cannot_tell"),
        ([MRI | {"on": "2024-05-30/2024-06-01"}, MRI | {"on": "2024-06-01"}], [], "review"),
        ([MRI | {"modality": "x_ray"}], [], "not_met"),
        ([MRI | {"concordant": False}], [], "not_met"),
        ([MRI | {"concordant": None}], [], "cannot_tell"),
        ([], [NERVE_STUDY], "met"),
        ([], [NERVE_STUDY | {"concordant": None}], "cannot_tell"),
        ([], [NERVE_STUDY | {"concordant": False}], "not_met"),
        ([], [NERVE_STUDY | {"shows_radiculopathy": False}], "not_met"),
        (None, [NERVE_STUDY], "met"),
        ([], None, "cannot_tell"),
        ([], [], "not_met"),
    ],
)
def test_evicore_imaging(images, studies, verdict):
    document = patient() | {"imaging": images, "electrodiagnostics": studies}
    assert clause(document, "evicore-cmm-200", "imaging").verdict == verdict


@pytest.mark.parametrize(
    ("patch", "verdict"),
    [
        ({"exam": None, "imaging": [], "electrodiagnostics": []}, "cannot_tell"),
        ({"exam": {"root_signs": False}, "imaging": [], "electrodiagnostics": []}, "met"),
        ({"exam": None, "imaging": [{"modality": "x_ray"}], "electrodiagnostics": None}, "met"),
        ({"exam": None, "imaging": None, "electrodiagnostics": [{}]}, "met"),
    ],
)
def test_credence_evaluation(patch, verdict):
    assert clause(patient() | patch, "credence-mp-303", "evaluation").verdict == verdict


def score(value, on="2026-05-20", scale="NRS", **said):
    return {"scale": scale, "value": value, "on": on, **said}


@pytest.mark.parametrize(
    ("scores", "final", "limits", "verdict"),
    [
        ([score(1)], False, True, "met"),
        ([score(1)], False, False, "not_met"),
        ([score(1)], False, None, "cannot_tell"),
        ([score(50, scale="PROMIS")], False, True, "met"),
        ([score(None)], False, True, "cannot_tell"),
        ([score(None)], True, True, "not_met"),
        ([], False, True, "cannot_tell"),
        ([], True, True, "not_met"),
        (None, False, True, "cannot_tell"),
        (None, True, True, "not_met"),
        ([score(1)], True, None, "cannot_tell"),
    ],
)
def test_medicare_severity(scores, final, limits, verdict):
    document = patient(record_final=final, complaint={"limits_daily_life": limits}) | {"scores": scores}
    assert clause(document, "medicare-lcd", "severity").verdict == verdict


@pytest.mark.parametrize(
    ("scores", "words", "verdict"),
    [
        ([score(4)], None, "met"),
        ([score(3.9)], None, "not_met"),
        ([score(3)], "mild", "not_met"),
        ([score(3)], "moderate", "review"),
        ([score(7)], "mild", "review"),
        ([score(3, "2026-05-01"), score(7)], None, "met"),
        ([score(7, "2026-05-01"), score(3, scale="PEG")], None, "not_met"),
        ([score(7), score(3, scale="PEG")], None, "review"),
        ([score(7), score(3, None)], None, "cannot_tell"),
        ([score(7), score(None, "2026-05-21")], None, "cannot_tell"),
        ([score(7), score(3, "2026-05-21", scale=None)], None, "cannot_tell"),
        ([score(7), score(3, "2026-05-01", scale=None)], None, "met"),
        ([score(20, scale="RMDQ")], "severe", "met"),
        ([], "severe", "met"),
        ([], "mild", "not_met"),
        ([], None, "cannot_tell"),
        (None, "severe", "cannot_tell"),
    ],
)
def test_massachusetts_severity(scores, words, verdict):
    document = patient(complaint={"severity_in_words": words}) | {"scores": scores}
    assert clause(document, "bcbs-ma-690", "severity").verdict == verdict


@pytest.mark.parametrize(
    ("scores", "limits", "verdict"),
    [
        ([score(2)], True, "met"),
        ([score(6)], False, "met"),
        ([score(5.9)], False, "not_met"),
        ([score(5.9)], None, "cannot_tell"),
        ([score(9, "2026-05-01", period="average"), score(2, period="worst")], False, "met"),
        ([score(9, period="worst")], False, "cannot_tell"),
        ([score(9, period="worst"), score(2)], False, "cannot_tell"),
        ([score(9, "2026-05-01"), score(2)], False, "not_met"),
        ([score(9, scale="PEG")], False, "cannot_tell"),
        ([], False, "cannot_tell"),
    ],
)
def test_cam_severity(scores, limits, verdict):
    document = patient(complaint={"limits_daily_life": limits}) | {"scores": scores}
    assert clause(document, "cam-136", "severity").verdict == verdict
