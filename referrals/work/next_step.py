"""What to do next about a referral, in one sentence, and whom to call for it. Pure."""

from typing import NamedTuple

from referrals.loop.calls import Whom
from referrals.loop.lifecycle import Direction, State

IN, OUT, S = Direction.INCOMING, Direction.OUTGOING, State


class Next(NamedTuple):
    """One sentence, and who is called; None where it is done without a call."""

    words: str
    whom: Whom | None = None


CALL_NOW = Next("Call the referrer now: a red flag was named", Whom.REFERRER)
ENDED = Next("Nothing more is to be done")
NEXT = {
    (IN, S.RECEIVED): Next("Match it with a patient, then accept or refuse it", Whom.REFERRER),
    (IN, S.NEEDS_INFORMATION): Next("Ask the referrer for what is missing", Whom.REFERRER),
    (IN, S.ACCEPTED): Next("Invite the patient to the questions", Whom.PATIENT),
    (IN, S.INVITED): Next("Ask the patient whether they need help with the questions", Whom.PATIENT),
    (IN, S.IN_REVIEW): Next("The doctor looks at the case and decides"),
    (IN, S.DECIDED): Next("Send the referrer the answer", Whom.REFERRER),
    (IN, S.REFUSED): Next("Send the referrer the answer, with the reason", Whom.REFERRER),
    (IN, S.HANDED_BACK): Next("Send the referrer the answer, with the reason", Whom.REFERRER),
    (IN, S.ANSWER_SENT): Next("Tell the patient, then close it", Whom.PATIENT),
    (OUT, S.DRAFT): Next("Finish the letter and send it"),
    (OUT, S.SENT): Next("Ask whether it arrived, and for which day it is booked", Whom.PRACTICE),
    (OUT, S.RECEIVED): Next("Ask whether they accept it, and for which day it is booked", Whom.PRACTICE),
    (OUT, S.ACCEPTED): Next("Ask for which day it is booked", Whom.PRACTICE),
    (OUT, S.NEEDS_INFORMATION): Next("Send them what they ask for", Whom.PRACTICE),
    (OUT, S.REFUSED): Next("Choose another practice, or close it with a reason", Whom.PATIENT),
    (OUT, S.HANDED_BACK): Next("Read why, then send it elsewhere or close it with a reason", Whom.PRACTICE),
    (OUT, S.NOT_ATTENDED): Next("Ask the patient what came between, and find a new day", Whom.PATIENT),
    (OUT, S.BOOKED): Next("After the visit, ask whether it took place", Whom.PRACTICE),
    (OUT, S.ATTENDED): Next("Ask for the report", Whom.PRACTICE),
    (OUT, S.DISCHARGED): Next("Ask for the final report", Whom.PRACTICE),
    (OUT, S.REPORT_RECEIVED): Next("Read the report"),
    (OUT, S.READ): Next("Tell the patient what the report says", Whom.PATIENT),
    (OUT, S.PATIENT_TOLD): Next("Close it: the report was read and the patient told"),
}
# Whom one may call about a referral, the one who is called most first.
CALLED = {IN: (Whom.REFERRER, Whom.PATIENT), OUT: (Whom.PRACTICE, Whom.PATIENT)}


def next_step(direction: str, state: str, call_now: bool) -> Next:
    """What comes next for a referral in this state."""
    if state in (S.CLOSED, S.CANCELLED):
        return ENDED
    return CALL_NOW if call_now else NEXT[Direction(direction), State(state)]
