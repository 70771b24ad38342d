"""Made-up referrals for tests, brought to where a test begins through the room's own actions."""

from datetime import date
from itertools import count

from clinic.audit.actor import Actor
from clinic.directory.models import Entry, Kind
from clinic.people.models import Role, User
from clinic.record.models import Case, Document, SaidBy
from referrals.loop.actions.steps import Asked, Said, begin, step
from referrals.loop.lifecycle import Direction, State
from referrals.loop.models import Referral
from tests.factories import a_case, a_location, a_user, actor

_number = count(1)
LATER = date(2099, 6, 1)


def a_coordinator() -> User:
    return User.objects.filter(role=Role.COORDINATOR, is_active=True).first() or a_user(Role.COORDINATOR)


def a_practice(kind: str = Kind.PHYSICAL_THERAPY, **fields: object) -> Entry:
    defaults = {"resource": "Organization", "name": f"Test Practice {next(_number)}", "phone": "555 0142"}
    return Entry.objects.create(kind=kind, created_by=a_coordinator(), **(defaults | fields))


def an_outgoing(by: Actor | None = None, case: Case | None = None, **asked: object) -> Referral:
    """A draft of a referral to physical therapy."""
    owner, case = a_coordinator(), case or a_case()
    words = {
        "direction": Direction.OUTGOING,
        "service": Kind.PHYSICAL_THERAPY,
        "urgency": "routine",
        "location": case.location,
        "patient": case.patient,
        "case": case,
        "practice": a_practice(),
    }
    return begin(asked=Asked(**(words | asked)), by=by or actor(owner), owner=owner)


def an_incoming(by: Actor | None = None, **asked: object) -> Referral:
    """A referral as it came through the public form, not matched yet."""
    a_coordinator()
    words = {
        "direction": Direction.INCOMING,
        "service": Kind.PAIN_SPINE,
        "urgency": "routine",
        "location": a_location(),
        "said_name": "Test Patient Juniper",
    }
    return begin(asked=Asked(**(words | asked)), by=by or Actor())


def a_document(case: Case) -> Document:
    return Document.objects.create(
        case=case,
        said_by=SaidBy.RECORD,
        name="report.pdf",
        content_type="application/pdf",
        size=10,
        sha256="0" * 64,
        path="uploads/00/none",
    )


# What a test says with a step that needs something said.
WORDS = {
    State.SENT: {"how": "fax"},
    State.BOOKED: {"booked_on": LATER},
    State.NOT_ATTENDED: {"why": "transport"},
    State.REFUSED: {"reason": "No therapist for the neck"},
    State.HANDED_BACK: {"reason": "The patient moved away"},
    State.CANCELLED: {"reason": "Made by mistake"},
    State.ANSWER_SENT: {"how": "fax"},
}


def walk(referral: Referral, *states: State, by: Actor | None = None) -> Referral:
    """Take steps one after the other, each with the words that it needs."""
    by = by or actor(a_coordinator())
    for state in states:
        referral = step(referral=referral, to=state, by=by, said=Said(**WORDS.get(state, {})))
    return referral
