"""Who works on a case: taking it, giving it back, and the rule that two people do not work on one."""

from django.db import transaction

from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.people.models import Access, Patient
from clinic.record import actions as on_record
from clinic.record.models import Case


@transaction.atomic
def claim(*, case: Case, by: Actor) -> None:
    """Take on a case that nobody has."""
    on_record.claim(case=case, by=by)


@transaction.atomic
def take_over(*, case: Case, reason: str, by: Actor) -> None:
    """Take a case from a colleague, with a reason that stays."""
    if not reason.strip():
        raise Refused("Say why you take this case over.")
    on_record.claim(case=case, by=by, reason=reason)


@transaction.atomic
def release(*, case: Case, by: Actor) -> None:
    """Give a case back to the list."""
    on_record.release_claim(case=case, by=by)


def held_for(case: Case, by: Actor) -> Case:
    """The case, locked and claimed by this person; refused where a colleague has it."""
    held = Case.objects.select_for_update(of=("self",)).select_related("claimed_by", "patient").get(pk=case.pk)
    if held.claimed_by_id not in (None, by.user_id):
        raise Refused(f"{held.claimed_by} has this case. Take it over, with a reason, before you change it.")
    if held.claimed_by_id is None:
        on_record.claim(case=held, by=by)
    return held


def concerns_themselves(patient: Patient, by: Actor) -> bool:
    """Whether this person is the patient, or acts for them."""
    return patient.user_id == by.user_id or Access.objects.open().filter(patient=patient, user=by.user_id).exists()
