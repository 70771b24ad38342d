"""Injections already given: which of them a rule counts, which was the last, and how long its relief lasted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import itemgetter

from clinic.criteria.clauses.rule import unsaid
from clinic.criteria.contract import words as contract_words
from clinic.criteria.dates import ONE_DAY, Span, candidate_days
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import Reason
from clinic.criteria.scales import change_percent
from clinic.criteria.shapes import Injection, Score
from clinic.criteria.truth import is_in
from clinic.criteria.verdicts import (
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    REVIEW,
    Finding,
    Verdict,
    either,
    found,
    over_days,
    unique,
)

REGIONS = contract_words("plan.region")
SCOPES = ("plan", "every")  # the sessions in the planned region, or in any


@dataclass(frozen=True, slots=True)
class Given:
    """A session that a rule counts; `sure` is false where its region has not been said."""

    injection: Injection
    sure: bool


def in_scope(facts: Facts, scope: str, weigh: Callable[[list[Given]], Finding]) -> Finding:
    """What `weigh` makes of the sessions in scope, for each region that the plan may have."""
    if facts.injections is None:
        return unsaid("injections")
    given = facts.injections
    if scope == "every" or not given:
        return weigh([Given(injection, True) for injection in given])
    regions = [facts.plan.region] if facts.plan.region else REGIONS
    findings = [weigh(_in_region(given, region)) for region in regions]
    return findings[0] if len(findings) == 1 else either(findings, ["plan.region"])


def _in_region(given: Sequence[Injection], region: str) -> list[Given]:
    judged = [(injection, is_in(injection.region, {region})) for injection in given]
    return [Given(injection, sure is True) for injection, sure in judged if sure is not False]


def open_paths(sessions: Sequence[Given]) -> list[str]:
    """What is not said exactly about the sessions: a region, a date."""
    regions = [f"{g.injection.path}.region" for g in sessions if not g.sure]
    return regions + [f"{g.injection.path}.on" for g in sessions if not g.injection.on.exact]


Judge = Callable[[Injection, date], Finding]


def on_last(sessions: Sequence[Given], judge: Judge, cuts: Sequence[date] = ()) -> Finding:
    """What `judge` makes of the last session, on every day that it may have been given.

    Sessions of one day are all the last: where they differ, the clause is for review. With no session the rule
    is about a first injection, and does not apply. `cuts`: days where the judge may change its mind.
    """
    worlds = [] if any(given.sure for given in sessions) else [(date.min, first_one())]
    edges = [*cuts, *(edge for g in sessions for edge in (g.injection.on.first, g.injection.on.last))]
    for index, given in enumerate(sessions):
        others = [*sessions[:index], *sessions[index + 1 :]]
        begin = max((o.injection.on.first for o in others if o.sure), default=date.min)
        on = given.injection.on
        if max(begin, on.first) <= on.last:
            for day in candidate_days(Span(max(begin, on.first), on.last), [*edges, *_edges(given.injection)]):
                worlds += [(day, world) for world in _worlds(given, others, day, judge)]
    if len(worlds) == 1:
        return worlds[0][1]
    missing = open_paths([given for given in sessions if given.injection.on.last >= _begin(sessions)])
    until = [
        f"{given.injection.path}.relief_until"
        for given in sessions
        if given.injection.relief_until.said and not given.injection.relief_until.exact
    ]
    in_order = [world for _, world in sorted(worlds, key=_day_and_words)]
    return over_days(in_order, Reason("last-session-open", {"facts": missing}), [*missing, *until])


def _day_and_words(world: tuple[date, Finding]) -> tuple[date, str]:
    """An order that the order of the list does not change: which reason is shown must not hang on it."""
    day, finding = world
    return day, repr([(r.key, {n: v for n, v in r.values.items() if n != "facts"}) for r in finding.because])


def first_one() -> Finding:
    return found(NOT_APPLICABLE, Reason("first-injection"))


def _begin(sessions: Sequence[Given]) -> date:
    return max((given.injection.on.first for given in sessions if given.sure), default=date.min)


def _edges(injection: Injection) -> list[date]:
    return [injection.relief_until.first, injection.relief_until.last]


def _worlds(given: Given, others: Sequence[Given], day: date, judge: Judge) -> list[Finding]:
    """This session as the last one on that day: with those that must share the day, and with each that may."""
    sharing = [other for other in others if other.injection.on.first <= day <= other.injection.on.last]
    forced = [other for other in sharing if other.sure and other.injection.on.first == day]
    must = [judge(other.injection, day) for other in (given, *forced)]
    may = [judge(other.injection, day) for other in sharing if other not in forced]
    return [_tied(must), *(_tied([*must, finding]) for finding in may)]


def _tied(findings: Sequence[Finding]) -> Finding:
    if len(findings) == 1:
        return findings[0]
    possible: set[Verdict] = set(findings[0].possible)
    for finding in findings[1:]:
        possible = {_of_one_day(a, b) for a in possible for b in finding.possible}
    if possible == findings[0].possible:
        return findings[0]
    facts = unique(path for finding in findings for path in finding.facts)
    missing = unique(path for finding in findings for path in finding.missing)
    return found(possible, Reason("sessions-of-one-day"), facts, missing)


def _of_one_day(one: Verdict, other: Verdict) -> Verdict:
    if one == other:
        return one
    return CANNOT_TELL if CANNOT_TELL in (one, other) else REVIEW


@dataclass(frozen=True, slots=True)
class Change:
    """Improvement at one follow-up, in per cent of the baseline on the same scale.

    From `low` to `high`, where it is open which score is the baseline; both None where it cannot be told.
    """

    scale: str | None
    low: Fraction | None
    high: Fraction | None
    on: date | None


def same_scale_changes(injection: Injection) -> list[Change]:
    """The change at every follow-up for which there is, or may be, a baseline on the same scale."""
    changes = []
    for after in injection.after or ():
        percents = [_percent(before, after) for before in _baselines(injection.before or (), after.scale)]
        told = [percent for percent in percents if percent is not None]
        if percents:
            known = len(told) == len(percents)
            low, high = (min(told), max(told)) if known else (None, None)
            changes.append(Change(after.scale, low, high, after.on))
    return changes


def _baselines(scores: Sequence[Score], scale: str | None) -> list[Score]:
    """Those that may be the latest before the injection on this scale (None: on a scale that nobody has said)."""
    same = [score for score in scores if scale is None or score.scale in (scale, None)]
    return [score for score in same if not any(_replaces(other, score) for other in same)]


def _replaces(other: Score, score: Score) -> bool:
    return bool(other.scale and other.scale == score.scale and other.on and score.on and other.on > score.on)


def _percent(before: Score, after: Score) -> Fraction | None:
    if before.scale is None or after.scale is None or before.value is None or after.value is None:
        return None
    return change_percent(after.scale, before.value, after.value)


def other_scale_only(injection: Injection) -> bool:
    """There is a baseline and a follow-up, and no scale is in both."""
    return bool(injection.before and injection.after) and not same_scale_changes(injection)


@dataclass(frozen=True, slots=True)
class Relief:
    """When the follow-ups still showed the relief asked for, and from when on they no longer did."""

    shown: date | None
    gone: date | None

    @classmethod
    def of(cls, injection: Injection, percent: int) -> "Relief":
        shown: dict[str | None, date] = {}
        gone: dict[str | None, date] = {}
        dated = sorted(((c.on, c) for c in same_scale_changes(injection) if c.on), key=itemgetter(0))
        for on, change in dated:
            if change.low is not None and change.low >= percent:
                shown[change.scale] = on
                gone.pop(change.scale, None)
            elif change.high is not None and change.high < percent and change.scale in shown:
                gone.setdefault(change.scale, on)
        on_every_scale = bool(shown) and len(gone) == len(shown)
        return cls(max(shown.values(), default=None), max(gone.values()) if on_every_scale else None)


def lasted(facts: Facts, injection: Injection, day: date, needed: date, relief: Relief) -> Finding:
    """Whether the relief of a session given on `day` lasted to `needed`.

    Its last day is one that all that is said allows: `relief_until`, `relief_lasting`, follow-ups that still show
    it. Where none is, they contradict one another, which is for review.
    """
    until, lasting = injection.relief_until, injection.relief_lasting
    low = max(day, relief.shown or day, facts.as_of if lasting else day)
    high = max(day, facts.as_of - ONE_DAY) if lasting is False else facts.as_of
    if relief.gone and (until.said or lasting):
        high = min(high, relief.gone)
    first, last = max(until.first, day), until.last
    possible = set()
    if max(first, low) <= min(last, high):
        possible |= {MET} if min(last, high) >= needed else set()
        possible |= {NOT_MET} if max(first, low) < needed else set()
    if not possible or (until.said and (first < low or last > high)):
        possible.add(REVIEW)
    return _told(facts, injection, day, needed, low, possible)


def _told(facts: Facts, injection: Injection, day: date, needed: date, low: date, possible: set[Verdict]) -> Finding:
    path, until = f"{injection.path}.relief_until", injection.relief_until
    end = until.first if until.said else low
    values = {
        "from": day.isoformat(),
        "until": end.isoformat(),
        "needed": needed.isoformat(),
        "days": (end - day).days,
    }
    used = [injection.path]
    if len(possible) > 1:
        return found(possible, Reason("relief-end-open", values), used, [path])
    kinds = {MET: "relief-lasted", NOT_MET: "relief-too-short", REVIEW: "relief-contradicts"}
    kind = kinds[next(iter(possible))]
    if kind == "relief-too-short" and needed > facts.as_of and not until.said:
        kind = "relief-too-early"
    return found(possible, Reason(kind, values), used)
