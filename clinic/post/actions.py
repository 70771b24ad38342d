"""The only code that writes to the outbox: a mail is a row first, and a worker carries it out."""

import smtplib
import socket
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from procrastinate.contrib.django import app

from clinic.audit.actions import Refused, record
from clinic.audit.actor import SYSTEM, Actor
from clinic.audit.clock import DatabaseNow, now
from clinic.people.mails import letter
from clinic.people.models import Patient, User

from .models import MAY_COME_BACK, Message, State
from .returned import envelope

MOST_TRIES = 5
STALE = timedelta(minutes=10)  # a worker that says nothing for so long has died
# The other side, or the way to it, refused before it took the mail: trying again cannot send it twice.
NOT_TAKEN = (
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
    ConnectionRefusedError,
    socket.gaierror,
)


@transaction.atomic
def send(
    *,
    kind: str,
    to: str,
    language: str,
    subject: str,
    body: str,
    by: Actor,
    user: User | None = None,
    urgent: bool = False,
    stop_url: str = "",
) -> Message:
    """Write a mail into the outbox; a rollback of the caller's transaction sends nothing."""
    message = Message.objects.create(
        kind=kind,
        to=to,
        language=language,
        subject=subject[:200],
        body=body,
        user=user,
        urgent=urgent,
        stop_url=stop_url,
    )
    record(by=by, verb="message.written", of=message, detail={"kind": kind})
    _hand_to_worker(message)
    return message


def send_template(
    *,
    kind: str,
    to: str,
    language: str,
    context: Mapping[str, object],
    by: Actor,
    user: User | None = None,
    urgent: bool = False,
    stop_url: str = "",
) -> Message:
    """Write a mail from `templates/post/<kind>.txt`, whose first line is the subject, in that language."""
    subject, body = letter(kind=kind, language=language, context=context)
    written = {"kind": kind, "to": to, "language": language, "subject": subject, "body": body}
    return send(**written, by=by, user=user, urgent=urgent, stop_url=stop_url)


def tell_of_news(*, patient: Patient, by: Actor) -> None:
    """Mail a patient that there is news on their page, and no more than that, where an address is known."""
    address = (patient.user.email if patient.user else "") or patient.email
    if address:
        context = {"link": f"{settings.PUBLIC_ADDRESS}/"}
        send_template(kind="news", to=address, language=patient.language, context=context, by=by, user=patient.user)


def _hand_to_worker(message: Message) -> None:
    # By name: the task calls these actions, so they cannot import it. The job is a row of the same transaction.
    task = app.configure_task("post.deliver", priority=10 if message.urgent else 0)
    task.defer(message_id=message.pk)


def deliver(*, message_id: int) -> None:
    """Carry out one mail. Claiming it is committed first, so a worker that dies has at most sent it, never twice."""
    message = claim(message_id=message_id)
    if message is None:
        return
    try:
        _transmit(message)
    except NOT_TAKEN as error:
        _settle(message, State.QUEUED if message.tries < MOST_TRIES else State.FAILED, error)
    except OSError as error:  # smtplib's other errors are OSErrors: the mail may have been taken
        _settle(message, _after_silence(message), error)
    else:
        _settle(message, State.SENT)


@transaction.atomic
def claim(*, message_id: int) -> Message | None:
    """Take a waiting mail for sending; None when another worker has it or it is done."""
    waiting = Message.objects.select_for_update(skip_locked=True).filter(pk=message_id, state=State.QUEUED)
    message = waiting.first()
    if message:
        message.tries += 1
        _mark(message, State.SENDING)
    return message


def _transmit(message: Message) -> None:
    sender = settings.DEFAULT_FROM_EMAIL
    headers = dict(envelope(message.mail_id, sender, message.stop_url))
    EmailMessage(message.subject, message.body, sender, [message.to], headers=headers).send()


def _after_silence(message: Message) -> State:
    """A mail that may or may not have left: an urgent one rather comes twice than never."""
    return State.QUEUED if message.urgent and message.tries < MOST_TRIES else State.UNKNOWN


def _settle(message: Message, state: State, error: Exception | None = None) -> None:
    """Say what became of a mail. The class of the error only: its text may hold the address."""
    message.error = type(error).__name__ if error else ""
    if state in {State.SENT, State.UNKNOWN} and not settings.DEMO:
        message.body = message.stop_url = ""  # a code or a private link is nobody's to read again
    _mark(message, state)


@transaction.atomic
def _mark(message: Message, state: State, by: Actor = SYSTEM) -> None:
    message.state = state
    message.state_at = DatabaseNow()
    message.save(update_fields=["state", "state_at", "tries", "error", "body", "stop_url"])
    record(by=by, verb=f"message.{state}", of=message, detail={"kind": message.kind})
    message.refresh_from_db(fields=["state_at"])


@transaction.atomic
def resend(*, message: Message, by: Actor) -> None:
    """Try a failed mail once more."""
    held = Message.objects.select_for_update().get(pk=message.pk)
    if held.state != State.FAILED:
        raise Refused("Only a mail that failed can be sent again.")
    held.tries = 0
    _mark(held, State.QUEUED)
    record(by=by, verb="message.resent", of=held, detail={"kind": held.kind})
    _hand_to_worker(held)


@transaction.atomic
def bounce(*, message: Message, by: Actor) -> bool:
    """Note that a mail came back; False when that is known already.

    Raises:
        Refused: nobody took it yet, so it cannot have come back.
    """
    held = Message.objects.select_for_update().get(pk=message.pk)
    if held.state == State.BOUNCED:
        return False
    if held.state not in MAY_COME_BACK:
        raise Refused("This mail has not left yet, so it cannot have come back.")
    _mark(held, State.BOUNCED, by)
    return True


def sweep() -> None:
    """Find what was left behind: waiting mail whose job is gone, and mail that a dead worker was sending."""
    with transaction.atomic():
        for message in Message.objects.left_sending(before=now() - STALE).select_for_update(skip_locked=True):
            _settle(message, _after_silence(message))
    for message in Message.objects.left_waiting(now()):
        deliver(message_id=message.pk)
