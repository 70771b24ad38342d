"""Who may open which door. A view that does not say so opens to nobody."""

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from .models import CLINICAL_ROLES, STAFF_ROLES, Role, User

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
        view.opens_to = frozenset(str(role) for role in roles)  # type: ignore[attr-defined]  # a mark on a function
        return view

    return mark


def before_second_factor(view: View) -> View:
    """Mark a view that staff need before they have a second factor: to set one up, or to leave."""
    view.before_second_factor = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def needs_second_factor(user: User) -> bool:
    """Whether somebody of the staff has yet to set up an authenticator app or a passkey."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return user.is_staff_member and not settings.DEMO and not is_mfa_enabled(user, kinds)
