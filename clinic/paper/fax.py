"""What goes over the fax: the cover sheet and the documents behind it, each page stamped with its number."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter

from .cover import Cover, cover
from .pages import Why, pages
from .press import pressed
from .shapes import grouped
from .stamping import put_on
from .words import WORDS


class CannotBeFaxed(ValueError):
    """A document cannot be read: its place in the list (from 0), and why, in the words of pages.Counted."""

    def __init__(self, place: int, why: Why) -> None:
        super().__init__(f"document {place} cannot be faxed: {why}")
        self.place, self.why = place, why


def fax(of: Cover, documents: Sequence[bytes]) -> bytes:
    """One PDF: the cover, which says how many pages there are, and the documents in their order.

    Each page behind the cover says "Fax page n of m", and the code where its document does not carry it already.
    The tags of joined documents are not kept: what this makes is for a fax machine. CannotBeFaxed names a document
    that is damaged or asks for a password.
    """
    for place, document in enumerate(documents):
        if why := pages(document).why:
            raise CannotBeFaxed(place, why)
    readers = [PdfReader(BytesIO(document)) for document in documents]
    behind = [(page, _carries(reader, of.code)) for reader in readers for page in reader.pages]
    joined = PdfWriter()
    joined.add_page(PdfReader(BytesIO(cover(replace(of, pages=1 + len(behind))))).pages[0])
    stamps = _stamps(of, [carries for _, carries in behind])
    for (page, _), stamp in zip(behind, stamps, strict=True):
        put_on(joined.add_page(page), stamp, joined)
    joined.add_metadata({"/Title": f"{WORDS[of.language]['cover']}, {grouped(of.code)}"})
    written = BytesIO()
    joined.write(written)
    return written.getvalue()


def _carries(reader: PdfReader, code: str) -> bool:
    """Our own papers name their code among the keywords, and print it on each page."""
    about = reader.metadata
    return about is not None and str(about.get("/Keywords")) == grouped(code)


def _stamps(of: Cover, carrying: Sequence[bool]) -> list[PageObject]:
    """A small page for each page behind the cover."""
    if not carrying:
        return []
    code, total = grouped(of.code), 1 + len(carrying)
    numbers = (WORDS[of.language]["stamp"].format(n=n, of=total) for n in range(2, total + 1))
    stamps = [number if carries else f"{code} · {number}" for number, carries in zip(numbers, carrying, strict=True)]
    made = pressed("stamp.typ", {"stamps": stamps, "title": code, "language": of.language})
    return list(PdfReader(BytesIO(made)).pages)
