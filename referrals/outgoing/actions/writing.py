"""Verbs of an order's words: beginning a draft, changing it, signing it."""

from collections.abc import Collection, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.candidacy.actions.claims import concerns_themselves
from clinic.people.models import Role, User
from clinic.record.models import Case
from referrals.loop.actions.links import make_link
from referrals.loop.actions.steps import Asked, begin
from referrals.loop.lifecycle import Direction, State
from referrals.loop.models import Referral
from referrals.outgoing import filled, words
from referrals.outgoing.models import TYPED, Order
from referrals.outgoing.printing import fits

OVERTAKEN = (
    "Somebody saved this letter while you were writing. Your words are still here: compare them, then save again."
)
SIGNED = "This letter is signed, and its words stay as they are. Cancel the referral and begin another one."


class Overtaken(Refused):
    """The order is not any more what the page showed."""


def open_for(case: Case, service: str) -> list[Referral]:
    """Referrals of this case to this service that are on their way already."""
    rows = case.referrals.outgoing().open().filter(service=service)
    return list(rows.select_related("practice", "owner").order_by("pk"))


@transaction.atomic
def start(
    *, case: Case, service: str, urgency: str, known: filled.Known, by: Actor, seen: Collection[int] = ()
) -> Referral:
    """A draft, filled from the record. `seen` are the open referrals to this service that the page warned of.

    Raises:
        Refused: one that is open was not shown before; or nobody works here who could own it.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    new = [each for each in open_for(case, service) if each.pk not in seen]
    if new:
        raise Refused(
            f"A referral for this is open already: {new[0].printed_code}. Look at it before you begin another."
        )
    asked = Asked(Direction.OUTGOING, service, urgency, case.location, patient=case.patient, case=case)
    referral = begin(asked=asked, by=by)
    said = filled.filled(service, known)
    kept = {name: filled.as_kept(value) for name, value in said.items()}
    order = Order.objects.create(referral=referral, filled=kept, made_by_id=by.person_id, **said)
    record(by=by, verb="order.drafted", patients=[case.patient_id], of=order)
    return referral


def _held(order: Order, edition: int) -> Order:
    """The order, locked until the transaction ends, where it still is what the page showed."""
    held = Order.objects.select_for_update(of=("self",)).select_related("referral__patient", "referral__location")
    standing = held.get(pk=order.pk)
    if standing.signed_at:
        raise Refused(SIGNED)
    if standing.referral.state != State.DRAFT:
        raise Refused(f"This referral is “{standing.referral.state_words}”, so its letter is not written any more.")
    if standing.edition != edition:
        raise Overtaken(OVERTAKEN)
    return standing


@transaction.atomic
def write(*, order: Order, said: Mapping[str, Any], edition: int, by: Actor) -> Order:
    """Keep what was typed. `said` holds the fields of this service.

    Raises:
        Overtaken: somebody saved it meanwhile; nothing was written.
        Refused: it is signed or not a draft any more, or what is never cut does not fit on its page.
    """
    standing = _held(order, edition)
    changed = [name for name in TYPED if name in said and getattr(standing, name) != said[name]]
    for name in changed:
        setattr(standing, name, said[name])
    if not fits(standing):
        raise Refused("This does not fit on one page. Shorten what we ask, the goals, the precautions or the signs.")
    if changed:
        standing.edition += 1
        standing.save(update_fields=[*changed, "edition"])
        patients = [patient] if (patient := standing.referral.patient_id) else []
        record(by=by, verb="order.written", patients=patients, of=standing, detail={"fields": changed})
    return standing


@transaction.atomic
def sign(*, order: Order, edition: int, by: Actor) -> Order:
    """A doctor signs the letter as the page showed it; from then on its words stay.

    Raises:
        Overtaken: somebody changed it meanwhile.
        Refused: it is not a doctor, or the doctor's own; or something that every such letter says is missing.
    """
    signer = User.objects.get(pk=by.person_id)
    if order.signed_at and order.signed_by_id == signer.pk:
        return order  # a double click
    standing = _held(order, edition)
    patient = standing.referral.patient
    assert patient  # the database keeps one in every referral out
    if signer.role != Role.DOCTOR:
        raise Refused("Only a doctor signs.")
    if concerns_themselves(patient, by):
        raise Refused("You cannot sign for yourself or for somebody you act for. Ask a colleague.")
    if standing.lacks:
        raise Refused(f"Write this first: {', '.join(field.label.lower() for field in standing.lacks)}.")
    moment = now()
    at = moment.astimezone(ZoneInfo(standing.referral.location.time_zone))
    frame = standing.frame(str(signer), f"{at:%-d %B %Y, %H:%M}")
    standing.quoted = words.letter(standing.said, frame)
    standing.signed_at, standing.signed_by = moment, signer
    standing.save(update_fields=["quoted", "signed_at", "signed_by"])
    record(by=by, verb="order.signed", patients=[patient.pk], of=standing)
    make_link(referral=standing.referral, by=by)
    return standing
