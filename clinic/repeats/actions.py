"""Going on before the rules would allow it: a doctor's clinical reason, for one case and one day."""

import uuid
from datetime import date

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.people.models import Role
from clinic.record.models import Case

from .models import EarlyReason
from .reading import held_back


@transaction.atomic
def give_reason(*, case: Case, day: date, reason: str, nonce: uuid.UUID, by: Actor) -> EarlyReason:
    """Keep why an injection is planned on a day against which clauses stand. The same nonce again is the same reason.

    Raises Refused for anybody but a doctor, for an empty reason, and where nothing stands against that day.
    """
    if by.role != Role.DOCTOR:
        raise Refused("Only a doctor can give the reason to go on earlier.")
    if sent_before := EarlyReason.objects.filter(nonce=nonce, case=case, given_by=by.person_id).first():
        return sent_before
    if not reason.strip():
        raise Refused("Write the clinical reason to go on before that day.")
    held = held_back(Case.objects.select_for_update(of=("self",)).select_related("patient").get(pk=case.pk), day)
    if held is None:
        raise Refused("Nothing stands against that day any more. It can be booked without a reason.")
    given = EarlyReason.objects.create(
        nonce=nonce,
        case=case,
        day=day,
        policy=held.policy,
        clauses=[each.key for each in held.clauses],
        first_day=held.first_day,
        reason=reason.strip(),
        given_by_id=by.person_id,
    )
    detail = {"clauses": given.clauses}
    record(by=by, verb="repeat.planned_early", patients=[case.patient_id], of=given, detail=detail)
    return given
