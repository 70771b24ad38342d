"""Taking a referral on: all at once, once, and under the referrer's name."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.intake.models import Intake
from clinic.people.models import PrivateLink
from clinic.post.models import Message
from clinic.record.models import BloodThinner, Document, Stage, Statement, Therapy
from referrals.incoming.actions.accepting import accept, invite
from referrals.incoming.actions.matching import match_new_patient, match_patient
from referrals.incoming.actions.receiving import add, receive
from referrals.incoming.carried import carried, person
from referrals.loop.lifecycle import State
from tests.factories import a_case, a_location, a_user
from tests.referrals.scenes import a_coordinator

from .desk import a_matched, a_received, an_accepted, by_desk, juniper
from .words import SAID

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\nxref\n0 1\ntrailer\n<</Root 1 0 R>>\nstartxref\n42\n%%EOF\n"


def test_what_the_referrer_said_stands_in_the_record_under_their_name() -> None:
    referral = an_accepted(blood_thinner="yes", blood_thinner_name="Eliquis 5 mg")
    case = referral.case
    therapy = Therapy.objects.get(cases=case)
    assert (therapy.said_by, therapy.kind, therapy.from_date, therapy.to_date) == (
        "referrer",
        "physical_therapy",
        "2026-05",
        "2026-07",
    )
    thinner = BloodThinner.objects.get(case=case)
    assert (thinner.said_by, thinner.as_written, thinner.name) == ("referrer", "Eliquis 5 mg", "apixaban")
    stated = {(row.fact, row.value, row.said_by) for row in Statement.objects.filter(case=case)}
    assert stated == {("complaint.region", "lumbar", "referrer"), ("complaint.side", "left", "referrer")}
    assert (case.region, case.side) == ("lumbar", "left")


def test_a_referrers_no_is_not_carried_over_and_their_yes_is() -> None:
    said = carried({"sign_fever_or_chills": "no", "sign_cancer_history": "yes", "diabetes": "unknown"})
    assert said.statements == {"red_flags.cancer_history": True}


def test_a_blood_thinner_that_nobody_named_still_stands_there() -> None:
    assert [row.model for row in carried({"blood_thinner": "yes"}).rows] == ["BloodThinner"]


def test_a_score_needs_a_whole_day() -> None:
    rows = [{"scale": "PEG", "value": "6.5", "on": "2026-10"}, {"scale": "NRS", "value": "7", "on": "2026-10-02"}]
    assert [scale for scale, _value, _on in carried({"scores": rows}).scores] == ["NRS"]


def test_sign_language_means_an_interpreter() -> None:
    assert person({"language": "ase", "family_name": "Juniper"}) == {"family_name": "Juniper", "interpreter": True}


def test_the_patient_is_invited_by_a_mail_without_clinical_content() -> None:
    referral = an_accepted(email="juniper@example.com")
    assert referral.state == State.INVITED
    mail = Message.objects.get(kind="patient_invitation")
    assert mail.to == "juniper@example.com"
    assert "injection" not in mail.body.lower()
    assert Intake.objects.filter(case=referral.case).exists()


def test_who_signs_in_already_is_told_that_questions_wait() -> None:
    referral, patient = a_received(), juniper(user=a_user(email="juniper@example.com"))
    match_patient(referral=referral, patient=patient, by=by_desk())
    assert accept(referral=referral, by=by_desk(), seen="received").state == State.INVITED
    assert Message.objects.get(kind="questions_wait").to == "juniper@example.com"
    assert not PrivateLink.objects.exists()


@pytest.mark.parametrize("said", [{}, {"email": "juniper@example.com", "birth_date": None}])
def test_who_cannot_be_mailed_stays_accepted_for_somebody_to_call(said: dict[str, object]) -> None:
    referral = an_accepted(**said)
    assert referral.state == State.ACCEPTED
    assert not Message.objects.exists()
    with pytest.raises(Refused):
        invite(referral=referral, by=by_desk())
    assert invite(referral=referral, by=by_desk(), how="phone").state == State.INVITED


def test_accepted_twice_is_accepted_once() -> None:
    referral = a_matched(email="juniper@example.com")
    for _ in range(2):
        accept(referral=referral, by=by_desk(), seen="received")
    assert referral.steps.filter(to_state=State.ACCEPTED).count() == 1
    assert Therapy.objects.count() == 1
    assert Message.objects.filter(kind="patient_invitation").count() == 1


def test_a_double_click_invites_once_and_whoever_did_not_come_is_invited_again() -> None:
    referral = an_accepted(email="juniper@example.com")
    later = now() + timedelta(minutes=5)
    with time_machine.travel(later):
        for _ in range(2):
            invite(referral=referral, by=by_desk(), seen="invited")
    assert Message.objects.filter(kind="patient_invitation").count() == 2
    assert referral.steps.filter(to_state=State.INVITED).count() == 2


def test_nobody_is_accepted_who_was_not_matched() -> None:
    with pytest.raises(Refused, match="whom it is about"):
        accept(referral=a_received(), by=by_desk(), seen="received")


def test_a_red_flag_is_spoken_about_before_anything_is_accepted() -> None:
    referral = a_matched(sign_saddle_numbness="yes")
    with pytest.raises(Refused, match="red flag"):
        accept(referral=referral, by=by_desk(), seen="received")
    assert not Therapy.objects.exists()


def test_attachments_become_documents_of_the_case() -> None:
    a_coordinator()
    a_location()
    file = SimpleUploadedFile("mri.pdf", PDF, "application/pdf")
    referral = receive(said=SAID, files=[file], door="form", by=Actor())
    match_new_patient(referral=referral, by=by_desk())
    referral = accept(referral=referral, by=by_desk(), seen="received")
    document = Document.objects.get(case=referral.case)
    assert (document.said_by, document.name) == ("referrer", "mri.pdf")


def test_a_file_that_comes_later_is_filed_with_the_case() -> None:
    referral = an_accepted()
    file = SimpleUploadedFile("mri.pdf", PDF, "application/pdf")
    add(referral=referral, words="", files=[file], by=Actor(), link=referral.links.usable().get())
    assert Document.objects.get(case=referral.case).said_by == "referrer"


def test_a_case_that_the_patient_sent_already_goes_on_with_the_doctor() -> None:
    referral, patient = a_received(), juniper()
    case = a_case(patient)
    case.stage = Stage.REVIEW
    case.save(update_fields=["stage"])
    match_patient(referral=referral, patient=patient, case=case, by=by_desk())
    assert accept(referral=referral, by=by_desk(), seen="received").state == State.IN_REVIEW
