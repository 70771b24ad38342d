"""What was answered, what of it counts, and what comes next. What is no longer asked is no longer counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from . import SECTIONS, STEPS
from .shape import Page, Question, Rows, Section, Step

LIST_MARK = "row"  # the question key under which it is kept that a row stands on its list, or not
REMOVED = "removed"  # the answer that takes a row off its list
MINUTE = 60
ROW_SECONDS = 60  # what one more row takes, while nobody knows how many there will be


@dataclass(frozen=True)
class Given:
    """One answer: its value (None: asked, and left empty), its language, the day it was given, the words shown."""

    value: object
    language: str = "en"
    on: date | None = None
    shown: str = ""
    asked: str = ""


Row = Mapping[str, Given]


@dataclass(frozen=True)
class Reply:
    """One question's new answer, with the words in which it was asked and given."""

    question: str
    asked: str
    value: Any
    shown: str


@dataclass(frozen=True)
class Answers:
    """The latest answer to each question, and to each question of each row."""

    today: date
    language: str = "en"
    plain: Mapping[str, Given] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, Row]] = field(
        default_factory=dict
    )  # list's slug -> row's key -> question -> answer

    def get(self, key: str) -> object:
        given = self.plain.get(key)
        return given.value if given else None

    def language_of(self, key: str) -> str:
        given = self.plain.get(key)
        return given.language if given and given.value is not None else ""

    def with_row(self, row: Row) -> "Answers":
        """The same, seen from one row: its own answers stand before the others."""
        return replace(self, plain={**self.plain, **row})


def counted(answers: Answers) -> Answers:
    """Only the answers to what is asked, given the other answers that count."""
    counting: dict[str, Given] = {}
    seen = replace(answers, plain=counting, rows={})
    rows: dict[str, dict[str, Row]] = {}
    for _section, step in STEPS:
        if isinstance(step, Page):
            for question in step.questions:
                own = {key: answers.plain[key] for key in [question.key] if key in answers.plain}
                if own and is_asked(question, seen.with_row(own)):
                    counting |= own
        elif is_asked(step, seen):
            rows[step.slug] = {
                key: row_counted(step, row, seen) for key, row in answers.rows.get(step.slug, {}).items()
            }
    return replace(answers, plain=counting, rows=rows)


def is_asked(thing: Question | Rows, known: Answers) -> bool:
    return thing.asked_if is None or thing.asked_if(known)


def row_counted(rows: Rows, row: Row, known: Answers) -> Row:
    """What counts of one row's answers."""
    counting: dict[str, Given] = {}
    for question in rows.all_questions:
        if question.key in row and is_asked(question, known.with_row(counting)):
            counting[question.key] = row[question.key]
    return counting


def asked_on(step: Step, answers: Answers, row: Row | None = None) -> list[Question]:
    """The questions that are asked on a page, or of a row, by what counts of the answers."""
    known = answers.with_row(row or {})
    questions = step.questions if isinstance(step, Page) else step.all_questions
    return [question for question in questions if is_asked(question, known)]


def open_steps(answers: Answers) -> list[tuple[Section, Step]]:
    """The pages and lists that this person comes past, by what counts of their answers."""
    return [(section, step) for section, step in STEPS if _is_open(step, answers)]


def _is_open(step: Step, answers: Answers) -> bool:
    return is_asked(step, answers) if isinstance(step, Rows) else bool(asked_on(step, answers))


def neighbours(step: Step, answers: Answers) -> tuple[tuple[Section, Step] | None, tuple[Section, Step] | None]:
    """What stands before and after a step; None at the ends, where the list of sections and the check stand."""
    order = [each for _section, each in STEPS]
    here = order.index(step)
    steps = open_steps(answers)
    before = [pair for pair in steps if order.index(pair[1]) < here]
    after = [pair for pair in steps if order.index(pair[1]) > here]
    return (before[-1] if before else None), (after[0] if after else None)


@dataclass(frozen=True)
class Gap:
    """A question that is asked and not yet answered; `row` is the key of its row, `question` None an empty list."""

    section: Section
    step: Step
    question: Question | None
    row: str = ""


def gaps(answers: Answers) -> Iterator[Gap]:
    """What still has to be answered before signing: "I don't know" is an answer."""
    for section, step in open_steps(answers):
        if isinstance(step, Page):
            yield from _open_questions(section, step, answers, answers.plain)
        elif not answers.rows.get(step.slug):
            yield Gap(section, step, None)
        else:
            for key, row in answers.rows[step.slug].items():
                yield from _open_questions(section, step, answers, row, key)


def _open_questions(section: Section, step: Step, answers: Answers, given: Row, key: str = "") -> Iterator[Gap]:
    for question in asked_on(step, answers, given if key else None):
        if question.core and (question.key not in given or given[question.key].value is None):
            yield Gap(section, step, question, key)


def first_open(answers: Answers) -> tuple[Section, Step] | None:
    """Where to go on: the first page with something unanswered, or not yet seen; None when all is answered."""
    missing = {(gap.section.key, gap.step.slug) for gap in gaps(answers)}
    for section, step in open_steps(answers):
        if (section.key, step.slug) in missing or (isinstance(step, Page) and _unseen(step, answers)):
            return section, step
    return None


def _unseen(page: Page, answers: Answers) -> bool:
    return any(question.key not in answers.plain for question in asked_on(page, answers))


def states(answers: Answers, here: Section | None = None) -> list[tuple[Section, str]]:
    """Each section with "done", "here" or "todo" ("here" also stands for one that was begun)."""
    missing = {gap.section.key for gap in gaps(answers)}
    unseen = {section.key for section, step in open_steps(answers) if isinstance(step, Page) and _unseen(step, answers)}
    begun = {section.key for section, step in STEPS if isinstance(step, Page) and _begun(step, answers)}

    def state(section: Section) -> str:
        if section is here:
            return "here"
        if section.key not in missing | unseen:
            return "done"
        return "here" if here is None and section.key in begun else "todo"

    return [(section, state(section)) for section in SECTIONS]


def _begun(page: Page, answers: Answers) -> bool:
    return any(question.key in answers.plain for question in page.questions)


def minutes_left(answers: Answers) -> int:
    """About how long the rest takes, from the seconds that each open question declares; at least one while any is."""
    seconds = 0
    for _section, step in open_steps(answers):
        if isinstance(step, Rows):
            seconds += 0 if answers.rows.get(step.slug) else ROW_SECONDS
        else:
            seconds += sum(each.seconds for each in asked_on(step, answers) if each.key not in answers.plain)
    return -(-seconds // MINUTE)
