"""Who should begin rehabilitation now; how long a first visit may take, and why somebody is not referred."""

from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import DateField, Exists, F, Func, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from clinic.audit.clock import DatabaseNow, DayAt, now
from clinic.audit.models import append_only, said_once, together
from clinic.directory.models import Kind
from clinic.people.models import User
from clinic.record.models import Case, Stage
from clinic.treatment.checkins import relief
from clinic.treatment.checkins.models import Answer
from clinic.treatment.checkins.reading import STILL_GOOD, in_relief, last_ones, the_last, words_on_relief
from clinic.treatment.procedure.models import Session
from referrals.loop.models import Referral, ReferralQuerySet

STRUCK = ("struck_at", "struck_by")
LEAST_DAYS, MOST_DAYS = 1, 90
# As the clinic's own results ask it; no trial says which day is best (reference D3).
USUAL_DAYS = 14
LOOKED_AT = timedelta(days=366)  # the last check-in is a year after a session; what is older is no window any more
# A limit in a subquery: the database settles it first, and then weighs answers for the few rows that are left.
MORE_THAN_THERE_ARE = 1_000_000
ZONE = F("location__time_zone")


class FirstVisitWithin(models.Model):
    """Within how many days of relief a first visit should be, as this clinic set it; the newest row counts."""

    days = models.PositiveSmallIntegerField(
        "Days from relief to the first visit", validators=[MinValueValidator(LEAST_DAYS), MaxValueValidator(MOST_DAYS)]
    )
    set_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(condition=Q(days__range=(LEAST_DAYS, MOST_DAYS)), name="first_visit_days_range")
        ]

    def __str__(self) -> str:
        return f"{self.days} days"


class NoReferralQuerySet(models.QuerySet["NoReferral"]):
    def current(self) -> Self:
        return self.filter(struck_at=None)


class NoReferral(models.Model):
    """Why a patient whose doctor wanted physical therapy is not referred after a session. A wrong one is struck."""

    class Because(models.TextChoices):
        THERE = "there", "Goes to physical therapy already"
        DECLINED = "declined", "Does not want it"
        COST = "cost", "Cost or insurance"
        NOT_REACHED = "not_reached", "Could not be reached"
        DOCTOR = "doctor", "The doctor decided otherwise"
        OTHER = "other", "Another reason"

    session = models.ForeignKey(Session, models.PROTECT, related_name="no_referrals")
    because = models.CharField("Why not", max_length=12, choices=Because)
    words = models.CharField("In a few words", max_length=300, blank=True)
    noted_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = NoReferralQuerySet.as_manager()

    class Meta:
        triggers = [*append_only(*STRUCK), said_once(*STRUCK)]
        constraints = [
            models.UniqueConstraint(fields=["session"], condition=Q(struck_at=None), name="one_no_referral_a_session"),
            models.CheckConstraint(condition=together(*STRUCK), name="no_referral_struck_pair"),
            models.CheckConstraint(condition=~Q(because="other") | ~Q(words=""), name="no_referral_other_said"),
        ]

    def __str__(self) -> str:
        return self.get_because_display()


def days_now() -> Coalesce:
    """The days that count now, as the database has them."""
    return Coalesce(Subquery(FirstVisitWithin.objects.order_by("-pk").values("days")[:1]), USUAL_DAYS)


class DaysAfter(Func):
    """A day, and so many days after it."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    output_field = DateField()


def _relief() -> QuerySet[Answer]:
    """Answers after a session that say that it is at least half better."""
    return Answer.objects.compared().filter(check_in__session=OuterRef("pk"), relief__gte=relief.MARK).order_by()


def _therapy() -> ReferralQuerySet:
    """Referrals of the session's case to physical therapy that are open, or where the patient was seen since."""
    rows = Referral.objects.outgoing().filter(service=Kind.PHYSICAL_THERAPY, case=OuterRef("case"))
    return rows.alias(met_on=DayAt(F("met_at"), ZONE)).filter(Q(ended_at=None) | Q(met_on__gte=OuterRef("on")))


def _begun() -> Exists:
    return Exists(_therapy().filter(met_at__isnull=False))


def _let_be() -> Exists:
    return Exists(NoReferral.objects.current().filter(session=OuterRef("pk")))


class WindowQuerySet(models.QuerySet["Window"]):
    """Lists ask in such a way that the database looks at the sessions of a year, and weighs few of them one by one."""

    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))

    def last_ones(self) -> Self:
        """The last session of each case."""
        return self.filter(struck_at=None, pk=the_last())

    def with_window(self) -> Self:
        """Each with what is known of its window."""
        opened = Subquery(_relief().values("check_in__session").annotate(first=Min("on")).values("first"))
        # As a single value and not as EXISTS, which the database would settle for every patient to show fifty.
        words = words_on_relief().filter(check_in__session=OuterRef("pk")).order_by("-on", "-pk")
        still = Answer.objects.filter(STILL_GOOD, pk=OuterRef("word"))
        rows = self.select_related("location").alias(word=Subquery(words.values("pk")[:1]))
        rows = rows.annotate(
            opened_on=opened,
            here=DayAt(DatabaseNow(), ZONE),
            lasting=Exists(still),
            asked=Exists(_therapy()),
            begun=_begun(),
            let_be=_let_be(),
        )
        by_days = DaysAfter(Greatest("opened_on", "rehab_from"), days_now())
        return rows.annotate(due_on=Coalesce("rehab_until", by_days))

    def wanted(self, *which: Q) -> Self:
        """Those of the last year after which the doctor wants physical therapy, relief came, and no visit was yet."""
        narrow = Window.windows.filter(struck_at=None, rehabilitation="refer", on__gte=now().date() - LOOKED_AT)
        few = narrow.filter(*which, ~_begun(), ~_let_be()).values("pk")[:MORE_THAN_THERE_ARE]
        rows = self.filter(Exists(_relief()), Q(pk__in=few), pk__in=last_ones().values("pk"))
        return rows.exclude(case__stage=Stage.WITHDRAWN)

    def not_asked_for(self) -> Self:
        """Those for which nobody has asked for therapy."""
        return self.wanted(Q(~Exists(_therapy())))

    def to_begin(self) -> Self:
        """In relief, and nobody has asked for therapy."""
        return self.not_asked_for().filter(pk__in=in_relief().values("pk"))

    def missed(self) -> Self:
        """The relief is over, and nobody has asked for therapy."""
        return self.not_asked_for().exclude(pk__in=in_relief().values("pk"))

    def awaited(self) -> Self:
        """Asked for, and waiting for the first visit."""
        return self.wanted(Q(Exists(_therapy())))

    def late(self) -> Self:
        """Those whose day for the first visit is over."""
        return self.with_window().filter(due_on__lt=F("here"))

    def overdue(self) -> Self:
        """Late, whether or not it was asked for; where the relief is over too, it is `missed`."""
        either = Window.windows.awaited().values("pk").union(Window.windows.to_begin().values("pk"))
        return self.filter(pk__in=either).late()


class Window(Session):
    """A session as this room sees it: with the window of relief that it opened. Its columns come with `with_window`."""

    opened_on: date | None  # when relief was first said
    here: date  # today at the session's location
    lasting: bool  # whether relief is still the latest word
    asked: bool  # whether a referral to physical therapy stands
    begun: bool  # whether the first visit was
    let_be: bool  # whether somebody said why there is no referral
    # The last day that the doctor chose; else the clinic's days after relief, or after the doctor's first day.
    due_on: date | None

    windows = WindowQuerySet.as_manager()

    class Meta:
        proxy = True

    def precedes(self, moment: datetime | None) -> bool:
        """Whether a moment is of the session's day or a later one."""
        return moment is not None and moment.astimezone(ZoneInfo(self.location.time_zone)).date() >= self.on

    @property
    def days_overdue(self) -> int:
        """How many days the day by which a first visit should be lies behind; 0 where it does not."""
        return max(0, (self.here - self.due_on).days) if self.due_on else 0
