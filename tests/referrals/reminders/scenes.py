"""Made-up referrals that a reminder is due for, at a moment that the test moves."""

from datetime import UTC, date, datetime, timedelta

from clinic.audit import clock
from clinic.record.models import Case
from referrals.incoming.models import Request
from referrals.loop.actions.steps import Said, match, step
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral
from tests.factories import a_case, a_patient, actor
from tests.referrals.scenes import a_coordinator, an_incoming, an_outgoing, walk

BEGAN = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)  # a Monday, ten in the morning at the clinic


def after(days: int, hours: int = 0) -> datetime:
    return BEGAN + timedelta(days=days, hours=hours)


def a_reachable_case(**fields: object) -> Case:
    patient = a_patient(**({"email": "alder@example.org"} | fields))
    return a_case(patient, by=a_coordinator())


def invited(**fields: object) -> Referral:
    """A patient who was invited to the questions of an incoming referral."""
    with clock.at(BEGAN):
        case = a_reachable_case(**fields)
        referral = match(referral=an_incoming(), patient=case.patient, case=case, by=actor(a_coordinator()))
        return walk(referral, State.ACCEPTED, State.INVITED)


def sent_out(**fields: object) -> Referral:
    """A patient who was sent to another practice."""
    with clock.at(BEGAN):
        return walk(an_outgoing(case=a_reachable_case(**fields)), State.SENT)


def booked(visit: date, **fields: object) -> Referral:
    referral = sent_out(**fields)
    with clock.at(BEGAN):
        by = actor(a_coordinator())
        return step(referral=referral, to=State.BOOKED, by=by, said=Said(booked_on=visit))


def asked(email: str = "office@practice.example.org", language: str = "es") -> Referral:
    """A referrer who was asked for what is missing."""
    with clock.at(BEGAN):
        referral = an_incoming()
        Request.objects.create(
            referral=referral, door="form", family_name="Juniper", sender_email=email, written_in=language
        )
        return walk(referral, State.NEEDS_INFORMATION)
