"""Dates that help: from which day on a clause, and a whole set, is met if nothing else changes.

"If nothing else changes": the day of service moves on, care that still goes on goes on, and nothing new is said or
done. Day after day is weighed by the very rules of `determine`, until no period that a rule names can end any more, so
the answer is exact for rules that can be lost again too (care in a window, an image that ages). A date that is not
known exactly stays so: the day found is the one by which the clause is surely met, whatever the date was.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

from clinic.criteria.clauses.care import ConservativeCare, MedicationTrial, TherapyOnRecord
from clinic.criteria.clauses.evidence import Evaluated, Indication
from clinic.criteria.clauses.frequency import FailedSessions
from clinic.criteria.clauses.plan import Guidance, Levels, NoneOf, OneOf, Sedation
from clinic.criteria.clauses.rule import Rule
from clinic.criteria.clauses.severity import NamedScale, PainOrDisability, PainOrWords
from clinic.criteria.contract import Document
from clinic.criteria.dates import ONE_DAY, Span, add_days, add_months
from clinic.criteria.determine import weigh
from clinic.criteria.facts import Facts
from clinic.criteria.sets import Clause, CriteriaSet
from clinic.criteria.verdicts import MET, NOT_APPLICABLE, REVIEW, Finding, Verdict

HORIZON_MONTHS = 36
DAYS_A_WEEK, SHORTEST_MONTH = 7, 28
MONTH_ENDS = 4  # days by which the end of a short month can shift a period, and the day after it
UNITS = {"days": (0, 1), "weeks": (0, DAYS_A_WEEK), "months": (1, 0), "years": (12, 0)}  # of a parameter, by its name
SATISFIED = frozenset({MET, NOT_APPLICABLE})
NOTHING_AGAINST = SATISFIED | {REVIEW}  # what a person must weigh is theirs to say, on whatever day
# Kinds of rule that ask for no date: weighed once, they stay as they are. A kind that is not named here is walked.
TIMELESS = (
    Evaluated,
    FailedSessions,
    Guidance,
    Levels,
    MedicationTrial,
    NamedScale,
    NoneOf,
    OneOf,
    PainOrDisability,
    PainOrWords,
    Sedation,
    TherapyOnRecord,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """From `first` on the clause is met; `until` is the last such day where it is lost again within the horizon.

    `verdict` is what the clause comes to on the first day: met, not applicable any more, or for a person's review.
    """

    first: date
    until: date | None = None
    verdict: Verdict = MET


@dataclass(frozen=True, slots=True)
class Ahead:
    """What time alone brings up to `horizon`: by the key of each clause that is open now, and for the whole set.

    A clause that is not in `clauses` is satisfied now, or time alone does not bring it. `whole` is None likewise.
    """

    horizon: date
    clauses: Mapping[str, Turn] = field(default_factory=dict)
    whole: Turn | None = None


def ahead(criteria: CriteriaSet, document: Document, months: int = HORIZON_MONTHS) -> Ahead:
    """What time brings after the document's day of service. The document is one that Facts.parse accepts."""
    record = Redated(document, months)
    walk = _Walk({clause.key: clause for clause in criteria.clauses}, record)
    still_open = [key for key in walk.clauses if walk.verdict(key, record.as_of) not in SATISFIED]
    turns = {key: turn for key in still_open if (turn := walk.turn([key], record.as_of + ONE_DAY))}
    if not still_open or len(turns) < len(still_open):
        return Ahead(record.last, turns)
    return Ahead(record.last, turns, walk.turn(walk.clauses, max(turn.first for turn in turns.values())))


def first_days(criteria: CriteriaSet, record: "Redated", keys: Collection[str]) -> Ahead:
    """The first stretch of days, from the record's own day on, on which nothing stands against each of these clauses,
    and against all of them: unlike `ahead`, of some clauses alone and with what is satisfied today already.

    A clause that is for a person's review today, or that time alone brings no further, is left to that person.
    """
    walk = _Walk({clause.key: clause for clause in criteria.clauses}, record)
    turns = {key: turn for key in keys if (turn := walk.first_turn(key))}
    if not turns or len(turns) < len(keys):
        return Ahead(record.last, turns)
    return Ahead(record.last, turns, walk.turn(keys, max(turn.first for turn in turns.values())))


class _Walk:
    """Weighs clauses day by day, each only up to the day from which time changes nothing about it."""

    def __init__(self, clauses: Mapping[str, Clause], record: "Redated") -> None:
        self.clauses, self.record = clauses, record
        self.enough = dict.fromkeys(clauses, SATISFIED)
        self.steady = {key: _steady_from(key, clauses, record) for key in clauses}
        self._weighed: dict[tuple[str, date], Verdict] = {}

    def first_turn(self, key: str) -> Turn | None:
        """The clause's first stretch, today among it; from then on its review is enough where no more can be had."""
        today = self.record.as_of
        found = None if self.verdict(key, today) == REVIEW else self.turn([key], today)
        if found is None:
            self.enough[key] = NOTHING_AGAINST
        return found or self.turn([key], today)

    def verdict(self, key: str, day: date) -> Verdict:
        at = key, min(day, self.steady[key])
        if at not in self._weighed:
            self._weighed[at] = self._finding(key, self.record.on(at[1])).verdict
        return self._weighed[at]

    def _finding(self, key: str, facts: Facts) -> Finding:
        clause = self.clauses[key]
        other = clause.with_clause
        return weigh(clause, facts, {other: self._finding(other, facts)} if other else {})

    def turn(self, keys: Collection[str], begin: date) -> Turn | None:
        """The first stretch of days, from `begin` on, on which all of these clauses come to what is enough."""
        first: date | None = None
        for day in _days(begin, max(self.steady[key] for key in keys)):
            satisfied = all(self.verdict(key, day) in self.enough[key] for key in keys)
            if first is None and satisfied:
                first = day
            elif first and not satisfied:
                return Turn(first, day - ONE_DAY, self._together(keys, first))
        return Turn(first, None, self._together(keys, first)) if first else None

    def _together(self, keys: Collection[str], day: date) -> Verdict:
        found = {self.verdict(key, day) for key in keys}
        return next((verdict for verdict in (REVIEW, MET) if verdict in found), NOT_APPLICABLE)


def _days(begin: date, end: date) -> Iterator[date]:
    return (begin + n * ONE_DAY for n in range((end - begin).days + 1))


def _steady_from(key: str, clauses: Mapping[str, Clause], record: "Redated") -> date:
    """The day from which time no longer changes whether the clause is satisfied.

    A rule changes its mind when a period that it names has passed since a date of the record. So it is steady once its
    periods, one after another, have passed since the last of the dates.
    """
    rules = [*clauses[key].rules, *(clauses[other].rules if (other := clauses[key].with_clause) else ())]
    moving = [rule for rule in rules if _asks_for_a_date(rule)]
    if not moving:
        return record.as_of
    if any(_swings(rule) for rule in moving):
        return record.last
    months, days = (max(found) for found in zip(*(_periods(rule) for rule in moving), strict=True))
    return min(add_days(add_months(record.last_said, months), days + MONTH_ENDS), record.last)


def _asks_for_a_date(rule: Rule) -> bool:
    if isinstance(rule, Indication):
        return any(case.recent_months for case in rule.cases)
    return not isinstance(rule, TIMELESS)


def _periods(shape: Any) -> tuple[int, int]:
    """The months and the days of all periods that a rule names in its parameters, together."""
    months = days = 0
    for each in fields(shape):
        value = getattr(shape, each.name)
        for inner in value if isinstance(value, tuple) else ():
            if is_dataclass(inner):
                more = _periods(inner)
                months, days = months + more[0], days + more[1]
        unit = next((unit for unit in UNITS if unit in each.name.split("_")), None)
        if unit:
            months, days = months + value * UNITS[unit][0], days + value * UNITS[unit][1]
    return months, days


def _swings(rule: Rule) -> bool:
    """Whether care that goes on may be enough in a window of long months and too little in one of short months."""
    amounts = rule.instead if isinstance(rule, ConservativeCare) else ()
    return any(
        each.within_months and each.weeks * DAYS_A_WEEK > each.within_months * SHORTEST_MONTH for each in amounts
    )


class Redated:
    """One document read once, as facts of any day from its day of service to the horizon.

    It is read as of the horizon, where no date is cut short; each earlier day then cuts the dates that go beyond it.
    That gives the very facts that the document with this day of service would be read as.
    """

    def __init__(self, document: Document, months: int) -> None:
        self.as_of = date.fromisoformat(document["as_of"])
        self.last = add_months(self.as_of, months)
        self._whole = Facts.trusted({**document, "as_of": self.last.isoformat()})
        self._read: dict[date, Facts] = {}
        # What reaches the horizon moves with the day: it goes on, or nobody has said when it was.
        self.last_said = max([self.as_of, *(day for day in _days_said(self._whole) if day < self.last)])

    def on(self, day: date) -> Facts:
        if day not in self._read:
            self._read[day] = self._cut(day)
        return self._read[day]

    def _cut(self, day: date) -> Facts:
        whole = self._whole
        return replace(
            whole,
            as_of=day,
            complaint=_cut(whole.complaint, day),
            plan=_cut(whole.plan, day),
            imaging=_each(whole.imaging, day),
            electrodiagnostics=_each(whole.electrodiagnostics, day),
            therapies=_each(whole.therapies, day),
            injections=_each(whole.injections, day),
        )


Shape = TypeVar("Shape")


def _each(rows: tuple[Shape, ...] | None, day: date) -> tuple[Shape, ...] | None:
    return rows and tuple(_cut(row, day) for row in rows)


def _cut(said: Shape, day: date) -> Shape:
    """With every date that goes beyond the day cut there; what still goes on goes on to this very day."""
    later: dict[str, Any] = {}
    shape: Any = type(said)
    for name in _dated(shape):
        span: Span = getattr(said, name)
        if span.last > day:
            later[name] = Span(min(span.first, day), day, span.said)
    return replace(said, **later) if later else said  # type: ignore[type-var]  # every shape is a dataclass


def _days_said(facts: Facts) -> Iterator[date]:
    """The last day that each date of the record may mean."""
    rows = (facts.imaging, facts.electrodiagnostics, facts.therapies, facts.injections)
    for shape in (facts.complaint, facts.plan, *(row for listed in rows for row in listed or ())):
        shape_of: Any = type(shape)
        for name in _dated(shape_of):
            yield getattr(shape, name).last


@cache
def _dated(shape: type[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(shape) if each.type is Span)
