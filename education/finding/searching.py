"""A search of the library: words that stand nowhere are read as the nearest that do, and what has the words is found.

Four queries at most, however much the library holds.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from .excerpts import Part, excerpt
from .models import Entry
from .words import Spelled, meant, neighbours_swapped, plain, typed_in, without_personal, words_of

MOST_FOUND = 20
# Which words say something (stop words do not), and which of them stand in an entry that is live.
STANDING = """
    SELECT typed.word, EXISTS (
        SELECT FROM finding_entry entry JOIN wagtailcore_page page ON page.id = entry.page_id AND page.live
        WHERE entry.language = %(language)s AND entry.stems @@ library_all_of(%(language)s, typed.word))
    FROM unnest(%(words)s::text[]) WITH ORDINALITY AS typed(word, place)
    WHERE numnode(library_all_of(%(language)s, typed.word)) > 0
    ORDER BY typed.place
"""
# The nearest words to each, of those that a live entry has.
NEAR = """
    SELECT typed.word, near.word, near.plain
    FROM unnest(%(words)s::text[]) AS typed(word)
    CROSS JOIN LATERAL (
        SELECT known.word, known.plain FROM finding_word known
        WHERE known.language = %(language)s
            AND (known.plain %% clinic_plain(typed.word) OR known.plain = ANY(%(swapped)s::text[]))
            AND EXISTS (
                SELECT FROM finding_entry entry JOIN wagtailcore_page page ON page.id = entry.page_id AND page.live
                WHERE entry.language = known.language AND entry.stems @@ library_all_of(known.language, known.word))
        ORDER BY similarity(known.plain, clinic_plain(typed.word)) DESC, known.word
        LIMIT 12
    ) AS near
"""


@dataclass(frozen=True)
class Hit:
    """An entry that was found, with its excerpt in parts."""

    entry: Entry
    excerpt: list[Part]
    has_all: bool


@dataclass(frozen=True)
class Found:
    """What a search came to: `read_as` stands where a word was read as another, `nowhere` for words that none has."""

    typed: str
    hits: tuple[Hit, ...] = ()
    read_as: str = ""
    nowhere: tuple[str, ...] = ()
    elsewhere: str = ""  # the other language, if that one has it
    has_more: bool = False  # than are shown

    @property
    def lacking(self) -> tuple[str, ...]:
        """The words that the library has in no language."""
        return () if self.elsewhere else self.nowhere

    @property
    def says_nothing(self) -> bool:
        """Only words such as "what" and "the" were typed, or only numbers."""
        return not self.hits and not self.nowhere


def find(typed: str, language: str) -> Found:
    """What the library has about words, as a patient types them."""
    line = typed_in(typed)
    said = words_of(without_personal(line))
    standing = _standing(said, language)
    corrected = _corrected([word for word, stands in standing.items() if not stands], language)
    nowhere = tuple(word for word, stands in standing.items() if not stands and word not in corrected)
    words = [corrected.get(word, word) for word in standing if word not in nowhere]
    hits = tuple(_hits(words, language)) if words else ()
    shown = hits[:MOST_FOUND]
    return Found(
        typed=line,
        hits=shown,
        has_more=len(hits) > len(shown),
        read_as=" ".join(corrected.get(word, word) for word in said) if corrected else "",
        nowhere=nowhere,
        elsewhere="" if hits else _elsewhere(said, language),
    )


def _standing(words: list[str], language: str) -> dict[str, bool]:
    """The words that say something, each with whether it stands in the library."""
    return dict(_rows(STANDING, words=words, language=language)) if words else {}


def _corrected(words: list[str], language: str) -> dict[str, str]:
    """The words that were probably meant, by those that were typed."""
    if not words:
        return {}
    swapped = [each for word in words for each in neighbours_swapped(plain(word))]
    near: dict[str, list[Spelled]] = {}
    for word, known, known_plain in _rows(NEAR, words=words, swapped=swapped, language=language):
        near.setdefault(word, []).append(Spelled(known, known_plain))
    found = {word: meant(word, spelled) for word, spelled in near.items()}
    return {word: right for word, right in found.items() if right}


def _hits(words: list[str], language: str) -> list[Hit]:
    entries = Entry.objects.found_by(words, language).select_related("page__locale").defer("stems")
    return [Hit(entry, excerpt(entry.said, entry.marked), entry.has_all) for entry in entries[: MOST_FOUND + 1]]


def _elsewhere(words: list[str], language: str) -> str:
    """Another language of the library that has the words."""
    others = [code for code, _name in settings.LANGUAGES if code != language]
    has = (code for code in others if any(_standing(words, code).values()))
    return next(has, "")


def _rows(query: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
