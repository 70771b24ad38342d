"""What somebody typed to search the library, taken apart: pure, so that it can be read and tested by itself."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LONGEST = 200  # characters of a search that are looked at: nobody's question is longer
MOST_WORDS = 12
MOST_COUNTED = 4
WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)*")
LETTERS = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
# An address, a web page, and whatever a digit stands in: a phone number, a birth date, a reference.
PERSONAL = re.compile(r"\S*@\S*|\S*://\S*|\S*\d\S*")
# In a short word another letter makes another word: "hrut" is "hurt", but "stem" is not "step".
SHORT, LONG = 6, 9


class Spelled(NamedTuple):
    """A word as the library writes it, and without accents and capitals."""

    word: str
    plain: str


def typed_in(typed: str) -> str:
    """One line of what was typed, as much of it as is looked at; a word that was cut off is left out."""
    line = " ".join(typed[: LONGEST * 5].replace("\x00", " ").split())
    return line if len(line) <= LONGEST else line[: LONGEST + 1].rpartition(" ")[0] or line[:LONGEST]


def words_of(line: str) -> list[str]:
    """The words of a line in their order, each once."""
    return list(dict.fromkeys(word.lower() for word in WORD.findall(line)))[:MOST_WORDS]


def words_to_keep(text: str) -> set[str]:
    """The words of a page that a typing error may have been meant for."""
    return {word for found in LETTERS.findall(text) if 3 < len(word := found.lower()) < 40}


def to_count(words: Iterable[str]) -> str:
    """The words to count as not found: without what may say who searched, such as addresses and numbers."""
    kept = [word for word in words if not PERSONAL.search(word) and 1 < len(word) < 40]
    return " ".join(sorted(kept[:MOST_COUNTED]))


def without_personal(line: str) -> str:
    """A line without the addresses and numbers in it."""
    return PERSONAL.sub(" ", line)


def plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def meant(typed: str, near: Iterable[Spelled]) -> str | None:
    """The word that was most likely meant: the fewest letters off; of equals, the first."""
    word = plain(typed)
    off = [(letters_off(word, each.plain), each) for each in near]
    fitting = [(letters, each) for letters, each in off if letters <= _allowed(word, each.plain)]
    return min(fitting, key=lambda found: found[0])[1].word if fitting else None


def _allowed(typed: str, known: str) -> int:
    """By how many letters a word may be off from the one that was meant."""
    if len(typed) < 4:
        return 0
    if len(typed) < SHORT:
        return int(len(typed) != len(known) or sorted(typed) == sorted(known))
    return 1 if typed[0] != known[0] else 2 if len(typed) < LONG else 3


def letters_off(one: str, other: str) -> int:
    """How many letters were added, left out, mistaken or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, above, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted
            row.append(min(least, above[j - 2] + 1) if swapped else least)
    return row[-1]


def neighbours_swapped(word: str) -> Iterator[str]:
    """The word with each two neighbouring letters swapped."""
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
