"""Weighs one criteria set on one patient's facts, and judges whole documents as the contract's command prints them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clinic.criteria import sets
from clinic.criteria.contract import Refused
from clinic.criteria.facts import Facts
from clinic.criteria.reasons import Reason, render
from clinic.criteria.safety import screen
from clinic.criteria.sets import Clause, CriteriaSet
from clinic.criteria.verdicts import (
    CANNOT_TELL,
    NOT_APPLICABLE,
    REVIEW,
    Finding,
    Verdict,
    all_of,
    found,
    outcome,
    where_it_applies,
)

ENGINE_VERSION = "1"  # raised with every change that can turn a verdict


@dataclass(frozen=True, slots=True)
class ClauseResult:
    """One clause: its verdict, why, the facts used, and the facts missing where it cannot be told."""

    key: str
    verdict: Verdict
    because: tuple[Reason, ...]
    facts: tuple[str, ...]
    missing: tuple[str, ...]

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        return {
            "key": self.key,
            "verdict": self.verdict.value,
            "because": render(self.because, language),
            "facts": list(self.facts),
            "missing": list(self.missing),
        }


@dataclass(frozen=True, slots=True)
class Determination:
    """One version of one set, weighed on one patient's facts."""

    policy: str
    version: str
    sha256: str
    engine: str
    outcome: Verdict
    clauses: tuple[ClauseResult, ...]

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        return {
            "policy": self.policy,
            "version": self.version,
            "sha256": self.sha256,
            "engine": self.engine,
            "outcome": self.outcome.value,
            "clauses": [clause.to_dict(language) for clause in self.clauses],
        }


def determine(criteria: CriteriaSet, facts: Facts) -> Determination:
    """The verdict of every clause, in the order of the set, and the outcome of the whole."""
    findings: dict[str, Finding] = {}
    for clause in criteria.clauses:
        findings[clause.key] = weigh(clause, facts, findings)
    results = tuple(_result(key, finding) for key, finding in findings.items())
    whole = outcome(result.verdict for result in results)
    return Determination(criteria.key, criteria.version, criteria.sha256, ENGINE_VERSION, whole, results)


def weigh(clause: Clause, facts: Facts, findings: Mapping[str, Finding]) -> Finding:
    """What one clause comes to; `findings` holds that of the clause that it goes together with, where it names one."""
    finding = all_of([rule.weigh(facts) for rule in clause.rules])
    if clause.with_clause and finding.possible != {NOT_APPLICABLE}:
        return where_it_applies(finding, _needed(clause.with_clause, findings[clause.with_clause]))
    return finding


def judge(document: Any, criteria: Sequence[CriteriaSet]) -> dict[str, Any]:
    """What the command prints for one document. With an urgent sign no determination is shown. Raises Refused."""
    facts = Facts.parse(document)
    safety = screen(facts)
    shown = [] if safety.urgent else [determine(one, facts).to_dict() for one in criteria]
    return {"as_of": facts.as_of.isoformat(), "safety": safety.to_dict(), "determinations": shown}


def judge_or_refuse(document: Any, criteria: Sequence[CriteriaSet]) -> dict[str, Any]:
    """As `judge`; a document that is refused comes back as its problems."""
    try:
        return judge(document, criteria)
    except Refused as refused:
        return {"refused": [{"path": path, "because": because} for path, because in refused.problems]}


def chosen(policies: Sequence[str] | None) -> tuple[CriteriaSet, ...]:
    """`KEY` or `KEY@VERSION` as sets; without any, the current version of all. Raises sets.UnknownSet."""
    if not policies:
        return sets.shipped()
    split = [policy.partition("@") for policy in policies]
    return tuple(sets.load(key, version if at else None) for key, at, version in split)


def _needed(key: str, finding: Finding) -> Finding:
    """The other clause as a condition of this one: where it does not apply, the record contradicts itself."""
    if NOT_APPLICABLE not in finding.possible:
        return finding
    other = frozenset(REVIEW if verdict == NOT_APPLICABLE else verdict for verdict in finding.possible)
    return replace(found(other, Reason("clause-not-applicable", {"clause": key})), missing=finding.missing)


def _result(key: str, finding: Finding) -> ClauseResult:
    verdict = finding.verdict
    missing = finding.missing if verdict == CANNOT_TELL else ()
    return ClauseResult(key, verdict, finding.because, finding.facts, missing)
