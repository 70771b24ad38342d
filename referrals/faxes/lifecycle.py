"""The way of a fax: waiting, filed or set aside, and what may stand in the way of filing it. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    WAITING = "waiting"
    FILED = "filed"
    SET_ASIDE = "set_aside"


class Fault(StrEnum):
    """What is wrong with a file. It is taken in all the same: a page that somebody sent is never dropped."""

    NONE = ""
    EMPTY = "empty"
    NO_PDF = "no_pdf"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    PROGRAM = "program"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"


WORDS = {State.WAITING: "Waiting", State.FILED: "Filed", State.SET_ASIDE: "Set aside"}
NEXT: Mapping[State, frozenset[State]] = {
    State.WAITING: frozenset({State.FILED, State.SET_ASIDE}),
    State.FILED: frozenset({State.WAITING}),
    State.SET_ASIDE: frozenset({State.WAITING}),
}
STEPS = tuple(sorted((state, after) for state, many in NEXT.items() for after in many))

WHY_ASIDE = {
    "junk": "Advertising, or nothing for us",
    "wrong_recipient": "Meant for somebody else, and the sender knows",
    "twice": "The same fax is filed already",
    "asked_again": "Cannot be read: we asked to send it again",
    "elsewhere": "Kept outside of this record",
    "other": "Another reason",
}
FAULT_WORDS = {
    Fault.EMPTY: "Empty file",
    Fault.NO_PDF: "Not a PDF",
    Fault.DAMAGED: "Damaged",
    Fault.ENCRYPTED: "Locked by a password",
    Fault.PROGRAM: "Has a program in it",
    Fault.TOO_LARGE: "Very large",
    Fault.TOO_MANY_PAGES: "Too many pages to count",
}
# How somebody goes on with a file that cannot be filed as it is.
WHAT_TO_DO = {
    Fault.EMPTY: "Nothing was written into it. Ask the sender to send it again, or scan it again; then set this aside.",
    Fault.NO_PDF: "Download it and look what it is. If it belongs to a patient, print it, scan it as a PDF and put "
    "that into the folder; then set this aside.",
    Fault.DAMAGED: "Its end is missing, or it cannot be read. Ask the sender to send it again, or scan it again; then "
    "set this aside.",
    Fault.ENCRYPTED: "Ask the sender to send it without a password. Or download it, open it with its password, save "
    "it without one, and put that into the folder. Then set this aside.",
    Fault.PROGRAM: "It carries a program or another file, so it is not shown here. Ask the sender for plain pages, "
    "then set this aside.",
    Fault.TOO_LARGE: "It is larger than we can look into. Ask the sender to send it in parts, then set this aside.",
    Fault.TOO_MANY_PAGES: "It has more than 5,000 pages. Look whether it is one fax at all before you file it.",
}
CAN_BE_FILED = frozenset({Fault.NONE, Fault.TOO_MANY_PAGES})
VERY_LONG = 300  # pages: a bound of ours, beyond which somebody asks whether it is one fax


def may_follow(state: str, after: str) -> bool:
    """Whether a fax in `state` may come to `after`."""
    return State(after) in NEXT[State(state)]


def is_very_long(pages: int | None, fault: str) -> bool:
    return fault == Fault.TOO_MANY_PAGES or (pages is not None and pages > VERY_LONG)
