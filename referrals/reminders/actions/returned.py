"""Verbs of what did not arrive: it is marked, and somebody is called to look at the referral today."""

from django.db import transaction

from clinic.audit.actions import record
from clinic.audit.actor import SYSTEM, Actor
from clinic.audit.clock import now
from clinic.post import actions as post
from clinic.post.models import Message
from clinic.post.returned import NoReport, mail_id_of
from referrals.loop.actions.working import escalate
from referrals.loop.models import Referral
from referrals.reminders.models import Reminder
from referrals.reminders.plan import Whom

NOTES = {
    Whom.PATIENT: "A mail to the patient did not arrive: call, and correct the address.",
    Whom.REFERRER: "A mail to the referrer did not arrive: call them.",
}


@transaction.atomic
def take_bounce(*, report: bytes, by: Actor = SYSTEM) -> bool:
    """Take a delivery report: the mail that it returns came back. False when that is known already.

    Raises:
        NoReport: it is no report of a mail of ours that failed.
        Refused: the mail is being sent at this moment; the report is to be handed in again.
    """
    message = Message.objects.filter(mail_id=mail_id_of(report)).first()
    if message is None:
        raise NoReport("the mail that it returns is none of ours")
    marked = post.bounce(message=message, by=by)
    for pk in Reminder.objects.filter(message=message).values_list("pk", flat=True):
        _alarm_about(pk, by)
    return marked


@transaction.atomic
def came_back(*, reminder: Reminder, by: Actor) -> None:
    """Somebody of the staff saw in the mailbox that this mail was returned.

    Raises:
        Refused: nobody took the mail yet.
    """
    post.bounce(message=reminder.message, by=by)
    _alarm_about(reminder.pk, by)


def look_at_lost(*, by: Actor = SYSTEM, limit: int) -> int:
    """Have somebody look at each reminder that failed or came back; how many there were."""
    lost = list(Reminder.objects.not_looked_at().order_by("pk").values_list("pk", flat=True)[:limit])
    return sum(_alarm_about(pk, by) for pk in lost)


@transaction.atomic
def _alarm_about(pk: int, by: Actor) -> bool:
    """Raise the alarm once about a reminder that did not arrive; a referral at its end is left in peace."""
    lost = Reminder.objects.not_looked_at().select_for_update(of=("self",), skip_locked=True)
    reminder = lost.filter(pk=pk).first()
    if reminder is None:
        return False
    reminder.alarmed_at = now()
    reminder.save(update_fields=["alarmed_at"])
    referral = Referral.objects.get(pk=reminder.referral_id)
    if referral.is_open:
        escalate(referral=referral, note=NOTES[Whom(reminder.whom)], by=by)
    patients = [reminder.patient_id] if reminder.patient_id else []
    record(by=by, verb="reminder.lost", patients=patients, of=reminder)
    return True
