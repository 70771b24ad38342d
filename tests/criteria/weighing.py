"""Weighing in one line, for the tables of the other tests."""

from typing import Any

from clinic.criteria import sets
from clinic.criteria.determine import ClauseResult, Determination, determine
from clinic.criteria.facts import Facts


def weighed(document: dict[str, Any], policy: str) -> Determination:
    key, _, version = policy.partition("@")
    return determine(sets.load(key, version or None), Facts.parse(document))


def clause(document: dict[str, Any], policy: str, key: str) -> ClauseResult:
    return next(result for result in weighed(document, policy).clauses if result.key == key)


def every_verdict(document: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Of every clause of every version of every set, for documents that are known to keep the schema."""
    facts = Facts.trusted(document)
    return {
        (criteria.name, result.key): str(result.verdict)
        for criteria in sets.versions()
        for result in determine(criteria, facts).clauses
    }
