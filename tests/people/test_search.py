from datetime import date

import pytest

from clinic.people.models import Patient
from clinic.people.search import Sought, read
from tests.factories import a_case, a_patient


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("03/14/1970", Sought(born=date(1970, 3, 14))),
        ("14 March 1970", Sought(born=date(1970, 3, 14))),
        ("March 14, 1970", Sought(born=date(1970, 3, 14))),
        ("1970-03-14", Sought(born=date(1970, 3, 14))),
        ("02/31/1970", Sought(words=("02/31/1970",))),
        ("(617) 555-0142", Sought(digits="6175550142")),
        ("7kq-2m4", Sought(words=("7kq-2m4",), reference="7KQ2M4")),
        ("Alder, Test", Sought(words=("Alder", "Test"))),
        (" \x00 ", Sought()),
    ],
)
def test_what_was_typed_is_taken_apart(typed, sought):
    assert read(typed) == sought


@pytest.fixture
def people(db):
    return [
        a_patient(given_name="Test Patient", family_name="García López", email="garcia@example.org", phone="555 0142"),
        a_patient(given_name="Test Patient", family_name="Alder", phone="(617) 555-0199", birth_date=date(1960, 1, 2)),
    ]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("garcia", 0),
        ("GARCÍA", 0),
        ("grcia lopes", 0),
        ("lopez test", 0),
        ("garcia@exa", 0),
        ("555-0142", 0),
        ("aldre", 1),
        ("617 555", 1),
        ("1/2/1960", 1),
    ],
)
def test_a_patient_is_found_without_accents_and_with_a_letter_wrong(people, typed, number):
    assert list(Patient.objects.found_by(read(typed))) == [people[number]]


@pytest.mark.parametrize("typed", ["zzzzz", "100%_", "😀", "a'b\"(&|", "garcia alder"])
def test_what_nobody_is_called_finds_nobody(people, typed):
    assert not Patient.objects.found_by(read(typed)).exists()


def test_a_reference_finds_the_patient_by_their_own_or_their_case(people):
    case = a_case(people[1])
    assert list(Patient.objects.found_by(read(people[0].reference.lower()))) == [people[0]]
    assert list(Patient.objects.found_by(read(f"{case.reference[:3]}-{case.reference[3:]}"))) == [people[1]]


def test_alike_are_those_with_one_birth_date_and_name_or_one_address_or_number(people):
    twin = a_patient(family_name="Garcia Lopes", birth_date=people[0].birth_date, phone="")
    same_phone = a_patient(family_name="Else", phone="617 555 0199", birth_date=None)
    assert set(Patient.objects.alike(people[0])) == {twin}
    assert set(Patient.objects.alike(people[1])) == {same_phone}
    nameless = a_patient(family_name="", birth_date=None, phone="")
    assert not Patient.objects.alike(nameless).exists()
