"""The fax cover sheet, and what goes over the fax behind it."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from clinic.paper.cover import cover
from clinic.paper.fax import CannotBeFaxed, fax
from clinic.paper.letter import letter
from clinic.paper.shapes import Party
from tests.paper.made_up import COVER, LETTER, said


def blank(pages: int, turn: int = 0, width: float = 612, height: float = 792, password: str = "") -> bytes:
    """A document without a word on it."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width, height).rotate(turn)
    if password:
        writer.encrypt(password)
    writer.write(made := BytesIO())
    return made.getvalue()


def test_a_cover_says_who_where_when_and_how_many():
    text = said(cover(replace(COVER, pages=3)))
    wanted = ["Lakeside", "555-0178", "Maple Street", "22 November 2026", "K7RT-9M2K", "3, counting this one"]
    wanted += ["Confidential", "Did it reach the wrong place?", "call us at 555-0142", "page 1 of 3"]
    assert [each for each in wanted if each not in text] == []


def test_a_cover_in_spanish_is_tagged_as_such():
    content = cover(replace(COVER, language="es", pages=2))
    assert "2, contando esta" in said(content)
    root = PdfReader(BytesIO(content)).root_object
    assert root["/Lang"] == "es"
    assert "/StructTreeRoot" in root


def test_the_fullest_cover_is_one_page():
    widest = Party("W " * 50, ("W " * 35,) * 3, "W " * 15, "W " * 15)
    for language in ("en", "es"):
        content = cover(replace(COVER, letterhead=widest, to=widest, date="W " * 20, pages=5000, language=language))
        assert len(PdfReader(BytesIO(content)).pages) == 1


def test_a_cover_without_a_number_to_send_to_is_refused():
    with pytest.raises(ValueError, match="fax"):
        replace(COVER, to=Party("Somebody"))


def test_the_pages_are_counted_and_numbered():
    made = PdfReader(BytesIO(fax(COVER, [letter(LETTER), blank(2)])))
    texts = [" ".join(page.extract_text().split()) for page in made.pages]
    assert len(texts) == 4
    assert "4, counting this one" in texts[0]
    assert "page 1 of 4" in texts[0]
    assert [f"Fax page {n} of 4" in texts[n - 1] for n in (2, 3, 4)] == [True] * 3
    assert texts[2:] == ["K7RT-9M2K · Fax page 3 of 4", "K7RT-9M2K · Fax page 4 of 4"]


def test_a_letter_of_ours_keeps_its_words_and_gets_its_code_not_twice():
    page = PdfReader(BytesIO(fax(COVER, [letter(LETTER)]))).pages[1]
    assert "Referral for physical therapy" in page.extract_text()
    assert "K7RT-9M2K · Fax page" not in page.extract_text()


def test_the_letter_of_another_referral_is_stamped_with_this_code():
    other = letter(replace(LETTER, code="AAAA2222"))
    assert "K7RT-9M2K · Fax page 2 of 2" in said(fax(COVER, [other]))


def test_a_cover_alone_is_a_fax_of_one_page():
    assert "1, counting this one" in said(fax(COVER, []))


def test_the_same_fax_is_the_same_bytes():
    assert fax(COVER, [letter(LETTER), blank(1)]) == fax(COVER, [letter(LETTER), blank(1)])


@pytest.mark.parametrize(
    ("turn", "corner"), [(0, (612, 792)), (90, (0, 792)), (180, (0, 0)), (270, (612, 0))], ids=lambda value: str(value)
)
def test_the_stamp_stands_upper_right_however_the_page_is_turned(turn, corner):
    page = PdfReader(BytesIO(fax(COVER, [blank(1, turn)]))).pages[1]
    drawn = page.get_contents().get_data().split()
    a, b, c, d, x, y = map(float, drawn[drawn.index(b"cm") - 6 : drawn.index(b"cm")])
    box = page["/Resources"]["/XObject"]["/ClinicStamp"]["/BBox"]
    across, up = float(box[2]), float(box[3])
    reached = (a * across + c * up + x, b * across + d * up + y)
    assert all(abs(abs(at - edge) - 14) < 0.01 for at, edge in zip(reached, corner, strict=True))
    assert all(0 <= at <= edge for at, edge in zip((x, y), (612, 792), strict=True))


def test_a_big_scan_gets_a_stamp_as_much_bigger():
    page = PdfReader(BytesIO(fax(COVER, [blank(1, width=2448, height=3168)]))).pages[1]
    assert b"4.0000 0.0000 0.0000 4.0000" in page.get_contents().get_data()


def test_pages_that_share_their_resources_keep_their_own_stamps():
    writer = PdfWriter(BytesIO(blank(2)))
    shared = writer._add_object(writer.pages[0]["/Resources"])
    for page in writer.pages:
        page[NameObject("/Resources")] = shared
    writer.write(made := BytesIO())
    texts = [page.extract_text() for page in PdfReader(BytesIO(fax(COVER, [made.getvalue()]))).pages]
    assert ["2 of 3" in texts[1], "3 of 3" in texts[2]] == [True, True]


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (b"hello", "not_a_pdf"),
        (letter(LETTER)[:2000], "damaged"),
        (blank(1, password="made-up"), "encrypted"),
    ],
    ids=["not a PDF", "cut off", "locked"],
)
def test_what_cannot_be_read_is_named(document, why):
    with pytest.raises(CannotBeFaxed) as refused:
        fax(COVER, [blank(1), document])
    assert (refused.value.place, refused.value.why) == (1, why)
