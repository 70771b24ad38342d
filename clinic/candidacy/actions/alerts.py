"""Settling what stands before everything else: an urgent sign, or a change that the patient reported."""

from django.db import transaction

from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.candidacy.chart import URGENT_SIGNS
from clinic.people.models import Role
from clinic.record import actions as on_record
from clinic.record.models import Alert, Case, SaidBy

from .claims import concerns_themselves, held_for


@transaction.atomic
def release_urgent(*, case: Case, finding: str, by: Actor) -> None:
    """A doctor looked into the urgent signs: the finding is kept, the signs are said to be absent by the doctor."""
    if by.role != Role.DOCTOR:
        raise Refused("Only a doctor can release an urgent sign.")
    if concerns_themselves(case.patient, by):
        raise Refused("You cannot release an alert on yourself or on somebody you act for.")
    if not finding.strip():
        raise Refused("Write what you found before you release this alert.")
    held = held_for(case, by)
    alert = held.alerts.filter(kind=Alert.Kind.URGENT, released_at=None).first()
    signs = [fact for fact in URGENT_SIGNS if held.statements.current().filter(fact=fact, value=True).exists()]
    if alert is None and not signs:
        raise Refused("Somebody else has released this alert already.")
    if alert is None:  # the patient was sent elsewhere before: the signs still stand, and the finding needs its alert
        names = [fact.removeprefix("red_flags.") for fact in signs]
        alert = on_record.raise_alert(case=held, kind=Alert.Kind.URGENT, signs=names, by=by)
    on_record.release_alert(alert=alert, finding=finding, by=by)
    on_record.state_all(case=held, values=dict.fromkeys(signs, False), said_by=SaidBy.DOCTOR, by=by)


@transaction.atomic
def settle_change(*, case: Case, finding: str, by: Actor) -> None:
    """Somebody of the clinic looked at what the patient reported, and says what follows from it."""
    held = held_for(case, by)
    alert = held.alerts.filter(kind=Alert.Kind.CHANGE, released_at=None).first()
    if alert is None:
        raise Refused("Somebody else has settled this change already.")
    on_record.release_alert(alert=alert, finding=finding, by=by)
