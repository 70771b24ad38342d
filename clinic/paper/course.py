"""The course of relief on paper: its sentence, its picture and the tables behind it, tagged, in US Letter."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .handout import Drawing
from .plain import all_plain, plain
from .press import pressed
from .shapes import Party
from .words import WORDS, Language

TEMPLATE = "course.typ"
SIZE = 10.5  # points


@dataclass(frozen=True)
class Ruled:
    """A table under its caption; each row has as many cells as the head."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Course:
    """What course.typ sets. `about` says whose it is and as of when, `notes` how the drawing is read.

    `code` is the case's, for the footer.
    """

    letterhead: Party
    title: str
    about: str
    lead: str
    drawing: Drawing
    proportion: float  # the height of the drawing in parts of its width
    summary: Ruled
    notes: Sequence[str]
    tables: Sequence[Ruled]
    code: str
    language: Language = "en"


def course(of: Course) -> bytes:
    """The PDF. The drawing keeps every character of its own; all other text is made printable."""
    data: dict[str, Any] = {
        "letterhead": all_plain(asdict(of.letterhead)),
        "title": plain(of.title),
        "about": plain(of.about),
        "lead": plain(of.lead),
        "proportion": of.proportion,
        "drawing": {"svg": of.drawing.svg, "alt": plain(of.drawing.alt)},
        "summary": all_plain(asdict(of.summary)),
        "notes": all_plain(tuple(of.notes)),
        "tables": [all_plain(asdict(table)) for table in of.tables],
        "words": WORDS[of.language],
        "language": of.language,
        "code": of.code,
        "size": SIZE,
    }
    return pressed(TEMPLATE, data)
