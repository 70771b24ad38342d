"""The words of a first page as the blocks of a library page keep them: pure, with the same ids every time."""

import re
import uuid
from collections.abc import Mapping
from typing import Any

NAMESPACE = uuid.UUID("6f1d8f2e-0d0c-4f8a-9b52-6a8a1f5f5d10")
Ids = Mapping[str, int]
Raw = dict[str, Any]


class Writer:
    """Writes raw blocks in one language. The ids tell both languages that they speak of the same block."""

    def __init__(self, page: str, language: str, *, sources: Ids, pages: Ids, policies: str) -> None:
        self.page, self.language = page, language
        self.sources, self.pages, self.policies = sources, pages, policies

    def body(self, blocks: list[Raw]) -> list[Raw]:
        return [self._block(f"body.{place}", block) for place, block in enumerate(blocks)]

    def questions(self, questions: list[Raw]) -> list[Raw]:
        return [self._question(f"questions.{place}", question) for place, question in enumerate(questions)]

    def terms(self, terms: list[Raw]) -> list[Raw]:
        return [self._term(f"terms.{place}", term) for place, term in enumerate(terms)]

    def _block(self, place: str, block: Raw) -> Raw:
        said: Raw = block[self.language]
        value: Raw = {key: self._said(f"{place}.{key}", key, each) for key, each in said.items()}
        if block["kind"] == "hundred":
            del value["labels"]
            value["groups"] = self._list(f"{place}.groups", self._groups(block["counts"], said["labels"]))
        value |= {key: block[key] for key in ("drawing", "urgent") if key in block}
        if "sources" in block:
            value["sources"] = self._sources(place, block["sources"])
        return {"type": block["kind"], "id": self._id(place), "value": value}

    def _said(self, place: str, key: str, said: Any) -> Any:
        """What a field says: rich text with its links, a list with the ids of its entries, a table row by row."""
        if isinstance(said, str):
            return self._linked(said)
        if key == "rows":
            said = [{"cells": self._list(f"{place}.{number}", row)} for number, row in enumerate(said)]
        return self._list(place, [self._linked(each) if isinstance(each, str) else each for each in said])

    def _groups(self, counts: list[int], labels: list[str]) -> list[Raw]:
        return [{"count": count, "label": label} for count, label in zip(counts, labels, strict=True)]

    def _question(self, place: str, question: Raw) -> Raw:
        said = question[self.language]
        value = {
            "ask": said["ask"],
            "choices": self._list(f"{place}.choices", said["choices"]),
            "right": question["right"] + 1,
            "because": said["because"],
        }
        return {"type": "question", "id": self._id(place), "value": value}

    def _term(self, place: str, term: Raw) -> Raw:
        said = term[self.language]
        value = {
            "term": said["term"],
            "also": ", ".join(said["also"]),
            "meaning": said["meaning"],
            "sources": self._sources(place, term.get("sources", [])),
        }
        return {"type": "term", "id": self._id(place), "value": value}

    def _sources(self, place: str, keys: list[str]) -> list[Raw]:
        return self._list(f"{place}.sources", [self.sources[key] for key in keys])

    def _list(self, place: str, values: list[Any]) -> list[Raw]:
        return [
            {"type": "item", "id": self._id(f"{place}.{number}"), "value": value} for number, value in enumerate(values)
        ]

    def _linked(self, text: str) -> str:
        """Rich text with its links as Wagtail keeps them: pages by id."""
        text = re.sub(r'href="page:([a-z-]+)"', lambda link: f'linktype="page" id="{self.pages[link[1]]}"', text)
        return text.replace('href="clinic:policies"', f'href="{self.policies}"')

    def _id(self, place: str) -> str:
        return str(uuid.uuid5(NAMESPACE, f"{self.page}.{place}"))
