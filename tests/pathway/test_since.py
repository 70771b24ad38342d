"""What changed since a decision: by name, with both words, and nothing where nothing changed."""

from clinic.treatment.pathway import since
from clinic.treatment.pathway.since import Change
from tests.candidacy.scenes import COMPLETE


def test_nothing_changed():
    assert since.facts(COMPLETE, COMPLETE) == []
    assert since.holds([{"key": "allergy"}], ["allergy"]) == []
    assert since.verdicts(None, None) == []


def test_a_fact_that_is_said_otherwise_has_both_words():
    now = COMPLETE | {"conditions": COMPLETE["conditions"] | {"heart_failure": True}}
    assert since.facts(COMPLETE, now) == [Change("Heart failure", "no", "yes")]


def test_a_row_that_came_is_named():
    thinner = {"name": "Warfarin", "hold_agreed_with_prescriber": False}
    now = COMPLETE | {"blood_thinners": [thinner]}
    assert since.facts(COMPLETE | {"blood_thinners": []}, now) == [Change("Blood thinners", "", "Warfarin")]
    settled = COMPLETE | {"blood_thinners": [thinner | {"hold_agreed_with_prescriber": True}]}
    assert since.facts(now, settled) == [Change("Blood thinners", "Warfarin", "Warfarin, said otherwise")]


def test_days_that_move_by_themselves_are_no_change():
    assert since.facts(COMPLETE, COMPLETE | {"as_of": "2030-01-01"}) == []


def test_a_new_hold_is_told():
    assert since.holds([{"key": "allergy"}], ["allergy", "pregnancy"]) == ["pregnancy"]
