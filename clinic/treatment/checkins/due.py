"""Which check-ins and reminders are due, found by asking the indexes; and where the mail of one goes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from clinic.audit.clock import now
from clinic.people.lists import clinic_day
from clinic.people.models import Location, Patient
from clinic.post.models import State as Fate
from clinic.treatment.procedure.models import Session

from . import plan
from .models import Answer, CheckIn, CheckInQuerySet, Mail, Plan, Try
from .plan import REMIND_AFTER, STILL_WORTH, Moment
from .reading import answered_since, last_ones, the_last, wanted

NOT_DELIVERED = (Fate.FAILED, Fate.BOUNCED)
LEFT = (Fate.SENT, Fate.UNKNOWN)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ask:
    """One check-in that is to be asked now."""

    session: int
    moment: Moment
    due_on: date


def moments() -> tuple[Moment, ...]:
    """When this clinic asks: its own days, or the first ones until it sets any."""
    standing = Plan.objects.order_by("-pk").first()
    return plan.read(standing.moments) if standing else plan.DEFAULT


def to_ask(limit: int) -> list[Ask]:
    """What is due now and was not asked yet, the sessions that are longest ago first."""
    found: list[Ask] = []
    mine = moments()
    for zone in _zones():
        here = now().astimezone(ZoneInfo(zone))
        due = plan.due_now(mine, here.date(), here.hour)
        rows = unasked(due).filter(location__time_zone=zone).order_by("on", "pk")
        for pk, on in rows.values_list("pk", "on")[: limit - len(found)]:
            found.append(Ask(pk, due[on][1], due[on][0]))
    return found


def unasked(due: dict[date, tuple[date, Moment]]) -> QuerySet[Session]:
    """Sessions of these days whose patients want to be asked, and were not since what is due on them."""
    if not due:
        return Session.objects.none()
    due_on = Case(*(When(on=on, then=Value(day)) for on, (day, _moment) in due.items()), output_field=DateField())
    asked = CheckIn.objects.filter(session=OuterRef("pk"), due_on__gte=OuterRef("due_on"))
    rows = wanted(Session.objects.current().filter(on__in=due, pk=the_last()))
    return rows.alias(due_on=due_on).filter(~Exists(asked))


def to_remind(limit: int) -> list[int]:
    """The ids of check-ins that a reminder is due for now."""
    found: list[int] = []
    for zone in _zones():
        here = now().astimezone(ZoneInfo(zone))
        if here.hour >= plan.MORNING:
            rows = unanswered(here).filter(session__location__time_zone=zone).order_by("due_on", "pk")
            found += rows.values_list("pk", flat=True)[: limit - len(found)]
    return found


def to_remind_of(check_in: CheckIn) -> bool:
    """Whether a reminder of this one is due now."""
    here = now().astimezone(ZoneInfo(check_in.session.location.time_zone))
    return unanswered(here).filter(pk=check_in.pk).exists()


def unanswered(here: datetime) -> CheckInQuerySet:
    """Check-ins whose first mail left so many days ago that it is time to remind, and that nobody answered."""
    in_time = Q(pk__in=[])
    for long, wait in REMIND_AFTER.items():
        latest = datetime.combine(here.date() - timedelta(days=wait - 1), datetime.min.time(), here.tzinfo)
        earliest = latest - timedelta(days=STILL_WORTH[False] + 1)
        in_time |= Q(long=long, first__gte=earliest, first__lt=latest)
    first = Mail.objects.filter(check_in=OuterRef("pk"), number=1, message__state__in=LEFT).values("made_at")
    reminded = Mail.objects.filter(check_in=OuterRef("pk"), number=2)
    return newest_open(here.date()).alias(first=Subquery(first)).filter(in_time, ~Exists(reminded))


def newest_open(day: date) -> CheckInQuerySet:
    """The newest check-in after each session, where it waits for an answer and may still get one on `day`."""
    lately = CheckIn.objects.filter(due_on__gte=answered_since(day))
    newest = lately.order_by("session", "-due_on", "-pk").distinct("session")
    answered = Answer.objects.current().filter(check_in=OuterRef("pk"))
    rows = lately.filter(~Exists(answered), pk__in=newest.values("pk"), session__in=last_ones().values("pk"))
    return wanted(rows, "session__case")


def to_call() -> CheckInQuerySet:
    """Check-ins that only a call brings an answer to: what decides and was asked twice, and mail that came nowhere."""
    mails = Mail.objects.filter(check_in=OuterRef("pk"))
    in_vain = mails.filter(number=2, made_at__lt=now() - A_DAY)
    lost = mails.filter(message__state__in=NOT_DELIVERED)
    rather_not = Try.objects.filter(check_in=OuterRef("pk"), outcome=Try.Outcome.RATHER_NOT)
    rows = newest_open(clinic_day()).filter(~Exists(rather_not))
    return rows.filter(Q(Exists(in_vain), long=True) | Exists(lost) | ~Exists(mails))


def address_of(patient: Patient) -> str:
    """Where this patient gets mail; "" where nobody knows, or a check-in to that address did not arrive."""
    address = (patient.user.email if patient.user else "") or patient.email
    mails = Mail.objects.filter(check_in__session__case__patient=patient, message__to=address)
    return "" if not address or mails.filter(message__state__in=NOT_DELIVERED).exists() else address


def _zones() -> Iterator[str]:
    return Location.objects.order_by().values_list("time_zone", flat=True).distinct().iterator()
