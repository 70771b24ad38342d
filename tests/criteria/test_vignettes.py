"""Every vignette of the contract, on every set that it names."""

import pytest

from clinic.criteria.facts import Facts
from clinic.criteria.safety import screen
from tests.criteria.documents import DEFAULT, VIGNETTES, merged
from tests.criteria.weighing import weighed

CASES = [(v, policy) for v in VIGNETTES for policy in v["expect"]]


@pytest.mark.parametrize(("vignette", "policy"), CASES, ids=[f"{v['key']}-{policy}" for v, policy in CASES])
def test_vignette(vignette, policy):
    expected = vignette["expect"][policy]
    result = weighed(merged(DEFAULT, vignette["patch"]), policy)
    verdicts = {clause.key: clause.verdict for clause in result.clauses}
    assert result.outcome == expected["outcome"], verdicts
    named = expected.get("clauses", {})
    assert {key: verdicts[key] for key in named} == named


def test_vignettes_that_are_about_safety():
    screens = {v["key"]: screen(Facts.parse(merged(DEFAULT, v["patch"]))) for v in VIGNETTES}
    assert [sign.key for sign in screens["V35"].holds] == ["blood_thinner"]
    assert [sign.key for sign in screens["V36"].urgent] == ["saddle_numbness", "bladder_or_bowel_change"]
    assert screens["V40"].unknown
    assert not screens["V01"].unknown
