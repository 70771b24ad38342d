"""Referrals as the desk finds them: received, matched, taken on."""

from datetime import date
from typing import Any

from clinic.audit.actor import Actor
from clinic.people.models import Patient
from referrals.incoming.actions.accepting import accept
from referrals.incoming.actions.matching import match_new_patient
from referrals.incoming.actions.receiving import receive
from referrals.loop.models import Referral
from tests.factories import a_location, actor
from tests.referrals.scenes import a_coordinator

from .words import SAID

JUNIPER = {"given_name": "Test Patient", "family_name": "Juniper", "birth_date": date(1970, 3, 14)}


def by_desk() -> Actor:
    return actor(a_coordinator())


def a_received(**said: Any) -> Referral:
    """As it came through the public form."""
    a_coordinator()
    a_location()
    return receive(said=SAID | said, files=[], door="form", by=Actor())


def a_matched(**said: Any) -> Referral:
    """Matched with somebody new, and a case of theirs."""
    return match_new_patient(referral=a_received(**said), by=by_desk())


def an_accepted(**said: Any) -> Referral:
    """Taken on; invited where the referrer said an address."""
    return accept(referral=a_matched(**said), by=by_desk(), seen="received")


def juniper(**fields: Any) -> Patient:
    """Whom the referral is about, in the register already."""
    return Patient.objects.create(**(JUNIPER | {"home_location": a_location()} | fields))
