"""What a page says, piece by piece: title, answer, and each block under the id that it has in both languages.

A page is anything with the fields of one; nothing is looked up.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from education.library.numbers import said_in_one_only
from education.library.reading_level import Level, hardest_sentences, level

STREAMS = ("body", "terms", "questions")
NOT_WORDS = {"id", "type", "drawing", "sources", "picture", "video", "captions"}


class Difference(NamedTuple):
    """Numbers that one language of a piece has and the other lacks."""

    where: str
    english_only: list[str]
    spanish_only: list[str]


def pieces(page: Any) -> dict[str, str]:
    """The words of each piece, a line each; rich text keeps its tags."""
    said = {"title": page.title, "answer": page.answer}
    return said | {block["id"]: "\n".join(_strings(block["value"])) for block in _blocks(page)}


def _blocks(page: Any) -> Iterator[Any]:
    """The blocks as they are stored: dicts of "id", "type" and "value"."""
    for stream in STREAMS:
        if hasattr(page, stream):
            yield from getattr(page, stream).raw_data


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in NOT_WORDS:
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def source_ids(page: Any) -> set[int]:
    """The sources that the page's statements rest on."""
    return {source["value"] for block in _blocks(page) for source in block["value"].get("sources", ())}


def reading(page: Any, language: str) -> Level | None:
    """How hard the whole page is to read; None where there are too few words to say."""
    return level(_sentences(page), language)


def hardest(page: Any) -> list[str]:
    """The longest sentences of a page."""
    return hardest_sentences(_sentences(page))


def _sentences(page: Any) -> str:
    return "\n".join(pieces(page).values())


def differences(english: Any, spanish: Any) -> list[Difference]:
    """Where the digits of the two languages do not agree, named by the first words of the English piece."""
    one, other = pieces(english), pieces(spanish)
    found = []
    for key in one.keys() | other.keys():
        missing, added = said_in_one_only(one.get(key, ""), other.get(key, ""))
        if missing or added:
            found.append(Difference((one.get(key) or other[key]).split("\n")[0][:120], missing, added))
    return sorted(found)


def lacks(page: Any) -> list[str]:
    """What a page for patients has no part of yet, in words for its editor."""
    if not hasattr(page, "questions") or page.pk is None:
        return []
    missing = {
        "It has fewer than two questions that say whether it was understood.": len(page.questions.raw_data) < 2,
        "It leads to no related question.": not page.related_pages.count(),
        "It has no description for search engines (under Promote).": not page.search_description,
    }
    return [what for what, is_missing in missing.items() if is_missing]
