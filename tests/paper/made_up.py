"""A letter about nobody, and the same one with more in it."""

from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from clinic.paper.cover import Cover
from clinic.paper.shapes import Bullets, Letter, Paragraphs, Party, Reply, Rows, Section, SignOff, Table, WarningBox

CLINIC = Party("Maple Street Spine Clinic", ("120 Maple Street", "Springfield, IL 62701"), "555-0142", "555-0143")
THERAPY = Party("Lakeside Physical Therapy", ("48 Shore Road, Suite 3",), "555-0177", "555-0178")
LINK = "https://clinic.example.org/r/9hT4kQ2mVw7sXb3NcY8pLd6RfA"
GOALS = (
    "Strength: hold a side plank for 20 seconds on each side",
    "Posture: sit for 45 minutes without leg pain",
    "Alignment: hinge at the hip to lift 10 pounds",
    "Walking: 30 minutes without a rest",
)
RECORD = Section("From the record", Paragraphs(("Disc protrusion at L4-L5, right. Home exercises since August.",)), 3)
LETTER = Letter(
    letterhead=CLINIC,
    to=THERAPY,
    date="22 November 2026",
    code="K7RT9M2K",
    title="Referral for physical therapy",
    urgency="Soon: please start within 2 weeks",
    patient=(("Name", "Testina Examplewoman"), ("Born", "4 May 1961 (65)"), ("Phone", "555-0101")),
    warning=WarningBox("Send the patient back at once if", ("a foot drops", "the bladder or bowel is troubled")),
    sections=(
        Section("Goals", Bullets(GOALS)),
        Section("The order", Rows((("Visits", "12 in 6 weeks"), ("Report due", "22 January 2027")))),
        Section("Baseline", Table(("Measure", "Score"), (("Oswestry Disability Index", "44 %"),)), 1),
        RECORD,
    ),
    sign_off=SignOff("Dr. Ada Sample", "MD, Pain Medicine", "Signed electronically on 22 November 2026, 10:42"),
    reply=Reply("Tell us in 20 seconds", "No account needed. Scan the code, or open", LINK, "or call 555-0142"),
)
COVER = Cover(CLINIC, THERAPY, "22 November 2026", "K7RT9M2K")


def with_record(text: str) -> Letter:
    """The letter with another text in the section that yields first."""
    record = replace(RECORD, body=Paragraphs((text,)))
    return replace(LETTER, sections=(*LETTER.sections[:-1], record))


def said(content: bytes) -> str:
    """All text of a PDF on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())
