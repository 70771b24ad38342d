"""Who may have a candidate, and what a hold is called in a row of the list."""

from collections.abc import Iterable

from django.db.models import QuerySet

from clinic.criteria.safety import HOLDS
from clinic.people.models import CLINICAL_ROLES, User

HOLD_NAMES = {key: key.replace("_", " ").capitalize() for key in (*HOLDS, "blood_thinner", "diabetes")}


def may_own() -> QuerySet[User]:
    """Who may have a candidate: clinical staff who work here."""
    return User.objects.filter(role__in=CLINICAL_ROLES, is_active=True).order_by("name", "pk")


def hold_names(keys: Iterable[str]) -> list[str]:
    """Each hold of the safety screen in two or three words."""
    return [HOLD_NAMES.get(key, key) for key in keys]
