"""A fax cover sheet: to whom, how many pages, and what to do in the wrong place; nothing about a patient."""

from dataclasses import asdict, dataclass
from typing import Any

from .plain import all_plain, plain
from .press import page_count, pressed
from .shapes import Party, grouped, held_code
from .words import WORDS, Language

TEMPLATE = "cover.typ"
SIZES = (13.0, 11.0, 9.5, 8.5)  # points; the smallest is for the fullest names and addresses only


@dataclass(frozen=True)
class Cover:
    """From whom, to whom and when, in words of its language; pages counts the cover too."""

    letterhead: Party
    to: Party
    date: str
    code: str
    pages: int = 1
    language: Language = "en"

    def __post_init__(self) -> None:
        held_code(self.code)
        if not self.to.fax or not self.letterhead.phone:
            raise ValueError("a fax cover names the fax it goes to and the phone of the clinic")


def cover(of: Cover) -> bytes:
    """The cover sheet as a tagged PDF of one page, in US Letter, in the largest type that leaves it one page."""
    data = _data(of)
    fitting = (size for size in SIZES if page_count(TEMPLATE, data | {"size": size}) == 1)
    return pressed(TEMPLATE, data | {"size": next(fitting, SIZES[-1])})


def _data(of: Cover) -> dict[str, Any]:
    words, code = WORDS[of.language], grouped(of.code)
    return {
        "letterhead": all_plain(asdict(of.letterhead)),
        "to": all_plain(asdict(of.to)),
        "date": plain(of.date),
        "code": code,
        "language": of.language,
        "words": words,
        "pages": of.pages,
        "counted": words["pages_with_cover"].format(pages=of.pages),
        "wrong_call": words["wrong_call"].format(phone=plain(of.letterhead.phone), code=code),
    }
