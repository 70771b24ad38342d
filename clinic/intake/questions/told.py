"""From what the record keeps back to answers: what the referrer said, in the words of the questionnaire. Pure.

The other way round is `speaks.py`. What no answer of ours can say stays unsaid here, and is asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from .asked import Answers, Reply, asked_on
from .dates import contract
from .shape import Kind, Page, Question, Rows, Step
from .words import Translate, day_in_words, shown

CHOSEN = frozenset({Kind.YES_NO, Kind.CHOICE, Kind.MENU})
NOTHING = (None, "")


def of_row(rows: Rows, row: Any) -> dict[str, object]:
    """Question -> the value of its answer, as far as a row of the record says it."""
    said = {
        each.key: value_of(each, [getattr(row, name) for name in each.column.split()]) for each in rows.all_questions
    }
    return {key: value for key, value in said.items() if value is not None}


def of_page(page: Page, statements: Mapping[str, Any], known: Answers) -> dict[str, object]:
    """Question -> the value of its answer, for what is asked on a page, not answered yet, and stated by another.

    Urgent signs are left out: everybody is asked for them afresh, and led to no answer.
    """
    if page.stops:
        return {}
    still = [each for each in asked_on(page, known) if each.facts and each.key not in known.plain]
    said = {each.key: value_of(each, [statements.get(fact) for fact in each.facts]) for each in still}
    return {key: value for key, value in said.items() if value is not None}


def value_of(question: Question, said: Sequence[Any]) -> object:
    """The answer that says just this; None where nobody said it, or no answer can."""
    first = said[0] if said else None
    if question.kind is Kind.DATE and first in NOTHING:
        ways = [choice.value for choice in question.choices if len(said) > 1 and choice.means is said[1]]
        return ways[0] if ways else None
    if first in NOTHING:
        return None
    if question.kind in CHOSEN:
        return next((each.value for each in question.offered if question.meaning(each.value) == first), None)
    if question.kind is Kind.NUMBER:
        return int(first) if int(first) == first else None
    return first.isoformat() if isinstance(first, date) else first


def replies(step: Step, values: Mapping[str, object], known: Answers, translate: Translate) -> list[Reply]:
    """The values as answers, in the words in which they are shown."""
    questions = step.questions if isinstance(step, Page) else step.all_questions
    return [
        Reply(
            each.key, translate(each.text), values[each.key], shown(each, values[each.key], translate, known.language)
        )
        for each in questions
        if each.key in values
    ]


def typed(step: Step, values: Mapping[str, object], language: str) -> dict[str, list[str]]:
    """The values as they would be typed into the fields of a page; a range of days cannot be, and is left empty."""
    questions = step.questions if isinstance(step, Page) else step.all_questions
    return {
        name: text
        for each in questions
        if each.key in values
        for name, text in _typed(each, values[each.key], language)
    }


def _typed(question: Question, value: object, language: str) -> Iterator[tuple[str, list[str]]]:
    if question.kind is Kind.DATE:
        yield from ((f"{question.key}_{part}", [text]) for part, text in _date_parts(question, value, language).items())
    elif question.kind is Kind.DAY:
        yield question.key, [day_in_words(value, str, language)]
    else:
        yield question.key, [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _date_parts(question: Question, value: object, language: str) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {"how": "weeks", "weeks": f"{value['about']} {value['unit']}"}
    text = contract(value)
    if text in question.values:
        return {"how": text}
    if "/" in text:
        return {}
    if len(text) == 4:
        return {"how": "year", "year": text}
    if len(text) == 7:
        return {"how": "month", "month": str(int(text[5:])), "month_year": text[:4]}
    return {"how": "day", "day": day_in_words(text, str, language)}
