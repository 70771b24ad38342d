"""How long each step may take, by urgency: the defaults that a clinic edits, and how days are counted. Pure.

The days are conventions of ours (reference F3 found no standard of the US): acknowledge within one working day, triage
within two, chase what is not booked after five, ask about a missed visit on the same day, a report within a week of
the visit; seen within 7 days when urgent, 14 when soon, 42 when routine. Working days are Monday to Friday: holidays
are not known here.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from .lifecycle import Direction, State
from .urgency import Urgency

SATURDAY = 5
MOST_DAYS = 365


class Span(NamedTuple):
    """So many days, of the calendar or working ones."""

    days: int
    working: bool = False

    def __str__(self) -> str:
        noun = "day" if self.days == 1 else "days"
        return f"{self.days} working {noun}" if self.working else f"{self.days} {noun}"


class Key(NamedTuple):
    """What a target is for. The step `WHOLE` is the whole way, until the patient was seen or the doctor decided."""

    direction: str
    step: str
    urgency: str


WHOLE = "whole"
S = State


def _each(urgent: int, soon: int, routine: int, *, working: bool = True) -> Mapping[str, Span]:
    return dict(zip(Urgency, (Span(days, working) for days in (urgent, soon, routine)), strict=True))


STEPS: Mapping[Direction, Mapping[str, Mapping[str, Span]]] = {
    Direction.INCOMING: {
        S.RECEIVED: _each(1, 2, 2),
        S.NEEDS_INFORMATION: _each(1, 3, 5),
        S.ACCEPTED: _each(1, 1, 2),
        S.INVITED: _each(1, 3, 5),
        S.IN_REVIEW: _each(1, 3, 5),
        S.DECIDED: _each(1, 2, 2),
        S.REFUSED: _each(1, 1, 1),
        S.HANDED_BACK: _each(1, 1, 1),
        S.ANSWER_SENT: _each(2, 5, 5),
        WHOLE: _each(7, 14, 42, working=False),
    },
    Direction.OUTGOING: {
        S.DRAFT: _each(1, 2, 2),
        S.SENT: _each(1, 2, 5),
        S.RECEIVED: _each(1, 3, 5),
        S.NEEDS_INFORMATION: _each(1, 1, 2),
        S.ACCEPTED: _each(2, 5, 5),
        S.REFUSED: _each(1, 1, 1),
        S.HANDED_BACK: _each(1, 1, 1),
        S.BOOKED: _each(1, 1, 1),  # after the day of the visit
        S.ATTENDED: _each(7, 7, 7, working=False),
        S.NOT_ATTENDED: _each(0, 0, 0),
        S.DISCHARGED: _each(7, 7, 7, working=False),
        S.REPORT_RECEIVED: _each(1, 2, 3),
        S.READ: _each(1, 2, 3),
        S.PATIENT_TOLD: _each(2, 2, 2),
        WHOLE: _each(7, 14, 42, working=False),
    },
}
DEFAULTS: Mapping[Key, Span] = {
    Key(direction.value, str(step), str(urgency)): span
    for direction, steps in STEPS.items()
    for step, spans in steps.items()
    for urgency, span in spans.items()
}


def due(begins: date, span: Span) -> date:
    """The day on which a span that begins on a day is over."""
    if not span.working:
        return begins + timedelta(days=span.days)
    return working_day(begins) if span.days == 0 else _after_working_days(begins, span.days)


def working_day(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= SATURDAY else 0)


def _after_working_days(begins: date, days: int) -> date:
    day = begins
    for _ in range(days):
        day = working_day(day + timedelta(days=1))
    return day
