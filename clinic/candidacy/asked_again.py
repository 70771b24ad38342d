"""Missing facts as questions that can be put to the patient, and what only a doctor can add. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from clinic.intake.questions import PLAIN, ROWS, facts_asked
from clinic.intake.questions.asked import Answers
from clinic.intake.questions.later import OF_EACH, OF_ENTRY, may_apply, of_entry

from .evidence import label
from .reading import Link, missing_link

ASKED = facts_asked()
LISTS = {rows.listed_as: rows.slug for rows in ROWS.values()} | {"scores": "nrs_average"}


@dataclass(frozen=True)
class Questions:
    """What this patient can be asked, by what they answered; `rows` are the record's rows behind the path of each."""

    answers: Answers
    rows: Mapping[str, list[Any]]

    def name(self, path: str) -> str | None:
        """The question that speaks for a fact, of one entry alone where it is an entry's; None where it does not
        apply to this patient, where they never told of the entry, and where no patient is asked."""
        name = ASKED.get(re.sub(r"\[\d+\]", "[]", path)) or LISTS.get(path)
        if name is None or OF_EACH not in name:
            return name if name and may_apply(PLAIN.get(name) or ROWS[name], self.answers) else None
        slug, _, key = name.partition(OF_EACH)
        row = str(self.rows[path.partition(".")[0]][0].key) if path.partition(".")[0] in self.rows else ""
        given = self.answers.rows.get(slug, {}).get(row)
        question = next(each for each in ROWS[slug].all_questions if each.key == key)
        applies = given is not None and may_apply(question, self.answers.with_row(given))
        return of_entry(name, row) if applies else None


@dataclass(frozen=True)
class Askable:
    """A question that can be put to the patient, and the missing facts that it would settle."""

    question: str
    label: str
    paths: tuple[str, ...]

    @property
    def query(self) -> str:
        """The part of an address that chooses this question."""
        return urlencode([("fact", path) for path in self.paths])


def askable(paths: Iterable[str], document: Mapping[str, Any], questions: Questions) -> list[Askable]:
    """The questions that speak for missing facts, each once."""
    found: dict[str, list[str]] = {}
    for path in paths:
        question = questions.name(path)
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
    entry = OF_ENTRY.fullmatch(name)
    if entry is None:
        return PLAIN[name].text if name in PLAIN else ROWS[name].title
    return next(each.text for each in ROWS[entry["slug"]].all_questions if each.key == entry["key"])


def asked_of_doctor(paths: Iterable[str], document: Mapping[str, Any], questions: Questions) -> list[Link]:
    """Missing facts that this patient cannot tell."""
    return [missing_link(path, document) for path in paths if questions.name(path) is None]
