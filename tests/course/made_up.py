"""A made-up course of treatment, as plain data."""

from datetime import date, timedelta
from typing import Any

from clinic.treatment.checkins.plan import DEFAULT
from clinic.treatment.checkins.relief import Said
from clinic.treatment.course.drawn import Words
from clinic.treatment.course.followed import Answered, Course, Followed, Taken, follow

GIVEN = date(2026, 3, 3)
BY_KEY = {moment.key: moment for moment in DEFAULT}
WHERE = ("lumbar", "left", ("L4-5",))


def answered(key: str, relief: int | None, pain: int | None = None, given: date = GIVEN, **more: Any) -> Answered:
    """The answer to one check-in on the day on which it was due; `until` ends the relief, the rest are scales."""
    moment = BY_KEY[key]
    said = Said(moment.due_on(given), relief, more.pop("until", ""))
    return Answered(key, moment.recall, said, pain, more)


def followed(
    *answers: Answered, number: int = 1, given: date = GIVEN, after: tuple[Taken, ...] = (), **baseline: float
) -> Followed:
    """A session with its baseline five days before, on average 8 of 10 where nothing else is said."""
    before = [Taken(scale, given - timedelta(days=5), value) for scale, value in (baseline or {"NRS": 8}).items()]
    return follow(number, given, WHERE, before, after, answers)


def course(*sessions: Followed, today: date = date(2026, 10, 20), **more: Any) -> Course:
    return Course(today, sessions, **more)


def words(of: Course) -> Words:
    """Labels as short as they may be; the third of a session's words is how long its relief held."""
    return Words(
        better="Better",
        worse="worse",
        own="Own words",
        scales={scale: scale for scale in of.scales},
        titles={scale: scale for scale in of.scales},
        not_compared="hollow: not compared",
        held="half better",
        elsewhere="elsewhere",
        therapies="Treatments",
        days=[f"{session.on:%d %b %Y}" for session in of.sessions],
        lasted=["held" if session.relief.held else "" for session in of.sessions],
    )
