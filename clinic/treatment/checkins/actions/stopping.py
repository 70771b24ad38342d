"""Verbs of stopping the check-ins and of allowing them again: by the reader of a mail, the patient, or staff."""

from django.db import transaction

from clinic.audit.actions import record
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.people.limits import one_at_a_time
from clinic.people.models import Patient
from clinic.treatment.checkins.models import Stop


@transaction.atomic
def stop(*, patient: Patient, by: Actor) -> Stop:
    """From now on this patient is asked nothing by mail. Said twice, it is said once."""
    one_at_a_time(_lock(patient))
    standing = Stop.objects.standing().of(patient).first()
    if standing:
        return standing
    said = Stop.objects.create(patient=patient, stopped_by_id=by.user_id)
    record(by=by, verb="check_ins.stopped", patients=[patient.pk], of=said)
    return said


@transaction.atomic
def allow(*, patient: Patient, by: Actor) -> int:
    """The patient is asked again; how many stops that ended."""
    one_at_a_time(_lock(patient))
    ended = Stop.objects.standing().of(patient).update(ended_at=now(), ended_by=by.user_id)
    if ended:
        record(by=by, verb="check_ins.allowed", patients=[patient.pk], of=patient)
    return ended


def _lock(patient: Patient) -> str:
    return f"check-ins of {patient.pk}"
