"""Verbs of the patients' register: adding, correcting, recognising and merging people."""

from typing import Any

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.people import mails
from clinic.people.models import Access, Patient, User

# What an entry may fill in for another that is the same person; what is said in both stays as the kept one says.
MAY_FILL = (
    "given_name",
    "family_name",
    "birth_date",
    "sex",
    "email",
    "phone",
    "interpreter",
    "payer",
    "plan_name",
    "member_id",
    "primary_care",
)
UNSAID = (None, "")


@transaction.atomic
def add_patient(*, by: Actor, reason: str = "", **fields: Any) -> Patient:
    """Enter somebody into the register. Where somebody alike stands there already, it needs a reason."""
    patient = Patient(**fields, created_by_id=by.user_id, matched_at=now(), matched_by_id=by.user_id)
    alike = list(Patient.objects.alike(patient).values_list("pk", flat=True))
    if alike and not reason.strip():
        raise Refused("Somebody alike is in the register already. If this is another person, say how you know.")
    patient.save()
    detail = {"alike": alike, "reason": reason.strip()} if alike else {}
    record(by=by, verb="patient.added", patients=[patient.pk], of=patient, detail=detail)
    return patient


@transaction.atomic
def change_patient(*, patient: Patient, by: Actor, **fields: Any) -> list[str]:
    """Correct what the register says of somebody; returns the names of what changed."""
    standing = _held(patient)
    changed = sorted(name for name, value in fields.items() if getattr(standing, name) != value)
    for name in changed:
        setattr(standing, name, fields[name])
    if changed:
        standing.save(update_fields=changed)
        record(by=by, verb="patient.changed", patients=[patient.pk], of=patient, detail={"fields": changed})
    return changed


@transaction.atomic
def change_sign_in_address(*, patient: Patient, email: str, by: Actor) -> None:
    """Correct where a patient's codes are mailed. Both addresses are told, and whoever is signed in is signed out."""
    user = patient.user
    if user is None:
        raise Refused("This patient does not sign in yet. Send an invitation instead.")
    if user.is_staff_member:
        raise Refused("An administrator corrects the address of somebody who works here.")
    old = user.email
    if email == old:
        return
    if User.objects.filter(email=email).exists():
        raise Refused("Somebody else signs in with this address.")
    user.email = email
    user.set_unusable_password()  # a new one ends every open session
    user.save(update_fields=["email", "password"])
    record(by=by, verb="patient.sign_in_changed", patients=[patient.pk], of=patient)
    for to in filter(None, (old, email)):
        mails.send(kind="address_changed", to=to, language=user.language, context={"user": user}, by=by, user=user)


@transaction.atomic
def confirm_patient(*, patient: Patient, by: Actor) -> None:
    """Say that somebody who began by themselves is nobody whom the clinic has already."""
    standing = _held(patient)
    if standing.matched_at is not None:
        return
    standing.matched_at, standing.matched_by_id = now(), by.user_id
    standing.save(update_fields=["matched_at", "matched_by"])
    record(by=by, verb="patient.confirmed", patients=[patient.pk], of=patient)


@transaction.atomic
def merge_patient(*, patient: Patient, into: Patient, by: Actor, sign_in_of: Patient | None = None) -> Patient:
    """Two entries are one person: all that `patient` has goes over to `into`, and the emptied entry stays.

    Where both sign in, `sign_in_of` is the one whose sign-in opens the record from now on.
    """
    gone, kept = _both_held(patient, into)
    sign_in = _sign_in(gone, kept, sign_in_of)
    moved = _move_rows(gone, kept)
    _move_access(gone, kept, by)
    filled = [name for name in MAY_FILL if getattr(kept, name) in UNSAID and getattr(gone, name) not in UNSAID]
    for name in filled:
        setattr(kept, name, getattr(gone, name))
    gone.user_id, gone.merged_into = None, kept
    gone.matched_at = kept.matched_at = now()
    gone.matched_by_id = kept.matched_by_id = by.user_id
    gone.save(update_fields=["user", "merged_into", "matched_at", "matched_by"])
    kept.user_id = sign_in
    kept.save(update_fields=["user", "matched_at", "matched_by", *filled])
    detail = {"into": kept.pk, "filled": filled, "sign_in": sign_in, **moved}
    record(by=by, verb="patient.merged", patients=[gone.pk, kept.pk], of=gone, detail=detail)
    return kept


@transaction.atomic
def end_access(*, access: Access, by: Actor) -> None:
    """From now on this carer opens nothing of the patient's any more."""
    if Access.objects.open().filter(pk=access.pk).update(ended_at=now(), ended_by=by.user_id):
        record(by=by, verb="access.ended", patients=[access.patient_id], of=access, detail={"user": access.user_id})


def _held(patient: Patient) -> Patient:
    return Patient.objects.select_for_update().get(pk=patient.pk)


def _both_held(patient: Patient, into: Patient) -> tuple[Patient, Patient]:
    """Both entries, locked in one order, so that two who merge the same pair wait for each other."""
    held = {
        row.pk: row for row in Patient.objects.select_for_update().filter(pk__in=[patient.pk, into.pk]).order_by("pk")
    }
    gone, kept = held[patient.pk], held[into.pk]
    if gone == kept:
        raise Refused("This is one and the same entry.")
    if gone.merged_into_id or kept.merged_into_id:
        raise Refused("One of these entries was merged already. Look at the register again.")
    return gone, kept


def _sign_in(gone: Patient, kept: Patient, chosen: Patient | None) -> int | None:
    if not (gone.user_id and kept.user_id):
        return gone.user_id or kept.user_id
    if chosen not in (gone, kept):
        raise Refused("Both entries have a sign-in of their own. Choose the one that the person will use.")
    return gone.user_id if chosen == gone else kept.user_id


def _move_rows(gone: Patient, kept: Patient) -> dict[str, int]:
    """Cases, ledger, referrals and open links go over; who was merged into `gone` before now stands under `kept`."""
    moved = {
        "cases": gone.cases.update(patient=kept),
        "therapies": gone.therapies.update(patient=kept),
        "injections": gone.injections.update(patient=kept),
        "other_injections": gone.other_injections.update(patient=kept),
        "referrals": gone.referrals.update(patient=kept),
        "readings": gone.readings.update(patient=kept),
        "understandings": gone.understandings.update(patient=kept),
    }
    gone.private_links.usable().update(patient=kept)
    gone.merged.update(merged_into=kept)
    return moved


def _move_access(gone: Patient, kept: Patient, by: Actor) -> None:
    """Carers act for the kept entry; who could already, or is the person, needs it only once."""
    there = {*Access.objects.open().filter(patient=kept).values_list("user", flat=True), kept.user_id, gone.user_id}
    Access.objects.open().filter(patient=gone, user__in=there).update(ended_at=now(), ended_by=by.user_id)
    gone.access.update(patient=kept)
