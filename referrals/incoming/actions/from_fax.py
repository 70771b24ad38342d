"""A scanned fax becomes a referral to us: both are written, or neither is."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from clinic.audit.actor import Actor
from clinic.people.models import Location
from referrals.faxes.actions import filing
from referrals.faxes.models import Fax
from referrals.incoming.shape import Door
from referrals.loop.models import Referral

from .receiving import Files, receive


@transaction.atomic
def receive_fax(
    *, fax: Fax, said: Mapping[str, Any], files: Files, nonce: uuid.UUID, location: Location | None, by: Actor
) -> Referral:
    """Take in what stands on a fax, which stays with the referral.

    Raises:
        UnfitFile: a file beside it cannot be taken.
        Refused: a colleague filed the fax, or this person never opened its pages.
    """
    held = filing.held_to_file(fax, by)
    referral = receive(said=said, files=files, door=Door.FAX, by=by, fax=held.upload, location=location, nonce=nonce)
    filing.file_paper(fax=held, referral=referral, by=by)
    return referral
