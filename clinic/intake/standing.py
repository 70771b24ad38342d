"""Where a case is, as the patient reads it: one plain line, and what to do next. Pure: it reads what was loaded."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .questions.shape import marked as _


class Next(StrEnum):
    """What the patient can do now; the page knows the address of each."""

    CALL = "call"
    BEGIN = "begin"
    CONTINUE = "continue"
    ANSWER = "answer"
    WAIT = "wait"
    READ = "read"


@dataclass(frozen=True)
class Standing:
    """One stage in words that are marked for translation."""

    key: str
    line: str
    then: str
    next: Next = Next.WAIT


STOPPED = Standing(
    "stopped",
    _("We stopped, because something that you told us needs to be looked at now."),
    _("Read what to do now. If you have done it already, our clinic will call you."),
    Next.CALL,
)
NOT_BEGUN = Standing(
    "not_begun",
    _("Your questions are waiting for you."),
    _("Begin whenever you like, on any device. Your answers are kept as you go."),
    Next.BEGIN,
)
BEGUN = Standing(
    "begun",
    _("You have started. You have not sent your answers yet."),
    _("Your answers are kept. Go on whenever you like, on any device."),
    Next.CONTINUE,
)
SENT = Standing(
    "sent",
    _("We have your answers. They are waiting for a doctor to read them."),
    _("You do not have to do anything. We write to you when there is news."),
)
BEING_READ = Standing(
    "being_read",
    _("Your answers are being read now."),
    _("You do not have to do anything. We write to you when there is news."),
)
ASKED = Standing(
    "asked",
    _("We need a little more from you."),
    _("Answer a few questions. Your case comes back to the doctor by itself."),
    Next.ANSWER,
)
DECIDED = Standing(
    "decided",
    _("The doctor has decided."),
    _("Read below what this means and what comes next."),
    Next.READ,
)
WITHDRAWN = Standing("withdrawn", _("This case is closed."), _("If you still need us, please call."))


def standing(case: Any, *, begun: bool, answers_open: bool) -> Standing:
    """The line for one case: `begun`, if anything was answered; `answers_open`, if an addition waits for answers."""
    if case.stage == "withdrawn":
        return WITHDRAWN
    if case.urgent_since is not None:
        return STOPPED
    if case.stage == "intake":
        return BEGUN if begun else NOT_BEGUN
    if case.stage == "asked" and answers_open:
        return ASKED
    if case.stage == "decided":
        return DECIDED
    return BEING_READ if case.claimed_by_id else SENT


# The way of a case in four steps, and how many of them lie behind each standing.
WAY = (_("Your answers"), _("Sent to the clinic"), _("Read by a doctor"), _("Decision"))
BEHIND = {"not_begun": 0, "begun": 0, "sent": 2, "being_read": 2, "asked": 2, "decided": 4}


def way(stands: Standing) -> list[dict[str, str]]:
    """The four steps, each "done", "here" or "todo"; none for one that is closed or was stopped."""
    if stands.key not in BEHIND:
        return []
    behind = BEHIND[stands.key]
    states = ["done" if n < behind else "here" if n == behind else "todo" for n in range(len(WAY))]
    return [{"title": title, "state": state} for title, state in zip(WAY, states, strict=True)]
