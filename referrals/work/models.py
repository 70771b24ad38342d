"""The filters that somebody keeps under a name, for themselves or for the whole clinic."""

from typing import Self

from django.db import models
from django.db.models import Q

from clinic.audit.clock import DatabaseNow
from clinic.people.models import User


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those that are shared with the clinic."""
        return self.filter(Q(made_by=user) | Q(shared=True))


class SavedFilter(models.Model):
    """A list with its filters under a name. It holds no patient's name: a search is not kept."""

    name = models.CharField(max_length=60)
    query = models.CharField(max_length=300)  # as it stands in the address, from "?" on
    shared = models.BooleanField(default=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="saved_filters")
    made_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["made_by", "name"], name="one_filter_a_name"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_filter_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
