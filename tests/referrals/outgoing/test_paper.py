"""The letter of any order that can be kept is one page, and says all that is never cut."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from clinic.paper.letter import letter
from clinic.paper.shapes import TooLong
from referrals.outgoing import paper, words
from referrals.outgoing.asked import EVERY_FIELD, GOALS, SERVICES, STUDIES, Kind

CLINIC = paper.party("Test Spine Clinic", "1 Test Street\nSpringfield", "555 0100", "555 0101")
THERE = paper.party("Test Clover Physical Therapy", "3 Test Clover Street, Springfield", "555 0203", "555 0303")
LINK = "https://clinic.example.org/practice/9hT4kQ2mVw7sXb3NcY8pLd6RfA9hT4kQ2mVw7sXb3Nc/"
WHO = (("Name", "Test Patient Fir"), ("Born", "9 March 1974"), ("Sex", "Female"), ("Phone", "555 0123"))


def frame(service: str) -> words.Frame:
    return words.Frame(
        service, "soon", WHO, "555 0100", "911", date(2026, 6, 1), "Dr. Test Larch", "1 June 2026, 09:00"
    )


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


PLAIN = st.sampled_from(
    ["weak", "foot", "L5", "hold", "10", "pounds", "bend", "sit", "stairs", "pain", "Ärzte", "niño"]
)


def told(most: int) -> st.SearchStrategy[str]:
    return st.lists(PLAIN, max_size=most // 3).map(lambda words: " ".join(words)[:most].strip())


def value(name: str) -> st.SearchStrategy[object]:
    field = EVERY_FIELD[name]
    if name == "at_once":
        return st.lists(told(100), max_size=6).map("\n".join)
    if name in ("tried", "studies"):
        return st.lists(told(150), max_size=12).map("\n".join)
    return {
        Kind.DAY: st.none() | st.just(date(2026, 7, 1)),
        Kind.COUNT: st.none() | st.just(12),
        Kind.GOALS: st.lists(st.sampled_from(sorted(GOALS)), unique=True),
        Kind.STUDY: st.sampled_from(["", *STUDIES]),
        Kind.SCORES: st.just([{"scale": "PEG", "value": "5.3", "on": "5 May 2026"}] * 6),
    }.get(field.kind, told(field.most))


@st.composite
def orders(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    service = draw(st.sampled_from(sorted(SERVICES)))
    return service, {name: draw(value(name)) for name in SERVICES[service].names}


@given(orders())
@settings(max_examples=25)
def test_the_letter_of_any_order_that_is_kept_is_one_page(order):
    service, said = order
    try:
        laid_out = paper.laid_out(words.letter(said, frame(service)), "K7RT9M2K", CLINIC, THERE, LINK)
    except TooLong:
        return  # such an order is refused before it is kept: test_orders
    pdf = letter(laid_out)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert "K7RT-9M2K" in text_of(pdf)


@pytest.mark.parametrize("service", SERVICES)
def test_an_order_as_full_as_one_writes_fits_and_loses_nothing_that_matters(service):
    """Every field full of plain English: the letter is made, whoever wrote it."""
    line = "keeps the back straight when bending and lifting at work "
    said: dict[str, object] = {}
    for name in SERVICES[service].names:
        field = EVERY_FIELD[name]
        said[name] = {Kind.DAY: date(2026, 7, 1), Kind.COUNT: 12, Kind.GOALS: list(GOALS), Kind.STUDY: "mri"}.get(
            field.kind, (line * 30)[: field.most].strip()
        )
    said["at_once"] = "New or growing weakness\nFever"
    said["scores"] = [{"scale": "PEG", "value": "5.3", "on": "5 May 2026"}]
    pdf = letter(paper.laid_out(words.letter(said, frame(service)), "K7RT9M2K", CLINIC, THERE, LINK))
    printed = text_of(pdf)
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert "Send the patient back at once" in printed
    assert "Dr. Test Larch" in printed


def test_what_is_not_set_says_so():
    said = words.letter({"question": "Strength"}, frame("physical_therapy"))
    order = dict(next(each for each in said["sections"] if each["heading"] == "The order")["rows"])
    assert order["Start"] == "not set by the doctor"
    assert order["Report due on"] == "not set"
    assert order["Questions: whom to call"] == "not recorded"


def test_the_start_window_is_the_doctors_alone():
    said = {"start_from": date(2026, 6, 1), "start_until": date(2026, 6, 14)}
    assert words.start(said) == "from 1 June 2026, at the latest 14 June 2026"
    assert words.start({"start_until": date(2026, 6, 14)}) == "at the latest 14 June 2026"


def test_an_address_of_many_lines_keeps_them_all():
    assert paper.party("A", "one\ntwo\n\nthree\nfour", "", "").address == ("one", "two", "three, four")
