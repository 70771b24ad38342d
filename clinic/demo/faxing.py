"""What came by fax to the made-up clinic: papers of made-up practices, scanned into a folder, and taken in."""

import os
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdf import PdfReader, PdfWriter

from clinic.audit.actor import SYSTEM
from clinic.people.models import User
from clinic.record.models import Case
from referrals.faxes.actions import filing
from referrals.faxes.actions.taking_in import take_in
from referrals.faxes.models import Fax

from .copies import copy_of
from .shape import When, ago, minutes_ago
from .stage import acting

Staff = Mapping[str, User]
SCANNED_BEFORE = 180  # seconds from the fax machine to the worker
NOTES = "Test Clover Physical Therapy: notes of the visits of Test Patient Oak"
LETTER = "Test Acorn Primary Care: a letter about Test Patient Fir"
LOCKED = "Test Ginkgo Radiology: a report behind a password"
OFFER = "Test Office Supplies: paper at half the price"


def _comes(name: str, title: str, pages: int = 1, locked_by: str = "") -> Fax:
    """The scanner writes a file, and the worker takes it in."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(_scan(title, pages, locked_by))
        written = time.time() - SCANNED_BEFORE
        os.utime(file, (written, written))
        take_in(by=SYSTEM, place=Path(folder), pause=0)
    return Fax.objects.latest("pk")


def _scan(title: str, pages: int, locked_by: str) -> bytes:
    made, written = PdfWriter(), BytesIO()
    for number in range(1, pages + 1):
        page = copy_of("page.pdf", f"{title}, page {number} of {pages}" if pages > 1 else title)
        made.append(PdfReader(BytesIO(page)))
    if locked_by:
        made.encrypt(locked_by, algorithm="RC4-128")
    made.write(written)
    return written.getvalue()


def _letter(staff: Staff) -> None:
    fax, by = _comes("scan 0041.pdf", LETTER), acting(staff["hazel"])
    filing.open_pages(fax=fax, by=by)
    case = Case.objects.filter(patient__family_name="Fir").earliest("pk")
    filing.file_document(fax=fax, case=case, by=by)


def _offer(staff: Staff) -> None:
    fax, by = _comes("scan 0042.pdf", OFFER), acting(staff["hazel"])
    filing.open_pages(fax=fax, by=by)
    filing.set_aside(fax=fax, why="junk", by=by)


def _locked(_staff: Staff) -> None:
    _comes("scan 0043.pdf", LOCKED, locked_by="made up")


def _notes(_staff: Staff) -> None:
    _comes("scan 0044.pdf", NOTES, pages=3)


HAPPENINGS: tuple[tuple[When, Callable[[Staff], None]], ...] = (
    (ago(1, "15:10"), _letter),
    (ago(1, "15:20"), _offer),
    (minutes_ago(95), _locked),
    (minutes_ago(40), _notes),
)
