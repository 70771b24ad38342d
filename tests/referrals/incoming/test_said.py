"""The fields as data: each has its column, each sign is the clinic's own, and unknown is never no."""

import pytest

from clinic.criteria.safety import HOLDS, URGENT
from referrals.incoming import missing, said
from referrals.incoming.models import Request
from referrals.incoming.shape import Door, Kind

from .words import SAID

COLUMNS = {field.name for field in Request._meta.get_fields()}


def test_every_field_and_list_has_its_column() -> None:
    assert {*said.COLUMNS, *said.ROWS, "signs"} <= COLUMNS


def test_the_signs_are_those_of_the_clinics_safety_screen() -> None:
    assert said.CALLS == URGENT
    assert set(said.SIGNS) - set(said.CALLS) <= set(HOLDS)


def test_texts_fit_their_columns() -> None:
    for key in said.COLUMNS:
        column, field = Request._meta.get_field(key), said.FIELDS[key]
        if field.kind in (Kind.TEXT, Kind.PHONE, Kind.EMAIL):
            assert column.max_length == field.longest, key


@pytest.mark.parametrize("door", list(Door))
def test_every_door_needs_only_what_there_is(door: Door) -> None:
    assert {key for keys in said.NEEDS[door] for key in keys} <= set(said.FIELDS)
    assert said.unmet(door, SAID) == []


def test_staff_needs_a_name_and_a_way_to_call_back() -> None:
    assert said.unmet(Door.PHONE, {"family_name": "Juniper", "phone": "555 0142"}) == []
    assert len(said.unmet(Door.PHONE, {"question": "?"})) == 2


def test_a_sign_that_makes_it_a_call_does_not_wait_for_the_rest_of_the_form() -> None:
    some = {"family_name": "Juniper", "sender_phone": "555 0142"}
    assert said.unmet(Door.FORM, some)
    assert said.unmet(Door.FORM, some | {"sign_fever_or_chills": "yes"}) == []
    assert said.unmet(Door.FORM, some | {"sign_cancer_history": "yes"})


def test_a_sign_that_nobody_answered_is_not_among_the_answers() -> None:
    assert said.signs_of({"sign_major_trauma": "", "sign_fever_or_chills": "unknown"}) == {"fever_or_chills": "unknown"}


@pytest.mark.parametrize(("answer", "means"), [("yes", True), ("no", False), ("unknown", None), ("", None)])
def test_unknown_is_never_no(answer: str, means: bool | None) -> None:
    assert said.truth(answer) is means


def test_not_known_is_an_answer_and_nothing_is_not() -> None:
    assert "diabetes" in missing.still_missing(SAID)
    assert "diabetes" not in missing.still_missing(SAID | {"diabetes": "unknown"})


def test_a_blood_thinner_asks_for_its_prescriber() -> None:
    assert "blood_thinner_prescriber" in missing.still_missing(SAID | {"blood_thinner": "yes"})
    assert "blood_thinner_prescriber" not in missing.still_missing(SAID | {"blood_thinner": "no"})
