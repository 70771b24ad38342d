"""The private link by which a practice answers: which one stands, and its address."""

from django.conf import settings
from django.urls import reverse

from referrals.loop.actions.links import secret_of
from referrals.loop.models import Link, Referral

SECRET = 43  # letters: 256 bits in base 64


def standing_link(referral: Referral) -> Link | None:
    """The link that works now; None where none was made, or it was taken back or ran out."""
    return referral.links.usable().first()


def address_of(link: Link) -> str:
    """The address that stands on the letter, and in its QR code."""
    return address_with(secret_of(link))


def address_with(secret: str) -> str:
    return settings.PUBLIC_ADDRESS + reverse("outgoing:practice", args=[secret])
