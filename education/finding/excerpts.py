"""The statements of a page where the sought words stand: pure, so that it can be read and tested by itself."""

import re
from collections.abc import Iterator
from typing import NamedTuple

MARK, UNMARK = "\u0002", "\u0003"  # around each found word, as the database marks them: no text has these
# Whole statements alone: a heading, a cell or an entry of a list says something else by itself. "U.S." ends nothing.
STATEMENT = re.compile(r"\S[^\n]*?(?<![A-Z])[.!]+(?=\s+[^\sa-z]|\s*$|\s*\n)")
UNMARKED = str.maketrans(dict.fromkeys(MARK + UNMARK))
MOST_STATEMENTS = 2
LONGEST = 280  # characters of a statement that are shown

Part = tuple[str, bool]  # some of a text, and whether it is a found word


class Statement(NamedTuple):
    start: int
    end: int


def excerpt(text: str, marked: str) -> list[Part]:
    """The statements that have the most of the sought words, in parts; the first ones where none has any.

    `marked` is the same text, letter by letter, with the found words marked, perhaps without accents and capitals.
    """
    found = _spans(marked) if len(marked.translate(UNMARKED)) == len(text) else []
    statements = [Statement(*match.span()) for match in STATEMENT.finditer(text)]
    told = [(len({text[slice(*span)].casefold() for span in found if _is_in(span, each)}), each) for each in statements]
    best = sorted(told, key=lambda each: -each[0])[:MOST_STATEMENTS]
    if best and best[0][0]:
        best = [each for each in best if each[0]]
    chosen = sorted(each for _told, each in best)
    return [part for each in chosen for part in _parts(text, each, found)]


def _is_in(span: tuple[int, int], statement: Statement) -> bool:
    return statement.start <= span[0] < statement.end


def _spans(marked: str) -> list[tuple[int, int]]:
    """Where the found words stand in the text, counted without the marks."""
    places = [match.start() - before for before, match in enumerate(re.finditer(f"[{MARK}{UNMARK}]", marked))]
    return list(zip(places[::2], places[1::2], strict=False))


def _parts(text: str, statement: Statement, found: list[tuple[int, int]]) -> Iterator[Part]:
    place, end = statement.start, min(statement.end, statement.start + LONGEST)
    for start, stop in found:
        if place <= start and stop <= end:
            yield from ((text[place:start], False), (text[start:stop], True))
            place = stop
    yield text[place:end] + ("… " if end < statement.end else " "), False
