"""An answer's value as the words that a person reads. Pure: the translation is handed in."""

from collections.abc import Callable, Mapping
from datetime import date

from .dates import MONTHS, contract
from .shape import Kind, Question
from .shape import marked as _

Translate = Callable[[str], str]

ABOUT_WEEKS = _("about {count} weeks before {day}")
ABOUT_MONTHS = _("about {count} months before {day}")
BETWEEN = _("between {first} and {last}")


def shown(question: Question, value: object, translate: Translate, language: str) -> str:
    """The answer as it is shown; empty where the question was left empty."""
    if value is None or value == "":
        return ""
    texts = {choice.value: translate(choice.text) for choice in question.offered}
    if isinstance(value, list):
        return "\n".join(texts.get(each, str(each)) for each in value)
    if isinstance(value, str) and value in texts:
        return texts[value]
    if question.kind in (Kind.DATE, Kind.DAY):
        return day_in_words(value, translate, language)
    return str(value)


def day_in_words(value: object, translate: Translate, language: str) -> str:
    """2 March 2026, March 2026, 2026, or about 10 weeks before 22 November 2026."""
    if isinstance(value, Mapping):
        words = translate(ABOUT_MONTHS if value["unit"] == "months" else ABOUT_WEEKS)
        return words.format(count=value["about"], day=_full(str(value["on"]), language))
    text = contract(value)
    if "/" in text:
        first, last = text.split("/")
        return translate(BETWEEN).format(first=_full(first, language), last=_full(last, language))
    if len(text) == 4:
        return text
    if len(text) == 7:
        return _month(int(text[5:]), language) + (" de " if language == "es" else " ") + text[:4]
    return _full(text, language)


def _month(number: int, language: str) -> str:
    name = MONTHS[language][number - 1]
    return name if language == "es" else name.capitalize()


def _full(text: str, language: str) -> str:
    day = date.fromisoformat(text)
    between = " de " if language == "es" else " "
    return between.join([str(day.day), _month(day.month, language), str(day.year)])
