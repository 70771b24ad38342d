"""Missing facts as questions that can be put to the patient, and what only a doctor can add. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clinic.intake.questions import PLAIN, ROWS
from clinic.intake.questions.later import OF_EACH

from .evidence import label
from .reading import Link, missing_link, question_for


@dataclass(frozen=True)
class Askable:
    """A question that can be put to the patient, and the missing facts that it would settle."""

    question: str
    label: str
    paths: tuple[str, ...]


def askable(paths: Iterable[str], document: Mapping[str, Any]) -> list[Askable]:
    """The questions that speak for missing facts, each once."""
    found: dict[str, list[str]] = {}
    for path in paths:
        question = question_for(path)
        if question:
            found.setdefault(question, []).append(path)
    return [
        Askable(
            question, f"{_question_text(question)} ({'; '.join(label(each, document) for each in facts)})", tuple(facts)
        )
        for question, facts in found.items()
    ]


def _question_text(name: str) -> str:
    """The question as a patient reads it in English."""
    slug, of_each, key = name.partition(OF_EACH)
    if not of_each:
        return PLAIN[name].text if name in PLAIN else ROWS[name].title
    return next(each.text for each in ROWS[slug].all_questions if each.key == key)


def asked_of_doctor(paths: Iterable[str], document: Mapping[str, Any]) -> list[Link]:
    """Missing facts that no patient can tell."""
    return [missing_link(path, document) for path in paths if question_for(path) is None]
