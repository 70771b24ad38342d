"""Mail that came back: known by its id alone, once, and never by what somebody makes up."""

from email.message import EmailMessage
from uuid import UUID, uuid4

import pytest
from django.core import mail

from clinic.audit.actions import Refused
from clinic.audit.actor import SYSTEM
from clinic.post import actions
from clinic.post.models import Message, State
from clinic.post.returned import MOST_BYTES, NoReport, envelope, mail_id_of

from .test_delivery import a_mail
from .worker import run_once

REPORT = """\
From: MAILER-DAEMON@mx.example.net
To: clinic@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain

The address does not exist.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; alder@example.org
Action: {action}
Status: 5.1.1

--edge
Content-Type: {returned}

From: clinic@example.org
{header}: {value}
Subject: News

--edge--
"""


def a_report(
    mail_id: object, action: str = "failed", returned: str = "text/rfc822-headers", header: str = "Message-ID"
) -> bytes:
    value = f"<{mail_id}@example.org>" if header == "Message-ID" else mail_id
    return REPORT.format(action=action, returned=returned, header=header, value=value).encode()


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
@pytest.mark.parametrize("header", ["Message-ID", "X-Clinic-Mail"])
def test_a_report_names_the_mail_that_failed(returned, header):
    mail_id = uuid4()
    assert mail_id_of(a_report(mail_id, returned=returned, header=header)) == mail_id
    assert mail_id_of(a_report(mail_id, returned=returned, header=header).replace(b"\n", b"\r\n")) == mail_id


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_what_did_not_fail_did_not_come_back(action):
    with pytest.raises(NoReport):
        mail_id_of(a_report(uuid4(), action=action))


def an_ordinary_mail() -> bytes:
    written = EmailMessage()
    written["Message-ID"] = f"<{uuid4()}@example.org>"
    written.set_content("Action: failed")
    return written.as_bytes()


def nested(depth: int) -> bytes:
    return b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(depth))


HOSTILE = {
    "nothing": b"",
    "noise": bytes(range(256)) * 40,
    "too large": b"x" * (MOST_BYTES + 1),
    "an ordinary mail": an_ordinary_mail(),
    "no mail of ours": a_report("no-id-of-ours"),
    "a thousand parts": a_report(uuid4()).replace(b"--edge--", b"--edge\n\n\n" * 1000 + b"--edge--"),
    "nested": nested(3000),
    "nested in a report": a_report(uuid4()).replace(b"Content-Type: text/plain", nested(3000), 1)[:MOST_BYTES],
    "a long header": b"Content-Type: " + b"a;" * 200_000 + b"\n\n",
    "a charset that is none": a_report("none").replace(b"text/plain", b'text/plain; charset="\xff\x00"'),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_report_of_ours_is_refused(raw):
    with pytest.raises(NoReport):
        mail_id_of(raw)


def test_the_envelope_carries_the_id_and_the_way_to_stop():
    mail_id = UUID(int=7)
    headers = envelope(mail_id, "The Clinic <clinic@example.org>", "https://clinic.example.org/reminders/secret/")
    assert headers == {
        "Message-ID": f"<{mail_id}@example.org>",
        "X-Clinic-Mail": str(mail_id),
        "List-Unsubscribe": "<https://clinic.example.org/reminders/secret/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert "List-Unsubscribe" not in envelope(mail_id, "clinic@example.org")
    assert envelope(mail_id, "not an address")["Message-ID"] == f"<{mail_id}@localhost>"


@pytest.mark.django_db
def test_each_mail_carries_an_id_of_its_own():
    messages = [a_mail(), a_mail()]
    run_once()
    carried = [sent.extra_headers["X-Clinic-Mail"] for sent in mail.outbox]
    assert carried == [str(message.mail_id) for message in messages]
    assert len(set(carried)) == 2
    assert mail_id_of(a_report(messages[0].mail_id)) == messages[0].mail_id


@pytest.mark.django_db
def test_a_mail_comes_back_once():
    message = a_mail()
    run_once()
    assert actions.bounce(message=message, by=SYSTEM)
    assert not actions.bounce(message=message, by=SYSTEM)
    message.refresh_from_db()
    assert message.state == State.BOUNCED


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING, State.FAILED])
def test_what_has_not_left_cannot_have_come_back(state):
    message = a_mail()
    Message.objects.filter(pk=message.pk).update(state=state)
    with pytest.raises(Refused):
        actions.bounce(message=message, by=SYSTEM)
