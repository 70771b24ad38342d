"""Scoring of the instruments and their change from a baseline, exact and never rounded.

PEG: Krebs et al. 2009, the mean of three items from 0 to 10. RMDQ: Roland and Morris 1983, the number of 24
statements agreed with. Both, and the NRS (one item, 0 to 10), are better when lower.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

# Its scores are standardised to a mean of 50 (and some of its banks are better when higher): no ratio.
WITHOUT_RATIO = frozenset({"PROMIS"})
RMDQ_ITEMS = 24


def peg(pain: int, enjoyment: int, activity: int) -> Fraction:
    """The PEG score, 0 to 10. Raises ValueError where an item is outside 0 to 10."""
    items = (pain, enjoyment, activity)
    if not all(0 <= item <= 10 for item in items):
        raise ValueError("each PEG item is a number from 0 to 10")
    return Fraction(sum(items), 3)


def rmdq(ticked: Sequence[bool]) -> int:
    """The Roland-Morris score, 0 to 24: how many of its 24 statements are true. Raises ValueError otherwise."""
    if len(ticked) != RMDQ_ITEMS:
        raise ValueError("the Roland-Morris sheet has 24 statements")
    return sum(ticked)


def change_percent(scale: str, before: float, after: float) -> Fraction | None:
    """Improvement in per cent of the baseline on one scale; negative where worse, None where it cannot be told."""
    if scale in WITHOUT_RATIO or before == 0:
        return None
    baseline = exact(before)
    return (baseline - exact(after)) * 100 / baseline


def exact(number: float) -> Fraction:
    """The number as it was written: 1.6 is 8/5, not the nearest binary fraction."""
    return Fraction(number) if isinstance(number, int) else Fraction(Decimal(repr(number)))
