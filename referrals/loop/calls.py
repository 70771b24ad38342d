"""What came of a call, and when the next one is due. Pure."""

from enum import StrEnum

from .targets import Span
from .urgency import Urgency


class Outcome(StrEnum):
    REACHED = "reached"
    LEFT_MESSAGE = "left_message"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    ASKS_LATER = "asks_later"
    DECLINED = "declined"


class Whom(StrEnum):
    PATIENT = "patient"
    PRACTICE = "practice"
    REFERRER = "referrer"


OUTCOME_WORDS = {
    Outcome.REACHED: "Reached",
    Outcome.LEFT_MESSAGE: "Left a message",
    Outcome.NO_ANSWER: "No answer",
    Outcome.WRONG_NUMBER: "Wrong number",
    Outcome.ASKS_LATER: "Asks to be called on …",
    Outcome.DECLINED: "Declined",
}
WHOM_WORDS = {Whom.PATIENT: "The patient", Whom.PRACTICE: "The practice", Whom.REFERRER: "The referrer"}
# Two attempts, then somebody decides (reference F3).
MOST_UNANSWERED = 2
UNANSWERED = frozenset({Outcome.LEFT_MESSAGE, Outcome.NO_ANSWER, Outcome.WRONG_NUMBER})


SAME_DAY, NEXT_DAY, TWO_DAYS = Span(0, working=True), Span(1, working=True), Span(2, working=True)


def after(outcome: str, urgency: str) -> Span | None:
    """How long until the next look; None: as the target of the step says, or on the day that was asked for."""
    if outcome in (Outcome.REACHED, Outcome.ASKS_LATER):
        return None
    if outcome in (Outcome.WRONG_NUMBER, Outcome.DECLINED):
        return SAME_DAY  # a number to find, or a decision to take: no day passes by waiting
    return NEXT_DAY if urgency == Urgency.URGENT else TWO_DAYS


def unanswered(before: int, outcome: str) -> int:
    """How many attempts in a row nobody answered, after this one."""
    return before + 1 if outcome in UNANSWERED else 0


def escalates(attempts: int) -> bool:
    """Whether so many unanswered attempts are for somebody else to decide on."""
    return attempts >= MOST_UNANSWERED
