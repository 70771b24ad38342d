"""What was heard at one check-in, before it is kept. Pure.

An instrument is whole or unknown: PEG and RMDQ have a score where each of their items was answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clinic.criteria import scales
from clinic.intake.questions.instruments import RMDQ
from clinic.intake.questions.speaks import PEG, TO_A_THOUSANDTH

from .plan import Recall

WORSE = -1  # per cent: worse than before. By how much is not asked, as the scores say it
# Signs that a doctor must hear of at once, and the fact of the safety screen that each says ("": ours alone).
# After an epidural injection: bleeding, infection, nerve damage and dural puncture (FDA notice of 2014-04-23).
SIGNS = {
    "progressive_weakness": "red_flags.progressive_weakness",
    "bladder_or_bowel_change": "red_flags.bladder_or_bowel_change",
    "saddle_numbness": "red_flags.saddle_numbness",
    "fever_or_chills": "red_flags.fever_or_chills",
    "severe_headache": "",
}


@dataclass(frozen=True)
class Heard:
    """One check-in as it was said; None and empty: not said.

    `pain` is 0 to 10, `relief` per cent better than before the injection, `until` the last day on which it helped as
    the contract writes a partial date. `over`: it helped and does not any more, also where nobody knows since when.
    `items` are the answers to the items of PEG and RMDQ by scale, `daily` those to our own unscored questions.
    """

    pain: int | None = None
    relief: int | None = None
    over: bool = False
    until: str = ""
    better_or_less_medicine: bool | None = None
    signs: tuple[str, ...] = ()
    no_signs: bool = False
    items: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    daily: Mapping[str, str] = field(default_factory=dict)
    words: str = ""

    def scores(self) -> dict[str, dict[str, Any]]:
        """Scale -> its value, as text so that it stays exact, and the items that it is made of."""
        taken = self.items.items()
        return {scale: {"value": str(_value(scale, items)), "items": dict(items)} for scale, items in taken}

    def facts(self) -> dict[str, bool]:
        """What the bad signs say of the safety screen's facts."""
        return {SIGNS[sign]: True for sign in self.signs if SIGNS[sign]}


def _value(scale: str, items: Mapping[str, int]) -> Decimal:
    if scale == "RMDQ":
        return Decimal(scales.rmdq([bool(items[str(number)]) for number in range(1, len(RMDQ) + 1)]))
    score = scales.peg(*(items[key] for key in PEG))
    return (Decimal(score.numerator) / score.denominator).quantize(TO_A_THOUSANDTH)


Results = dict[str, Mapping[str, Any]]  # scale -> value and items


def to_compare(recall: str, pain: int | None, scores: Mapping[str, Mapping[str, Any]]) -> Results:
    """What of one check-in the baseline may be compared with: the pain only where a whole week was asked for."""
    nrs: Results = {"NRS": {"value": str(pain), "items": {}}} if recall == Recall.WEEK and pain is not None else {}
    return {**nrs, **scores}
