"""Verb of a call that brought no answer: what came of it."""

from django.db import transaction

from clinic.audit.actions import record
from clinic.audit.actor import Actor
from clinic.treatment.checkins.models import CheckIn, Try


@transaction.atomic
def tried(*, check_in: CheckIn, outcome: str, note: str, by: Actor) -> Try:
    """Note that somebody called and no answer came of it."""
    noted = Try.objects.create(check_in=check_in, outcome=outcome, note=note.strip(), tried_by_id=by.person_id)
    patients = [check_in.session.case.patient_id]
    record(by=by, verb="check_in.tried", patients=patients, of=noted, detail={"outcome": outcome})
    return noted
