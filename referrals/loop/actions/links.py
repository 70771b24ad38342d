"""Verbs of private links: making, showing again, taking back. Opening one writes nothing but who looked."""

from base64 import urlsafe_b64encode
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from clinic.audit.actions import record
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.people.actions.signing_in import hashed
from referrals.loop.models import Link, Referral

from .steps import held, of_patient

LASTS = timedelta(days=180)  # longer than a course of therapy with its report


def secret_of(link: Link) -> str:
    """The secret that a link's address carries: made anew each time from the server's key, kept nowhere."""
    digest = salted_hmac("referrals.loop.link", link.nonce.hex, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


@transaction.atomic
def make_link(*, referral: Referral, by: Actor) -> Link:
    """The link that stands, or a new one where none does. One that ran out is taken back first."""
    standing = held(referral)
    link = standing.links.filter(revoked_at=None).first()
    if link and link.is_usable and hashed(secret_of(link)) == link.secret_hash:
        return link
    if link:
        _revoke(link, by)
    link = Link(referral=standing, expires_at=now() + LASTS, made_by_id=by.user_id)
    link.secret_hash = hashed(secret_of(link))
    link.save()
    record(by=by, verb="referral.link_made", patients=of_patient(standing), of=standing, detail={"link": link.pk})
    return link


@transaction.atomic
def revoke_link(*, referral: Referral, by: Actor) -> bool:
    """Close the standing link: who holds it is told that it does not work any more. False where none stands."""
    standing = held(referral)
    link = standing.links.filter(revoked_at=None).first()
    if link is None:
        return False
    _revoke(link, by)
    return True


def _revoke(link: Link, by: Actor) -> None:
    link.revoked_at, link.revoked_by_id = now(), by.user_id
    link.save(update_fields=["revoked_at", "revoked_by"])
    patients = of_patient(link.referral)
    record(by=by, verb="referral.link_revoked", patients=patients, of=link.referral, detail={"link": link.pk})


def find(secret: str) -> Link | None:
    """The link that this secret opens now."""
    links = Link.objects.usable().select_related("referral__location", "referral__patient", "referral__practice")
    return links.filter(secret_hash=hashed(secret)).first()
