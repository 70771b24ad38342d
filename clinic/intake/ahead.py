"""What time alone brings under the rule that a patient's plan goes by, in the patient's words. Pure; never a promise.

Only of rules that a patient can follow on a calendar, and only of a set that the clinic signed off (`reading.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinic.criteria.ahead import Turn, ahead
from clinic.criteria.contract import Refused
from clinic.criteria.determine import ClauseResult, determine
from clinic.criteria.facts import Facts
from clinic.criteria.safety import screen
from clinic.criteria.sets import CriteriaSet
from clinic.criteria.verdicts import Verdict

from .questions.shape import marked as _

# The clauses whose day is told, and what each is called. What the last injection did is for the doctor to say.
RULES = {
    "conservative-care": _("care tried first"),
    "physical-therapy": _("physical therapy tried first"),
    "interval": _("the time between two injections"),
    "cap-6-months": _("how many injections there can be in 6 months"),
    "cap-12-months": _("how many injections there can be in 12 months"),
}
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Coming:
    """One rule of the plan that is not met now and will be: `rule` is marked for translation.

    `weeks` of `needed` are had by now, where the rule counts weeks of care and their number is known. `latest` says
    that it may be met sooner, as not all is known exactly.
    """

    rule: str
    first: date
    until: date | None
    latest: bool
    weeks: int | None = None
    needed: int | None = None


def coming(criteria: CriteriaSet, document: Mapping[str, Any]) -> tuple[Coming, ...]:
    """The rules of the set that time alone brings; none where an urgent sign stands or the facts cannot be."""
    try:
        facts = Facts.parse(document)
    except Refused:
        return ()
    if screen(facts).urgent:
        return ()
    turns = ahead(criteria, dict(document)).clauses
    found = {clause.key: clause for clause in determine(criteria, facts).clauses}
    return tuple(_coming(RULES[key], turns[key], found[key]) for key in RULES if key in turns)


def _coming(rule: str, turn: Turn, now: ClauseResult) -> Coming:
    days = next((reason.values for reason in now.because if reason.key == "care-days-short"), None)
    latest = now.verdict == Verdict.CANNOT_TELL
    if days is None:
        return Coming(rule, turn.first, turn.until, latest)
    return Coming(rule, turn.first, turn.until, latest, days["days"] // DAYS_A_WEEK, -(-days["needed"] // DAYS_A_WEEK))
