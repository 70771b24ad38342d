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

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds the word in any of its forms, the longest first; an abbreviation only as it is written."""
        said = sorted({self.term, *self.forms} - {""}, key=len, reverse=True)
        either = "|".join(map(_as_written, said))
        return re.compile(rf"(?<![\w&-])(?:{either})(?![\w-])")


def _as_written(form: str) -> str:
    found = re.escape(escape(form))
    return found if form.isupper() else f"(?i:{found})"


@dataclass
class Explained:
    """Marks each word once on a page, and remembers which it has marked, in the order of reading."""

    words: Iterable[Word]
    marked: list[Word] = field(default_factory=list)

    def __post_init__(self) -> None:
        # "nerve root" before "nerve": the longer word is the one that is meant.
        longest_first = sorted(self.words, key=lambda word: -len(word.term))
        self._open = [(word, word.pattern) for word in longest_first]

    def mark(self, html: str) -> str:
        """The HTML with a button around the first place of each word that no earlier text has had."""
        shut = 0
        pieces = []
        for piece in TAG.split(html):
            if piece.startswith("<"):
                shut += self._turn(piece)
            pieces.append(piece if shut or piece.startswith("<") else self._marked(piece))
        return "".join(pieces)

    def _turn(self, tag: str) -> int:
        name = NAME.match(tag)
        if name is None or name[1] not in SHUT:
            return 0
        return -1 if tag.startswith("</") else 1

    def _marked(self, text: str) -> str:
        """The text, word by word; what stands inside a mark is not looked at again."""
        found = [(match.start(), -len(match[0]), word, match) for word, match in self._found(text)]
        pieces, read = [], 0
        for start, _, word, match in sorted(found, key=lambda each: each[:2]):
            if start >= read:
                pieces += [text[read:start], button(word, match[0])]
                read = match.end()
                self._take(word)
        return "".join([*pieces, text[read:]])

    def _found(self, text: str) -> list[tuple[Word, re.Match[str]]]:
        return [(word, match) for word, pattern in self._open if (match := pattern.search(text))]

    def _take(self, word: Word) -> None:
        self.marked.append(word)
        self._open = [each for each in self._open if each[0] is not word]


def button(word: Word, said: str) -> str:
    """The word as it was said, which opens its meaning without a script."""
    return f'<button type="button" class="term" popovertarget="word-{word.key}">{said}</button>'
