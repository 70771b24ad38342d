"""The days that people type, and what they mean.

A value is the facts contract's text form ("2026-03-02", "2026-03", "2026"), or, for "about 10 weeks ago", the words as
said with the day on which they were said: {"about": 10, "unit": "weeks", "on": "2026-11-22"}. An approximate day stays
approximate: "about N weeks ago", said on day D, is from N + 1 to N - 1 weeks before D.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta

from clinic.criteria.dates import NoSuchDay, Span, add_days, add_months, parse

from .shape import marked as _

FIRST_YEAR = 1900
ENGLISH = "january february march april may june july august september october november december"
SPANISH = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
MONTHS = {"en": ENGLISH.split(), "es": SPANISH.split()}
MONTH_NUMBERS = {
    **{name[:size]: number for names in MONTHS.values() for number, name in enumerate(names, 1) for size in (3, 4)},
    **{name: number for names in MONTHS.values() for number, name in enumerate(names, 1)},
    "setiembre": 9,
    "set": 9,
}
WEEKS = frozenset({"week", "weeks", "wk", "wks", "semana", "semanas"})
MONTHS_AGO = frozenset({"month", "months", "mes", "meses"})
DAYS_AGO = {"today": 0, "hoy": 0, "yesterday": 1, "ayer": 1}
SMALL = "of de del about around approximately hace unas unos the el la en in cerca como"
SMALL_WORDS = frozenset(SMALL.split())

NO_SUCH_DAY = _("That day is not in the calendar. Please look at it again.")
NOT_UNDERSTOOD = _("We could not read this date. You can write it like this: 2 March 2026.")
FOUR_DIGITS = _("Please write the year with four digits, like 1974.")
TOO_EARLY = _("That year is too long ago. Please look at it again.")
IN_THE_FUTURE = _("This date is in the future. Please look at it again.")
NO_MONTH = _("Please choose the month and write the year.")
NO_YEAR = _("Please write the year, like 2026.")
NO_WEEKS = _("Please write a number of weeks, like 10.")
NO_DAY = _("Please write the day, like 2 March 2026.")
WHOLE_DAY = _("Please write the day, the month and the year.")
NOT_CHOSEN = _("Please choose how well you know the date. “I don't know” is fine.")

Value = str | dict[str, object]


class Unreadable(ValueError):
    """What was typed names no day that can be; the text is the plain message, ready to be translated."""


def contract(value: object) -> str:
    """The text form of the facts contract for a stored value."""
    if isinstance(value, Mapping):
        return _about(int(value["about"]), str(value["unit"]), date.fromisoformat(str(value["on"])))
    return str(value)


def _about(count: int, unit: str, on: date) -> str:
    """From one more to one less than the count, before the day on which it was said and never after it."""
    first, last = (
        (add_months(on, -(count + 1)), add_months(on, -(count - 1)))
        if unit == "months"
        else (add_days(on, -7 * (count + 1)), add_days(on, -7 * (count - 1)))
    )
    return f"{first.isoformat()}/{min(last, on).isoformat()}"


def span(value: object) -> Span:
    return parse(contract(value))


def same_words(value: object, other: object) -> bool:
    """Whether two values say the same; "about 10 weeks ago" said again is what was said the first time."""
    if isinstance(value, Mapping) and isinstance(other, Mapping):
        return (value["about"], value["unit"]) == (other["about"], other["unit"])
    return value == other


def from_parts(parts: Mapping[str, str], today: date, language: str) -> Value:
    """A value from the parts of the date question: how, day, month, month_year, year, weeks.

    Raises Unreadable, with the message. Who typed into exactly one part has said how by that.
    """
    part = {name: (text or "").strip() for name, text in parts.items()}
    how = part.get("how") or _how(part)
    if how == "day":
        value = read(part.get("day", ""), today, language)
    elif how == "month":
        value = _month(part.get("month", ""), part.get("month_year", ""), today)
    elif how == "year":
        value = _year_alone(part.get("year", ""), today)
    elif how == "weeks":
        value = _ago(part.get("weeks", ""), today)
    elif how:
        return how
    else:
        raise Unreadable(NOT_CHOSEN)
    return not_in_future(value, today)


def _how(part: Mapping[str, str]) -> str:
    typed = {"day": "day", "month": "month", "month_year": "month", "year": "year", "weeks": "weeks"}
    ways = {way for name, way in typed.items() if part.get(name)}
    return ways.pop() if len(ways) == 1 else ""


def not_in_future(value: Value, today: date) -> Value:
    if span(value).first > today:
        raise Unreadable(IN_THE_FUTURE)
    return value


def read_day(text: str, today: date, language: str, *, whole_year: bool = False) -> str:
    """One full day, YYYY-MM-DD, up to today. `whole_year` asks for all four digits, as for a birth date."""
    value = read(text, today, language, whole_year=whole_year)
    if not isinstance(value, str) or len(value) != 10:
        raise Unreadable(WHOLE_DAY)
    not_in_future(value, today)
    return value


def read(text: str, today: date, language: str, *, whole_year: bool = False) -> Value:
    """What somebody typed into one box: 2 March 2026, 3/2/2026, March 2026, 2026, 10 weeks ago, yesterday."""
    words = _words(text)
    if not words:
        raise Unreadable(NO_DAY)
    if len(words) == 1 and words[0] in DAYS_AGO:
        return (today - timedelta(days=DAYS_AGO[words[0]])).isoformat()
    if len(words) == 2 and words[1] in WEEKS | MONTHS_AGO:
        return _ago(" ".join(words), today)
    if any(word in MONTH_NUMBERS for word in words):
        return _with_month_name(words, today, whole_year)
    if all(word.isdecimal() for word in words):
        return _numbers(words, today, language, whole_year)
    raise Unreadable(NOT_UNDERSTOOD)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall(r"[a-z]+|\d+", re.sub(r"(?<=\d)(st|nd|rd|th|o)\b", "", plain))
    leftover = re.sub(r"[a-z0-9\s.,/\-\u2013\u2014'\u2019]", "", plain)
    if leftover:
        return ["?"]
    # "ago" is also the Spanish August, so it is only a small word behind a number of weeks or months.
    small = SMALL_WORDS | ({"ago"} if WEEKS & set(words) or MONTHS_AGO & set(words) else set())
    return [word for word in words if word not in small]


def _with_month_name(words: list[str], today: date, whole_year: bool) -> str:
    months = [word for word in words if word in MONTH_NUMBERS]
    numbers = [word for word in words if word.isdecimal()]
    if len(months) != 1 or len(words) != len(numbers) + 1 or not 1 <= len(numbers) <= 2:
        raise Unreadable(NOT_UNDERSTOOD)
    month = MONTH_NUMBERS[months[0]]
    if len(numbers) == 1:
        return f"{_year(numbers[0], today, whole_year):04d}-{month:02d}"
    if len(numbers[0]) == 4:
        numbers.reverse()
    return _day(_year(numbers[1], today, whole_year), month, int(numbers[0]))


def _numbers(words: list[str], today: date, language: str, whole_year: bool) -> str:
    if len(words) == 1 and len(words[0]) == 4:
        return f"{_year(words[0], today, whole_year):04d}"
    if len(words) == 2 and {len(words[0]), len(words[1])} in ({1, 4}, {2, 4}):
        in_order = words if len(words[0]) == 4 else words[::-1]
        return _year_month(_year(in_order[0], today, whole_year), int(in_order[1]))
    if len(words) != 3:
        raise Unreadable(NOT_UNDERSTOOD)
    if len(words[0]) == 4:
        return _day(_year(words[0], today, whole_year), int(words[1]), int(words[2]))
    first, second = int(words[0]), int(words[1])
    # English here is that of the United States: the month first, unless only the other way round is a day.
    month_first = second > 12 or (language != "es" and first <= 12)
    month, day = (first, second) if month_first else (second, first)
    return _day(_year(words[2], today, whole_year), month, day)


def _year(text: str, today: date, whole: bool = False) -> int:
    if len(text) == 2 and not whole:
        year = 2000 + int(text)
        return year if year <= today.year else year - 100
    if len(text) != 4:
        raise Unreadable(FOUR_DIGITS)
    if int(text) < FIRST_YEAR:
        raise Unreadable(TOO_EARLY)
    return int(text)


def _year_month(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        raise Unreadable(NO_SUCH_DAY)
    return f"{year:04d}-{month:02d}"


def _day(year: int, month: int, day: int) -> str:
    text = f"{year:04d}-{month:02d}-{day:02d}"
    try:
        parse(text)
    except NoSuchDay as problem:
        raise Unreadable(NO_SUCH_DAY) from problem
    return text


def _month(month: str, year: str, today: date) -> str:
    if not (month.isdecimal() and year.isdecimal()):
        raise Unreadable(NO_MONTH)
    return _year_month(_year(year, today), int(month))


def _year_alone(year: str, today: date) -> str:
    if not year.isdecimal():
        raise Unreadable(NO_YEAR)
    return f"{_year(year, today):04d}"


def _ago(text: str, today: date) -> Value:
    words = _words(text)
    unit = words[1] if len(words) == 2 else "weeks"
    if not words or len(words) > 2 or not words[0].isdecimal() or unit not in WEEKS | MONTHS_AGO:
        raise Unreadable(NO_WEEKS)
    if len(words[0]) > 4:
        raise Unreadable(TOO_EARLY)
    plain_unit = "months" if unit in MONTHS_AGO else "weeks"
    value: Value = {"about": int(words[0]), "unit": plain_unit, "on": today.isoformat()}
    if span(value).first.year < FIRST_YEAR:
        raise Unreadable(TOO_EARLY)
    return value
