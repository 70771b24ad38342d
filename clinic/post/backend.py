from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from clinic.people.mails import Mail

from . import actions


class Outbox(BaseEmailBackend):
    """How a lower room, which must not know this one, puts its mail into the outbox (`settings.OUTBOX`)."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        mails = [mail for mail in email_messages if isinstance(mail, Mail)]
        for mail in mails:
            for address in mail.to:
                actions.send(
                    kind=mail.kind,
                    to=address,
                    language=mail.language,
                    subject=str(mail.subject),
                    body=str(mail.body),
                    by=mail.by,
                    user=mail.user,
                )
        return len(mails)
