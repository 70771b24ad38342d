"""Partial dates and the counting conventions, each declared once. No policy text settles them.

* Days between two dates are the later minus the earlier: 4 May to 1 June is 28 days, which is 4 weeks,
  and "at least 4 weeks" includes it.
* Months are calendar months: three months after 20 February is 20 May. Where the month is too short its
  last day stands: three months after 30 November is 28 (or 29) February.
* A rolling window of months that ends on a day holds the dates after the same day that many months before.
* A course from one day to another counts the days after the first, up to the last. Several courses count
  as the union of their days, never as their sum.
* A partial date ("2026-03", "2026", "2026-03-09/2026-03-23") is some day from its first to its last possible
  day. A date that nobody has said is any day up to the day of service.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


class NoSuchDay(ValueError):
    """The text names no day of the calendar, or a period that ends before it begins."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some one day from `first` to `last`, both included; `said` is false where nobody has named a date."""

    first: date
    last: date
    said: bool = True

    @property
    def exact(self) -> bool:
        return self.first == self.last


def parse(text: str) -> Span:
    """The days that a date of the contract may mean. Raises NoSuchDay: "2026-02-30", "2026-03-09/2026-03-01"."""
    try:
        if "/" in text:
            first, last = (date.fromisoformat(end) for end in text.split("/"))
        elif len(text) == 4:
            first, last = date(int(text), 1, 1), date(int(text), 12, 31)
        elif len(text) == 7:
            year, month = int(text[:4]), int(text[5:])
            first = date(year, month, 1)
            last = first.replace(day=calendar.monthrange(year, month)[1])
        else:
            first = last = date.fromisoformat(text)
    except ValueError as problem:
        raise NoSuchDay("there is no such day in the calendar") from problem
    if last < first:
        raise NoSuchDay("the period ends before it begins")
    return Span(first, last)


def add_months(day: date, months: int) -> date:
    """The same day `months` calendar months later (earlier where negative), or that month's last day.

    Before year 1 or after year 9999 the first or last day that can be written stands.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    if day.day <= 28:
        return date(year, month, day.day)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date:
    """`days` later (earlier where negative), kept within the days that can be written."""
    ordinal = day.toordinal() + days
    return date.fromordinal(max(1, min(ordinal, date.max.toordinal())))


def union_days(courses: Iterable[tuple[date, date]]) -> int:
    """Days covered by courses (first day, last day): the days after each first, up to its last, counted once."""
    total, covered_to = 0, date.min
    for first, last in sorted(courses):
        begin = max(first, covered_to)
        if last > begin:
            total += (last - begin).days
            covered_to = last
    return total


def candidate_days(span: Span, cuts: Iterable[date]) -> list[date]:
    """Days that stand for every day of the span, for a rule that can only change its mind at the cuts.

    Each cut comes with its neighbours, so it does not matter on which side of it the rule changes.
    """
    days = {span.first, span.last}
    if not span.exact:
        for cut in cuts:
            days.update(day for k in (-1, 0, 1) if span.first <= (day := add_days(cut, k)) <= span.last)
    return sorted(days)
