"""Rehabilitation in the window of relief: how long a first visit may take, and why somebody is not referred."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only, said_once, together
from clinic.people.models import User
from clinic.treatment.procedure.models import Session

STRUCK = ("struck_at", "struck_by")
LEAST_DAYS, MOST_DAYS = 1, 90


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
    def current(self) -> "NoReferralQuerySet":
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
