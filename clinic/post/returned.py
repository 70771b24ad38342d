"""How a mail that came back is known again: the id that it carries out, and the report that brings it back. Pure.

A mail server that cannot deliver returns a delivery report (RFC 3464) with the mail's headers in it (RFC 6522). The id
is random, so that only who got the mail, or a server on its way, can say that it came back.
"""

import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message as Part
from email.utils import parseaddr
from uuid import UUID

MOST_BYTES = 1024 * 1024  # servers return the headers, or a short mail of ours: ours have no attachments
MOST_PARTS = 50
ID_HEADER = "X-Clinic-Mail"
UUID_WRITTEN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DOMAIN = re.compile(r"[A-Za-z0-9.-]{1,255}")
RETURNED = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})
STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})


class NoReport(Exception):
    """What was read is no report that a mail of ours could not be delivered; the text says why."""


def envelope(mail_id: UUID, sender: str, stop_url: str = "") -> Mapping[str, str]:
    """The headers of an outgoing mail: its id, and where a mail program stops such mails by one click (RFC 8058)."""
    domain = parseaddr(sender)[1].partition("@")[2]
    host = domain if DOMAIN.fullmatch(domain) else "localhost"
    headers = {"Message-ID": f"<{mail_id}@{host}>", ID_HEADER: str(mail_id)}
    if not stop_url:
        return headers
    return headers | {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def mail_id_of(report: bytes) -> UUID:
    """The id of the mail that a delivery report says could not be delivered.

    Raises:
        NoReport: it is too large, no delivery report, reports no failure, or returns no mail of ours.
    """
    if len(report) > MOST_BYTES:
        raise NoReport(f"it is larger than {MOST_BYTES} bytes")
    parts = _parts(report)
    if not any(_says_failed(part) for part in parts if part.get_content_type() in STATUS):
        raise NoReport("it reports no mail that failed")
    for part in parts:
        if part.get_content_type() in RETURNED and (found := _id_in(part)):
            return found
    raise NoReport("the mail that it returns is none of ours")


def _parts(report: bytes) -> list[Part]:
    try:
        whole = message_from_bytes(report)  # the older policy: it leaves headers as text, however hostile they are
    except (MessageError, RecursionError, ValueError, LookupError) as problem:
        raise NoReport("it cannot be read as a mail") from problem
    kind = str(whole.get_param("report-type", "")).lower()
    if whole.get_content_type() != "multipart/report" or kind != "delivery-status":
        raise NoReport("it is no delivery report")
    inside = whole.get_payload()
    if not isinstance(inside, list) or len(inside) > MOST_PARTS:
        raise NoReport("it is no delivery report")
    return [part for part in inside if isinstance(part, Part)]


def _says_failed(status: Part) -> bool:
    """Whether a block of the report gives a recipient up: "delayed" and "relayed" are no failure (RFC 3464, 2.3.3)."""
    return any(str(block.get("Action", "")).strip().lower() == "failed" for block in _blocks(status))


def _blocks(status: Part) -> Iterator[Part]:
    inside = status.get_payload()
    yield from (block for block in inside if isinstance(block, Part)) if isinstance(inside, list) else ()


def _id_in(returned: Part) -> UUID | None:
    """Our id in the headers that came back: in our own header, or where a server left that out, in Message-ID."""
    for headers in _headers(returned):
        for name in (ID_HEADER, "Message-ID"):
            written = UUID_WRITTEN.search(str(headers.get(name, "")).lower()[:1000])
            if written:
                return UUID(written.group())
    return None


def _headers(returned: Part) -> Iterator[Part]:
    inside = returned.get_payload()
    if isinstance(inside, list):
        yield from (part for part in inside[:1] if isinstance(part, Part))
    elif isinstance(inside, str):
        yield message_from_bytes(inside.encode(errors="replace"))
