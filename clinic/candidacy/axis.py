"""Days on a horizontal line: where a day stands, which are named below it, and a stretch whose ends are not sure.

Pure: dates in, numbers in SVG user units out.
"""

import math
from dataclasses import dataclass
from datetime import date

from clinic.criteria.dates import Span, add_months

STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months between two grid lines
MOST_TICKS = 7
FORMATS = {"month": "%b", "year": "%Y", "month_year": "%b %Y"}
NAMED = 40  # a day that is nearer to the end of the line than its name is wide goes unnamed


@dataclass(frozen=True, slots=True)
class Tick:
    """A day that is named; of it `shows` the "month", the "year", or both ("month_year")."""

    x: float
    day: date
    shows: str

    @property
    def label(self) -> str:
        """In English: "Mar 2026", "Mar", "2026"."""
        return self.day.strftime(FORMATS[self.shows])


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: solid, or fading in or out."""

    x: float
    width: float
    fill: str  # "solid", "fade-in", "fade-out"


class Axis:
    """Days on a line from `left`, `width` long: from the first of the earliest month to the last day that is shown."""

    def __init__(self, first: date, until: date, *, left: float, width: float, most_ticks: int = MOST_TICKS) -> None:
        self.left, self.width, self.most_ticks = left, width, most_ticks
        self.first = first.replace(day=1)
        self.until = max(until, add_months(self.first, 1))
        self.days = (self.until - self.first).days

    def x(self, day: date) -> float:
        inside = min(max(day, self.first), self.until)
        return round(self.left + self.width * (inside - self.first).days / self.days, 1)

    def ticks(self) -> tuple[Tick, ...]:
        months = (self.until.year - self.first.year) * 12 + self.until.month - self.first.month + 1
        step = next((step for step in STEPS if months / step <= self.most_ticks), STEPS[-1])
        days = [add_months(self.first, step * n) for n in range(math.ceil(months / step))]
        room = self.left + self.width - NAMED
        days = [day for day in days if day <= self.until and self.x(day) <= room] or [self.first]
        return tuple(Tick(self.x(day), day, _shows(day, step, day == days[0])) for day in days)


def _shows(day: date, step: int, first: bool) -> str:
    if step >= 12:
        return "year" if day.month == 1 else "month_year"
    return "month_year" if first or day.month <= step else "month"


def pieces_of(axis: Axis, first: Span | None, last: Span | None, going: bool) -> tuple[Piece, ...]:
    """A stretch from some day of `first` to some day of `last`: solid where it surely went on, fading where it may."""
    first = first or Span(axis.first, last.first if last else axis.until, said=False)
    last = last or Span(axis.until if going else first.last, axis.until, said=False)
    begins, ends = axis.x(first.first), axis.x(last.last)
    sure_from, sure_to = axis.x(min(first.last, last.last)), axis.x(max(last.first, first.first))
    if sure_to < sure_from:  # nothing is sure: it fades towards both ends from the middle of what may be
        sure_from = sure_to = round((sure_from + sure_to) / 2, 1)
    pieces = [Piece(begins, round(sure_from - begins, 1), "fade-in")] if sure_from > begins else []
    if sure_to > sure_from or (sure_from == begins and sure_to == ends):
        pieces.append(Piece(sure_from, round(max(sure_to - sure_from, 3), 1), "solid"))
    if ends > sure_to:
        pieces.append(Piece(sure_to, round(ends - sure_to, 1), "fade-out"))
    return tuple(pieces) or (Piece(begins, 3, "solid"),)
