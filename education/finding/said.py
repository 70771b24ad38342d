"""What a page of the library says, as entries to search in: one for the page, one for each term of the glossary."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.blocks import StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.models import Page
from wagtail.rich_text import RichText, get_text_for_indexing

from education.library.models import Glossary, LibraryPage, Topic

from .excerpts import UNMARKED
from .models import Entry

KINDS = (LibraryPage, Topic, Glossary)
# What people say and is not so leads to a page, but must not stand in an excerpt as if the page said it. A drawing's
# name is no word of the page.
UNSAID = {"claim", "drawing"}
LINE_END = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")


def entries_of(page: Page) -> list[Entry]:
    """The entries of a page, not saved; none of a page that says nothing of its own, such as the library's door."""
    page = page.specific
    if not isinstance(page, KINDS) or page.alias_of_id:
        return []
    about = {"page_id": page.pk, "language": page.locale.language_code}
    own = Entry(**about, title=page.title, answer=_clean(page.answer))
    if isinstance(page, LibraryPage):
        own.also = _lines(block.value["claim"] for block in page.body if block.block_type == "myth")
        own.words = _lines(text for block in page.body for text in _texts(block.value))
    return [own, *(_term(block, about) for block in page.terms)] if isinstance(page, Glossary) else [own]


def _texts(value: Any) -> Iterator[str]:
    """What a block says, a line each."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, RichText):
        yield from (get_text_for_indexing(line).strip() for line in LINE_END.split(value.source))
    elif isinstance(value, StructValue):
        yield from (text for name, inner in value.items() if name not in UNSAID for text in _texts(inner))
    elif isinstance(value, ListValue):
        yield from (text for inner in value for text in _texts(inner))


def _term(block: Any, about: dict[str, Any]) -> Entry:
    said = block.value
    also, meaning = _lines(said.forms), _clean(said["meaning"])
    return Entry(**about, anchor=f"term-{block.id}", title=said["term"], also=also, answer=meaning)


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(_clean(text) for text in texts if text)


def _clean(text: str) -> str:
    """Without the characters that mark what was found."""
    return text.translate(UNMARKED)
