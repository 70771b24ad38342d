"""A referral follows its case by itself, once, and only forward."""

import uuid
from datetime import timedelta

import pytest

from clinic.audit.clock import at, now
from clinic.candidacy.actions import chart
from clinic.candidacy.actions.decisions import sign
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.models import Decision, Outcome, Words
from clinic.record.actions import move_case
from clinic.record.models import Case, Stage
from referrals.incoming.actions.accepting import accept
from referrals.incoming.actions.catching_up import catch_up, catch_up_one, standing_decision
from referrals.incoming.actions.matching import match_patient
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral
from tests.candidacy.scenes import PASSWORD, a_doctor
from tests.factories import actor

from .desk import a_matched, a_received, an_accepted, by_desk

pytestmark = pytest.mark.django_db


def sent_by_the_patient() -> Referral:
    """Two days ago; what a test does next is done now."""
    with at(now() - timedelta(days=2)):
        referral = an_accepted()
        move_case(case=referral.case, to=Stage.REVIEW, by=by_desk())
    return referral


def decided(case: Case, reason: str = "First physical therapy.") -> Decision:
    """Signed by a doctor, on a closed chart."""
    doctor = actor(a_doctor())
    chart.close(case=case, by=doctor)
    file = CaseFile.of(Case.objects.get(pk=case.pk))
    words = Words(
        nonce=uuid.uuid4(),
        outcome=Outcome.NOT_YET,
        policy="",
        shown=file.seal,
        patient_message="Test message.",
        patient_language="en",
        reason=reason,
        supersedes=file.decision.pk if file.decision else None,
    )
    return sign(case=case, words=words, secret=PASSWORD, by=doctor)


def test_it_goes_to_the_doctor_when_the_patient_has_sent_the_answers() -> None:
    referral = sent_by_the_patient()
    assert catch_up() == 1
    referral.refresh_from_db()
    assert referral.state == State.IN_REVIEW
    assert referral.steps.last().done_by is None  # nobody did it: the software found it
    assert catch_up() == 0


def test_it_is_decided_when_a_doctor_has_signed() -> None:
    referral = sent_by_the_patient()
    catch_up()
    decision = decided(referral.case)
    referral.refresh_from_db()
    assert catch_up_one(referral).state == State.DECIDED
    assert standing_decision(referral) == decision
    assert referral.met_at is not None


def test_both_moves_happen_in_one_look() -> None:
    referral = sent_by_the_patient()
    decided(referral.case)
    assert catch_up_one(referral).state == State.DECIDED


def test_a_decision_from_before_answers_nothing() -> None:
    earlier = sent_by_the_patient()
    decided(earlier.case)
    catch_up()
    earlier.refresh_from_db()
    assert earlier.state == State.DECIDED
    with at(now() + timedelta(days=2)):
        later = an_accepted_with(earlier.case)
    assert catch_up_one(later).state == State.IN_REVIEW
    assert standing_decision(later) is None


def an_accepted_with(case: Case) -> Referral:
    from_door = a_received()
    match_patient(referral=from_door, patient=case.patient, case=case, by=by_desk())
    return accept(referral=from_door, by=by_desk(), seen="received")


def test_one_that_was_not_accepted_follows_nothing() -> None:
    referral = a_matched()
    move_case(case=referral.case, to=Stage.REVIEW, by=by_desk())
    assert catch_up() == 0
