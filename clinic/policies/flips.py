"""Which cases another version of a set would turn, and through which clauses. Pure."""

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from clinic.criteria.contract import Refused
from clinic.criteria.determine import Determination, determine
from clinic.criteria.facts import Facts
from clinic.criteria.safety import screen
from clinic.criteria.sets import CriteriaSet
from clinic.criteria.verdicts import AND_ORDER, Verdict
from clinic.record.facts import Rows


class NotWeighed(StrEnum):
    """Why no outcome is told of a case."""

    URGENT = "urgent"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Turn:
    """A clause that turns an outcome; a verdict is "" where the version has no such clause."""

    clause: str
    before: str
    after: str

    def to_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One case by both versions; `turns` is empty where the outcome stays."""

    before: Verdict
    after: Verdict
    turns: tuple[Turn, ...]


def weigh(rows: Rows, day: date, older: CriteriaSet, newer: CriteriaSet, *, stopped: bool) -> Weighed | NotWeighed:
    """One case as its page weighs it, as of the planned day, or of `day` where that is later, by both versions.

    `stopped`: an urgent alert is open.
    """
    try:
        facts = Facts.parse(rows.assemble(rows.planned_day(day)).document)
    except Refused:
        return NotWeighed.IMPOSSIBLE
    if stopped or screen(facts).urgent:
        return NotWeighed.URGENT
    before, after = determine(older, facts), determine(newer, facts)
    return Weighed(before.outcome, after.outcome, turns(before, after))


def turns(before: Determination, after: Determination) -> tuple[Turn, ...]:
    """The clauses to which another outcome is due: those that bring the worse one, or no longer bring it."""
    if before.outcome == after.outcome:
        return ()
    was, now = ({clause.key: clause.verdict for clause in each.clauses} for each in (before, after))
    worse = min(before.outcome, after.outcome, key=AND_ORDER.index)
    bringing = now if worse == after.outcome else was
    keys = [key for key, verdict in bringing.items() if verdict == worse and was.get(key) != now.get(key)]
    return tuple(Turn(key, was.get(key, ""), now.get(key, "")) for key in keys)
