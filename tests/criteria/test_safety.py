"""The safety screen: what is urgent, what holds, what nobody has said; and that it stands apart from coverage."""

import pytest

from clinic.criteria import sets
from clinic.criteria.determine import judge
from clinic.criteria.facts import Facts
from clinic.criteria.safety import HOLDS, URGENT, screen
from tests.criteria.documents import patient
from tests.criteria.weighing import every_verdict


def screened(**patch):
    return screen(Facts.parse(patient(**patch)))


@pytest.mark.parametrize("sign", URGENT)
def test_any_one_urgent_sign_stops_everything(sign):
    document = patient(red_flags={sign: True})
    judged = judge(document, sets.shipped())
    assert [urgent["key"] for urgent in judged["safety"]["urgent"]] == [sign]
    assert judged["determinations"] == []


@pytest.mark.parametrize(("key", "paths"), HOLDS.items())
def test_hold_and_unknown(key, paths):
    for path in paths:
        section, name = path.split(".")
        assert [(sign.key, sign.facts) for sign in screened(**{section: {name: True}}).holds] == [(key, (path,))]
        assert [(sign.key, sign.facts) for sign in screened(**{section: {name: None}}).unknown] == [(key, (path,))]


@pytest.mark.parametrize(
    ("patch", "held"),
    [
        ({"conditions": {"diabetes": True}}, True),
        ({"conditions": {"diabetes": True, "diabetes_controlled": False}}, True),
        ({"conditions": {"diabetes": True, "diabetes_controlled": True}}, False),
        ({"blood_thinners": [{"name": "apixaban"}]}, True),
        ({"blood_thinners": [{"name": "apixaban", "hold_agreed_with_prescriber": False}]}, True),
        ({"blood_thinners": [{"name": "apixaban", "hold_agreed_with_prescriber": True}]}, False),
        ({"conditions": {"kidney_disease": True}}, False),
    ],
)
def test_hold_until_settled(patch, held):
    assert bool(screened(**patch).holds) is held


def test_what_nobody_has_said_is_unknown_and_never_no():
    screen_of_nothing = screen(Facts.parse({"as_of": "2026-06-01"}))
    assert not screen_of_nothing.urgent
    assert not screen_of_nothing.holds
    assert {sign.key for sign in screen_of_nothing.unknown} == {*URGENT, *HOLDS, "blood_thinner", "diabetes"}


def test_a_hold_turns_no_verdict_where_the_text_does_not():
    held = every_verdict(patient(conditions={"glaucoma": True, "immunosuppressed": True}, patient={"pregnant": True}))
    assert held == every_verdict(patient())
