"""Verbs of asking: what is due goes out by itself, each in a transaction of its own, and each at most once."""

import logging
import secrets
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from clinic.audit.actions import record
from clinic.audit.actor import SYSTEM, Actor
from clinic.people.actions.signing_in import hashed
from clinic.post.actions import send_template
from clinic.record.models import Case
from clinic.treatment.checkins import due
from clinic.treatment.checkins.due import Ask
from clinic.treatment.checkins.models import CheckIn, Mail
from clinic.treatment.procedure.models import Session

MOST_AT_ONCE = 2000
MINUTES = {False: 1, True: 3}  # what a mail says that it takes; a page of instruments is longer
log = logging.getLogger(__name__)
Due = TypeVar("Due")


def ask_due(*, by: Actor = SYSTEM, limit: int = MOST_AT_ONCE) -> int:
    """Ask what is due now; how many were asked. A worker that is killed loses none and repeats none."""
    return _each(due.to_ask(limit), _ask, by)


def remind_due(*, by: Actor = SYSTEM, limit: int = MOST_AT_ONCE) -> int:
    """Remind, once, of what was not answered; how many were reminded."""
    return _each(due.to_remind(limit), _remind, by)


def _each(what: Iterable[Due], verb: Callable[[Due, Actor], bool], by: Actor) -> int:
    """How many came to pass; one that cannot be written keeps none of the others waiting, and is tried again."""
    done = 0
    for one in what:
        try:
            done += verb(one, by)
        except Exception:
            log.exception("a check-in could not be written")
    return done


@transaction.atomic
def _ask(ask: Ask, by: Actor) -> bool:
    """Look again with the session locked: another worker, a stop or a strike may have come first."""
    held = Session.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=ask.session)
    session = held.select_related("case__patient__user").first()
    still = due.unasked({session.on: (ask.due_on, ask.moment)}) if session else Session.objects.none()
    if session is None or not still.filter(pk=session.pk).exists():
        return False
    moment = ask.moment
    words = {"long": moment.long, "recall": moment.recall, "due_on": ask.due_on}
    check_in = CheckIn.objects.create(session=session, moment=moment.key, **words)
    _write(check_in, 1, by)
    return True


@transaction.atomic
def _remind(pk: int, by: Actor) -> bool:
    """Look again with the case locked, as whoever answers locks it too."""
    check_in = CheckIn.objects.select_related("session__case__patient__user", "session__location").get(pk=pk)
    held = Case.objects.select_for_update(skip_locked=True).filter(pk=check_in.session.case_id)
    if held.first() is None or not due.to_remind_of(check_in):
        return False
    return _write(check_in, 2, by)


def _write(check_in: CheckIn, number: int, by: Actor) -> bool:
    """The mail and the row that says so, in one transaction. False without an address: then somebody calls."""
    patient = check_in.session.case.patient
    address = due.address_of(patient)
    if not address:
        return False
    secret = secrets.token_urlsafe(24)
    link, stop_url = (settings.PUBLIC_ADDRESS + reverse(f"checkins:{door}", args=[secret]) for door in ("say", "stop"))
    message = send_template(
        kind="check_in" if number == 1 else "check_in_reminder",
        to=address,
        language=patient.language,
        context={"link": link, "stop": stop_url, "minutes": MINUTES[check_in.long]},
        by=by,
        stop_url=stop_url,
    )
    Mail.objects.create(check_in=check_in, number=number, message=message, secret_hash=hashed(secret))
    detail = {"moment": check_in.moment, "number": number}
    record(by=by, verb="check_in.asked", patients=[patient.pk], of=check_in, detail=detail)
    return True
