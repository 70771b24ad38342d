"""Whom a referral is about: somebody looked, nobody is filed under another, and what both say stays."""

import pytest

from clinic.audit.actions import Refused
from clinic.people.models import Patient
from clinic.record.models import Case
from referrals.incoming.actions.matching import add_sender, match_new_patient, match_patient
from referrals.incoming.matching import Offered, senders
from tests.factories import a_case, a_location
from tests.referrals.scenes import a_practice

from .desk import a_received, by_desk, juniper

pytestmark = pytest.mark.django_db


def test_the_same_name_birth_date_and_phone_is_offered_first() -> None:
    patient = juniper(phone="(555) 0177")
    juniper(given_name="Test Patiente", phone="555 0199")
    offered = Offered.of(a_received(phone="555 0177"))
    assert offered.exact == patient
    assert len(offered.alike) == 2


@pytest.mark.parametrize("fields", [{"phone": "555 0199"}, {"birth_date": None}, {"given_name": "Test Twin"}])
def test_somebody_alike_is_nobody_exact(fields: dict[str, object]) -> None:
    juniper(**({"phone": "555 0177"} | fields))
    assert Offered.of(a_received(phone="555 0177")).exact is None


def test_without_a_number_name_and_birth_date_are_not_enough_where_there_are_two() -> None:
    juniper()
    juniper()
    assert Offered.of(a_received()).exact is None


def test_a_match_opens_a_case_where_the_pain_is_and_fills_in_what_was_empty() -> None:
    patient = juniper(phone="555 0199")
    referral = match_patient(
        referral=a_received(phone="555 0177", email="juniper@example.com"), patient=patient, by=by_desk()
    )
    assert (referral.case.region, referral.case.side) == ("lumbar", "left")
    patient.refresh_from_db()
    assert (patient.phone, patient.email) == ("555 0199", "juniper@example.com")


def test_a_match_with_an_open_case_opens_no_second_one() -> None:
    case = a_case(juniper())
    referral = match_patient(referral=a_received(), patient=case.patient, case=case, by=by_desk())
    assert referral.case == case
    assert Case.objects.count() == 1


def test_matched_twice_is_one_case() -> None:
    referral, patient = a_received(), juniper()
    for _ in range(2):
        match_patient(referral=referral, patient=patient, by=by_desk())
    assert Case.objects.count() == 1


def test_somebody_new_beside_somebody_alike_needs_a_reason() -> None:
    juniper()
    referral = a_received()
    with pytest.raises(Refused, match="alike"):
        match_new_patient(referral=referral, by=by_desk())
    match_new_patient(referral=referral, by=by_desk(), reason="Cousins of one name")
    assert Patient.objects.count() == 2


def test_a_patient_is_entered_with_the_referrers_words() -> None:
    referral = match_new_patient(referral=a_received(language="es", interpreter="yes"), by=by_desk())
    patient = referral.patient
    assert (patient.language, patient.interpreter, patient.home_location) == ("es", True, a_location_of(referral))


def a_location_of(referral: object) -> object:
    return referral.location or a_location()


def test_another_patients_case_is_refused() -> None:
    with pytest.raises(Refused):
        match_patient(referral=a_received(), patient=juniper(), case=a_case(), by=by_desk())


def test_the_sender_is_found_by_npi_fax_and_name() -> None:
    by_fax = a_practice("primary_care", name="Another name", fax="(555) 0144")
    by_name = a_practice("primary_care", name="Test Practice Clover")
    assert set(senders(a_received(sender_fax="555 0144").request)) == {by_fax, by_name}


def test_the_sender_is_added_to_the_directory_with_what_they_said() -> None:
    referral = a_received()
    entry = add_sender(
        referral=referral, by=by_desk(), resource="Organization", kind="primary_care", name="Test Practice Clover"
    )
    referral.refresh_from_db()
    assert referral.practice == entry
