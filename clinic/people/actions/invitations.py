"""Verbs of private links: inviting staff, patients and carers, and the code for the tablet at the desk."""

import secrets
from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.people import mails
from clinic.people.limits import one_at_a_time
from clinic.people.models import STAFF_ROLES, Patient, PrivateLink, Role, User

from .signing_in import hashed

INVITATION_LASTS = timedelta(days=7)
DESK_CODE_LASTS = timedelta(minutes=15)
DESK_CODE_DIGITS = 8
Purpose = PrivateLink.Purpose


class Handed(NamedTuple):
    """A new private link with its secret, which is kept nowhere and can be shown only now."""

    link: PrivateLink
    secret: str


def address_of(secret: str) -> str:
    """The address that an invited person opens."""
    return settings.PUBLIC_ADDRESS + reverse("people:invitation", args=[secret])


def find_invitation(secret: str) -> PrivateLink | None:
    """The invitation that this secret opens now; a desk code is none."""
    links = PrivateLink.objects.usable().exclude(purpose=Purpose.DESK).filter(secret_hash=hashed(secret))
    return links.select_related("patient").first()


def _hand(*, purpose: str, secret: str, lasts: timedelta, by: Actor, replaces: dict[str, Any], **fields: Any) -> Handed:
    """Make a link; earlier ones for the same person and purpose open nothing any more."""
    patient = replaces.get("patient")
    one_at_a_time(f"link {purpose} {patient.pk if patient else ''} {replaces.get('email', '')}")
    PrivateLink.objects.waiting().filter(purpose=purpose, **replaces).update(revoked_at=now())
    link = PrivateLink.objects.create(
        purpose=purpose,
        secret_hash=hashed(secret),
        expires_at=now() + lasts,
        created_by=User.objects.get(pk=by.user_id or 0),
        **{**replaces, **fields},
    )
    patients = [link.patient_id] if link.patient_id else []
    record(by=by, verb=f"link.{purpose}_made", patients=patients, of=link)
    return Handed(link, secret)


def _invite(*, kind: str, language: str, by: Actor, **fields: Any) -> Handed:
    handed = _hand(secret=secrets.token_urlsafe(24), lasts=INVITATION_LASTS, by=by, **fields)
    context = {"link": address_of(handed.secret), "name": handed.link.name, "days": INVITATION_LASTS.days}
    mails.send(kind=kind, to=handed.link.email, language=language, context=context, by=by)
    return handed


@transaction.atomic
def invite_staff(*, email: str, name: str, role: str, by: Actor) -> Handed:
    """Invite somebody to work here; the mail is their proof that the address is theirs."""
    email = email.lower()
    if role not in STAFF_ROLES:
        raise Refused("Choose what they will do here.")
    known = User.objects.filter(email=email).first()
    if known and not known.is_active:
        raise Refused("This person was deactivated. Let them in again on their own page.")
    if known and known.is_staff_member and known.has_usable_password():
        raise Refused("This person works here already.")
    return _invite(
        kind="staff_invitation",
        purpose=Purpose.STAFF_INVITATION,
        language="en",
        by=by,
        replaces={"email": email},
        name=name,
        role=role,
    )


@transaction.atomic
def make_first_administrator(*, email: str, name: str) -> Handed:
    """Begin a clinic: somebody who may invite the others. The same address gets a new link until it was used."""
    email = email.lower()
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(email=email)
    if others.exists():
        raise Refused("There is an administrator already, who can invite others.")
    user, _is_new = User.objects.update_or_create(
        email=email,
        defaults={"name": name, "role": Role.ADMINISTRATOR},
        create_defaults={"name": name, "role": Role.ADMINISTRATOR, "password": make_password(None)},
    )
    by = Actor(user_id=user.pk, role="system", door="make_administrator")
    return invite_staff(email=email, name=name, role=Role.ADMINISTRATOR, by=by)


@transaction.atomic
def invite_patient(*, patient: Patient, by: Actor, email: str = "") -> Handed:
    """Invite somebody whom the clinic knows to write down their story; sent again, the earlier link closes."""
    email = (email or patient.email).lower()
    if not email:
        raise Refused("Add an e-mail address first, or use the tablet at the desk.")
    if patient.user and patient.user.email:
        raise Refused("This patient signs in already.")
    _need_birth_date(patient)
    return _invite(
        kind="patient_invitation",
        purpose=Purpose.PATIENT_INVITATION,
        language=patient.language,
        by=by,
        replaces={"patient": patient},
        email=email,
        name=patient.given_name,
    )


@transaction.atomic
def invite_carer(*, patient: Patient, email: str, name: str, relation: str, by: Actor) -> Handed:
    """Invite somebody to act for a patient."""
    _need_birth_date(patient)
    return _invite(
        kind="carer_invitation",
        purpose=Purpose.CARER_INVITATION,
        language=patient.language,
        by=by,
        replaces={"patient": patient, "email": email.lower()},
        name=name,
        relation=relation,
    )


def _need_birth_date(patient: Patient) -> None:
    if patient.birth_date is None:
        raise Refused("Add the birth date first: whoever opens the invitation is asked for it.")


@transaction.atomic
def make_desk_code(*, patient: Patient, by: Actor) -> Handed:
    """A code of 8 digits, good for 15 minutes, that opens the tablet at the desk for this patient."""
    if patient.user and patient.user.is_staff_member:
        raise Refused("This patient works here and signs in with their own password.")
    return _hand(
        purpose=Purpose.DESK,
        secret="".join(secrets.choice("0123456789") for _ in range(DESK_CODE_DIGITS)),
        lasts=DESK_CODE_LASTS,
        by=by,
        replaces={"patient": patient},
    )


@transaction.atomic
def revoke_link(*, link: PrivateLink, by: Actor) -> None:
    """Close a link that was not used yet."""
    if PrivateLink.objects.waiting().filter(pk=link.pk).update(revoked_at=now()):
        patients = [link.patient_id] if link.patient_id else []
        record(by=by, verb="link.revoked", patients=patients, of=link)
