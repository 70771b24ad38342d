"""Verbs of the window of relief: asking for therapy, saying why not, setting how long a first visit may take."""

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.directory.models import Kind
from clinic.record.models import Case
from referrals.loop.models import Referral
from referrals.loop.urgency import Urgency
from referrals.outgoing.actions.writing import open_for, start
from referrals.outgoing.filled import Known

from . import reading
from .models import FirstVisitWithin, NoReferral, Window

URGENT_SIGN = "An urgent sign stands on this case. A doctor looks at it first."
NOT_WANTED = "No referral is missing here any more. Look at the list again."
SAY_WHY = "Say in a few words why."


@transaction.atomic
def write_referral(*, window: Window, known: Known, by: Actor) -> Referral:
    """Begin the letter to physical therapy, filled from the record; one that is open already is that letter.

    Raises:
        Refused: an urgent sign stands, or nobody works here who could own it.
    """
    case = Case.objects.select_for_update().get(pk=window.case_id)
    under_way = open_for(case, Kind.PHYSICAL_THERAPY)
    if under_way:
        return under_way[0]
    if case.urgent_since:
        raise Refused(URGENT_SIGN)
    return start(case=case, service=Kind.PHYSICAL_THERAPY, urgency=Urgency.SOON, known=known, by=by)


@transaction.atomic
def say_why_not(*, window: Window, because: str, words: str, by: Actor) -> NoReferral:
    """Say why no referral follows a session; the same said twice is said once.

    Raises:
        Refused: it is asked for already or nothing is wanted, or another reason is not said.
    """
    Case.objects.select_for_update().get(pk=window.case_id)
    said = {"session_id": window.pk, "because": because, "words": words, "noted_by_id": by.person_id}
    standing = NoReferral.objects.current().filter(**said).first()
    if standing:
        return standing
    if not Window.windows.not_asked_for().filter(pk=window.pk).exists():
        raise Refused(NOT_WANTED)
    if because == NoReferral.Because.OTHER and not words:
        raise Refused(SAY_WHY)
    made = NoReferral.objects.create(**said)
    record(by=by, verb="window.no_referral", patients=[window.case.patient_id], of=made)
    return made


@transaction.atomic
def take_back(*, window: Window, by: Actor) -> None:
    """Take back why no referral follows a session: it stands on the list again while the relief lasts."""
    standing = NoReferral.objects.select_for_update().current().filter(session_id=window.pk).first()
    if standing is None:
        return
    standing.struck_at, standing.struck_by_id = now(), by.person_id
    standing.save(update_fields=["struck_at", "struck_by"])
    record(by=by, verb="window.no_referral_taken_back", patients=[window.case.patient_id], of=standing)


@transaction.atomic
def set_days(*, days: int, by: Actor) -> None:
    """Set within how many days of relief a first visit should be; the same number again writes nothing."""
    if days == reading.days_to_first_visit():
        return
    made = FirstVisitWithin.objects.create(days=days, set_by_id=by.person_id)
    record(by=by, verb="window.days_set", of=made, detail={"days": days})
