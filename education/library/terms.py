"""Words of the glossary explained where they first stand: pure, over the HTML that a page shows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?([a-z0-9]+)")
# Where a button would stand inside another control, or where a heading must read as one line.
SHUT = {"a", "button", "h1", "h2", "h3", "h4", "summary"}


@dataclass(frozen=True)
class Word:
    """A term of the glossary, with the other forms in which a text says it."""

    key: str
    term: str
    forms: tuple[str, ...]
    meaning: str


@dataclass
class Explained:
    """Marks each word once on a page, and remembers which it has marked, in the order of reading."""

    words: Iterable[Word]
    marked: list[Word] = field(default_factory=list)

    def __post_init__(self) -> None:
        said = {escape(form): word for word in self.words for form in (word.term, *word.forms) if form}
        self._by_form = {form.lower(): word for form, word in said.items()}
        # "nerve root" before "nerve": the longer word is the one that is meant.
        either = "|".join(map(_as_written, sorted(said, key=len, reverse=True)))
        self._any = re.compile(rf"(?<![\w&-])(?:{either})(?![\w-])") if said else None

    def mark(self, html: str) -> str:
        """The HTML with a button around the first place of each word that no earlier text has had."""
        shut = 0
        pieces = []
        for piece in TAG.split(html):
            if piece.startswith("<"):
                shut += _turn(piece)
            elif self._any and not shut:
                piece = self._any.sub(self._explained, piece)
            pieces.append(piece)
        return "".join(pieces)

    def _explained(self, found: re.Match[str]) -> str:
        word = self._by_form.get(found[0].lower())  # none for a strange letter, such as the long s, that matches too
        if word is None or word in self.marked:
            return found[0]
        self.marked.append(word)
        return button(word, found[0])


def _as_written(form: str) -> str:
    """Finds a form in capitals or not; an abbreviation only as it is written."""
    return re.escape(form) if form.isupper() else f"(?i:{re.escape(form)})"


def _turn(tag: str) -> int:
    """Whether a tag shuts its inside to marks (1), opens again what it shut (-1), or does neither."""
    name = NAME.match(tag)
    if name is None or name[1] not in SHUT:
        return 0
    return -1 if tag.startswith("</") else 1


def button(word: Word, said: str) -> str:
    """The word as it was said, which opens its meaning without a script. A form may send any key."""
    return f'<button type="button" class="term" popovertarget="word-{escape(word.key)}">{said}</button>'
