"""Verbs of sending: what is due goes out by itself, each in a transaction of its own; staff remind by hand."""

import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from clinic.audit.actions import record
from clinic.audit.actor import SYSTEM, Actor
from clinic.audit.clock import today
from clinic.people.actions.signing_in import hashed
from clinic.people.limits import one_at_a_time
from clinic.people.models import Language
from clinic.post.actions import send_template
from referrals.incoming.actions.receiving import follow_address
from referrals.loop.actions.links import make_link
from referrals.loop.models import Referral
from referrals.reminders.models import Reminder
from referrals.reminders.plan import Rule, Whom
from referrals.reminders.reading import Standing, due

MOST_AT_ONCE = 2000
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """What came of reminding by hand: why not, where nothing was sent."""

    referral: Referral
    sent: bool
    why_not: str = ""


def send_due(*, by: Actor = SYSTEM, limit: int = MOST_AT_ONCE) -> int:
    """Write the reminders that are due today; how many there were. A crash loses none and repeats none."""
    return sum(_sent(pk, by) for pk in due(limit))


def remind_now(*, referrals: Iterable[Referral], by: Actor) -> list[Told]:
    """Remind by hand, whatever the day: what was done about each, in their order."""
    return [_remind(referral, by) for referral in referrals]


def _sent(pk: int, by: Actor) -> bool:
    """Whether it went out; one that cannot be written keeps none of the others waiting, and is tried again."""
    try:
        return _send_if_due(pk, by)
    except Exception:
        log.exception("a reminder could not be written")
        return False


@transaction.atomic
def _send_if_due(pk: int, by: Actor) -> bool:
    """Look again with the referral locked: another worker, a step or a stop may have come first."""
    standing = _held(pk)
    rule = standing.due_rule() if standing else None
    if standing is None or rule is None or standing.hindrance(rule):
        return False
    _write(standing, rule, by)
    return True


@transaction.atomic
def _remind(referral: Referral, by: Actor) -> Told:
    standing = _held(referral.pk)
    if standing is None:
        return Told(referral, False, "Somebody else works on it at this moment.")
    rule = standing.any_rule()
    why_not = standing.hindrance(rule) if rule else "There is nothing to remind of where it stands."
    if rule is None or why_not:
        return Told(referral, False, why_not)
    _write(standing, rule, by)
    return Told(referral, True)


def _held(pk: int) -> Standing | None:
    """The referral, locked, and nobody else writing to its patient; None while another holds it."""
    rows = Referral.objects.select_for_update(of=("self",), skip_locked=True)
    referral = rows.select_related("location", "patient__user", "practice", "request").filter(pk=pk).first()
    if referral is None:
        return None
    one_at_a_time(f"reminder {referral.patient_id or ''} {'' if referral.patient_id else pk}")
    step = referral.steps.order_by("-id")[0]
    return Standing(referral, step, today(referral.location.time_zone))


def _write(standing: Standing, rule: Rule, by: Actor) -> None:
    """The mail and the row that says so, in one transaction."""
    referral, secret = standing.referral, secrets.token_urlsafe(24)
    stop_url = settings.PUBLIC_ADDRESS + reverse("reminders:stop", args=[secret])
    message = send_template(
        kind=f"remind_{rule.kind}",
        to=standing.address(rule.whom),
        language=_language(referral, rule.whom),
        context={**_context(standing, rule, by), "stop": stop_url},
        by=by,
        stop_url=stop_url,
    )
    reminder = Reminder.objects.create(
        referral=referral,
        step=standing.step,
        kind=rule.kind,
        place=rule.place,
        number=standing.count(rule) + 1,
        whom=rule.whom,
        patient=referral.patient if rule.whom == Whom.PATIENT else None,
        day=standing.day,
        message=message,
        secret_hash=hashed(secret),
        made_by_id=by.user_id,
    )
    patients = [referral.patient_id] if referral.patient_id else []
    record(by=by, verb="reminder.written", patients=patients, of=reminder, detail={"kind": rule.kind})


def _language(referral: Referral, whom: Whom) -> str:
    if whom == Whom.PATIENT and referral.patient:
        return referral.patient.language
    request = getattr(referral, "request", None)
    return request.written_in if request else Language.ENGLISH


def _context(standing: Standing, rule: Rule, by: Actor) -> dict[str, Any]:
    """What the mail says: numbers, a day, a private address; nothing of what the visit is for."""
    referral = standing.referral
    context = {"link": f"{settings.PUBLIC_ADDRESS}/", "code": referral.printed_code, "visit": standing.step.booked_on}
    if rule.whom == Whom.REFERRER:
        context["link"] = follow_address(make_link(referral=referral, by=by))
    return context | {"their_phone": referral.practice.letterhead()["phone"] if referral.practice else ""}
