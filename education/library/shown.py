"""What a page says of itself beside its blocks: the sources it names, the words it explains, its headings."""

from collections.abc import Iterable
from typing import Any

from .terms import Word


def cited(stream: Iterable[Any]) -> list[Any]:
    """The sources that the blocks name, each once, in the order of reading."""
    sources = [source for block in stream for source in block.value.get("sources", []) if source]
    return list(dict.fromkeys(sources))


def words(terms: Iterable[Any]) -> list[Word]:
    """The terms of a glossary, under the names that its page gives them."""
    return [
        Word(key=str(block.id), term=said["term"], forms=tuple(said.forms), meaning=said["meaning"])
        for block in terms
        for said in [block.value]
    ]


def headings(stream: Iterable[Any]) -> list[tuple[str, str]]:
    """The blocks of a page by their ids, with what heads them; a claim that is looked at stands in quotation marks."""
    return [(block.id, block.value.get("heading") or f"“{block.value['claim']}”") for block in stream]
