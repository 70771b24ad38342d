"""The way of a referral, in and out: which state may follow which, whose turn it is, what closes the loop. Pure.

The states of a referral out carry the milestones of BSeR (HL7 Bidirectional Services eReferral): sent, accepted or
refused, booked, attended or not, report, closed. "Delivered" is not "accepted", and nothing is closed before somebody
read the report and told the patient, or wrote down why not (IHI/NPSF, Closing the Loop, 2017).
"""

from collections.abc import Mapping
from enum import StrEnum


class Direction(StrEnum):
    INCOMING = "incoming"
    OUTGOING = "outgoing"


class State(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    RECEIVED = "received"
    NEEDS_INFORMATION = "needs_information"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    HANDED_BACK = "handed_back"
    INVITED = "invited"
    IN_REVIEW = "in_review"
    DECIDED = "decided"
    ANSWER_SENT = "answer_sent"
    BOOKED = "booked"
    ATTENDED = "attended"
    NOT_ATTENDED = "not_attended"
    DISCHARGED = "discharged"
    REPORT_RECEIVED = "report_received"
    READ = "read"
    PATIENT_TOLD = "patient_told"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Turn(StrEnum):
    """Who must act next. While it is the patient's or the referrer's turn, our waiting clock stands still."""

    OURS = "ours"
    PRACTICE = "practice"  # the one that we sent the patient to
    REFERRER = "referrer"
    PATIENT = "patient"


class Worklist(StrEnum):
    """The lists that the clinic works from: each open referral stands in exactly one."""

    CALL_NOW = "call_now"
    TO_TAKE_IN = "to_take_in"
    TO_INVITE = "to_invite"
    WITH_PATIENT = "with_patient"
    WITH_REFERRER = "with_referrer"
    WITH_DOCTOR = "with_doctor"
    TO_ANSWER = "to_answer"
    TO_SEND = "to_send"
    TO_BE_BOOKED = "to_be_booked"
    BOOKED = "booked"
    CAME_BACK = "came_back"
    REPORT_AWAITED = "report_awaited"
    TO_READ = "to_read"
    TO_TELL = "to_tell"


S, T, W = State, Turn, Worklist
ENDS = (S.CLOSED, S.CANCELLED)
FINAL = frozenset(ENDS)
BEGINS = {Direction.INCOMING: S.RECEIVED, Direction.OUTGOING: S.DRAFT}

# The practice may say any later thing first: nobody tells us each step in its order.
WITH_THE_PRACTICE = frozenset({S.NEEDS_INFORMATION, S.REFUSED, S.HANDED_BACK, S.BOOKED, S.ATTENDED, S.REPORT_RECEIVED})
OUTGOING: Mapping[State, frozenset[State]] = {
    S.DRAFT: frozenset({S.SENT}),
    S.SENT: WITH_THE_PRACTICE | {S.SENT, S.RECEIVED, S.ACCEPTED},
    S.RECEIVED: WITH_THE_PRACTICE | {S.SENT, S.ACCEPTED},
    S.NEEDS_INFORMATION: WITH_THE_PRACTICE - {S.NEEDS_INFORMATION} | {S.SENT, S.ACCEPTED},
    S.ACCEPTED: WITH_THE_PRACTICE | {S.NOT_ATTENDED},
    S.REFUSED: frozenset({S.SENT, S.CLOSED}),
    S.HANDED_BACK: frozenset({S.SENT, S.CLOSED}),
    S.BOOKED: frozenset({S.BOOKED, S.ATTENDED, S.NOT_ATTENDED, S.HANDED_BACK, S.REPORT_RECEIVED}),
    S.ATTENDED: frozenset({S.DISCHARGED, S.HANDED_BACK, S.REPORT_RECEIVED, S.CLOSED}),
    S.NOT_ATTENDED: frozenset({S.BOOKED, S.ATTENDED, S.HANDED_BACK, S.CLOSED}),
    S.DISCHARGED: frozenset({S.REPORT_RECEIVED, S.CLOSED}),
    S.REPORT_RECEIVED: frozenset({S.REPORT_RECEIVED, S.READ}),
    # A report on the way of a therapy is read and told like the last one, and the therapy goes on.
    S.READ: frozenset({S.PATIENT_TOLD, S.REPORT_RECEIVED, S.ATTENDED, S.CLOSED}),
    S.PATIENT_TOLD: frozenset({S.CLOSED, S.REPORT_RECEIVED, S.ATTENDED}),
}
INCOMING: Mapping[State, frozenset[State]] = {
    S.RECEIVED: frozenset({S.NEEDS_INFORMATION, S.ACCEPTED, S.REFUSED, S.HANDED_BACK}),
    S.NEEDS_INFORMATION: frozenset({S.RECEIVED, S.ACCEPTED, S.REFUSED, S.HANDED_BACK}),
    S.ACCEPTED: frozenset({S.INVITED, S.IN_REVIEW, S.HANDED_BACK}),
    S.INVITED: frozenset({S.INVITED, S.IN_REVIEW, S.HANDED_BACK}),
    S.IN_REVIEW: frozenset({S.DECIDED, S.HANDED_BACK}),
    S.DECIDED: frozenset({S.ANSWER_SENT}),
    S.REFUSED: frozenset({S.ANSWER_SENT}),
    S.HANDED_BACK: frozenset({S.ANSWER_SENT}),
    S.ANSWER_SENT: frozenset({S.ANSWER_SENT, S.CLOSED}),
}


def _with_ends(way: Mapping[State, frozenset[State]]) -> Mapping[State, frozenset[State]]:
    """From every open state it may be cancelled; nothing follows an end."""
    return {state: after | {S.CANCELLED} for state, after in way.items()} | {end: frozenset[State]() for end in ENDS}


NEXT = {Direction.OUTGOING: _with_ends(OUTGOING), Direction.INCOMING: _with_ends(INCOMING)}
WORDS: Mapping[Direction, Mapping[State, str]] = {
    Direction.OUTGOING: {
        S.DRAFT: "Draft",
        S.SENT: "Sent",
        S.RECEIVED: "Arrived",
        S.NEEDS_INFORMATION: "They need more",
        S.ACCEPTED: "Accepted",
        S.REFUSED: "Refused",
        S.HANDED_BACK: "Handed back",
        S.BOOKED: "Booked",
        S.ATTENDED: "Attended",
        S.NOT_ATTENDED: "Not attended",
        S.DISCHARGED: "Discharged",
        S.REPORT_RECEIVED: "Report to read",
        S.READ: "Report read",
        S.PATIENT_TOLD: "Patient told",
        S.CLOSED: "Closed",
        S.CANCELLED: "Cancelled",
    },
    Direction.INCOMING: {
        S.RECEIVED: "Received",
        S.NEEDS_INFORMATION: "Needs information",
        S.ACCEPTED: "Accepted",
        S.REFUSED: "Refused",
        S.HANDED_BACK: "Handed back",
        S.INVITED: "Patient invited",
        S.IN_REVIEW: "In review",
        S.DECIDED: "Decided",
        S.ANSWER_SENT: "Answer sent",
        S.CLOSED: "Closed",
        S.CANCELLED: "Cancelled",
    },
}

TURN: Mapping[tuple[Direction, State], Turn] = {
    (Direction.OUTGOING, S.SENT): T.PRACTICE,
    (Direction.OUTGOING, S.RECEIVED): T.PRACTICE,
    (Direction.OUTGOING, S.ACCEPTED): T.PRACTICE,
    (Direction.OUTGOING, S.BOOKED): T.PATIENT,
    (Direction.OUTGOING, S.ATTENDED): T.PRACTICE,
    (Direction.OUTGOING, S.DISCHARGED): T.PRACTICE,
    (Direction.INCOMING, S.NEEDS_INFORMATION): T.REFERRER,
    (Direction.INCOMING, S.INVITED): T.PATIENT,
}
PAUSED = frozenset({T.PATIENT, T.REFERRER})

LISTS: Mapping[tuple[Direction, State], Worklist] = {
    (Direction.INCOMING, S.RECEIVED): W.TO_TAKE_IN,
    (Direction.INCOMING, S.NEEDS_INFORMATION): W.WITH_REFERRER,
    (Direction.INCOMING, S.ACCEPTED): W.TO_INVITE,
    (Direction.INCOMING, S.INVITED): W.WITH_PATIENT,
    (Direction.INCOMING, S.IN_REVIEW): W.WITH_DOCTOR,
    (Direction.INCOMING, S.DECIDED): W.TO_ANSWER,
    (Direction.INCOMING, S.REFUSED): W.TO_ANSWER,
    (Direction.INCOMING, S.HANDED_BACK): W.TO_ANSWER,
    (Direction.INCOMING, S.ANSWER_SENT): W.TO_TELL,
    (Direction.OUTGOING, S.DRAFT): W.TO_SEND,
    (Direction.OUTGOING, S.SENT): W.TO_BE_BOOKED,
    (Direction.OUTGOING, S.RECEIVED): W.TO_BE_BOOKED,
    (Direction.OUTGOING, S.ACCEPTED): W.TO_BE_BOOKED,
    (Direction.OUTGOING, S.NEEDS_INFORMATION): W.CAME_BACK,
    (Direction.OUTGOING, S.REFUSED): W.CAME_BACK,
    (Direction.OUTGOING, S.HANDED_BACK): W.CAME_BACK,
    (Direction.OUTGOING, S.NOT_ATTENDED): W.CAME_BACK,
    (Direction.OUTGOING, S.BOOKED): W.BOOKED,
    (Direction.OUTGOING, S.ATTENDED): W.REPORT_AWAITED,
    (Direction.OUTGOING, S.DISCHARGED): W.REPORT_AWAITED,
    (Direction.OUTGOING, S.REPORT_RECEIVED): W.TO_READ,
    (Direction.OUTGOING, S.READ): W.TO_TELL,
    (Direction.OUTGOING, S.PATIENT_TOLD): W.TO_TELL,
}
LIST_WORDS = {
    W.CALL_NOW: "Call the referrer now",
    W.TO_TAKE_IN: "To accept or refuse",
    W.TO_INVITE: "To invite",
    W.WITH_PATIENT: "Waiting for the patient",
    W.WITH_REFERRER: "Waiting for the referrer",
    W.WITH_DOCTOR: "With the doctor",
    W.TO_ANSWER: "To answer",
    W.TO_SEND: "To send",
    W.TO_BE_BOOKED: "To be booked",
    W.BOOKED: "Booked",
    W.CAME_BACK: "Refused, returned, missed",
    W.REPORT_AWAITED: "Report awaited",
    W.TO_READ: "To read",
    W.TO_TELL: "Tell and close",
}

# What a step cannot be taken without; the database asks for the same.
NEEDS_REASON = frozenset({S.REFUSED, S.HANDED_BACK, S.CANCELLED})
NEEDS_CODE = frozenset({S.NOT_ATTENDED})
ONLY_STAFF = frozenset({S.DRAFT, S.SENT, S.INVITED, S.ANSWER_SENT, S.READ, S.PATIENT_TOLD, S.CLOSED, S.CANCELLED})
# By their private link, a practice says these, and nothing else; a report, by handing it in there.
BY_PRACTICE = frozenset(
    {
        S.RECEIVED,
        S.NEEDS_INFORMATION,
        S.ACCEPTED,
        S.REFUSED,
        S.BOOKED,
        S.ATTENDED,
        S.NOT_ATTENDED,
        S.DISCHARGED,
        S.REPORT_RECEIVED,
    }
)

HOW = {
    "fax": "By fax",
    "direct": "By Direct message",
    "mail": "By mail",
    "portal": "Through their portal",
    "phone": "By phone",
    "link": "By their private link",
    "handed": "Handed to the patient",
    "visit": "In person",
}

# Why a visit did not happen: the reasons that calls to patients name, in the clinic's own words.
WHY_NOT = {
    "not_reached": "They could not reach the patient",
    "forgot": "Forgot, or mixed up the day",
    "transport": "No way to get there",
    "work_or_family": "Work, school or family",
    "cost": "Cost or insurance",
    "too_far_off": "The date was too far off",
    "better": "Feels better",
    "worse": "Feels too unwell",
    "afraid": "Afraid, or has doubts",
    "elsewhere": "Went elsewhere",
    "other": "Another reason",
    "unknown": "Nobody knows why",
}


def turn(direction: str, state: str) -> Turn:
    """Whose turn it is; ours wherever the table names nobody else."""
    return TURN.get((Direction(direction), State(state)), Turn.OURS)


def may_follow(direction: str, state: str, after: str) -> bool:
    """Whether a referral in `state` may come to `after`."""
    return State(after) in NEXT[Direction(direction)].get(State(state), frozenset())


def needs_reason(direction: str, state: str, after: str) -> bool:
    """Whether this step must say why: refusals, cancelling, and closing before the loop is closed."""
    loop_closed = state == S.PATIENT_TOLD or (direction == Direction.INCOMING and state == S.ANSWER_SENT)
    return after in NEEDS_REASON or (after == S.CLOSED and not loop_closed)


def worklist(direction: str, state: str, call_now: bool) -> Worklist | None:
    """In which list a referral stands; None once it is at its end."""
    if state in FINAL:
        return None
    return W.CALL_NOW if call_now else LISTS[Direction(direction), State(state)]
