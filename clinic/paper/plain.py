"""Any text, made so that it can be printed: what has no shape in the typefaces becomes a visible mark.

A tagged PDF must name a character for each shape and a shape for each character (ISO 14289-1, 7.21), so typst refuses
a letter that holds one unknown character. What is declared here is held to the typefaces by a test.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any

UNPRINTABLE = "□"
BREAK = "\u200b"  # where a word that is longer than a line may be broken; it has no width
NARROWEST = 28.0  # em: a column of two, the least that a word has for itself outside of a table
WORD = re.compile(rf"[^ {BREAK}]+")
# What the three typefaces of house.typ can draw between them, by the blocks of Unicode.
DRAWN = {
    "Latin": r" -~\u00a1-\u00ac\u00ae-\u024f\u1e00-\u1eff",
    "phonetic letters and accents that combine": r"\u0250-\u036f",
    "Greek": r"\u0370-\u0377\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff",
    "Cyrillic": r"\u0400-\u04ff",
    "Hebrew": r"\u05d0-\u05ea",
    "Arabic": r"\u060c\u061b\u061f\u0621-\u063a\u0640-\u0655\u0660-\u066d",
    "Persian": r"\u067e\u0686\u0698\u06a9\u06af\u06cc\u06f0-\u06f9",
    "punctuation": r"\u2010-\u2027\u2030-\u2040\u2044",
    "small figures and money": r"\u2070\u2071\u2074-\u208e\u20a0-\u20bf",
    "signs": r"\u2100-\u211e\u2120\u2122\u2126\u2190-\u22ff\u25a0-\u2606\u2713\u2714\u2717\u2718",
}
PRINTABLE = re.compile(f"[{''.join(DRAWN.values())}]")
# One sign is kept twice in Unicode, and only the letter mu is in the main typeface.
SAME = str.maketrans({"µ": "μ"})
# The widest bold letter of each kind, in em; everything else that can be drawn is at most REST wide.
WIDEST = (
    (re.compile(r"[ .,:;!'ijl]"), 0.34),
    (re.compile(r"[frt()\-/]"), 0.45),
    (re.compile(r"[a-ln-vx-z0-9\"áéíóúñü¿¡]"), 0.64),
    (re.compile(r"[A-LN-VX-ZÁÉÍÓÚÑÜ&#$+=?*<>]"), 0.8),
    (re.compile(r"[ -~]"), 1.0),
)
REST = 1.55


def plain(text: str, width: float = NARROWEST) -> str:
    """On one line, without marks that turn its direction; what cannot be drawn is an empty box.

    A word that may be wider than the width (in em) can be broken where it is full.
    """
    spaced = " ".join(unicodedata.normalize("NFC", text).translate(SAME).split())
    drawn = "".join(map(_drawn, spaced))
    return WORD.sub(lambda word: _breakable(word[0], width), drawn)


def all_plain(value: Any, width: float = NARROWEST) -> Any:
    """The same data with each text in it made plain; keys stay as they are."""
    if isinstance(value, str):
        return plain(value, width)
    if isinstance(value, dict):
        return {key: all_plain(each, width) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [all_plain(each, width) for each in value]
    return value


def wide(text: str) -> float:
    """How wide a text is at most, in em."""
    return sum(map(_widest, text))


@lru_cache(maxsize=4096)
def _drawn(character: str) -> str:
    if PRINTABLE.match(character) or character == BREAK:
        return character
    # Control and format characters have no shape of their own; leaving them out changes no word that is read.
    return "" if unicodedata.category(character) in {"Cc", "Cf"} else UNPRINTABLE


def _breakable(word: str, width: float) -> str:
    if len(word) * REST <= width:
        return word
    parts, filled = [""], 0.0
    for character in word:
        if filled + _widest(character) > width:
            parts, filled = [*parts, ""], 0.0
        parts[-1] += character
        filled += _widest(character)
    return BREAK.join(parts)


@lru_cache(maxsize=4096)
def _widest(character: str) -> float:
    return next((width for kind, width in WIDEST if kind.match(character)), REST)
