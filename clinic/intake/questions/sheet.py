"""All answers as they stand, to be checked, signed and sealed: what is signed is this, word for word."""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from . import SECTIONS, VERSION
from .asked import Answers, Row, asked_on, gaps
from .shape import UNSAID, Page, Question, Rows, Section
from .shape import marked as _

Translate = Callable[[str], str]

NOT_ANSWERED = _("Not answered")
NONE_LISTED = _("Nothing is listed yet")


def build(answers: Answers, translate: Translate) -> dict[str, Any]:
    """The sheet: sections with their rows, in the words in which each was asked and answered.

    `answers` holds only what counts. A row has key, section, page, row ("" or the key of its therapy, scan …),
    title (of such a row), question, answer, lang, unknown (nobody has said) and open (still to be answered).
    """
    open_now = {(gap.step.slug, gap.row, gap.question.key if gap.question else "") for gap in gaps(answers)}
    sections = [
        {
            "key": section.key,
            "title": translate(section.title),
            "rows": [
                row | {"open": (row["page"], row["row"], row["key"]) in open_now}
                for row in _section(section, answers, translate)
            ],
        }
        for section in SECTIONS
    ]
    return {"version": VERSION, "language": answers.language, "sections": sections}


def fingerprint(sheet: dict[str, Any]) -> str:
    """SHA-256 of the sheet: the signature holds for exactly this."""
    return hashlib.sha256(json.dumps(sheet, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def open_count(sheet: dict[str, Any]) -> int:
    return sum(row["open"] for section in sheet["sections"] for row in section["rows"])


def _section(section: Section, answers: Answers, translate: Translate) -> Iterator[dict[str, Any]]:
    for step in section.steps:
        if isinstance(step, Page):
            yield from _rows(section, step, answers, answers.plain, translate)
        elif step.slug in answers.rows:
            listed = answers.rows[step.slug]
            if not listed:
                place = {"section": section.key, "page": step.slug, "row": "", "key": "", "title": ""}
                words = {"question": translate(step.title), "answer": translate(NONE_LISTED), "lang": answers.language}
                yield place | words | {"unknown": True}
            for number, (key, row) in enumerate(listed.items(), 1):
                title = f"{translate(step.row_title)} {number}"
                yield from _rows(section, step, answers, row, translate, key, title)


def _rows(
    section: Section,
    step: Page | Rows,
    answers: Answers,
    given: Row,
    translate: Translate,
    key: str = "",
    title: str = "",
) -> Iterator[dict[str, Any]]:
    for question in asked_on(step, answers, given if key else None):
        answer = given.get(question.key)
        if isinstance(step, Rows) and not question.core and (answer is None or answer.value is None):
            continue
        yield {
            "key": question.key,
            "section": section.key,
            "page": step.slug,
            "row": key,
            "title": title,
            **_words(question, answer, answers.language, translate),
        }


def _words(question: Question, answer: Any, language: str, translate: Translate) -> dict[str, Any]:
    if answer is None or answer.value is None:
        return {
            "question": translate(question.text),
            "answer": translate(NOT_ANSWERED),
            "lang": language,
            "unknown": True,
        }
    unknown = isinstance(answer.value, str) and answer.value in UNSAID
    return {"question": answer.asked, "answer": answer.shown, "lang": answer.language, "unknown": unknown}
