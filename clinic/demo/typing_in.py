"""What a story says becomes what a browser would post: the words and boxes of each question."""

from collections.abc import Iterable
from datetime import date

from django.http import QueryDict

from clinic.intake.questions.shape import Kind, Question

from .calendar import day_of, in_words
from .shape import Day, Month, Said, Typed, Weeks


def posted(questions: Iterable[Question], said: Said, today: date, language: str, prefix: str = "") -> QueryDict:
    """The form of a page, filled in with what the story says; days count back from `today`."""
    data = QueryDict(mutable=True)
    for question in questions:
        if question.key in said:
            for name, values in _boxes(question, said[question.key], today, language).items():
                data.setlist(f"{prefix}-{name}" if prefix else name, values)
    return data


def _boxes(question: Question, typed: Typed, today: date, language: str) -> dict[str, list[str]]:
    if question.kind is Kind.DATE:
        return {f"{question.key}_{part}": [text] for part, text in _parts(typed, today, language).items()}
    return {question.key: list(typed) if isinstance(typed, tuple) else [words(typed, today, language)]}


def _parts(typed: Typed, today: date, language: str) -> dict[str, str]:
    """The boxes of the question for a date, which may be known only roughly."""
    if isinstance(typed, Weeks):
        return {"how": "weeks", "weeks": str(typed.count)}
    if isinstance(typed, Month):
        day = day_of(Day(typed.before), today)
        return {"how": "month", "month": str(day.month), "month_year": str(day.year)}
    if isinstance(typed, Day):
        return {"how": "day", "day": in_words(day_of(typed, today), language)}
    return {"how": str(typed)}


def words(typed: Typed, today: date, language: str) -> str:
    """A text as it stands, and a day written out."""
    return in_words(day_of(typed, today), language) if isinstance(typed, Day) else str(typed)
