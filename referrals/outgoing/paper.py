"""A letter's plain data on the clinic's paper: to one practice, with the private link by which it answers. Pure."""

from collections.abc import Mapping
from typing import Any

from clinic.paper.shapes import (
    Body,
    Bullets,
    Letter,
    Paragraphs,
    Party,
    Reply,
    Rows,
    Section,
    SignOff,
    Table,
    TooLong,
    WarningBox,
)

REPLY = "Tell us in 20 seconds"
REPLY_WORDS = "Booked, attended, not attended, discharged, your report: no account is needed. Scan the code, or open"
NOBODY_YET = Party("The practice is not chosen yet")


def party(name: str, address: str, phone: str, fax: str) -> Party:
    """Whom a paper names, in as much room as a letterhead has."""
    lines = [_cut(line.strip(), 70) for line in address.splitlines() if line.strip()]
    kept = tuple([*lines[:2], _cut(", ".join(lines[2:]), 70)] if len(lines) > 3 else lines)
    return Party(_cut(name, 100), kept, _cut(phone, 30), _cut(fax, 30))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def shortest(to: Party) -> Party:
    """Whom a paper names, in as little room as tells it from others."""
    return Party(_cut(to.name, 40), (), to.phone, to.fax)


def laid_out(said: Mapping[str, Any], code: str, clinic: Party, to: Party, link: str) -> Letter:
    """The letter, to be pressed; where an address would take it beyond its page, it names the practice in short.

    Raises:
        TooLong: what is never cut needs more than one page all the same (`clinic.paper`).
    """
    try:
        return _letter(said, code, clinic, to, link)
    except TooLong:
        return _letter(said, code, clinic, shortest(to), link)


def _letter(said: Mapping[str, Any], code: str, clinic: Party, to: Party, link: str) -> Letter:
    return Letter(
        letterhead=clinic,
        to=to,
        date=said["date"],
        code=code,
        title=said["title"],
        urgency=said["urgency"],
        patient=tuple((label, _cut(value, 70)) for label, value in said["patient"]),
        warning=WarningBox(said["warning"]["heading"], tuple(said["warning"]["items"])),
        sections=tuple(Section(each["heading"], _body(each), each["yields"]) for each in said["sections"]),
        sign_off=SignOff(**said["sign_off"]),
        reply=Reply(REPLY, REPLY_WORDS, link, f"or call {clinic.phone} and say the code") if link else None,
    )


def _body(section: Mapping[str, Any]) -> Body:
    kind = section["kind"]
    if kind == "paragraphs":
        return Paragraphs(tuple(section["texts"]))
    if kind == "bullets":
        return Bullets(tuple(section["items"]))
    rows = section["rows"]
    if kind == "rows":
        return Rows(tuple((label, value) for label, value in rows))
    return Table(tuple(section["head"]), tuple(tuple(row) for row in rows))
