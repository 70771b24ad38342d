"""What time alone brings under the rule that a patient's plan goes by, in the patient's words. Pure; never a promise.

Only of rules that a patient can follow on a calendar, and only of a set that the clinic signed off (`reading.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinic.criteria.ahead import ahead
from clinic.criteria.clauses.care import DAYS_A_WEEK, ConservativeCare
from clinic.criteria.contract import Refused
from clinic.criteria.determine import determine
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
    now = {clause.key: clause.verdict for clause in determine(criteria, facts).clauses}
    had = _weeks(criteria, facts)
    return tuple(
        Coming(words, turns[key].first, turns[key].until, now[key] == Verdict.CANNOT_TELL, *had.get(key, (None, None)))
        for key, words in RULES.items()
        if key in turns
    )


def _weeks(criteria: CriteriaSet, facts: Facts) -> dict[str, tuple[int, int]]:
    """Whole weeks of care had and weeks asked for, by clause, where they are known and still too few."""
    rules = {clause.key: rule for clause in criteria.clauses for rule in clause.rules}
    days = {key: rule.had(facts) for key, rule in rules.items() if isinstance(rule, ConservativeCare)}
    short = {key: each for key, each in days.items() if each and each[0] < each[1]}
    return {key: (had // DAYS_A_WEEK, needed // DAYS_A_WEEK) for key, (had, needed) in short.items()}
