"""When another injection may follow: what a criteria set asks of those given before, and the first day for it. Pure.

A day is the first on which the rules that the set states would be met if nothing else changes: a relief that goes on
goes on, and nothing new is said or done. It promises nothing; a doctor decides, and a payer answers.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from clinic.criteria.ahead import NOTHING_AGAINST, Redated, Turn, first_days
from clinic.criteria.clauses.frequency import Cap, FailedSessions, Interval, LongCourse
from clinic.criteria.clauses.repeat import RepeatByPatientRelief, RepeatByScale, RepeatForReview, RepeatRestart
from clinic.criteria.clauses.rule import Rule
from clinic.criteria.contract import Document
from clinic.criteria.dates import add_months, parse
from clinic.criteria.determine import ClauseResult, determine
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import CLAUSE_TITLES, Reason, date_in_words, fact_name, name, render
from clinic.criteria.sets import CriteriaSet
from clinic.criteria.verdicts import CANNOT_TELL, REVIEW, Verdict

# Kinds of rule that ask about the injections given before, by what they ask.
ABOUT: Mapping[str, tuple[type[Rule], ...]] = {
    "count": (Cap,),
    "interval": (Interval,),
    "relief": (RepeatByScale, RepeatByPatientRelief, RepeatForReview, RepeatRestart, FailedSessions),
    "course": (LongCourse,),
}
LABELS = {
    "count": "Number in the window",
    "interval": "Since the last",
    "relief": "What the last one did",
    "course": "A long course",
}
HORIZON_MONTHS = 36
BEGINS = {"injections": "on", "therapies": "from", "imaging": "on", "electrodiagnostics": "on", "scores": "on"}
OF_AN_INJECTION = re.compile(r"^injections\[(\d+)\]")
NO_MORE: Mapping[str, Sequence[str]] = {}
OF_THIS_PLAN = ("plan", "complaint")  # groups of facts that say nothing of another region


@dataclass(frozen=True, slots=True)
class Asked:
    """One clause on repeats: what it comes to on one day, why, and from when on nothing stands against it.

    `about` says what it asks: a count in a window, an interval, what the last one did, a course that runs on.
    """

    key: str
    about: str
    title: str
    says: str
    verdict: Verdict
    because: tuple[Reason, ...]
    missing: tuple[str, ...] = ()  # the facts that nobody has said, in words, where it hangs on them now or later
    turn: Turn | None = None

    @property
    def sentence(self) -> str:
        return render(self.because)

    @property
    def stands_against(self) -> bool:
        """Whether the clause is not met or cannot be told; what is for review is left to the doctor."""
        return self.verdict not in NOTHING_AGAINST


class Column(NamedTuple):
    """The clauses of a set that ask one thing; none where its text does not state it."""

    label: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """What one set says of the next injection in one region.

    `whole` is the first stretch of days on which nothing stands against it, what is for a person's review left to that
    person; None where no day can be told.
    """

    criteria: CriteriaSet
    region: str | None
    asked: tuple[Asked, ...]
    whole: Turn | None

    @property
    def place(self) -> str:
        return name(self.region).capitalize() if self.region else "Region not said"

    @property
    def now(self) -> bool:
        """Whether nothing stands against it today."""
        return not self.against

    @property
    def for_review(self) -> bool:
        return self.whole is not None and self.whole.verdict == REVIEW

    @property
    def columns(self) -> list[Column]:
        """The clauses by what they ask, for pages that show sets side by side."""
        return [Column(label, tuple(each for each in self.asked if each.about == key)) for key, label in LABELS.items()]

    @property
    def against(self) -> tuple[Asked, ...]:
        return tuple(each for each in self.asked if each.stands_against)

    @property
    def held_by(self) -> tuple[Asked, ...]:
        """The clauses that hold the day back: those that no day brings, else those that are the last to turn."""
        open_ended = tuple(each for each in self.asked if each.turn is None)
        if open_ended or self.whole is None:
            return open_ended or self.against
        return tuple(each for each in self.against if each.turn and each.turn.first == self.whole.first)

    @property
    def held_by_in_words(self) -> str:
        return ", ".join(each.title.lower() for each in self.held_by)

    @property
    def missing(self) -> tuple[str, ...]:
        """What nobody has said, and what the day hangs on: each fact once."""
        return tuple(dict.fromkeys(fact for each in self.held_by for fact in each.missing))

    @property
    def at_the_latest(self) -> bool:
        """Whether the day could be sooner, if what nobody has said were known."""
        return self.whole is not None and any(each.verdict == CANNOT_TELL for each in self.held_by)


def about(criteria: CriteriaSet) -> dict[str, str]:
    """The clauses of a set that ask about the injections given before, each with what it asks."""
    asks = {clause.key: [_asks(rule) for rule in clause.rules] for clause in criteria.clauses}
    return {key: next(filter(None, each)) for key, each in asks.items() if any(each)}


def _asks(rule: Rule) -> str:
    return next((name for name, kinds in ABOUT.items() if isinstance(rule, kinds)), "")


def regions(document: Document) -> tuple[str, ...]:
    """The regions that a next injection may concern: the planned one first, then each that has had one."""
    given = [row.get("region") for row in document.get("injections") or ()]
    return tuple(dict.fromkeys(region for region in (own_region(document), *given) if region))


def own_region(document: Document) -> str | None:
    """The region of the plan, or of the complaint while nothing is planned."""
    groups: Sequence[Mapping[str, Any]] = [document.get(name) or {} for name in OF_THIS_PLAN]
    return next((group["region"] for group in groups if group.get("region")), None)


def concerning(document: Document, region: str | None) -> Document:
    """The facts with a plan in this region. Of another region than the own one no plan and no complaint is known."""
    if region == own_region(document):
        return document | {"plan": {**(document.get("plan") or {}), "region": region}}
    return document | {"plan": {"region": region}, "complaint": {}, "record_final": False}


def on_day(criteria: CriteriaSet, document: Document, day: date) -> tuple[Asked, ...]:
    """The clauses on repeats as they would stand on a day of service, also on one that has passed: what is dated later
    was not so yet. Raises Refused for a record that cannot be."""
    _check(document, day)
    known = _begun(document, day)
    facts = Redated(known | {"as_of": day.isoformat()}, HORIZON_MONTHS).on(day)
    return tuple(_asked(each, criteria, known) for each in _weighed(criteria, facts))


def upcoming(criteria: Iterable[CriteriaSet], document: Document, region: str | None, today: date) -> list[Next]:
    """What each set says of the next injection in a region. Raises Refused for a record that cannot be."""
    said = concerning(document, region) | {"as_of": today.isoformat()}
    _check(said, today)
    record = Redated(said, HORIZON_MONTHS)
    return [_next(one, said, record) for one in criteria]


def _begun(document: Document, day: date) -> Document:
    """Without the rows that surely begin after the day."""
    kept = {
        name: [row for row in rows if not row.get(begins) or parse(row[begins]).first <= day]
        for name, begins in BEGINS.items()
        if (rows := document.get(name)) is not None
    }
    return document | kept


def _check(document: Document, day: date) -> None:
    """Raises Refused for what cannot be, as of the last day of the horizon: none of its dates lies beyond that."""
    Facts.parse(document | {"as_of": add_months(day, HORIZON_MONTHS).isoformat()})


def _weighed(criteria: CriteriaSet, facts: Facts) -> list[ClauseResult]:
    of = about(criteria)
    return [each for each in determine(criteria, facts).clauses if each.key in of]


def _next(criteria: CriteriaSet, document: Document, record: Redated) -> Next:
    of = about(criteria)
    found = first_days(criteria, record, of)
    whole = found.whole if of else Turn(record.as_of)
    # What no day brings may be too early today, and wait for a fact later on: the last day says for which.
    at_last = {each.key: each.missing for each in _weighed(criteria, record.on(record.last))}
    today = _weighed(criteria, record.on(record.as_of))
    asked = (_asked(each, criteria, document, found.clauses.get(each.key), at_last) for each in today)
    return Next(criteria, document["plan"]["region"], tuple(asked), whole)


def _asked(
    result: ClauseResult,
    criteria: CriteriaSet,
    document: Document,
    turn: Turn | None = None,
    later: Mapping[str, Sequence[str]] = NO_MORE,
) -> Asked:
    says = next(clause.says for clause in criteria.clauses if clause.key == result.key)
    missing = result.missing or (() if turn else later.get(result.key, ()))
    names = tuple(dict.fromkeys(_named(path, document) for path in missing))
    title, asks = CLAUSE_TITLES[result.key][0], about(criteria)[result.key]
    return Asked(result.key, asks, title, says, result.verdict, result.because, names, turn)


def _named(path: str, document: Document) -> str:
    """A fact in words; of an injection whose day is known exactly, by that day: its number is on no page."""
    words, found = fact_name(path), OF_AN_INJECTION.match(path)
    on = document["injections"][int(found[1])].get("on") if found else None
    if found is None or on is None or not parse(on).exact:
        return words
    given = date_in_words(parse(on).first.isoformat())
    return words.replace(f"injection {int(found[1]) + 1}", f"the injection of {given}")
