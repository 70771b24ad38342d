"""A letter is one tagged page, whatever stands in it, and says what it left out."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from clinic.paper.letter import SIZES, letter, printed
from clinic.paper.plain import DRAWN, PRINTABLE, UNPRINTABLE, plain
from clinic.paper.shapes import (
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
from tests.paper.made_up import GOALS, LETTER, LINK, said, with_record

HOSTILE = '#panic("no") $x^2$ \\ *bold* _under_ `code` "quoted" <label> @cite = Heading // note'


words = st.one_of(
    st.text(alphabet="Wm%— ", max_size=100),
    st.text(alphabet="abc defghi, klmnopqrstuvwxyz.", max_size=100),
    st.text(max_size=60),
    st.just(HOSTILE),
)
links = st.text(alphabet="Wab-_/9", max_size=140).map("https://clinic.example.org/".__add__)
parties = st.builds(
    Party, words, st.lists(words.map(lambda text: text[:70]), max_size=3).map(tuple), words.map(lambda text: text[:30])
)
pairs = st.lists(st.tuples(words.map(lambda text: text[:70]), words.map(lambda text: text[:70])), max_size=8).map(tuple)
bodies = st.one_of(
    st.lists(st.one_of(words, words.map(lambda text: text * 40)), max_size=5).map(tuple).map(Paragraphs),
    st.lists(words, max_size=25).map(tuple).map(Bullets),
    pairs.map(Rows),
    st.lists(st.tuples(words, words, words), max_size=20).map(lambda rows: Table(("One", "Two", "Three"), tuple(rows))),
)
sections = st.lists(
    st.builds(Section, words.map(lambda text: text[:60]), bodies, st.sampled_from([0, 1, 1, 2, 3])), max_size=6
).map(tuple)
warnings = st.builds(WarningBox, words, st.lists(words, min_size=1, max_size=4).map(tuple))
replies = st.builds(Reply, words.map(lambda text: text[:60]), words, links, words)


@st.composite
def a_letter(draw: st.DrawFn) -> Letter:
    try:
        return Letter(
            letterhead=draw(parties),
            to=draw(parties),
            date="22 November 2026",
            code="K7RT9M2K",
            title=draw(words.map(lambda text: text[:80])),
            patient=draw(pairs),
            sections=draw(sections),
            sign_off=SignOff(draw(words), "MD", "Signed electronically"),
            urgency=draw(words),
            warning=draw(st.none() | warnings),
            reply=draw(st.none() | replies),
            language=draw(st.sampled_from(["en", "es"])),
        )
    except ValueError:
        reject()


@settings(max_examples=40, deadline=None)
@given(a_letter())
def test_every_letter_is_one_page_and_says_whether_it_is_whole(of):
    made = printed(of)
    assert len(PdfReader(BytesIO(made.content)).pages) == 1
    whole = "complete on this page" if of.language == "en" else "completa en esta página"
    assert (whole in said(made.content)) == (not made.shortened)
    assert {section.heading for section in of.sections if section.yields}.issuperset(made.shortened)


def fullest(word: str) -> Letter:
    """The letter whose goals are as long as they may be, in these words."""
    times, of = 1, LETTER
    while True:
        text = Paragraphs(((word + " ") * times,))
        try:
            of = replace(LETTER, sections=(replace(LETTER.sections[0], body=text), *LETTER.sections[1:]))
        except TooLong:
            return of
        times += 4


@pytest.mark.parametrize("word", ["W" * 23, "W", "m%", "goals", "a" * 24 + "W", "العمود", "⋙⋘", "Ш", "1,000"])
def test_what_is_never_left_out_fits_at_its_fullest_in_the_widest_letters(word):
    made = printed(of := fullest(word))
    assert len(PdfReader(BytesIO(made.content)).pages) == 1
    assert said(made.content).count(word) == of.sections[0].body.texts[0].count(word)


def test_it_shrinks_in_steps_and_no_further():
    sizes = [printed(with_record("Exercises at home. " * times)).size for times in range(1, 160, 12)]
    assert sizes == sorted(sizes, reverse=True)
    assert set(sizes) == set(SIZES)


def test_what_is_left_out_is_said_and_what_matters_stays():
    made = printed(with_record("Exercises at home, three times a week. " * 200))
    text = said(made.content)
    assert made.shortened == ("From the record",)
    assert "… continues in the record; call us for the rest" in text
    assert "Shortened to fit one page: From the record. The record holds the rest; call us for it." in text
    kept = [*GOALS, "Testina Examplewoman", "a foot drops", "Oswestry", LINK, "Dr. Ada Sample", "K7RT-9M2K"]
    assert [each for each in kept if each not in text] == []


def test_the_section_that_yields_most_is_cut_first():
    full = Bullets(("A line of the list",) * 60)
    sections = [Section(f"Part {yields}", full, yields) for yields in (2, 1, 3)]
    made = printed(replace(LETTER, sections=tuple(sections)))
    assert made.shortened == ("Part 2", "Part 1", "Part 3")
    assert printed(replace(LETTER, sections=(*sections[:2],))).shortened == ("Part 2", "Part 1")
    assert printed(replace(LETTER, sections=(replace(sections[0], body=full.first(12)), sections[2]))).shortened == (
        "Part 3",
    )


def test_more_than_a_page_of_what_is_never_left_out_is_refused_without_its_words():
    goals = Section("Goals", Bullets(("secret goal",) * 70))
    with pytest.raises(TooLong) as refused:
        replace(LETTER, sections=(goals,))
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "change",
    [
        {"code": "K7RT-9M2K"},
        {"title": " \u200b"},
        {"title": "a" * 81},
        {"patient": (("Name", "a" * 71),)},
    ],
)
def test_nonsense_is_refused(change):
    with pytest.raises(ValueError, match=r"code|title|patient"):
        replace(LETTER, **change)


def test_a_link_that_is_no_address_is_refused():
    with pytest.raises(ValueError, match="link"):
        replace(LETTER.reply, link="javascript:alert(1)")


def test_the_same_letter_is_the_same_bytes():
    assert letter(LETTER) == letter(replace(LETTER))


def test_it_is_tagged_and_says_its_language_and_title():
    reader = PdfReader(BytesIO(letter(LETTER)))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Referral for physical therapy, K7RT-9M2K"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert reader.pages[0].mediabox[2:] == [612, 792]
    assert PdfReader(BytesIO(letter(replace(LETTER, language="es")))).root_object["/Lang"] == "es"


def tags(node) -> list[str]:
    """The tags of a structure tree in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for kid in node for tag in tags(kid)]
    if not isinstance(node, dict) or node.get("/Type") in {"/MCR", "/OBJR"}:
        return []
    return [node["/S"] for _ in range("/S" in node)] + tags(node.get("/K", []))


def test_headings_lists_tables_and_the_picture_are_tagged():
    root = PdfReader(BytesIO(letter(LETTER))).root_object
    found = tags(root["/StructTreeRoot"])
    assert found.count("/H1") == 1
    assert found.count("/H2") == 2 + len(LETTER.sections) + 1
    assert found.count("/TH") == 2
    assert found.count("/Figure") == 1
    assert found.count("/LI") == len(GOALS) + 2
    assert {"/L", "/Table", "/TD", "/Link"} <= set(found)


def test_it_is_read_in_the_order_of_the_page():
    text = said(letter(LETTER))
    order = ["Maple Street", "To: Lakeside", "Referral for", "Soon:", "Testina", "Send the patient back", "Goals"]
    order += ["The order", "Baseline", "Measure", "From the record", "Dr. Ada Sample", "Tell us", LINK]
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_hostile_text_is_printed_as_it_is():
    text = said(letter(with_record(HOSTILE)))
    assert HOSTILE in text


@pytest.mark.parametrize(
    ("given_text", "printed_text"),
    [
        ("dolor de espalda, ñandú", "dolor de espalda, ñandú"),
        ("a\0b\x07c\u202ed", "abcd"),
        ("line\nbreak\tand   space", "line break and space"),
        ("well 😀", f"well {UNPRINTABLE}"),
        ("漢字", UNPRINTABLE * 2),
        ("5 µg", "5 μg"),
        ("e\u0301", "é"),
    ],
)
def test_what_cannot_be_drawn_is_a_visible_box(given_text, printed_text):
    text = said(letter(with_record(given_text)))
    assert printed_text in text
    assert ("call us to ask" in text) == (UNPRINTABLE in printed_text)


def test_arabic_is_drawn():
    assert UNPRINTABLE not in plain("ألم في الظهر")
    assert said(letter(with_record("ألم في الظهر"))).count("ظ") == 1


def test_a_word_longer_than_the_line_stays_on_the_paper():
    page = PdfReader(BytesIO(letter(with_record("x" * 4000)))).pages[0]
    longest = max(page.extract_text().splitlines(), key=lambda line: line.count("x"))
    assert 40 <= longest.count("x") <= 130


def test_every_letter_that_is_declared_can_be_drawn():
    """Held block by block: typst refuses a tagged PDF with a letter that its typefaces lack."""
    for block, kinds in DRAWN.items():
        letters = [chr(each) for each in range(0x20, 0x2800) if PRINTABLE.match(chr(each))]
        mine = [each for each in letters if re.match(f"[{kinds}]", each)]
        assert letter(with_record(" ".join(mine))), block
