"""Verbs of the way to a practice: choosing it, sending the letter there, and what it says by its link."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.directory.models import Entry
from referrals.loop.actions.links import make_link, revoke_link
from referrals.loop.actions.reports import step_with_report
from referrals.loop.actions.steps import Said, held, name_practice, step
from referrals.loop.lifecycle import BY_PRACTICE, State
from referrals.loop.models import Link, Referral
from referrals.outgoing.models import Order

NOT_SIGNED = "A doctor signs this letter before it goes out."


@transaction.atomic
def choose_practice(*, referral: Referral, practice: Entry, by: Actor) -> Referral:
    """Say to whom the letter goes. The link that another practice holds is taken back, and a new one made.

    Raises:
        Refused: the letter cannot be sent from where the referral is.
    """
    standing = held(referral)
    if State.SENT not in standing.may_become:
        raise Refused(f"This referral is “{standing.state_words}”, so it is not sent any more.")
    _refuse_given_up(practice)
    if standing.practice_id != practice.pk:
        had_one = revoke_link(referral=standing, by=by)
        name_practice(referral=standing, practice=practice, by=by)
        if had_one:
            make_link(referral=standing, by=by)
    return held(standing)


def _refuse_given_up(practice: Entry) -> None:
    if practice.deactivated_at or practice.merged_into_id:
        raise Refused("This practice is not used any more. Choose another one.")


@transaction.atomic
def send(*, referral: Referral, how: str, on: date, seen: str, by: Actor) -> Referral:
    """The signed letter went to the practice that stands on it, in this way, on this day.

    Raises:
        Refused: it is not signed, no practice in use is chosen, or the referral went on meanwhile.
    """
    standing = held(referral)
    if not Order.objects.filter(referral=standing, signed_at__isnull=False).exists():
        raise Refused(NOT_SIGNED)
    if standing.practice is None:
        raise Refused("Choose the practice first.")
    _refuse_given_up(standing.practice)
    latest = standing.steps.last()
    again = latest and (latest.to_state, latest.how, latest.on, latest.practice_id) == (
        State.SENT,
        how,
        on,
        standing.practice_id,
    )
    if again:
        return standing
    said = Said(on=on, how=how, practice=standing.practice)
    return step(referral=standing, to=State.SENT, by=by, said=said, seen=seen)


def say(
    *,
    link: Link,
    to: str,
    seen: str,
    by: Actor,
    report: "UploadedFile[Any] | None" = None,
    reason: str = "",
    why: str = "",
    booked_on: date | None = None,
) -> Referral:
    """What the practice says by its private link: only what `lifecycle.BY_PRACTICE` names, and a report by its file.

    Raises:
        Refused: it cannot be said from where the referral is, or something that belongs to it is missing.
    """
    if to not in BY_PRACTICE:
        raise Refused("This cannot be said here.")
    said = Said(reason=reason, why=why, booked_on=booked_on, link=link)
    return step_with_report(referral=link.referral, to=to, by=by, said=said, seen=seen, report=report)
