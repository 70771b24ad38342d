"""What each step of a referral asks of who takes it: the fields of its page, and what its button says. Pure.

Steps with pages of their own are not here: sending out, accepting, turning away what came in, asking the referrer,
inviting and answering belong to their rooms, and "in review" and "decided" follow from the case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from referrals.loop.lifecycle import NEEDS_CODE, NEXT, Direction, State, needs_reason

IN, OUT, S = Direction.INCOMING, Direction.OUTGOING, State


@dataclass(frozen=True)
class Ask:
    """One step: what its button says, the fields it asks in their order, and which of them it cannot do without."""

    verb: str
    fields: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    again: str = ""  # what the button says where it is in this state already
    help: str = ""


WHY_BACK = {"reason": "Why, in their words"}
ASKS: Mapping[tuple[Direction, State], Ask] = {
    (OUT, S.RECEIVED): Ask("It arrived", ("on", "how"), {"on": "Arrived on", "how": "How they said so"}),
    (OUT, S.NEEDS_INFORMATION): Ask("They need more", ("reason", "on", "how"), {"reason": "What they ask for"}),
    (OUT, S.ACCEPTED): Ask("They accept it", ("on", "how"), {"how": "How they said so"}),
    (OUT, S.REFUSED): Ask("They refuse it", ("reason", "on", "how"), WHY_BACK),
    (OUT, S.HANDED_BACK): Ask("They hand it back", ("reason", "on", "how"), WHY_BACK),
    (OUT, S.BOOKED): Ask(
        "It is booked",
        ("booked_on", "how"),
        {"booked_on": "Booked for", "how": "How they said so"},
        again="It is booked for another day",
    ),
    (OUT, S.ATTENDED): Ask("The visit took place", ("on", "how"), {"on": "First visit on", "how": "How they said so"}),
    (OUT, S.NOT_ATTENDED): Ask(
        "The visit did not take place",
        ("why", "reason", "on", "how"),
        {"why": "Why not", "reason": "More about it", "on": "Said on", "how": "How you heard"},
    ),
    (OUT, S.DISCHARGED): Ask(
        "They discharged the patient", ("on", "reason", "how"), {"on": "Discharged on", "reason": "What they said"}
    ),
    (OUT, S.REPORT_RECEIVED): Ask(
        "The report came", ("report", "on", "how"), {"on": "Arrived on"}, again="A further report came"
    ),
    (OUT, S.READ): Ask(
        "I have read the report",
        ("reason",),
        {"reason": "What matters in it"},
        help="By this you say that you read it yourself. Next, the patient is told.",
    ),
    (OUT, S.PATIENT_TOLD): Ask("The patient was told", ("on", "how"), {"on": "Told on", "how": "How they were told"}),
    (OUT, S.CLOSED): Ask("Close it", ()),
    (OUT, S.CANCELLED): Ask("Cancel this referral", ("reason",), {"reason": "Why it is cancelled"}),
    (IN, S.RECEIVED): Ask("What was missing came", ("reason", "on", "how"), {"reason": "What came", "on": "Came on"}),
    (IN, S.CLOSED): Ask(
        "Close it", ("told_on",), {"told_on": "The patient was told on", "reason": "Or why the patient was not told"}
    ),
    (IN, S.CANCELLED): Ask("Cancel this referral", ("reason",), {"reason": "Why it is cancelled"}),
}
# Where a step means something else than its name says.
GOES_ON = "The therapy goes on: another report will come"
FROM = {(OUT, S.READ, S.ATTENDED): GOES_ON, (OUT, S.PATIENT_TOLD, S.ATTENDED): GOES_ON}
# The step that comes next when all goes well: its button is the main one.
EXPECTED = {
    (OUT, S.SENT): S.BOOKED,
    (OUT, S.RECEIVED): S.BOOKED,
    (OUT, S.ACCEPTED): S.BOOKED,
    (OUT, S.BOOKED): S.ATTENDED,
    (OUT, S.NOT_ATTENDED): S.BOOKED,
    (OUT, S.ATTENDED): S.REPORT_RECEIVED,
    (OUT, S.DISCHARGED): S.REPORT_RECEIVED,
    (OUT, S.REPORT_RECEIVED): S.READ,
    (OUT, S.READ): S.PATIENT_TOLD,
    (OUT, S.PATIENT_TOLD): S.CLOSED,
    (IN, S.NEEDS_INFORMATION): S.RECEIVED,
    (IN, S.ANSWER_SENT): S.CLOSED,
}
ORDER = list(State)


def ask(direction: str, state: str, to: str) -> Ask | None:
    """What a step asks; None where it is not open to a referral in `state`, or has a page of its own."""
    way, here = Direction(direction), State(state)
    after = next((each for each in NEXT[way][here] if each == to), None)
    if after is None or (way, after) not in ASKS:
        return None
    found, must = ASKS[way, after], set()
    if needs_reason(way, here, after) or (way, after) == (IN, S.CLOSED):
        found = replace(found, fields=tuple(dict.fromkeys([*found.fields, "reason"])))
        must |= {"reason"} if "told_on" not in found.fields else set()
    must |= {"why"} if after in NEEDS_CODE else set()
    must |= {"booked_on"} if after == S.BOOKED else set()
    verb = FROM.get((way, here, after), (after == here and found.again) or found.verb)
    return replace(found, verb=verb, required=frozenset(must))


def expected(direction: str, state: str) -> State | None:
    """The step that comes next when all goes well, where it is one with a page of this room."""
    return EXPECTED.get((Direction(direction), State(state)))


def open_steps(direction: str, state: str) -> list[tuple[State, Ask]]:
    """The steps with a page of this room that are open, the expected one first and cancelling last."""
    way, here = Direction(direction), State(state)
    asked = [(to, ask(way, here, to)) for to in sorted(NEXT[way][here], key=ORDER.index)]
    found = [(to, what) for to, what in asked if what]
    return sorted(found, key=lambda each: each[0] != expected(way, here))


def missing(direction: str, state: str, been: Iterable[str]) -> list[str]:
    """What is missing for a closed loop, of a referral in `state` that has been in these states."""
    states = {*been, state}
    if direction == IN:
        return [] if S.ANSWER_SENT in states else ["No answer was sent to the referrer."]
    unread = "Nobody has read the report." if S.REPORT_RECEIVED in states else "No report has come."
    gaps = [] if S.READ in states else [unread]
    gaps += [] if S.PATIENT_TOLD in states else ["The patient has not been told what it says."]
    return gaps or ([] if state == S.PATIENT_TOLD else ["A further report was awaited."])
