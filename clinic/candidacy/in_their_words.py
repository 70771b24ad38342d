"""The patient's answers as they were asked and given, by section. Pure: it reads answers that somebody else loaded."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from clinic.intake.questions import PLAIN, ROWS, SECTIONS
from clinic.intake.questions.asked import LIST_MARK, REMOVED, Answers, counted
from clinic.intake.questions.later import LATER
from clinic.intake.questions.shape import UNSAID, Kind
from clinic.intake.questions.words import shown

from .evidence import say_moment

FREE = frozenset({Kind.TEXT, Kind.LONG_TEXT})
PLACE_OF = {rows.slug: section.key for section in SECTIONS for rows in section.steps if rows.slug in ROWS}
LATER_TITLE = "Said since the answers were signed"
NOT_SO = "No, that is not me"  # said of an entry that the referrer named
LANGUAGES = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True)
class Line:
    """One answer: the question as asked, the words as given, and what they are in English where they are not."""

    pk: int
    asked: str
    given: str
    language: str
    by: str
    told: str
    unknown: bool
    own_words: bool  # typed by a person, and so not ours to render in English
    at_length: bool  # own words that tell more than a name or a place
    english: str = ""
    translations: tuple[Any, ...] = ()

    @property
    def foreign(self) -> bool:
        return self.language != "en" and not self.unknown

    @property
    def language_name(self) -> str:
        return LANGUAGES.get(self.language, self.language)


@dataclass
class Part:
    """One section, its plain answers, and its lists entry by entry."""

    key: str
    title: str
    lines: list[Line] = field(default_factory=list)
    entries: dict[str, list[Line]] = field(default_factory=dict)  # "Something that you tried 2" -> its answers


def parts(answers: Iterable[Any], given: Answers, zone: str) -> list[Part]:
    """The sections that have answers, in the order asked, by the days of `zone`; what no longer counts is left out."""
    counting = counted(given)
    found = {section.key: Part(section.key, section.title) for section in SECTIONS}
    found[LATER] = Part(LATER, LATER_TITLE)
    for answer in sorted(answers, key=lambda each: each.pk):
        if answer.row is None:
            if answer.question in counting.plain or answer.question not in PLAIN:
                found[answer.section if answer.section in found else LATER].lines.append(_line(answer, zone))
        elif answer.question in counting.rows.get(answer.section, {}).get(str(answer.row), {}):
            rows = ROWS[answer.section]
            number = list(counting.rows[answer.section]).index(str(answer.row)) + 1
            entries = found[PLACE_OF[answer.section]].entries
            entries.setdefault(f"{rows.row_title} {number}", []).append(_line(answer, zone))
        elif answer.question == LIST_MARK and answer.value == REMOVED and answer.asked:
            found[PLACE_OF[answer.section]].lines.append(_line(answer, zone))
    return [part for part in found.values() if part.lines or part.entries]


def _line(answer: Any, zone: str) -> Line:
    question = _question(answer)
    not_so = answer.question == LIST_MARK
    own_words = not not_so and (question is None or question.kind in FREE)
    unknown = answer.value in (None, "") or (isinstance(answer.value, str) and answer.value in UNSAID)
    english, by = "", _by(answer)
    if answer.language != "en" and not own_words and question and not unknown:
        english = shown(question, answer.value, str, "en")
    if answer.language != "en" and not_so:
        english = NOT_SO
    return Line(
        answer.pk,
        answer.asked,
        answer.shown or "not answered",
        answer.language,
        by,
        f"{by or 'the patient'}, {say_moment(answer.given_at, zone)}",
        unknown,
        own_words,
        own_words and (question is None or question.kind is Kind.LONG_TEXT),
        english,
        tuple(answer.translations.all()),
    )


def _question(answer: Any) -> Any:
    if answer.row is None:
        return PLAIN.get(answer.question)
    return next((each for each in ROWS[answer.section].all_questions if each.key == answer.question), None)


def _by(answer: Any) -> str:
    """Who gave it where it was not the patient: "Test Carer (daughter)", "staff, Test Coordinator Hazel"."""
    if answer.given_as == "carer":
        return answer.given_for or "somebody for the patient"
    if answer.given_as == "staff":
        return f"staff, {answer.given_by}" if answer.given_by else "staff"
    return ""


def answered_by(found: Iterable[Part]) -> str:
    """Who answered where it was not the patient alone; empty where it was."""
    lines = [line for part in found for line in (*part.lines, *chain.from_iterable(part.entries.values()))]
    others = [by for by in dict.fromkeys(line.by for line in lines) if by]
    if not others:
        return ""
    partly = "partly " if any(not line.by for line in lines) else ""
    return f"{partly}answered by {' and '.join(others)}, for the patient"


def quotes(found: Iterable[Part]) -> list[Line]:
    """What the patient wrote in their own words at length: what they hope for, what worries them, what changed."""
    return [line for part in found for line in part.lines if line.at_length and not line.unknown]
