"""What is measured, counted by the database: a fixed number of queries, however many referrals there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from clinic.audit.clock import now
from referrals.loop.lifecycle import NEXT, WHY_NOT, Direction
from referrals.loop.targets import Key, Span

from .figures import IN_DAYS, YOUNG, Group, Spell, Took
from .queries import ENDINGS, STAYS, VISITS, WAY

MEDIAN_AND_MOST = [0.5, 0.9]


@dataclass(frozen=True)
class Asked:
    """What is measured: referrals of one direction between two days, and what they are narrowed to."""

    direction: Direction
    first: date
    last: date
    zone: ZoneInfo
    service: str = ""
    practice: int | None = None
    location: int | None = None

    @property
    def between(self) -> tuple[datetime, datetime]:
        """From the first moment of the first day until the first one after the last."""
        return self._begins(self.first), self._begins(self.last + timedelta(days=1))

    def _begins(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)

    @property
    def words(self) -> dict[str, Any]:
        """What the queries are given."""
        begins, ends = self.between
        return {
            "direction": self.direction.value,
            "begins": begins,
            "ends": ends,
            "old_enough": now() - timedelta(days=IN_DAYS),
            "service": self.service or None,
            "practice": self.practice,
            "location": self.location,
            "percentiles": MEDIAN_AND_MOST,
        }


@dataclass(frozen=True)
class Way:
    """How long the whole way took of those that are 30 days old; clock and pause of those that were completed."""

    met: Took
    closed: Spell
    ran: Spell
    stood: Spell
    completed: int


def _rows(query: str, words: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, words)
        return list(cursor.fetchall())


def endings(asked: Asked) -> tuple[dict[str, int], dict[Group, dict[str, int]]]:
    """How many ended how: in all (with those that are too young), and by service and by practice (without them)."""
    every: dict[str, int] = {}
    groups: dict[Group, dict[str, int]] = {}
    for ending, service, practice, count in _rows(ENDINGS, asked.words):
        if service is None and practice is None:
            every[ending] = count
        elif ending != YOUNG:
            group: Group = ("service", service) if practice is None else ("practice", practice)
            groups.setdefault(group, {})[ending] = count
    return every, groups


def way(asked: Asked, targets: Mapping[Key, Span]) -> Way:
    """The whole way, in one query."""
    met, within, unmet, until_met, completed, closed, ran, stood = _rows(WAY, _with_targets(asked, targets))[0]
    return Way(Took(met, within, unmet, _spell(until_met)), _spell(closed), _spell(ran), _spell(stood), completed)


def stays(asked: Asked, targets: Mapping[Key, Span]) -> dict[str, Took]:
    """How long referrals stood in each state that they came to between these days."""
    ways = NEXT[asked.direction]
    final = [state.value for state, after in ways.items() if not after]
    words = _with_targets(asked, targets) | {"states": [state.value for state in ways], "final": final}
    rows = _rows(STAYS, words)
    return {state: Took(done, within, still, _spell(lasted)) for state, done, within, still, lasted in rows}


def visits(asked: Asked) -> tuple[int, dict[str, int]]:
    """How many visits took place, and why the others did not."""
    found = dict(_rows(VISITS, asked.words))
    return found.pop("", 0), {why: found[why] for why in WHY_NOT if why in found}


def _with_targets(asked: Asked, targets: Mapping[Key, Span]) -> dict[str, Any]:
    mine = [(key, span) for key, span in targets.items() if key.direction == asked.direction]
    columns: dict[str, Sequence[Any]] = {
        "t_step": [key.step for key, _ in mine],
        "t_urgency": [key.urgency for key, _ in mine],
        "t_days": [span.days for _, span in mine],
        "t_working": [span.working for _, span in mine],
    }
    return asked.words | columns


def _spell(lasted: Sequence[float] | None) -> Spell:
    return Spell(*lasted) if lasted else Spell()
