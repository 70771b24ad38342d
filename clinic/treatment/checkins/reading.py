"""What was answered, who is in the window of relief, and what stands against an answer."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from clinic.audit.clock import today
from clinic.people.actions.signing_in import hashed
from clinic.people.models import Patient
from clinic.record.models import Stage
from clinic.treatment.procedure.models import Session

from . import relief
from .models import Answer, CheckIn, Mail, Stop
from .plan import ANSWERED_UNTIL

WITH_SESSION = ("session__location", "session__case__patient__home_location")
# Of sessions of a case, and of answers after a session: which one is later.
LATER_ONE = Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk"))


def last_ones() -> QuerySet[Session]:
    """The latest session of each case: what an earlier one did cannot be told from it any more."""
    later = Session.objects.current().filter(LATER_ONE, case=OuterRef("case"))
    return Session.objects.current().filter(~Exists(later))


def wanted(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Those whose patients neither stopped the check-ins nor withdrew."""
    of_patient = Q(patient=OuterRef("case__patient")) | Q(patient__merged_into=OuterRef("case__patient"))
    stopped = Stop.objects.standing().filter(of_patient)
    return sessions.filter(~Exists(stopped)).exclude(case__stage=Stage.WITHDRAWN)


def in_relief() -> QuerySet[Session]:
    """Sessions after which the latest word is "at least half better", and nobody has said that it is over.

    The same rule as `relief.opens_window`, asked of the database.
    """
    told = Answer.objects.compared().filter(relief__isnull=False)
    later = told.filter(LATER_ONE, check_in__session=OuterRef("check_in__session"))
    good = told.filter(~Exists(later), relief__gte=relief.MARK, relief_until="")
    return last_ones().filter(Exists(good.filter(check_in__session=OuterRef("pk"))))


def said_of(session: Session) -> list[relief.Said]:
    """What the patient said that this session did, in the words that `relief` weighs."""
    rows = Answer.objects.compared().filter(check_in__session=session).order_by("on", "id")
    said = rows.values_list("on", "relief", "relief_until", "better_or_less_medicine")
    return [relief.Said(*row) for row in said]


def came_to(session: Session) -> relief.Relief:
    """What the answers after this session come to."""
    return relief.relief(session.on, said_of(session))


class Closed(StrEnum):
    """Why a check-in takes no answer any more, and why, in a sentence for staff."""

    STRUCK = "struck", "The session that it asks about was struck out."
    WITHDRAWN = "withdrawn", "The case was withdrawn."
    LATER_SESSION = "later_session", "There was another session meanwhile."
    LATE = "late", "It was asked too long ago: an answer would be of another time."
    STOPPED = "stopped", "The patient wants no check-ins."

    words: str

    def __new__(cls, value: str, words: str) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.words = value, words
        return member


def closed(check_in: CheckIn, how: str) -> Closed | None:
    """Why this check-in takes no answer now; None: it does. Who stopped the mails may still say it on a call."""
    session, case = check_in.session, check_in.session.case
    if session.struck_at is not None:
        return Closed.STRUCK
    if case.stage == Stage.WITHDRAWN:
        return Closed.WITHDRAWN
    if not last_ones().filter(pk=session.pk).exists():
        return Closed.LATER_SESSION
    if check_in.due_on < answered_since(today(session.location.time_zone)):
        return Closed.LATE
    if how != "call" and Stop.objects.standing().of(case.patient).exists():
        return Closed.STOPPED
    return None


def answered_since(day: date) -> date:
    """The earliest day on which a check-in was due that takes an answer on `day`."""
    return day - timedelta(days=ANSWERED_UNTIL)


def find(secret: str) -> Mail | None:
    """The mail whose address carried this secret."""
    return (
        Mail.objects.select_related(*(f"check_in__{path}" for path in WITH_SESSION))
        .filter(secret_hash=hashed(secret))
        .first()
    )


def open_for(patient: Patient) -> QuerySet[CheckIn]:
    """The check-ins that this patient may answer today, the newest first; those of their last sessions alone."""
    day = patient.today()
    rows = CheckIn.objects.filter(session__case__patient=patient, session__in=wanted(last_ones()))
    answered = Answer.objects.current().filter(check_in=OuterRef("pk"))
    due = rows.filter(due_on__range=(answered_since(day), day))
    return due.filter(~Exists(answered)).order_by("-due_on", "-id")
