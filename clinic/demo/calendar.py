"""The moments of the stories, counted back from now, and days in the words in which people type them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.audit.clock import now
from clinic.intake.questions.dates import MONTHS

from .shape import Day, When

SATURDAY = 5


def moment(when: When, time_zone: str) -> datetime:
    """The aware moment, in the working hours of that time zone where the story names an hour."""
    if when.minutes:
        return now() - timedelta(minutes=when.minutes)
    zone = ZoneInfo(time_zone)
    day = _workday(now().astimezone(zone).date(), when.workdays) + timedelta(days=when.later, weeks=-when.weeks)
    return datetime.combine(day, time.fromisoformat(when.at), zone)


def _workday(today: date, back: int) -> date:
    day = today
    while back:
        day -= timedelta(days=1)
        back -= day.weekday() < SATURDAY
    return day


def day_of(said: Day, today: date) -> date:
    return today - timedelta(days=said.before)


def in_words(day: date, language: str) -> str:
    """2 March 2026, or 2 de marzo de 2026."""
    month = MONTHS[language][day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == "es" else f"{day.day} {month.capitalize()} {day.year}"
