"""The questionnaire as data, in the order asked: one question, one entry.

Pure: no Django and no database. `VERSION` follows from the content, so changed words are a changed version.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from .about import ABOUT
from .health import HEALTH
from .hopes import HOPES
from .pain import PAIN
from .safety import SAFETY
from .scans import SCANS
from .shape import Page, Question, Rows, Section, Step
from .tried import TRIED
from .who import WHO

SECTIONS: tuple[Section, ...] = (WHO, SAFETY, ABOUT, PAIN, TRIED, HEALTH, SCANS, HOPES)
BY_KEY = {section.key: section for section in SECTIONS}
STEPS: tuple[tuple[Section, Step], ...] = tuple((section, step) for section in SECTIONS for step in section.steps)
ROWS: dict[str, Rows] = {step.slug: step for _section, step in STEPS if isinstance(step, Rows)}
PLAIN: dict[str, Question] = {
    question.key: question for _section, step in STEPS if isinstance(step, Page) for question in step.questions
}

RELEASE = "2026-11b"  # the month in which the words last changed, with a letter where it was not the first time


def content(thing: Any) -> Any:
    """The questionnaire, or a part of it, as plain data, for hashing."""
    if is_dataclass(thing):
        return {"is": type(thing).__name__} | {each.name: content(getattr(thing, each.name)) for each in fields(thing)}
    if isinstance(thing, dict):
        return {str(key): content(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [content(each) for each in thing]
    return thing


def fingerprint(sections: tuple[Section, ...] = SECTIONS) -> str:
    """SHA-256 of everything that is asked."""
    return hashlib.sha256(json.dumps(content(sections), sort_keys=True).encode()).hexdigest()


VERSION = f"{RELEASE}.{fingerprint()[:8]}"


def find_step(section: str, slug: str) -> Step | None:
    """The page or list of a section by its slug in the address; None where there is no such."""
    steps = BY_KEY[section].steps if section in BY_KEY else ()
    return next((step for step in steps if step.slug == slug), None)


def every_question() -> Iterator[tuple[Section, Step, Question]]:
    """Each question with the section and step that it stands on, in the order asked."""
    for section, step in STEPS:
        for question in step.questions if isinstance(step, Page) else step.all_questions:
            yield section, step, question


# Several questions of named scales make up these facts together, by one computation (speaks.scores).
SCORED = frozenset({"scores[].scale", "scores[].value", "scores[].on", "scores[].period"})


def facts_asked() -> dict[str, str]:
    """Fact path -> the question that speaks for it; raises ValueError where two speak for the same."""
    asked: dict[str, str] = {}
    for _section, step, question in every_question():
        key = f"{step.slug}[].{question.key}" if isinstance(step, Rows) else question.key
        for fact in question.facts:
            if fact in asked:
                raise ValueError(f"{fact}: asked by {asked[fact]} and by {key}")
            asked[fact] = key
    return asked
