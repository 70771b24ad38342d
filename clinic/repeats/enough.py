"""When it is enough: what tells that a course of injections runs on, for the doctor before the next plan. Pure.

It is information, and no verdict. A course is the injections of one region of which none was surely given more than a
year after the one before it: our own convention, as no text settles it. That a course of more than a year needs a
reason is Medicare's (LCD L39240 and its sisters, "beyond 12 months"). The steroid sum is that of `criteria/steroids`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinic.criteria import steroids
from clinic.criteria.dates import Span, add_months
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import date_in_words
from clinic.criteria.shapes import Injection
from clinic.criteria.steroids import Amount, Tally

from .eligible import Asked

MONTHS = 12
LEAST_FALLS = 2  # injections of which each brought less than the one before
PERIODS = {steroids.YEAR: "12 months", steroids.THREE_YEARS: "3 years"}


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that tells that the course runs on."""

    key: str
    words: str


def signs(facts: Facts, region: str | None, asked: Iterable[Asked], sums: tuple[Tally, Amount]) -> tuple[Sign, ...]:
    """What tells so, of one region. `asked`: the clauses of the set that the patient goes by, as of today; `sums`: what
    was injected, and what the plan would add. What is not known tells nothing."""
    given = course(facts, region)
    if not given:
        return ()
    found = (_count(asked), _long(facts, region, given), _less(given), *_sum(*sums))
    return tuple(each for each in found if each)


def course(facts: Facts, region: str | None) -> tuple[Injection, ...]:
    """The injections of the region's course that still runs, the first one first."""
    here = [each for each in facts.injections or () if each.region == region and each.on.said]
    kept: list[Injection] = []
    for each in sorted(here, key=lambda each: (each.on.last, each.on.first), reverse=True):
        later = kept[-1].on.first if kept else facts.as_of
        if add_months(each.on.last, MONTHS) < later:
            break
        kept.append(each)
    return tuple(reversed(kept))


def _count(asked: Iterable[Asked]) -> Sign | None:
    """The next one would be the last that the set's count allows, or one more."""
    counted = (each for each in asked if each.about == "count")
    reached = (each for each in counted if any(_uses_up(reason.values) for reason in each.because))
    return next((Sign("count", each.sentence) for each in reached), None)


def _uses_up(values: Mapping[str, Any]) -> bool:
    return "count" in values and values["count"] >= values["most"]


def _long(facts: Facts, region: str | None, given: Sequence[Injection]) -> Sign | None:
    """It has surely run for more than a year, by the first injection or by the day that the doctor named."""
    named = facts.plan.treatment_since if facts.plan.region == region else Span(date.max, date.max, said=False)
    since = named if named.said else given[0].on
    if facts.as_of <= add_months(since.last, MONTHS):
        return None
    least = "" if since.exact else " at the latest"
    return Sign("long", f"The course has run since {date_in_words(since.last.isoformat())}{least}: more than a year.")


def _less(given: Sequence[Injection]) -> Sign | None:
    """Each of the latest injections brought less relief than the one before it, in the patient's own words."""
    run: list[Injection] = []
    for each in reversed(given):
        if each.patient_relief_percent is None or (run and not _before_and_better(each, run[-1])):
            break
        run.append(each)
    if len(run) < LEAST_FALLS:
        return None
    percents = ", ".join(f"{each.patient_relief_percent:g} %" for each in reversed(run))
    return Sign("less", f"Less relief each time: {percents}.")


def _before_and_better(one: Injection, other: Injection) -> bool:
    return one.on.last < other.on.first and (one.patient_relief_percent or 0) > (other.patient_relief_percent or 0)


def _sum(tally: Tally, planned: Amount) -> list[Sign]:
    """The injected steroid is surely above what was published as the most, or would be with the planned one."""
    found = []
    for months, most in steroids.RECOMMENDED.items():
        total, with_planned = tally.total(months), tally.total(months) + planned
        if total.least > most:
            found.append(Sign(f"sum-{months}", f"Injected steroid: {_above(total, months, most)}"))
        elif with_planned.least > most:
            found.append(Sign(f"sum-{months}", f"Steroid with the planned one: {_above(with_planned, months, most)}"))
    return found


def _above(amount: Amount, months: int, most: int) -> str:
    words = steroids.in_words(amount)
    return f"{words} of methylprednisolone in {PERIODS[months]}, above the published recommendation of {most} mg."
