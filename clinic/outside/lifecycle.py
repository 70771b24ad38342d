"""The way of a request for a record: which state may follow which, and how long one may stand. Pure."""

from enum import StrEnum


class State(StrEnum):
    TO_SEND = "to_send"
    SENT = "sent"
    RECEIVED = "received"
    FILED = "filed"
    CANCELLED = "cancelled"


WORDS = {
    State.TO_SEND: "To send",
    State.SENT: "Sent",
    State.RECEIVED: "To read",
    State.FILED: "On record",
    State.CANCELLED: "Cancelled",
}

# A record may come before anybody asked; one that does not come, or comes without what was asked for, is asked again.
NEXT = {
    State.TO_SEND: frozenset({State.SENT, State.RECEIVED, State.CANCELLED}),
    State.SENT: frozenset({State.SENT, State.RECEIVED, State.CANCELLED}),
    State.RECEIVED: frozenset({State.SENT, State.FILED, State.CANCELLED}),
    State.FILED: frozenset[State](),
    State.CANCELLED: frozenset[State](),
}
STEPS = tuple(sorted((state, after) for state, many in NEXT.items() for after in many))
OPEN = tuple(state for state, many in NEXT.items() if many)

# Days after which a request is overdue: a convention of ours, no rule says one.
PATIENCE = {State.TO_SEND: 2, State.SENT: 14, State.RECEIVED: 3}

HOW = {"fax": "By fax", "mail": "By mail", "portal": "Through their portal", "handed": "Handed to the patient"}


def may_follow(state: str, after: str) -> bool:
    """Whether a request in `state` may come to `after`."""
    return State(after) in NEXT[State(state)]
