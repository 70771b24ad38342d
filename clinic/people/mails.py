"""Mail as this room writes it. The outbox lies in the room above, so it is reached through Django's mail backend."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation

from clinic.audit.actor import Actor

from .models import Clinic, User


class Mail(EmailMessage):
    """A mail that also says what kind it is, in which language, for whom, and who caused it."""

    kind: str
    language: str
    user: User | None
    by: Actor


def letter(*, kind: str, language: str, context: Mapping[str, object]) -> tuple[str, str]:
    """Subject and body from `templates/post/<kind>.txt`: the first line is the subject."""
    with translation.override(language):
        text = render_to_string(f"post/{kind}.txt", {"clinic": Clinic.current(), **context})
    subject, _, body = text.strip().partition("\n")
    return subject, body.strip() + "\n"


def send(
    *, kind: str, to: str, language: str, context: Mapping[str, object], by: Actor, user: User | None = None
) -> None:
    """Put a mail into the outbox, within the caller's transaction."""
    subject, body = letter(kind=kind, language=language, context=context)
    mail = Mail(subject, body, to=[to], connection=get_connection(settings.OUTBOX))
    mail.kind, mail.language, mail.user, mail.by = kind, language, user, by
    mail.send()
