"""Who may open which door. A view that does not say so opens to nobody."""

from collections.abc import Callable
from typing import Any, TypeVar

from .models import CLINICAL_ROLES, STAFF_ROLES, Role

View = TypeVar("View", bound=Callable[..., Any])

EVERYBODY = frozenset({"stranger", *Role.values})
SIGNED_IN = frozenset(Role.values)
STAFF = frozenset(STAFF_ROLES)
CLINICAL = frozenset(CLINICAL_ROLES)
DOCTORS = frozenset({Role.DOCTOR.value})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR.value})
# Anybody may be a patient, or act for one, whatever else they do here; `visible_to` then decides about the record.
PATIENTS = SIGNED_IN


def opens_to(roles: frozenset[str]) -> Callable[[View], View]:
    """Mark a view with the roles that it opens to; `DoorMiddleware` turns everybody else away."""

    def mark(view: View) -> View:
        view.opens_to = frozenset(str(role) for role in roles)  # type: ignore[attr-defined]
        return view

    return mark
