"""What is done about a referral that is no step of its way, and how long each step may take."""

from typing import Self

from django.db import models
from django.db.models import Q

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only
from clinic.people.models import User
from referrals.loop import calls
from referrals.loop.targets import MOST_DAYS, Span

from .choices import DIRECTIONS, URGENCIES, choices
from .referral import Referral


class Work(models.Model):
    """What somebody did about a referral that is no step of its way: a call, a snooze, a new owner, an alarm."""

    class Kind(models.TextChoices):
        CALL = "call", "Call"
        SNOOZE = "snooze", "Put off"
        ASSIGN = "assign", "New owner"
        ESCALATE = "escalate", "Escalated"
        URGENCY = "urgency", "Urgency changed"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="work")
    kind = models.CharField(max_length=10, choices=Kind)
    whom = models.CharField(max_length=10, choices=choices(calls.WHOM_WORDS), blank=True)  # type: ignore[arg-type]
    outcome = models.CharField(max_length=20, choices=choices(calls.OUTCOME_WORDS), blank=True)  # type: ignore[arg-type]
    note = models.CharField(max_length=500, blank=True)
    nonce = models.UUIDField(unique=True, null=True)  # the form's own: sent twice, stored once
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")  # from then on
    next_on = models.DateField()  # from then on
    done_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="call") & ~Q(whom="") & ~Q(outcome="")) | (~Q(kind="call") & Q(whom="", outcome="")),
                name="referral_call_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["snooze", "urgency"]) | ~Q(note=""), name="referral_work_because"
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}".strip()


class TargetQuerySet(models.QuerySet["Target"]):
    def current(self) -> Self:
        """The newest row for each step and urgency; who never set one goes by `targets.DEFAULTS`."""
        return self.order_by("direction", "step", "urgency", "-id").distinct("direction", "step", "urgency")


class Target(models.Model):
    """How long a step may take, as this clinic set it. A changed mind is a new row."""

    direction = models.CharField(max_length=10, choices=DIRECTIONS)
    step = models.CharField(max_length=20)
    urgency = models.CharField(max_length=10, choices=URGENCIES)
    days = models.PositiveSmallIntegerField()
    working = models.BooleanField()
    set_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = TargetQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(days__lte=MOST_DAYS), name="target_within_a_year")]
        indexes = [models.Index(fields=["direction", "step", "urgency", "-id"], name="target_current")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.step}, {self.urgency}: {self.span}"

    @property
    def span(self) -> Span:
        return Span(self.days, self.working)
