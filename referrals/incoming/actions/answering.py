"""Verbs that answer the referrer: asking for what is missing, turning a referral away, sending the answer."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.post.actions import send_template
from referrals.incoming.missing import BECAUSE, WANTED
from referrals.incoming.models import StatusReason
from referrals.loop.actions.links import make_link
from referrals.loop.actions.steps import Said, held, step
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral

from .receiving import follow_address

TURNED_AWAY = frozenset({State.REFUSED, State.HANDED_BACK})


@transaction.atomic
def ask(*, referral: Referral, codes: Sequence[str], by: Actor, note: str = "", seen: str = "") -> Referral:
    """Ask the referrer for what is missing; where an address is known, by a mail with their private link.

    Raises:
        Refused: nothing was ticked, or the referral is not open to it.
    """
    if not codes or not set(codes) <= WANTED.keys():
        raise Refused("Tick what is missing.")
    standing = held(referral)
    if standing.state == State.NEEDS_INFORMATION and seen != standing.state:
        return standing
    request = standing.request
    how = "link" if request.sender_email else "phone"
    standing = _stepped(standing, State.NEEDS_INFORMATION, codes, Said(how=how, reason=note.strip()), by, seen)
    if request.sender_email:
        link = make_link(referral=standing, by=by)
        context = {"code": standing.printed_code, "link": follow_address(link)}
        to, language = request.sender_email, request.written_in
        send_template(kind="referral_question", to=to, language=language, context=context, by=by)
    return standing


@transaction.atomic
def turn_away(*, referral: Referral, to: str, codes: Sequence[str], reason: str, by: Actor, seen: str = "") -> Referral:
    """Refuse it, or hand it back: codes for the referrer's page, and words for the letter.

    Raises:
        Refused: nothing was ticked, nothing written, or the referral is not open to it.
    """
    if to not in TURNED_AWAY:
        raise Refused("It is refused, or handed back.")
    if not codes or not set(codes) <= BECAUSE.keys():
        raise Refused("Tick why.")
    standing = held(referral)
    if standing.state == to and seen != to:
        return standing
    make_link(referral=standing, by=by)  # the letter carries it
    return _stepped(standing, State(to), codes, Said(reason=reason.strip()), by, seen)


def _stepped(standing: Referral, to: State, codes: Sequence[str], said: Said, by: Actor, seen: str) -> Referral:
    standing = step(referral=standing, to=to, by=by, said=said, seen=seen)
    latest = standing.steps.last()
    StatusReason.objects.get_or_create(step=latest, defaults={"codes": list(codes)})
    return standing


@transaction.atomic
def send_answer(*, referral: Referral, how: str, on: date, by: Actor, seen: str = "") -> Referral:
    """The answer letter went out."""
    return step(referral=referral, to=State.ANSWER_SENT, by=by, said=Said(how=how, on=on), seen=seen)
