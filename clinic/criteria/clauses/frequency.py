"""Rules on how often: days since the last injection, how many in a rolling window, and a course beyond a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinic.criteria.clauses.repeat import days_since, last_session, relief_at_least
from clinic.criteria.clauses.rule import Rule, by_truth, unsaid
from clinic.criteria.clauses.sessions import SCOPES, Given, first_one, in_scope, open_paths
from clinic.criteria.dates import add_days, add_months
from clinic.criteria.declared import count, switch, word
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import Reason
from clinic.criteria.shapes import Injection
from clinic.criteria.verdicts import (
    CANNOT_TELL,
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    REVIEW,
    Finding,
    Verdict,
    all_of,
    either,
    found,
)


@dataclass(frozen=True, slots=True)
class Interval(Rule):
    """At least so many `days` since the last injection."""

    days: int = count(1, 365)
    regions: str = word(SCOPES, "plan")

    def weigh(self, facts: Facts) -> Finding:
        cut = add_days(facts.as_of, -self.days)
        return last_session(facts, self.regions, lambda i, day: days_since(facts, i, day, self.days), cut)


@dataclass(frozen=True, slots=True)
class Cap(Rule):
    """At most `most` in a rolling window of `months`, the planned one counted.

    `both_sides`: `one` where both sides at one level count once, `review` where the text does not say.
    `new_injury`: above the cap, a new acute injury with its date on record makes it review.
    """

    most: int = count(1, 24)
    months: int = count(1, 36)
    regions: str = word(SCOPES, "plan")
    both_sides: str = word(("one", "review"), "one")
    new_injury: bool = switch()

    def weigh(self, facts: Facts) -> Finding:
        return in_scope(facts, self.regions, lambda sessions: self.counted(facts, sessions))

    def counted(self, facts: Facts, sessions: Sequence[Given]) -> Finding:
        limit = add_months(facts.as_of, -self.months)
        if self.both_sides == "review":
            return self.with_both_sides(facts, sessions, limit)
        return self.count(facts, sessions, limit)

    def count(self, facts: Facts, sessions: Sequence[Given], limit: date) -> Finding:
        """On the fewest and on the most sessions that the window may hold: between them the verdict only rises."""
        fewest = [(given.injection, given.injection.on.first) for given in sessions if given.sure]
        most = [(given.injection, given.injection.on.last) for given in sessions]
        low, high = (self.judge(facts, days, limit) for days in (fewest, most))
        if low.verdict == high.verdict:
            return low if len(low.facts) >= len(high.facts) else high
        straddling = [g for g in sessions if g.injection.on.last >= limit]
        values = {**low.because[0].values, "highest": high.because[0].values["count"]}
        missing = open_paths(straddling)
        return found(low.possible | high.possible, Reason("cap-open", values), high.facts, missing)

    def judge(self, facts: Facts, days: Sequence[tuple[Injection, date]], limit: date) -> Finding:
        inside = [injection.path for injection, day in days if day > limit]
        on_limit = [injection.path for injection, day in days if day == limit]
        number = len(inside) + 1
        values = {"count": number, "most": self.most, "months": self.months, "since": limit.isoformat()}
        if number > self.most:
            return self.above(facts, values, inside)
        if number + len(on_limit) > self.most:
            return found(REVIEW, Reason("cap-anniversary", values), inside + on_limit)
        return found(MET, Reason("cap", values), inside)

    def above(self, facts: Facts, values: dict[str, object], inside: list[str]) -> Finding:
        injury = facts.complaint.new_injury_on
        if self.new_injury and injury.said:
            values = values | {"injury": injury.first.isoformat()}
            return found(REVIEW, Reason("cap-new-injury", values), [*inside, "complaint.new_injury_on"])
        return found(NOT_MET, Reason("cap-exceeded", values), inside)

    def with_both_sides(self, facts: Facts, sessions: Sequence[Given], limit: date) -> Finding:
        """Whatever the count, a session on both sides in the window (the planned one too) is for review."""
        unclear = Reason("cap-both-sides", {"most": self.most, "months": self.months})
        on_both = [g for g in sessions if g.injection.side == "both"]
        sure = [g.injection.path for g in on_both if g.injection.on.first >= limit]
        if facts.plan.side == "both" or sure:
            return found(REVIEW, unclear, [*sure, *(["plan.side"] if facts.plan.side == "both" else [])])
        without = self.count(facts, [g for g in sessions if g not in on_both], limit)
        maybe = [g for g in sessions if g.injection.on.last >= limit and g.injection.side in ("both", None)]
        missing = [] if facts.plan.side else ["plan.side"]
        for given in maybe:
            missing += [f"{given.injection.path}.side"] if given.injection.side is None else open_paths([given])
        if not missing:
            return without
        return either([without, found(REVIEW, unclear)], missing)


@dataclass(frozen=True, slots=True)
class FailedSessions(Rule):
    """Not after `most` sessions in the region whose relief stayed below `percent`."""

    most: int = count(1, 12)
    percent: int = count(1, 100)
    regions: str = word(SCOPES, "plan")

    def weigh(self, facts: Facts) -> Finding:
        return in_scope(facts, self.regions, self.counted)

    def counted(self, sessions: Sequence[Given]) -> Finding:
        if not sessions:
            return first_one()
        judged = [(given, relief_at_least(given.injection, self.percent).verdict) for given in sessions]
        sure = [g.injection.path for g, verdict in judged if verdict == NOT_MET and g.sure]
        may = [g for g, verdict in judged if verdict != MET and g.injection.path not in sure]
        values = {"count": len(sure), "most": self.most, "percent": self.percent}
        possible: set[Verdict] = {NOT_MET} if len(sure) + len(may) >= self.most else set()
        if len(sure) < self.most:
            possible.add(MET)
        if not any(given.sure for given in sessions):
            possible.add(NOT_APPLICABLE)
        if len(possible) == 1:
            kind = "failed-sessions" if NOT_MET in possible else "failed-sessions-few"
            return found(possible, Reason(kind, values), [given.injection.path for given in sessions])
        missing = [f"{g.injection.path}.region" for g in sessions if not g.sure]
        missing += [
            f"{g.injection.path}.patient_relief_percent" for g in may if g.injection.patient_relief_percent is None
        ]
        return found(CANNOT_TELL, Reason("not-said", {"facts": missing}), missing=missing)


@dataclass(frozen=True, slots=True)
class LongCourse(Rule):
    """A course that has run for more than `months` needs a stated reason, and primary care told.

    Where nobody has said since when: not applicable as long as no recorded session in the region is that old.
    """

    months: int = count(1, 60)

    def weigh(self, facts: Facts) -> Finding:
        since = facts.plan.treatment_since
        if not since.said:
            return in_scope(facts, "plan", lambda sessions: self.unsaid(facts, sessions))
        long = [self.runs_long(facts, day) for day in (since.first, since.last)]
        values = {"since": since.first.isoformat(), "months": self.months}
        short = found(NOT_APPLICABLE, Reason("course-short", values), ("plan.treatment_since",))
        needs = all_of([self.reason(facts), self.told(facts)])
        if long[0] == long[1]:
            return needs if long[0] else short
        return found({NOT_APPLICABLE, needs.verdict}, Reason("course-open", values), missing=["plan.treatment_since"])

    def runs_long(self, facts: Facts, since: date) -> bool:
        return facts.as_of > add_months(since, self.months)

    def unsaid(self, facts: Facts, sessions: Sequence[Given]) -> Finding:
        old = [g for g in sessions if self.runs_long(facts, g.injection.on.first)]
        if not old:
            return found(NOT_APPLICABLE, Reason("no-old-session", {"months": self.months}))
        if any(g.sure and self.runs_long(facts, g.injection.on.last) for g in old):
            return unsaid("plan.treatment_since")
        asked = unsaid("plan.treatment_since", *open_paths(old))
        return Finding(frozenset({NOT_APPLICABLE, CANNOT_TELL}), asked.because, (), asked.missing)

    def reason(self, facts: Facts) -> Finding:
        said, path = facts.plan.beyond_a_year_reason, "plan.beyond_a_year_reason"
        if said is None and not facts.record_final:
            return unsaid(path)
        if said is None or said == "none":
            return found(NOT_MET, Reason("long-course-reason-absent"), (path,) if said else ())
        return found(MET, Reason("long-course-reason", {"reason": said}), (path,))

    def told(self, facts: Facts) -> Finding:
        yes, no = Reason("primary-care-told"), Reason("primary-care-not-told")
        return by_truth(facts.plan.primary_care_notified, yes, no, ["plan.primary_care_notified"])
