"""Verbs of the administrator: the clinic, its locations, and who works there."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.db.models import QuerySet

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.people import mails
from clinic.people.models import CLINICAL_ROLES, Clinic, Location, Role, User


def _changed(row: models.Model, fields: dict[str, Any]) -> list[str]:
    """Set what differs; returns the names of what did."""
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, fields[name])
    return changed


@transaction.atomic
def change_clinic(*, by: Actor, **fields: Any) -> None:
    """Set the name and numbers that stand on every page, mail and letter."""
    clinic = Clinic.current()
    changed = _changed(clinic, fields)
    if clinic._state.adding:
        clinic.save(force_insert=True)
    elif changed:
        clinic.save(update_fields=changed)
    if changed:
        record(by=by, verb="clinic.changed", of=clinic, detail={"fields": changed})


@transaction.atomic
def change_logo(*, content: bytes | None, content_type: str, by: Actor) -> None:
    """Set the clinic's logo, a checked picture; None takes it away."""
    clinic = Clinic.objects.select_for_update().filter(pk=1).first()
    if clinic is None:
        raise Refused("Give the clinic its name first.")
    clinic.logo, clinic.logo_type = content, content_type if content else ""
    clinic.save(update_fields=["logo", "logo_type"])
    verb = "clinic.logo_changed" if content else "clinic.logo_removed"
    record(by=by, verb=verb, of=clinic, detail={"bytes": len(content or b"")})


@transaction.atomic
def add_location(*, by: Actor, **fields: Any) -> Location:
    location = Location.objects.create(**fields)
    record(by=by, verb="location.added", of=location)
    return location


@transaction.atomic
def change_location(*, location: Location, by: Actor, **fields: Any) -> None:
    location = Location.objects.select_for_update().get(pk=location.pk)
    changed = _changed(location, fields)
    if changed:
        location.save(update_fields=changed)
        record(by=by, verb="location.changed", of=location, detail={"fields": changed})


@transaction.atomic
def close_location(*, location: Location, by: Actor) -> None:
    """Nobody new is entered there any more; whose home it was keeps it. One location stays open."""
    still_open = list(Location.objects.select_for_update().filter(active=True).order_by("pk"))
    if still_open == [location]:
        raise Refused("This is the only location that is open. Open another one first.")
    _set_open(location, False, by, "location.closed")


@transaction.atomic
def reopen_location(*, location: Location, by: Actor) -> None:
    _set_open(location, True, by, "location.reopened")


def _set_open(location: Location, active: bool, by: Actor, verb: str) -> None:
    location = Location.objects.select_for_update().get(pk=location.pk)
    if location.active == active:
        return
    location.active = active
    location.save(update_fields=["active"])
    record(by=by, verb=verb, of=location)


def _staff_held(user: User) -> User:
    """A member of staff, locked together with every administrator, so that the last one cannot slip away."""
    rows = User.objects.select_for_update().filter(models.Q(pk=user.pk) | models.Q(role=Role.ADMINISTRATOR))
    return next(row for row in rows.order_by("pk") if row.pk == user.pk)


def _is_last_administrator(user: User) -> bool:
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)
    return user.role == Role.ADMINISTRATOR and user.is_active and not others.exists()


@transaction.atomic
def change_staff(*, user: User, name: str, email: str, by: Actor) -> None:
    """Correct a name or an address. A changed address is told to the old one and the new one."""
    user = _staff_held(user)
    old = user.email
    if User.objects.filter(email=email).exclude(pk=user.pk).exists():
        raise Refused("Somebody else signs in with this address.")
    changed = _changed(user, {"name": name, "email": email})
    if not changed:
        return
    user.save(update_fields=changed)
    record(by=by, verb="staff.changed", of=user, detail={"fields": changed})
    if "email" in changed:
        for to in filter(None, (old, email)):
            mails.send(kind="address_changed", to=to, language=user.language, context={"user": user}, by=by, user=user)


@transaction.atomic
def change_role(*, user: User, role: str, by: Actor) -> None:
    """Give somebody another role. Their own nobody changes, and whoever has cases hands them over first."""
    user = _staff_held(user)
    old = user.role
    if old == role:
        return
    if user.pk == by.user_id:
        raise Refused("You cannot change your own role. Ask another administrator.")
    if _is_last_administrator(user):
        raise Refused("This is the last administrator. Name another one first.")
    if role not in CLINICAL_ROLES and user.claimed_cases.exists():
        raise Refused("They still have cases. These must be given back or handed over first.")
    if role not in CLINICAL_ROLES and _open_referrals(user).exists():
        raise Refused("They still own open referrals. These must be handed over first.")
    user.role = role
    user.save(update_fields=["role"])
    record(by=by, verb="staff.role_changed", of=user, detail={"from": old, "to": role})


@transaction.atomic
def reset_second_factor(*, user: User, reason: str, by: Actor) -> None:
    """Take away a lost second factor; the person is told, and sets up a new one at the next sign-in."""
    if user.pk == by.user_id:
        raise Refused("Your own second factor is in your settings.")
    if not reason.strip():
        raise Refused("Say how you know that it is them who asks.")
    removed, _each = Authenticator.objects.filter(user=user).delete()
    record(by=by, verb="staff.second_factor_reset", of=user, detail={"reason": reason.strip(), "removed": removed})
    if user.email:
        context = {"user": user}
        mails.send(kind="second_factor_reset", to=user.email, language=user.language, context=context, by=by, user=user)


@transaction.atomic
def deactivate(*, user: User, by: Actor, colleague: User | None = None) -> None:
    """Close somebody's sign-in; the cases that they have go to a colleague of their role, or back to the list."""
    user = _staff_held(user)
    if user.pk == by.user_id:
        raise Refused("You cannot close your own sign-in. Ask another administrator.")
    if not user.is_active:
        return
    if _is_last_administrator(user):
        raise Refused("This is the last administrator. Name another one first.")
    if colleague and (not colleague.is_active or colleague.role != user.role or colleague == user):
        raise Refused("The cases can only go to somebody who works in the same role.")
    if colleague is None and (_open_referrals(user).exists() or _open_pathways(user).exists()):
        raise Refused("They own open referrals or candidates, and each needs an owner. Choose who takes them.")
    patients = _hand_over(user, colleague)
    user.is_active, user.deactivated_at, user.deactivated_by_id = False, now(), by.user_id
    user.save(update_fields=["is_active", "deactivated_at", "deactivated_by"])
    detail = {"to": colleague.pk if colleague else None, "cases": len(patients)}
    record(by=by, verb="staff.deactivated", patients=patients, of=user, detail=detail)


def _hand_over(user: User, colleague: User | None) -> list[int]:
    """Whose cases, referrals and candidates went over, one id each."""
    patients = list(user.claimed_cases.select_for_update().values_list("patient", flat=True))
    user.claimed_cases.update(claimed_by=colleague, claimed_at=now() if colleague else None)
    referrals = _open_referrals(user)
    patients += referrals.exclude(patient=None).values_list("patient", flat=True)
    referrals.update(owner=colleague)
    pathways = _open_pathways(user)
    patients += pathways.values_list("case__patient", flat=True)
    pathways.update(owner=colleague)
    return patients


def _open_referrals(user: User) -> QuerySet[Any]:
    return user.owned_referrals.filter(worklist__isnull=False)


def _open_pathways(user: User) -> QuerySet[Any]:
    return user.pathways.filter(ended_at=None)


@transaction.atomic
def reactivate(*, user: User, by: Actor) -> None:
    """Let somebody sign in again, in the role that they had."""
    user = _staff_held(user)
    if user.is_active:
        return
    user.is_active, user.deactivated_at, user.deactivated_by = True, None, None
    user.save(update_fields=["is_active", "deactivated_at", "deactivated_by"])
    record(by=by, verb="staff.reactivated", of=user)
