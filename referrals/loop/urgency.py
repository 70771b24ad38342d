"""How soon, and how much is at risk: the order of the work list. Pure."""

from enum import StrEnum


class Urgency(StrEnum):
    URGENT = "urgent"
    SOON = "soon"
    ROUTINE = "routine"


WORDS = {Urgency.URGENT: "Urgent", Urgency.SOON: "Soon", Urgency.ROUTINE: "Routine"}
# What each means to who sends: reference F3 (editable defaults of ours; no standard of the US names days).
MEANS = {
    Urgency.URGENT: "A deficit that gets worse, without an emergency: seen within a week",
    Urgency.SOON: "Severe pain down an arm or leg that disables: seen within two weeks",
    Urgency.ROUTINE: "Everything else: seen within six weeks",
}
BASE = {Urgency.ROUTINE: 0, Urgency.SOON: 1, Urgency.URGENT: 2}
HIGHEST = 3


def risk(urgency: str, *, call_now: bool = False, escalated: bool = False) -> int:
    """0 to 3: a red flag that nobody has spoken about is the highest; one that nobody answers goes up by one."""
    return HIGHEST if call_now else min(HIGHEST, BASE[Urgency(urgency)] + escalated)
