"""Verdicts, how findings are joined into a clause, and how clauses become one outcome.

A finding is what one part of a clause comes to. Its `possible` holds the verdict of every day that a partial
date could be; a fact other than a date that nobody has said makes that verdict `cannot_tell`. A clause has a
verdict only where every remaining day gives it, so a finding with several possible verdicts is `cannot_tell`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, reduce
from typing import TypeVar

from clinic.criteria.reasons import Reason


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"
    REVIEW = "review"
    NOT_APPLICABLE = "not_applicable"


MET, NOT_MET, CANNOT_TELL = Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL
REVIEW, NOT_APPLICABLE = Verdict.REVIEW, Verdict.NOT_APPLICABLE

# The first of these that occurs decides.
AND_ORDER = (NOT_MET, CANNOT_TELL, REVIEW, MET, NOT_APPLICABLE)
OR_ORDER = (MET, CANNOT_TELL, REVIEW, NOT_MET, NOT_APPLICABLE)
Possible = frozenset[Verdict]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule, or a part of one, comes to: the possible verdicts, why, the facts used, the facts missing."""

    possible: Possible
    because: tuple[Reason, ...]
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        return settled(self.possible)


def settled(possible: Possible) -> Verdict:
    """The verdict on which all possible days agree, else cannot_tell."""
    return next(iter(possible)) if len(possible) == 1 else CANNOT_TELL


def found(
    verdict: Verdict | Iterable[Verdict], because: Reason, facts: Sequence[str] = (), missing: Sequence[str] = ()
) -> Finding:
    """A finding with one reason, and one verdict or several possible ones."""
    possible = frozenset([verdict]) if isinstance(verdict, Verdict) else frozenset(verdict)
    return Finding(possible, (because,), tuple(facts), tuple(missing))


@cache
def first_in(order: tuple[Verdict, ...]) -> Callable[[Verdict, Verdict], Verdict]:
    rank = {verdict: place for place, verdict in enumerate(order)}
    return lambda one, other: one if rank[one] <= rank[other] else other


def agreed(one: Verdict, other: Verdict) -> Verdict:
    """What two rules come to when it is unknown which of them applies."""
    return one if one == other else CANNOT_TELL


def outcome(verdicts: Iterable[Verdict]) -> Verdict:
    """A whole set: not_met, else cannot_tell, else review, else met."""
    present = set(verdicts)
    return next((verdict for verdict in AND_ORDER[:3] if verdict in present), MET)


def all_of(findings: Sequence[Finding]) -> Finding:
    """Parts joined by "and"."""
    return _joined(findings, first_in(AND_ORDER), MET)


def any_of(findings: Sequence[Finding]) -> Finding:
    """Parts joined by "or"."""
    return _joined(findings, first_in(OR_ORDER), NOT_MET)


def either(findings: Sequence[Finding], missing: Sequence[str]) -> Finding:
    """Rules of which one applies, and the facts that would choose (`missing`) have not been said."""
    joined = _joined(findings, agreed, CANNOT_TELL)
    if joined.verdict != CANNOT_TELL:
        same = Reason("whichever-rule", {"facts": list(missing)})
        return replace(joined, because=(*findings[0].because, same))
    asked = Reason("rule-not-chosen", {"facts": list(missing)})
    return replace(joined, because=(asked,), missing=unique((*missing, *joined.missing)))


def where_it_applies(finding: Finding, condition: Finding) -> Finding:
    """The finding "and" the condition, but for the days on which the finding does not apply."""
    both = first_in(AND_ORDER)
    return _joined([finding, condition], lambda one, other: one if one == NOT_APPLICABLE else both(one, other), MET)


def together(findings: Sequence[Finding], possible: Possible | None = None) -> Finding:
    """Findings as one, with the reasons, facts and missing facts of all; `possible` where they do not agree."""
    whole = findings[0].possible if possible is None else possible
    return Finding(
        whole,
        unique(reason for finding in findings for reason in finding.because),
        unique(path for finding in findings for path in finding.facts),
        unique(path for finding in findings for path in finding.missing) if settled(whole) == CANNOT_TELL else (),
    )


def over_days(findings: Sequence[Finding], because: Reason, missing: Sequence[str]) -> Finding:
    """One rule on each of the days that its dates could be; `because` and `missing` serve where they disagree."""
    possible = frozenset().union(*(finding.possible for finding in findings))
    facts = unique(path for finding in findings for path in finding.facts)
    asked = unique((*missing, *(path for finding in findings for path in finding.missing)))
    if len(possible) == 1:
        return Finding(possible, findings[-1].because, facts, asked if CANNOT_TELL in possible else ())
    return Finding(possible, (because,), facts, asked)


def _joined(findings: Sequence[Finding], join: Callable[[Verdict, Verdict], Verdict], shows_all: Verdict) -> Finding:
    if len(findings) == 1:
        return findings[0]
    possible = reduce(
        lambda left, right: frozenset(join(a, b) for a in left for b in right),
        (finding.possible for finding in findings),
    )
    verdict = settled(possible)
    deciding = [f for f in findings if verdict in (shows_all, f.verdict)] or list(findings)
    return together(deciding, possible)


Item = TypeVar("Item")


def unique(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items in their order, each once."""
    kept: list[Item] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return tuple(kept)
