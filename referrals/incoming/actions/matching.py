"""Verbs of matching: whom a referral is about, with which of their cases it goes on, and who sent it."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.directory.actions.entries import add_entry
from clinic.directory.models import Entry
from clinic.people.actions.patients import MAY_FILL, UNSAID, add_patient, change_patient
from clinic.people.models import Patient
from clinic.record.actions import move_case, open_case, place
from clinic.record.models import Case, Stage
from referrals.incoming.carried import carried, person
from referrals.loop.actions import steps
from referrals.loop.models import Referral

NO_NAME = "The referral names nobody. Ask the referrer for the patient's name first."


@transaction.atomic
def match_patient(*, referral: Referral, patient: Patient, by: Actor, case: Case | None = None) -> Referral:
    """The referral is about this person. Without a case a new one begins; what the register lacks is filled in.

    Raises:
        Refused: it goes on with another patient already, or the case is another patient's.
    """
    standing = steps.held(referral)
    if standing.case_id and case is None and standing.patient_id == patient.pk:
        return standing
    before = standing.case
    said = person(standing.request.values)
    lacks = {name: said[name] for name in MAY_FILL if name in said and getattr(patient, name) in UNSAID}
    if lacks:
        change_patient(patient=patient, by=by, **lacks)
    matched = steps.match(referral=standing, patient=patient, by=by, case=case or _new_case(standing, patient, by))
    if before and before != matched.case and _is_empty(before):
        move_case(case=before, to=Stage.WITHDRAWN, by=by)
    return matched


def _is_empty(case: Case) -> bool:
    """Whether nothing was said in a case yet: it was opened for this referral, and for the wrong person."""
    said = case.statements.exists() or case.therapies.exists() or case.intakes.exists()
    return case.stage == Stage.INTAKE and not said


def _new_case(referral: Referral, patient: Patient, by: Actor) -> Case:
    stated = carried(referral.request.values).statements
    region, side = stated.get("complaint.region", ""), stated.get("complaint.side", "")
    case = open_case(patient=patient, by=by, region=region)
    place(case=case, region=region, side=side, by=by)
    return case


@transaction.atomic
def match_new_patient(*, referral: Referral, by: Actor, reason: str = "", seen_patient: int | None = None) -> Referral:
    """The referral is about somebody whom the clinic does not have: they are entered with the referrer's words.

    `seen_patient` is whom the page showed as matched, if anybody.

    Raises:
        Refused: somebody alike is in the register and no reason was given; or the referral names nobody.
    """
    standing = steps.held(referral)
    if standing.patient_id and seen_patient != standing.patient_id:
        raise Refused("Somebody has matched this referral in the meantime. Look at it again.")
    said = person(standing.request.values)
    if not (said.get("given_name") or said.get("family_name")):
        raise Refused(NO_NAME)
    patient = add_patient(by=by, reason=reason, home_location=standing.location, **said)
    return match_patient(referral=standing, patient=patient, by=by)


@transaction.atomic
def add_sender(*, referral: Referral, by: Actor, seen: Collection[int] = (), **says: Any) -> Entry:
    """Enter the sender into the directory, and name it as who sent this referral. Raises as `add_entry` does."""
    entry = add_entry(by=by, seen=seen, **says)
    steps.name_practice(referral=referral, practice=entry, by=by)
    return entry
