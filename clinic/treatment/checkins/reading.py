"""What was answered, who is in the window of relief, and what stands against an answer."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from clinic.audit.clock import today
from clinic.people.actions.signing_in import hashed
from clinic.people.models import Patient
from clinic.record.models import Stage
from clinic.treatment.procedure.models import Session

from . import relief
from .models import Answer, CheckIn, Mail, Stop
from .plan import ANSWERED_UNTIL

WITH_SESSION = ("session__location", "session__case__patient__home_location")
STILL_GOOD = Q(relief__gte=relief.MARK, relief_until="")
Rows = TypeVar("Rows", bound=QuerySet[Any])


def the_last(case: str = "case") -> Subquery:
    """The id of the latest session of a case, by the path that leads to the case: for few rows, one by one.

    Never an anti-join, which compared tables without fresh statistics row by row with themselves.
    """
    rows = Session.objects.current().filter(case=OuterRef(case))
    return Subquery(rows.order_by("-on", "-pk").values("pk")[:1])


def last_ones() -> QuerySet[Session]:
    """The latest session of each case: what an earlier one did cannot be told from it any more."""
    latest = Session.objects.current().order_by("case", "-on", "-pk").distinct("case")
    return Session.objects.filter(pk__in=latest.values("pk"))


def wanted(rows: Rows, case: str = "case") -> Rows:
    """Those whose patients neither stopped the check-ins nor withdrew, by the path that leads to their case."""
    stopped = Stop.objects.standing()
    theirs = Exists(stopped.filter(patient=OuterRef(f"{case}__patient")))
    merged = Exists(stopped.filter(patient__merged_into=OuterRef(f"{case}__patient")))
    return rows.filter(~theirs, ~merged).exclude(**{f"{case}__stage": Stage.WITHDRAWN})


def words_on_relief() -> QuerySet[Answer]:
    """Answers that say how much better it is, or that it is over."""
    return Answer.objects.compared().filter(Q(relief__isnull=False) | ~Q(relief_until=""))


def in_relief() -> QuerySet[Session]:
    """Sessions after which the latest word is "at least half better", and nobody has said that it is over.

    The same rule as `relief.opens_window`, asked of the database.
    """
    latest = words_on_relief().order_by("check_in__session", "-on", "-pk").distinct("check_in__session")
    good = Answer.objects.filter(STILL_GOOD, pk__in=latest.values("pk"))
    return last_ones().filter(pk__in=good.values("check_in__session"))


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
    if not Session.objects.filter(Q(pk=the_last()), pk=session.pk).exists():
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
    of_last = CheckIn.objects.filter(session__case__patient=patient, session=the_last("session__case"))
    rows = wanted(of_last, "session__case")
    answered = Answer.objects.current().filter(check_in=OuterRef("pk"))
    due = rows.filter(due_on__range=(answered_since(day), day))
    return due.filter(~Exists(answered)).order_by("-due_on", "-id")
