"""How high a text becomes at most, before it is set: so that what must not be left out is known to fit on one page.

All sizes are in em of the smallest type (8.5 points), as letter.typ sets it. A line is full when the next word does
not fit, so it holds more than its width less the longest word; with the widest shape that a letter may have, no text
needs more lines than are counted here. Tests hold both to the typefaces and to what comes out.
"""

import re
from collections.abc import Iterable, Sequence
from math import ceil

from .plain import BREAK, NARROWEST, plain, wide

PAGE = 82.0  # 11 in less the margins, in em of 8.5 points
WIDTH = 60.1  # 8.5 in less the margins
INSIDE = 58.5  # within a box
PITCH = 1.2  # from one line to the next
GAP = 0.6  # between two blocks
HEADING = 1.14
ABREAST = 46  # two pairs stand on one line where none has more letters
CELL = 0.6  # the room at both sides of a cell


def height(text: str, width: float = WIDTH, scale: float = 1.0) -> float:
    """The lines of a text, one below the other; nothing for no text."""
    line = width / scale
    said = plain(text, min(line, NARROWEST))
    longest = max(wide(word) for word in re.split(f"[ {BREAK}]", said))
    full = max(line - longest, line / 2)  # two words that each fill more than half a line take two lines
    return ceil(wide(said) / full) * PITCH * scale


def stacked(texts: Iterable[str], width: float = WIDTH) -> float:
    """Texts below each other, each beginning a line."""
    return sum(height(text, width) for text in texts)


def columns(pairs: Sequence[tuple[str, str]]) -> int:
    """How many pairs of label and value stand on one line."""
    return 1 if any(len(plain(label)) + len(plain(value)) + 2 > ABREAST for label, value in pairs) else 2


def paired(pairs: Sequence[tuple[str, str]]) -> float:
    """Labels and values, as columns() says how many abreast."""
    abreast = columns(pairs)
    heights = [height(f"{label}: {value}", INSIDE if abreast == 1 else NARROWEST) for label, value in pairs]
    return sum(max(heights[first : first + abreast]) for first in range(0, len(heights), abreast))


def tabled(rows: Sequence[Sequence[str]]) -> float:
    """Rows of cells that share the line, the head among them."""
    return sum(max(height(cell, cell_width(len(row))) for cell in row) + 0.15 for row in rows)


def cell_width(cells: int) -> float:
    """What a cell has for its words, of so many that share the line."""
    return WIDTH / cells - CELL


def headed(heading: str, body: float, width: float = WIDTH) -> float:
    """A body under its heading, with the room around both."""
    return height(heading, width, HEADING) + body + GAP
