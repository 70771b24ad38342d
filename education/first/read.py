"""The first library as it came with the software: pages as files, in two languages side by side.

`python -m education.first.read` says what is wrong with them: structure, numbers that differ, text that is hard.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from education.library.numbers import said_in_one_only
from education.library.reading_level import level

HERE = Path(__file__).parent
LANGUAGES = ("en", "es")
TITLE = {"title", "slug", "answer", "description"}
# What each kind of block says in a language; a list's entries are said one by one.
KINDS: dict[str, set[str]] = {
    "text": {"heading", "text"},
    "steps": {"heading", "steps"},
    "warning": {"heading", "signs", "act"},
    "should_not": {"heading", "people"},
    "drawing": {"heading", "caption"},
    "hundred": {"heading", "labels", "caption"},
    "table": {"heading", "columns", "rows"},
    "myth": {"claim", "fact"},
    "practical": {"heading", "text"},
}
TAGS = re.compile(r"</?(?:p|ul|ol|li|b|i)>|<a href=\"(?:page:[a-z-]+|clinic:policies)\">|</a>")
HARD = 8.0


@dataclass(frozen=True)
class FirstPage:
    """One page: what both languages share stands in the blocks themselves, the words under "en" and "es"."""

    key: str
    content: dict[str, Any]

    @cached_property
    def blocks(self) -> list[dict[str, Any]]:
        return list(self.content.get("block", []))

    @cached_property
    def questions(self) -> list[dict[str, Any]]:
        return list(self.content.get("question", []))

    def words(self, language: str) -> str:
        """Everything that the page says in a language, a line each."""
        said = [self.content[language], *(part[language] for part in [*self.blocks, *self.questions])]
        return "\n".join(text for each in said for text in strings(each))


def strings(said: Any) -> Iterator[str]:
    """Every text in a structure of lists and tables, in its order."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for key, value in said.items():
            if key not in ("slug", "description"):
                yield from strings(value)
    elif isinstance(said, list):
        for value in said:
            yield from strings(value)


def shape(said: Any) -> Any:
    """The structure without the words, to hold one language against the other."""
    if isinstance(said, dict):
        return {key: shape(value) for key, value in said.items()}
    if isinstance(said, list):
        return [shape(value) for value in said]
    return re.findall(r"<(?:p|ul|ol|li)>", said)


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def sources() -> dict[str, dict[str, Any]]:
    return load("sources.toml")


def pages() -> dict[str, FirstPage]:
    """The pages by their keys, in the order of the shelves."""
    order = [key for topic in load("topics.toml")["topic"] for key in topic["pages"]]
    return {key: FirstPage(key, load(f"pages/{key}.toml")) for key in order}


def faults(page: FirstPage, known: dict[str, dict[str, Any]], keys: set[str]) -> Iterator[str]:
    """What is wrong with a page, a sentence each."""
    for language in LANGUAGES:
        if set(page.content[language]) != TITLE:
            yield f"{language}: a page has {sorted(TITLE)}"
    for number, block in enumerate(page.blocks, 1):
        for fault in _block_faults(block, known):
            yield f"block {number} ({block['kind']}): {fault}"
    for number, question in enumerate(page.questions, 1):
        if shape(question["en"]) != shape(question["es"]) or question["right"] >= len(question["en"]["choices"]):
            yield f"question {number}: the languages differ, or there are fewer choices than the right one"
    for key in page.content["related"]:
        if key not in keys:
            yield f"related: no page {key}"
    yield from _word_faults(page, keys)


def _block_faults(block: dict[str, Any], known: dict[str, dict[str, Any]]) -> Iterator[str]:
    if block["kind"] != "practical" and not block.get("sources"):
        yield "no source"
    for key in block.get("sources", []):
        if key not in known:
            yield f"no source {key}"
    for language in LANGUAGES:
        if set(block[language]) != KINDS[block["kind"]]:
            yield f"{language}: says {sorted(block[language])}, not {sorted(KINDS[block['kind']])}"
    if shape(block["en"]) != shape(block["es"]):
        yield "the languages differ in structure"
    missing, added = said_in_one_only(*("\n".join(strings(block[language])) for language in LANGUAGES))
    if missing or added:
        yield f"numbers differ: only in English {missing}, only in Spanish {added}"
    if block["kind"] == "hundred" and sum(block["counts"]) != 100:
        yield "the counts are not 100 together"


def _word_faults(page: FirstPage, keys: set[str]) -> Iterator[str]:
    for language in LANGUAGES:
        words = page.words(language)
        if strange := [tag for tag in re.findall(r"<[^>]*>", words) if not TAGS.fullmatch(tag)]:
            yield f"{language}: tags that are not kept: {strange}"
        for key in re.findall(r"page:([a-z-]+)", words):
            if key not in keys:
                yield f"{language}: a link to no page {key}"
        reading = level(words, language)
        if reading and reading.grade > HARD:
            yield f"{language}: grade {reading.grade}, {reading.words_a_sentence} words a sentence"


def main() -> None:
    known, every = sources(), load("topics.toml")["topic"]
    keys = {key for topic in every for key in topic["pages"]} | {"glossary"}
    for path in sorted((HERE / "pages").glob("*.toml")):
        page = FirstPage(path.stem, load(f"pages/{path.name}"))
        found = list(faults(page, known, keys))
        levels = [level(page.words(language), language) for language in LANGUAGES]
        print(page.key, *(f"{each.grade}/{each.words}" for each in levels if each), "ok" if not found else "")
        print(*(f"  {fault}" for fault in found), sep="\n", end="\n" if found else "")


if __name__ == "__main__":
    main()
