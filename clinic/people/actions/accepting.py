"""Verbs of whoever was invited, stands at the desk, or begins by themselves."""

from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext, ngettext

from clinic.audit.actions import Refused, record
from clinic.audit.actor import SYSTEM, Actor
from clinic.audit.clock import now
from clinic.people import mails
from clinic.people.limits import exhausted, knock
from clinic.people.models import Access, Location, Patient, PrivateLink, User

from .signing_in import hashed

MOST_TRIES = 5
Purpose = PrivateLink.Purpose


def _held(link: PrivateLink) -> PrivateLink:
    """The link, locked; so that it is used once.

    Raises:
        Refused: it is too old, used or taken back.
    """
    held = PrivateLink.objects.usable().select_for_update(of=("self",)).filter(pk=link.pk).first()
    if held is None:
        raise Refused(gettext("This invitation does not work any more. Please ask the clinic for a new one."))
    return held


def _use(link: PrivateLink, by: Actor, user: User) -> None:
    link.used_at = now()
    link.save(update_fields=["used_at"])
    record(by=by, verb=f"link.{link.purpose}_used", patients=_patients(link), of=link, detail={"user": user.pk})


@transaction.atomic
def accept_staff_invitation(*, link: PrivateLink, name: str, password: str, by: Actor) -> User:
    """Become a member of staff with a password. A patient of the clinic keeps their record."""
    held = _held(link)
    user, _is_new = User.objects.get_or_create(email=held.email)
    if not user.is_active:
        raise Refused("This sign-in was closed. Please ask an administrator.")
    user.name, user.role = name, held.role
    user.set_password(password)
    user.save(update_fields=["name", "role", "password"])
    _use(held, by, user)
    return user


def accept_invitation(*, link: PrivateLink, user: User, birth_date: date, by: Actor) -> Patient:
    """Tie a person who proved their address to the patient whom staff invited, once the birth date is right.

    Also a carer's invitation: they give the patient's birth date, and get access.

    Raises:
        Refused: another address, a wrong birth date, or a link that does not work any more.
    """
    with transaction.atomic():
        held = _held(link)
        if user.email != held.email:
            raise Refused(gettext("This invitation was sent to another address. Sign in with that address."))
        patient = _patient_of(held)
        if patient.birth_date == birth_date:
            accept = _give_access if held.purpose == Purpose.CARER_INVITATION else _tie
            accept(held, patient, user, by)
            _use(held, by, user)
            return patient
        refusal = _count_wrong_date(held, by)
    raise Refused(refusal)


def _patient_of(link: PrivateLink) -> Patient:
    """The patient of an invitation or desk code, locked; only staff's invitations have none."""
    return Patient.objects.select_for_update(of=("self",)).select_related("user").get(private_links=link)


def _patients(link: PrivateLink) -> list[int]:
    return [link.patient_id] if link.patient_id else []


def _count_wrong_date(link: PrivateLink, by: Actor) -> str:
    link.wrong_tries += 1
    left = MOST_TRIES - link.wrong_tries
    if left == 0:
        link.revoked_at = now()
    link.save(update_fields=["wrong_tries", "revoked_at"])
    verb = "link.birth_date_wrong" if left else "link.closed_by_wrong_dates"
    record(by=by, verb=verb, patients=_patients(link), of=link, detail={"tries": link.wrong_tries})
    if left == 0:
        _tell_who_invited(link)
        return gettext("This invitation is closed now, to keep the record safe. Please call the clinic.")
    return ngettext(
        "That is not the birth date that the clinic has. You can try %(left)d more time.",
        "That is not the birth date that the clinic has. You can try %(left)d more times.",
        left,
    ) % {"left": left}


def _tell_who_invited(link: PrivateLink) -> None:
    staff = link.created_by
    if staff.email:
        context = {"link": settings.PUBLIC_ADDRESS}
        mails.send(kind="invitation_closed", to=staff.email, language="en", context=context, by=SYSTEM, user=staff)


def _tie(link: PrivateLink, patient: Patient, user: User, by: Actor) -> None:
    if Patient.objects.filter(user=user).exclude(pk=patient.pk).exists():
        raise Refused(gettext("You have already begun with this address. Please call the clinic to join the two."))
    before = patient.user
    if before and before.email and before.pk != user.pk:
        raise Refused(gettext("Somebody signs in for this patient already. Please call the clinic."))
    patient.user = user
    if patient.matched_at is None:
        patient.matched_at, patient.matched_by_id = now(), link.created_by_id
    patient.save(update_fields=["user", "matched_at", "matched_by"])
    if before and before.pk != user.pk:
        # Made for the tablet, without an address: nothing opens it any more.
        before.is_active, before.deactivated_at, before.deactivated_by_id = False, now(), user.pk
        before.save(update_fields=["is_active", "deactivated_at", "deactivated_by"])
    record(by=by, verb="patient.tied", patients=[patient.pk], of=patient, detail={"user": user.pk})


def _give_access(link: PrivateLink, patient: Patient, user: User, by: Actor) -> None:
    if patient.user_id == user.pk:
        raise Refused(gettext("You are this patient yourself: you need no invitation."))
    access, is_new = Access.objects.get_or_create(
        patient=patient,
        user=user,
        ended_at=None,
        defaults={"relation": link.relation, "granted_by_id": link.created_by_id},
    )
    if not user.name:
        user.name = link.name
        user.save(update_fields=["name"])
    if is_new:
        record(by=by, verb="access.given", patients=[patient.pk], of=access, detail={"user": user.pk})


def open_desk(*, code: str, by: Actor) -> User:
    """The person whom a desk code stands for; who has no sign-in yet gets one without an address.

    Raises:
        Refused: no such code, or it is used or older than 15 minutes.
        limits.TooMany: too many wrong codes.
    """
    _slow_down_guessing(by, counting=False)
    with transaction.atomic():
        links = PrivateLink.objects.usable().select_for_update(of=("self",))
        link = links.filter(purpose=Purpose.DESK, secret_hash=hashed(code)).first()
        if link:
            user = _user_at_desk(link)
            _use(link, by, user)
            return user
    _slow_down_guessing(by, counting=True)
    raise Refused(gettext("That code does not work. Please ask at the desk for a new one."))


def _slow_down_guessing(by: Actor, *, counting: bool) -> None:
    for what, who in (("desk_code_wrong_from_ip", by.ip), ("desk_code_wrong", "")):
        if counting or exhausted(what, who):
            knock(what, who)


def _user_at_desk(link: PrivateLink) -> User:
    patient = _patient_of(link)
    if patient.user is None:
        patient.user = User.objects.create(name=str(patient), language=patient.language, password=make_password(None))
        patient.save(update_fields=["user"])
    if patient.user.is_staff_member or not patient.user.is_active:
        raise Refused(gettext("That code does not work. Please ask at the desk for a new one."))
    return patient.user


@transaction.atomic
def start_as_new_patient(*, user: User, location: Location, by: Actor) -> Patient:
    """Somebody begins by themselves: a patient whom staff has yet to recognise. Begun twice, it is the same one."""
    User.objects.select_for_update().get(pk=user.pk)
    patient = Patient.objects.filter(user=user).first()
    if patient is None:
        patient = Patient.objects.create(
            user=user,
            email=user.email or "",
            language=user.language,
            home_location=location,
            created_by=user,
        )
        record(by=by, verb="patient.began", patients=[patient.pk], of=patient)
    return patient
