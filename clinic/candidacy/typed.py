"""What a doctor types into one field of the chart, and what it means. Pure: text in, a value of the contract out."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from clinic.criteria.dates import NoSuchDay, parse
from clinic.intake.questions.dates import Unreadable, contract, not_in_future, read

from .chart.fields import Field, Kind
from .evidence import say_date

UNSAID = "unsaid"
CONTRACT_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(/\d{4}-\d{2}-\d{2})?)?)?")
FARTHEST_PLAN = timedelta(days=730)
SPANS = (("from", "to"), ("on", "relief_until"))
GOES_ON = {"to": "ongoing", "relief_until": "relief_lasting"}


class Unfit(ValueError):
    """What was typed cannot be; the text says so plainly."""


def value_of(field: Field, text: str, today: date) -> Any:
    """The value that was typed; None where nothing was said. Raises Unfit."""
    text = text.strip()
    if text in ("", UNSAID):
        return None
    match field.kind:
        case Kind.YES_NO:
            return text == "yes"
        case Kind.WHOLE | Kind.NUMBER:
            return _number(field, text)
        case Kind.DAY | Kind.PARTIAL_DATE:
            return _date(field, text, today)
        case _:
            return text


def _number(field: Field, text: str) -> int | float:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation as wrong:
        raise Unfit("Write a number.") from wrong
    if not number.is_finite() or (field.kind is Kind.WHOLE and number != number.to_integral_value()):
        raise Unfit("Write a whole number." if field.kind is Kind.WHOLE else "Write a number.")
    if field.least is not None and field.most is not None and not field.least <= number <= field.most:
        raise Unfit(f"Write a number from {field.least} to {field.most}.")
    return int(number) if number == number.to_integral_value() else float(number)


def _date(field: Field, text: str, today: date) -> str:
    try:
        if CONTRACT_DATE.fullmatch(text):
            parse(text)
        value = text if CONTRACT_DATE.fullmatch(text) else contract(read(text, today, "en"))
        if len(value) >= 4 and int(value[:4]) < 1900:
            raise Unfit("That year is too long ago. Look at it again.")
        if field.fact == "as_of":
            return _planned(value, today)
        not_in_future(value, today)
    except NoSuchDay as wrong:
        raise Unfit("There is no such day in the calendar.") from wrong
    except Unreadable as wrong:
        raise Unfit(str(wrong)) from wrong
    if field.kind is Kind.DAY and len(value) != 10:
        raise Unfit("Write the day, the month and the year.")
    return value


def _planned(value: str, today: date) -> str:
    if len(value) != 10:
        raise Unfit("Write the day, the month and the year.")
    if not today <= date.fromisoformat(value) <= today + FARTHEST_PLAN:
        raise Unfit("The planned day lies between today and two years from now.")
    return value


def text_of(field: Field, value: Any) -> str:
    """A stored value as the field shows it for correcting."""
    if value is None:
        return UNSAID if field.kind is Kind.YES_NO else ""
    if field.kind is Kind.YES_NO:
        return "yes" if value else "no"
    if field.kind in (Kind.DAY, Kind.PARTIAL_DATE):
        return str(value) if "/" in str(value) else say_date(str(value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def contradictions(row: Mapping[str, Any]) -> dict[str, str]:
    """What in one row cannot be true together, by the field to look at."""
    found = {}
    for first, last in SPANS:
        if not row.get(last):
            continue
        if row.get(first) and parse(row[last]).last < parse(row[first]).first:
            found[last] = "This lies before its start."
        elif row.get(GOES_ON[last]):
            found[last] = "It cannot be over and still go on. Leave one of the two open."
    return found
