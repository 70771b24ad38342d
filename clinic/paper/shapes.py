"""What stands on a letter, and how much of each: what is never left out is held to one page when a Letter is made.

Text beyond a bound is refused with TooLong, which names the field and never its text.
"""

import re
from dataclasses import dataclass
from typing import Any

from . import room
from .plain import BREAK, all_plain, plain
from .words import WORDS, Language

Pair = tuple[str, str]

CODE = re.compile(r"[0-9A-Z]{8}\Z")
LINK = re.compile(r"https?://\S+\Z")
WORD = re.compile(rf"[^ {BREAK}]*[ {BREAK}]*")
# In em of the smallest type, as letter.typ sets them: see room.py.
HEAD_SCALE, HEAD_WIDTH = 1.5, 42.0
TITLE_SCALE = 1.82
QR, BESIDE_QR = 9.0, 48.0


class TooLong(ValueError):
    """More than fits; the words name the field and its bound."""


def _within(of: object, **most: int) -> None:
    """Hold texts to their length, and tuples to their number."""
    for name, limit in most.items():
        if len(getattr(of, name)) > limit:
            raise TooLong(f"{type(of).__name__}.{name} holds more than {limit}")


def _texts_within(of: object, name: str, limit: int) -> None:
    """Hold each text of a tuple, or of a tuple of pairs, to its length."""
    for item in getattr(of, name):
        for text in (item,) if isinstance(item, str) else item:
            if len(text) > limit:
                raise TooLong(f"a text of {type(of).__name__}.{name} holds more than {limit}")


def _says(of: object, *names: str) -> None:
    """Hold texts that a reader finds their way by to saying something."""
    for name in names:
        if not plain(getattr(of, name)).strip(BREAK):
            raise ValueError(f"{type(of).__name__}.{name} is empty")


@dataclass(frozen=True)
class Party:
    """A clinic, a practice or a person that a paper comes from or goes to."""

    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""

    def __post_init__(self) -> None:
        _says(self, "name")
        _within(self, name=100, address=3, phone=30, fax=30)
        _texts_within(self, "address", 70)

    def height(self, scale: float = 1.0, width: float = room.WIDTH) -> float:
        """The name, the address on a line, the numbers on another."""
        numbers = f"Teléfono {self.phone} · Fax {self.fax}"
        return (
            room.height(self.name, width, scale) + room.stacked((" · ".join(self.address), numbers), width) + room.GAP
        )


@dataclass(frozen=True)
class Paragraphs:
    """Running text; it can be cut between any two words."""

    texts: tuple[str, ...]

    def pieces(self) -> int:
        return sum(len(_words(text)) for text in self.texts)

    def first(self, pieces: int) -> "Paragraphs":
        kept: list[str] = []
        for text in self.texts:
            words = _words(text)[:pieces]
            pieces -= len(words)
            kept += ["".join(words).rstrip(f" {BREAK}")] if words else []
        return Paragraphs(tuple(kept))

    def data(self) -> dict[str, Any]:
        return {"kind": "paragraphs", "texts": self.texts}

    def height(self) -> float:
        return room.stacked(self.texts)


@dataclass(frozen=True)
class Bullets:
    """A list of short lines."""

    items: tuple[str, ...]

    def pieces(self) -> int:
        return len(self.items)

    def first(self, pieces: int) -> "Bullets":
        return Bullets(self.items[:pieces])

    def data(self) -> dict[str, Any]:
        return {"kind": "bullets", "items": self.items}

    def height(self) -> float:
        return room.stacked(self.items, room.INSIDE)


@dataclass(frozen=True)
class Rows:
    """What it is, and its value."""

    rows: tuple[Pair, ...]

    def pieces(self) -> int:
        return len(self.rows)

    def first(self, pieces: int) -> "Rows":
        return Rows(self.rows[:pieces])

    def data(self) -> dict[str, Any]:
        return {"kind": "rows", "rows": self.rows, "columns": room.columns(self.rows)}

    def height(self) -> float:
        return room.paired(self.rows)


@dataclass(frozen=True)
class Table:
    """A small table with a head; each row has as many cells as the head, at most five."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        _within(self, head=5)
        _texts_within(self, "head", 30)
        if not self.head or any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("each row of a Table has as many cells as its head, and it has a head")

    def pieces(self) -> int:
        return len(self.rows)

    def first(self, pieces: int) -> "Table":
        return Table(self.head, self.rows[:pieces])

    def data(self) -> dict[str, Any]:
        head, *rows = all_plain((self.head, *self.rows), room.cell_width(len(self.head)))
        return {"kind": "table", "head": head, "rows": rows}

    def height(self) -> float:
        return room.tabled((self.head, *self.rows))


Body = Paragraphs | Bullets | Rows | Table


@dataclass(frozen=True)
class Section:
    """A part of the letter. Where one page is not enough, the section that yields most is cut first; 0 never is."""

    heading: str
    body: Body
    yields: int = 0

    def __post_init__(self) -> None:
        _says(self, "heading")
        _within(self, heading=60)

    def height(self) -> float:
        return room.headed(self.heading, self.body.height())


@dataclass(frozen=True)
class WarningBox:
    """What must be seen first: "Send the patient back at once if …"."""

    heading: str
    items: tuple[str, ...]

    def __post_init__(self) -> None:
        _says(self, "heading")
        _within(self, heading=100, items=6)
        _texts_within(self, "items", 120)

    def height(self) -> float:
        return room.headed(self.heading, room.stacked(self.items, room.INSIDE), room.INSIDE) + 2 * room.GAP


@dataclass(frozen=True)
class SignOff:
    """Who signed it, and in words how and when: "signed electronically on 22 November 2026, 10:42"."""

    name: str
    credentials: str
    how: str

    def __post_init__(self) -> None:
        _within(self, name=100, credentials=60, how=100)

    def height(self) -> float:
        return room.stacked((f"{self.name}, {self.credentials}", self.how)) + 2 * room.GAP


@dataclass(frozen=True)
class Reply:
    """How to answer: a private link, as an address and as a QR code, or in words by phone and fax."""

    heading: str
    words: str
    link: str
    otherwise: str

    def __post_init__(self) -> None:
        _says(self, "heading")
        _within(self, heading=60, words=200, link=160, otherwise=160)
        if not LINK.match(self.link):
            raise ValueError("Reply.link is an http or https address")

    def height(self) -> float:
        text = room.headed(self.heading, room.stacked((self.words, self.link, self.otherwise), BESIDE_QR), BESIDE_QR)
        return max(text, QR) + 2 * room.GAP


@dataclass(frozen=True)
class Letter:
    """One page: from whom, to whom, about whom, and what is asked or answered. Dates are words of its language."""

    letterhead: Party
    to: Party
    date: str
    code: str
    title: str
    patient: tuple[Pair, ...]
    sections: tuple[Section, ...]
    sign_off: SignOff
    urgency: str = ""
    warning: WarningBox | None = None
    reply: Reply | None = None
    language: Language = "en"

    def __post_init__(self) -> None:
        held_code(self.code)
        _says(self, "title")
        _within(self, date=40, title=80, urgency=120, patient=8, sections=8)
        _texts_within(self, "patient", 70)
        if (needed := self.height()) > room.PAGE:
            raise TooLong(f"what may not be left out of this Letter needs {needed:.0f} of {room.PAGE:.0f} em")

    def height(self) -> float:
        """How much of room.PAGE is needed at most by all that is never left out, in the smallest type."""
        return sum(
            [
                self.letterhead.height(HEAD_SCALE, HEAD_WIDTH),
                self.to.height(),
                room.height(self.title, scale=TITLE_SCALE) + 2 * room.GAP,
                room.height(self.urgency, room.INSIDE) + 2 * room.GAP if self.urgency else 0.0,
                room.headed("…", room.paired(self.patient), room.INSIDE) + 2 * room.GAP,
                self.warning.height() if self.warning else 0.0,
                *(section.height() for section in self.sections if not section.yields),
                self.sign_off.height(),
                self.reply.height() if self.reply else 0.0,
                self._ending_height(),
            ]
        )

    def _ending_height(self) -> float:
        words = WORDS[self.language]
        yielding = "; ".join(section.heading for section in self.sections if section.yields)
        return room.height(f"{words['shortened']} {words['boxes']} {yielding}") + room.GAP


def held_code(code: str) -> str:
    """The code as it is, or ValueError: eight letters and digits."""
    if not CODE.match(code):
        raise ValueError("a code has eight letters and digits")
    return code


def grouped(code: str) -> str:
    """K7RT9M2K as it is printed and said on the phone: K7RT-9M2K."""
    return f"{code[:4]}-{code[4:]}"


def _words(text: str) -> list[str]:
    """Each word with the space behind it; a word longer than a line in its parts."""
    return [word for word in WORD.findall(plain(text)) if word]
