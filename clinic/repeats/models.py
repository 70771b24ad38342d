"""Why an injection was given, or planned, before the day on which the rules would allow another."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only
from clinic.people.models import User
from clinic.record.models import Case


class EarlyReasonQuerySet(models.QuerySet["EarlyReason"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))


class EarlyReason(models.Model):
    """A doctor's clinical reason to go on before the next eligible day: it holds for one case and one day."""

    nonce = models.UUIDField(unique=True)  # the form's own: sent twice, stored once
    case = models.ForeignKey(Case, models.PROTECT, related_name="early_reasons")
    day = models.DateField()  # of the session that is planned
    policy = models.CharField(max_length=60)  # the criteria set, key@version, that asks for a later day
    clauses = ArrayField(models.CharField(max_length=40))  # that were not met on that day
    first_day = models.DateField(null=True)  # on which all would be met; None: none within the horizon
    reason = models.TextField()
    given_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = EarlyReasonQuerySet.as_manager()

    class Meta:
        triggers = append_only()
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="early_with_its_reason")]
        indexes = [models.Index(fields=["case", "day"], name="early_reason_of_day")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.day:%Y-%m-%d}"
