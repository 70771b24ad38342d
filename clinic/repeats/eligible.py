"""When another injection may follow: what a criteria set asks of those given before, and the first day for it. Pure.

A day is the first on which the rules that the set states would be met if nothing else changes: a relief that goes on
goes on, and nothing new is said or done. It promises nothing; a doctor decides, and a payer answers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinic.criteria.ahead import NOTHING_AGAINST, SATISFIED, Redated, Turn, first_days
from clinic.criteria.clauses.frequency import Cap, FailedSessions, Interval, LongCourse
from clinic.criteria.clauses.repeat import RepeatByPatientRelief, RepeatByScale, RepeatForReview, RepeatRestart
from clinic.criteria.contract import Document
from clinic.criteria.determine import ClauseResult, determine
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import CLAUSE_TITLES, fact_name, render
from clinic.criteria.sets import CriteriaSet
from clinic.criteria.verdicts import REVIEW, Verdict

# Kinds of rule that ask about the injections given before.
ABOUT_REPEATS = (
    Cap,
    FailedSessions,
    Interval,
    LongCourse,
    RepeatByPatientRelief,
    RepeatByScale,
    RepeatForReview,
    RepeatRestart,
)
HORIZON_MONTHS = 36
NO_MORE: Mapping[str, Sequence[str]] = {}
OF_THIS_PLAN = ("plan", "complaint")  # groups of facts that say nothing of another region


@dataclass(frozen=True, slots=True)
class Asked:
    """One clause on repeats: what it comes to on one day, why, and from when on nothing stands against it."""

    key: str
    title: str
    says: str
    verdict: Verdict
    sentence: str
    missing: tuple[str, ...] = ()  # the facts that nobody has said, in words, where it hangs on them now or later
    turn: Turn | None = None

    @property
    def stands_against(self) -> bool:
        """Whether the clause is not met or cannot be told; what is for review is left to the doctor."""
        return self.verdict not in NOTHING_AGAINST


@dataclass(frozen=True, slots=True)
class Next:
    """What one set says of the next injection in one region.

    `whole` is the first stretch of days on which nothing stands against it, None where no day can be told; where that
    leaves something for a person's review, `met` is the first on which all is met.
    """

    criteria: CriteriaSet
    region: str | None
    asked: tuple[Asked, ...]
    whole: Turn | None
    met: Turn | None

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
    def missing(self) -> tuple[str, ...]:
        """Because of which no day can be told: each once."""
        return tuple(dict.fromkeys(fact for each in self.held_by if each.turn is None for fact in each.missing))


def keys(criteria: CriteriaSet) -> tuple[str, ...]:
    """The clauses of a set that ask about the injections given before."""
    return tuple(
        clause.key for clause in criteria.clauses if any(isinstance(rule, ABOUT_REPEATS) for rule in clause.rules)
    )


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
    """The clauses on repeats as they would stand on a day of service. Raises Refused for a record that cannot be."""
    return tuple(_asked(each, criteria) for each in _weighed(criteria, _facts(document, day)))


def upcoming(criteria: Iterable[CriteriaSet], document: Document, region: str | None, today: date) -> list[Next]:
    """What each set says of the next injection in a region. Raises Refused for a record that cannot be."""
    said = concerning(document, region)
    facts, record = _facts(said, today), Redated(said | {"as_of": today.isoformat()}, HORIZON_MONTHS)
    return [_next(one, facts, record, region) for one in criteria]


def _facts(document: Document, day: date) -> Facts:
    return Facts.parse(document | {"as_of": day.isoformat()})


def _weighed(criteria: CriteriaSet, facts: Facts) -> list[ClauseResult]:
    of = keys(criteria)
    return [each for each in determine(criteria, facts).clauses if each.key in of]


def _next(criteria: CriteriaSet, facts: Facts, record: Redated, region: str | None) -> Next:
    of = keys(criteria)
    found = first_days(criteria, record, of)
    whole = found.whole if of else Turn(record.as_of)
    for_review = whole is not None and whole.verdict == REVIEW
    met = first_days(criteria, record, of, SATISFIED).whole if for_review else whole
    # What no day brings may be too early today, and wait for a fact later on: the last day says for which.
    at_last = {each.key: each.missing for each in _weighed(criteria, record.on(record.last))}
    asked = (_asked(each, criteria, found.clauses.get(each.key), at_last) for each in _weighed(criteria, facts))
    return Next(criteria, region, tuple(asked), whole, met)


def _asked(
    result: ClauseResult, criteria: CriteriaSet, turn: Turn | None = None, later: Mapping[str, Sequence[str]] = NO_MORE
) -> Asked:
    says = next(clause.says for clause in criteria.clauses if clause.key == result.key)
    missing = result.missing or (() if turn else later.get(result.key, ()))
    names = tuple(dict.fromkeys(fact_name(path) for path in missing))
    title, sentence = CLAUSE_TITLES[result.key][0], render(result.because)
    return Asked(result.key, title, says, result.verdict, sentence, names, turn)
