"""Made-up faxes for tests: files in a folder, and faxes that were taken in from it."""

import os
import time
from io import BytesIO
from itertools import count
from pathlib import Path

from pypdf import PdfWriter

from clinic.audit.actor import SYSTEM, Actor
from clinic.people.models import User
from referrals.faxes.actions.filing import open_pages
from referrals.faxes.actions.taking_in import take_in
from referrals.faxes.models import Fax

_number = count(1)


def a_pdf(pages: int = 1, password: str = "", program: bool = False) -> bytes:
    """A made-up scan; no two are the same."""
    made = PdfWriter()
    made.add_metadata({"/Title": f"Test Practice, fax {next(_number)}"})
    for _page in range(pages):
        made.add_blank_page(612, 792)
    if program:
        made.add_attachment("made up.txt", b"made up")
    if password:
        made.encrypt(password, algorithm="RC4-128")
    written = BytesIO()
    made.write(written)
    return written.getvalue()


def put(folder: Path, name: str = "fax.pdf", content: bytes | None = None, age: float = 600) -> Path:
    """A file in the folder, last written `age` seconds ago."""
    place = folder / name
    place.write_bytes(a_pdf() if content is None else content)
    then = time.time() - age
    os.utime(place, (then, then))
    return place


def look() -> int:
    """One look of the worker at the folder."""
    return take_in(by=SYSTEM, pause=0)


def a_fax(folder: Path, name: str = "", content: bytes | None = None, age: float = 600) -> Fax:
    put(folder, name or f"fax {next(_number)}.pdf", content, age)
    assert look() == 1
    return Fax.objects.latest("pk")


def a_seen_fax(folder: Path, *readers: Actor) -> Fax:
    fax = a_fax(folder)
    for reader in readers:
        open_pages(fax=fax, by=reader)
    return fax


def readers_of(fax: Fax) -> list[User]:
    return [each.by for each in fax.seen.select_related("by")]
