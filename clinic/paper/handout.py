"""A page of the library on paper, to hand out: as many pages as it takes, tagged, in US Letter."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .plain import all_plain, plain
from .press import pressed
from .shapes import Party
from .words import WORDS, Language

TEMPLATE = "handout.typ"
SIZE = 11.5  # points; read at home, often by older eyes
Node = dict[str, Any]


@dataclass(frozen=True)
class Drawing:
    """An SVG in the colours of paper, and what it shows for somebody who does not see it."""

    svg: str
    alt: str


@dataclass(frozen=True)
class Handout:
    """What handout.typ sets. `nodes` are its parts in the order of reading, by their `kind`:

    heading (text); paragraph (runs of [words, "", "b" or "i"]); list (ordered, items of runs); warning (urgent, nodes);
    pairs (rows of [term, meaning]); table (columns, rows); drawing (number, from 0, in `drawings`); small (text).
    """

    letterhead: Party
    title: str
    answer: str
    status: str  # who stands behind it, or that nobody does yet
    nodes: Sequence[Node]
    address: str = ""  # of the page itself, where there is one that stays
    drawings: Sequence[Drawing] = ()
    language: Language = "en"


def handout(of: Handout) -> bytes:
    """The PDF. An SVG keeps every character of its own; all other text is made printable."""
    data = {
        "letterhead": all_plain(asdict(of.letterhead)),
        "title": plain(of.title),
        "answer": plain(of.answer),
        "status": plain(of.status),
        "address": plain(of.address),
        "nodes": [_spaced(node) for node in of.nodes],
        "drawings": [{"svg": drawing.svg, "alt": plain(drawing.alt)} for drawing in of.drawings],
        "words": WORDS[of.language],
        "language": of.language,
        "code": "",
    }
    return pressed(TEMPLATE, data | {"size": SIZE})


def _spaced(value: Any) -> Any:
    """Texts made printable; a run keeps the space at its ends, which parts it from its neighbours."""
    if isinstance(value, dict):
        return {key: _spaced(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_spaced(each) for each in value]
    if isinstance(value, str):
        before, after = value[:1].isspace(), value.strip() and value[-1:].isspace()
        return f"{' ' if before else ''}{plain(value)}{' ' if after else ''}"
    return value
