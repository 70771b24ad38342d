"""Verbs of stopping reminders, and of allowing them again: by the reader of a mail, the patient, or staff."""

from django.db import transaction

from clinic.audit.actions import record
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.people.limits import one_at_a_time
from clinic.people.models import Patient
from referrals.reminders.models import Reader, Stop


@transaction.atomic
def stop(*, reader: Reader, by: Actor, reason: str = "") -> Stop:
    """From now on no reminder goes to this reader. Said twice, it is said once."""
    one_at_a_time(_lock(reader))
    standing = Stop.objects.standing().of(reader).first()
    if standing:
        return standing
    words = {"patient": reader} if isinstance(reader, Patient) else {"referral": reader}
    said = Stop.objects.create(**words, reason=reason.strip(), stopped_by_id=by.user_id)
    record(by=by, verb="reminders.stopped", patients=_of(reader), of=said)
    return said


@transaction.atomic
def allow(*, reader: Reader, by: Actor, reason: str = "") -> int:
    """Reminders go to this reader again; how many stops that ended."""
    one_at_a_time(_lock(reader))
    standing = Stop.objects.standing().of(reader)
    ended = standing.update(ended_at=now(), ended_by=by.user_id, ended_because=reason.strip())
    if ended:
        record(by=by, verb="reminders.allowed", patients=_of(reader), of=reader)
    return ended


def _lock(reader: Reader) -> str:
    return f"reminders of {reader._meta.label} {reader.pk}"


def _of(reader: Reader) -> list[int]:
    patient = reader.pk if isinstance(reader, Patient) else reader.patient_id
    return [patient] if patient else []
