"""Lines of a table joined until no number in it is small. Pure.

A line is compared only where each of its numbers, and each that they leave over, is none or 11 and more. The lines
that are not are counted together, from the one with fewest sessions on: in the same order for every measure, so that
what one table keeps together no other takes apart (`tests/outcomes` tries it out).
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from referrals.measures.hidden import SMALLEST

from .counts import SESSIONS, Counts, Measure

MOST_LINES = 12  # that stand by themselves


@dataclass(frozen=True)
class Joined:
    """One line: a single one by its key, or several counted together."""

    keys: tuple[Hashable, ...]
    counts: Counts


def joined(measure: Measure, lines: Mapping[Hashable, Counts]) -> list[Joined]:
    """The lines as they may be shown, with those that were joined last; empty where nothing can be compared."""
    order = sorted(lines, key=lambda key: (lines[key][SESSIONS], str(key)))
    for few in (0, *range(2, len(order))):
        singles = [Joined((key,), lines[key]) for key in order[few:]]
        found = [*singles, *([_together(measure, order[:few], lines)] if few else [])]
        if len(singles) <= MOST_LINES and all(_may_be_shown(measure, line.counts) for line in found):
            return found
    return []


def _together(measure: Measure, keys: list[Hashable], lines: Mapping[Hashable, Counts]) -> Joined:
    return Joined(tuple(keys), {name: sum(lines[key][name] for key in keys) for name in measure.numbers})


def _may_be_shown(measure: Measure, counts: Counts) -> bool:
    return all(counts[name] == 0 or counts[name] >= SMALLEST for name in measure.numbers)
