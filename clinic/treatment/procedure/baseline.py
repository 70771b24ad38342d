"""Which scores a session is measured against: the latest of each scale before it. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from clinic.record.facts import WEIGHT

PAIN = "NRS"
USUAL = ("", "average")  # the pain of a week; "now" and "worst" are other questions


def before(scores: Iterable[Any], day: date) -> list[Any]:
    """Of each scale the latest score at or before the day; of one day, that of the speaker who weighs most.

    Scores that were taken round another injection belong to that one.
    """
    latest: dict[str, Any] = {}
    mine = [each for each in scores if each.on <= day and not each.injection_key and _compared(each)]
    for each in sorted(mine, key=lambda each: (each.on, WEIGHT[each.said_by], each.pk)):
        latest[each.scale] = each
    return list(latest.values())


def _compared(score: Any) -> bool:
    return score.scale != PAIN or score.period in USUAL
