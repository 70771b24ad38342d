"""What is asked after the answers were signed: what the clinic wants to know besides, and what has changed.

A question is named as `facts_asked` names it: "onset" for one that stands alone, "therapies[].to" for one that is
asked of each entry of a list, and "therapies" for the list itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import PLAIN, ROWS
from .asked import Answers, Row, is_asked
from .shape import Kind, Question, Rows
from .shape import marked as _

OF_EACH = "[]."

LATER = "later"  # the section under which such answers are kept that the questionnaire itself does not ask for
ANSWER_TO_NOTE = Question(key="answer_to_note", kind=Kind.LONG_TEXT, text=_("Your answer to the doctor"), most=4000)
CHANGED_WORDS = _("Anything else that changed")
WORRY_NOW = _("What worries you now?")
THINNER, INFECTION, SIGN, OTHER = "blood_thinner", "infection", "sign", "other"
CHANGES = {
    THINNER: _("I take a new medicine that thins the blood"),
    INFECTION: _("I have an infection, or take an antibiotic"),
    SIGN: _("I have one of the warning signs"),
    OTHER: _("Something else"),
}


@dataclass(frozen=True)
class Wanted:
    """Some questions of one list, or of none; `row` is the key of an entry, or empty for an entry that is new."""

    questions: tuple[Question, ...]
    rows: Rows | None = None
    row: str = ""
    number: int = 0


def known(name: str) -> bool:
    """Whether there is such a question or list."""
    slug, of_each, key = name.partition(OF_EACH)
    if of_each:
        return slug in ROWS and any(question.key == key for question in ROWS[slug].all_questions)
    return name in PLAIN or name in ROWS


def wanted(names: Iterable[str], answers: Answers, entries: int = 1) -> list[Wanted]:
    """What has to be shown so that the named questions count: with those that they hang on, entry by entry.

    `answers` holds only what counts. A list that is asked for by itself has room for `entries` new ones.
    """
    names = [name for name in names if known(name)]
    listed = {slug: [name for name in names if _slug(name) == slug] for slug in ROWS}
    gates = [ROWS[slug].gate for slug, asked in listed.items() if asked and not is_asked(ROWS[slug], answers)]
    alone = tuple(_with_grounds([*(name for name in names if name in PLAIN), *gates], answers))
    found = [Wanted(alone)] if alone else []
    for slug, asked in listed.items():
        found += _of_list(ROWS[slug], asked, answers, entries)
    return found


def _slug(name: str) -> str:
    return name.partition(OF_EACH)[0] if name not in PLAIN else ""


def _with_grounds(names: Iterable[str], answers: Answers) -> Iterator[Question]:
    """The questions, each behind those that have to be answered otherwise before it is asked at all."""
    shown: set[str] = set()
    for name in names:
        question = PLAIN[name]
        grounds = question.asked_if.names() if question.asked_if and not is_asked(question, answers) else frozenset()
        for each in (*_with_grounds(sorted(grounds - shown), answers), question):
            if each.key not in shown:
                shown.add(each.key)
                yield each


def _of_list(rows: Rows, asked: list[str], answers: Answers, entries: int) -> Iterator[Wanted]:
    keys = [name.partition(OF_EACH)[2] for name in asked if OF_EACH in name]
    questions = tuple(question for question in rows.all_questions if question.key in keys)
    there: dict[str, Row] = dict(answers.rows.get(rows.slug, {}))
    for number, (row, given) in enumerate(there.items(), 1):
        open_here = tuple(each for each in questions if is_asked(each, answers.with_row(given)))
        if open_here:
            yield Wanted(open_here, rows, row, number)
    if rows.slug in asked or (keys and not there):
        for number in range(len(there) + 1, len(there) + 1 + entries):
            yield Wanted(rows.questions, rows, "", number)
