"""Files from outside are counted, or said not to be readable; none of them holds anything up."""

import time
import zlib
from io import BytesIO

import pytest
from pypdf import PdfWriter

from clinic.paper import pages as counting
from clinic.paper.letter import letter
from clinic.paper.pages import Counted, pages
from tests.paper.made_up import LETTER


def blank(number: int, **locked: str) -> bytes:
    writer = PdfWriter()
    for _ in range(number):
        writer.add_blank_page(612, 792)
    if locked:
        writer.encrypt(**locked)
    writer.write(made := BytesIO())
    return made.getvalue()


def by_hand(*objects: str) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Root 1 0 R /Size {len(objects) + 1}>>\n"
    return body + f"{end}startxref\n{len(body)}\n%%EOF\n".encode()


CATALOG = "<</Type /Catalog /Pages 2 0 R>>"
PAGE = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]>>"


@pytest.mark.parametrize("number", [1, 7])
def test_pages_are_counted(number):
    assert pages(blank(number)) == Counted(number)


def test_a_letter_of_ours_has_one():
    assert pages(letter(LETTER)) == Counted(1)


def test_two_thousand_pages_are_counted_soon():
    content, begun = blank(2000), time.monotonic()
    assert pages(content) == Counted(2000)
    assert time.monotonic() - begun < 5


def test_more_than_we_handle_is_said():
    assert pages(blank(5001)) == Counted(None, "too_many_pages")


def test_a_password_is_said_and_one_that_only_forbids_printing_is_no_hindrance():
    assert pages(blank(1, user_password="made-up", algorithm="AES-256")).encrypted
    assert pages(blank(3, user_password="", owner_password="made-up", algorithm="AES-256")) == Counted(3)


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"PK\x03\x04", b"\x00" * 5000, b" " * 2000 + b"%PDF-1.4"],
    ids=lambda each: repr(each[:9]),
)
def test_what_is_no_pdf_is_said(content):
    assert pages(content) == Counted(None, "not_a_pdf")


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + bytes(range(256)) * 40,
        blank(3)[:300],
        by_hand(CATALOG, "<</Type /Pages /Kids [] /Count 9>>"),
        by_hand(CATALOG, "<</Type /Pages /Kids [2 0 R 2 0 R] /Count 1>>"),
        by_hand(CATALOG, "<</Type /Pages /Kids [9 0 R] /Count 1>>"),
        by_hand("<</Type /Catalog>>"),
        by_hand(CATALOG, "[1 2 3]"),
        by_hand(CATALOG, "<" * 5000),
    ],
)
def test_what_is_damaged_is_said(content):
    assert pages(content) == Counted(None, "damaged")


def test_a_tree_that_turns_in_circles_ends():
    circle = by_hand(CATALOG, "<</Kids [3 0 R 4 0 R]>>", "<</Kids [2 0 R 4 0 R 3 0 R]>>", PAGE)
    assert pages(circle) == Counted(1)


def test_a_tree_that_branches_without_end_ends():
    levels = [f"<</Kids [{number} 0 R {number} 0 R]>>" for number in range(3, 43)]
    assert pages(by_hand(CATALOG, *levels, PAGE)) == Counted(1)


def test_the_count_that_a_file_claims_is_not_believed():
    assert pages(by_hand(CATALOG, "<</Kids [3 0 R] /Count 1000000000>>", PAGE)) == Counted(1)


def test_a_stream_that_unpacks_to_gigabytes_is_damaged():
    packed = zlib.compressobj(9)
    bomb = b"".join(packed.compress(bytes(1 << 24)) for _ in range(96)) + packed.flush()
    head = (
        f"%PDF-1.5\n1 0 obj\n<</Type /XRef /Size 9 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length {len(bomb)}>>\n"
    )
    content = head.encode() + b"stream\n" + bomb + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    begun = time.monotonic()
    assert pages(content) == Counted(None, "damaged")
    assert time.monotonic() - begun < counting.SECONDS + 2


def test_what_takes_too_long_is_damaged(monkeypatch):
    monkeypatch.setattr(counting, "SECONDS", 0.001)
    assert pages(blank(1)) == Counted(None, "damaged")
