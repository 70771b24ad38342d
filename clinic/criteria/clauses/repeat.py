"""Rules on what the last injection must have done before another. A first injection is not concerned."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from clinic.criteria.clauses.rule import Rule, by_truth, documented, unsaid
from clinic.criteria.clauses.sessions import (
    SCOPES,
    Change,
    Relief,
    in_scope,
    lasted,
    on_last,
    other_scale_only,
    same_scale_changes,
)
from clinic.criteria.dates import add_days, add_months
from clinic.criteria.declared import count, switch, word
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import Reason
from clinic.criteria.shapes import Injection
from clinic.criteria.verdicts import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    REVIEW,
    Finding,
    all_of,
    either,
    found,
    unique,
)

DAYS_A_WEEK = 7


def last_session(facts: Facts, scope: str, judge: Callable[[Injection, date], Finding], *cuts: date) -> Finding:
    """The judge's word on the last session in scope; `cuts` are days where it may change its mind."""
    return in_scope(facts, scope, lambda sessions: on_last(sessions, judge, cuts))


@dataclass(frozen=True, slots=True)
class RepeatByScale(Rule):
    """At least `percent` better on the same scale as before, for `months`; or it failed, `days_after_failure` have
    passed, the next one differs, and a rationale is written."""

    percent: int = count(1, 100)
    months: int = count(1, 24)
    days_after_failure: int = count(1, 365)
    regions: str = word(SCOPES, "plan")

    def weigh(self, facts: Facts) -> Finding:
        return last_session(facts, self.regions, lambda i, day: self.judge(facts, i, day), self.wait_over(facts))

    def wait_over(self, facts: Facts) -> date:
        return add_days(facts.as_of, -self.days_after_failure)

    def judge(self, facts: Facts, injection: Injection, day: date) -> Finding:
        if other_scale_only(injection):
            return self.unknown_size(injection, "other-scale-only")
        changes = same_scale_changes(injection)
        better = [c for c in changes if c.low is not None and c.low >= self.percent]
        worse = [c for c in changes if c.high is not None and c.high < self.percent]
        if better:
            return self.told(injection, better, "scale-better", self.good(facts, injection, day))
        if worse and len(worse) == len(changes):
            return self.told(injection, worse, "scale-not-better", self.failed(facts, injection, day))
        return self.open_size(facts, injection, day)

    def open_size(self, facts: Facts, injection: Injection, day: date) -> Finding:
        """Not met where neither a success nor a failure would do; else the size of the relief must be known."""
        size = self.unknown_size(injection, "change-cannot-be-told")
        options = either([self.good(facts, injection, day), self.failed(facts, injection, day)], size.missing)
        return options if options.verdict == NOT_MET else size

    def told(self, injection: Injection, changes: list[Change], kind: str, finding: Finding) -> Finding:
        """The finding, with the best change before its reasons; of equal ones the latest."""
        best = max(changes, key=lambda change: (change.low or 0, change.scale or "", change.on or date.min))
        values = {
            "percent": self.percent,
            "change": float(best.low or 0),
            "scale": best.scale,
            "on": best.on and best.on.isoformat(),
        }
        facts = unique((injection.path, *finding.facts))
        return replace(finding, because=(Reason(kind, values), *finding.because), facts=facts)

    def unknown_size(self, injection: Injection, kind: str) -> Finding:
        paths = [f"{injection.path}.{name}" for name in ("before", "after") if not getattr(injection, name)]
        missing = paths or [f"{injection.path}.after"]
        size = unsaid(*missing)
        return Finding(size.possible, (Reason(kind, {"facts": missing}),), (injection.path,), size.missing)

    def good(self, facts: Facts, injection: Injection, day: date) -> Finding:
        return lasted(facts, injection, day, add_months(day, self.months), Relief.of(injection, self.percent))

    def failed(self, facts: Facts, injection: Injection, day: date) -> Finding:
        waited = days_since(facts, injection, day, self.days_after_failure)
        yes, no = Reason("next-differs"), Reason("next-is-the-same")
        differs = by_truth(facts.plan.differs_from_last, yes, no, ["plan.differs_from_last"])
        rationale = documented(facts.plan.rationale, "plan.rationale", "rationale", final=facts.record_final)
        return all_of([waited, differs, rationale])


@dataclass(frozen=True, slots=True)
class RepeatByPatientRelief(Rule):
    """At least `percent` relief in the patient's own words for `weeks`, and (where asked) better function or less
    medicine."""

    percent: int = count(1, 100)
    weeks: int = count(1, 104)
    function: bool = switch()
    regions: str = word(SCOPES, "plan")

    def weigh(self, facts: Facts) -> Finding:
        return last_session(facts, self.regions, lambda i, day: self.judge(facts, i, day))

    def judge(self, facts: Facts, injection: Injection, day: date) -> Finding:
        dated = Relief(Relief.of(injection, self.percent).shown, None)
        needed = add_days(day, self.weeks * DAYS_A_WEEK)
        parts = [relief_at_least(injection, self.percent), lasted(facts, injection, day, needed, dated)]
        if self.function:
            yes, no = Reason("function-better"), Reason("function-not-better")
            path = f"{injection.path}.function_better_or_less_medicine"
            parts.append(by_truth(injection.function_better_or_less_medicine, yes, no, [path]))
        return all_of(parts)


def days_since(facts: Facts, injection: Injection, day: date, needed: int) -> Finding:
    """Whether at least so many days have passed since a session given on `day`."""
    passed = (facts.as_of - day).days
    values = {"days": passed, "needed": needed, "on": day.isoformat()}
    yes, no = Reason("waited", values), Reason("not-waited", values)
    return by_truth(passed >= needed, yes, no, [f"{injection.path}.on"])


def relief_at_least(injection: Injection, percent: int) -> Finding:
    """The patient's own percentage, compared unrounded."""
    said = injection.patient_relief_percent
    values = {"relief": said, "percent": percent}
    truth = None if said is None else said >= percent
    path = f"{injection.path}.patient_relief_percent"
    return by_truth(truth, Reason("relief-enough", values), Reason("relief-not-enough", values), [path])


@dataclass(frozen=True, slots=True)
class RepeatForReview(Rule):
    """Relief below `below` per cent is not met; otherwise the text names no figure, and a person decides."""

    below: int = count(1, 100)
    regions: str = word(SCOPES, "plan")

    def weigh(self, facts: Facts) -> Finding:
        return last_session(facts, self.regions, self.judge)

    def judge(self, injection: Injection, _: date) -> Finding:
        finding = relief_at_least(injection, self.below)
        if finding.verdict != MET:
            return finding
        values = {"relief": injection.patient_relief_percent}
        return found(REVIEW, Reason("relief-for-review", values), finding.facts)


@dataclass(frozen=True, slots=True)
class RepeatRestart(Rule):
    """More than `years` since the last, or new pathology, starts again as a first one; otherwise for review."""

    years: int = count(1, 20)
    regions: str = word(SCOPES, "plan")

    def weigh(self, facts: Facts) -> Finding:
        limit = add_months(facts.as_of, -12 * self.years)
        cuts = [add_days(limit, k) for k in (-3, 0, 3)]
        return last_session(facts, self.regions, lambda i, day: self.judge(facts, i, day), *cuts)

    def judge(self, facts: Facts, injection: Injection, day: date) -> Finding:
        values = {"on": day.isoformat(), "years": self.years}
        if facts.as_of > add_months(day, 12 * self.years):
            return found(NOT_APPLICABLE, Reason("starts-again", values), (f"{injection.path}.on",))
        new = found(NOT_APPLICABLE, Reason("new-pathology"), ("complaint.new_pathology",))
        same = found(REVIEW, Reason("repeat-not-read", values), unique([f"{injection.path}.on"]))
        if facts.complaint.new_pathology is None:
            return either([new, same], ["complaint.new_pathology"])
        return new if facts.complaint.new_pathology else same
