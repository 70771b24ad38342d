"""Referrals of the past, at the times that a test says."""

from datetime import timedelta

from clinic.audit.actor import Actor
from clinic.audit.clock import at, now, today
from clinic.directory.models import Entry, Kind
from clinic.people.models import User
from clinic.record.models import Case
from referrals.loop.actions.steps import Said, step
from referrals.loop.lifecycle import Direction, State
from referrals.loop.models import Referral, Step
from tests.factories import a_case, a_location, actor
from tests.referrals.scenes import WORDS, a_coordinator, a_practice, an_outgoing

S, ZONE = State, "America/New_York"
TO_THE_END = (
    *((S.SENT, 1), (S.BOOKED, 3), (S.ATTENDED, 10), (S.REPORT_RECEIVED, 15)),
    *((S.READ, 16), (S.PATIENT_TOLD, 18), (S.CLOSED, 20)),
)


def in_the_past(opened: float, *steps: tuple[State, float], by: Actor | None = None, **asked: object) -> Referral:
    """A referral that was opened so many days ago, with its steps so many days after that."""
    by, begins = by or actor(a_coordinator()), now() - timedelta(days=opened)
    with at(begins):
        referral = an_outgoing(by, **asked)
    for to, after in steps:
        with at(begins + timedelta(days=after)):
            referral = step(referral=referral, to=to, by=by, said=Said(**_words(to, begins + timedelta(days=after))))
    return referral


def _words(to: State, moment) -> dict[str, object]:
    words = WORDS.get(to, {})
    return words | {"booked_on": moment.date() + timedelta(days=5)} if to == S.BOOKED else words


def drafts(number: int, case: Case | None = None, practice: Entry | None = None, owner: User | None = None) -> None:
    """So many referrals that were begun 40 days ago, written at once."""
    case, owner, practice = case or a_case(), owner or a_coordinator(), practice or a_practice()
    yesterday = today(ZONE) - timedelta(days=1)
    with at(now() - timedelta(days=40)):
        made = Referral.objects.bulk_create(
            Referral(
                direction=Direction.OUTGOING,
                service=Kind.PHYSICAL_THERAPY,
                urgency="routine",
                location=a_location(),
                patient=case.patient,
                case=case,
                practice=practice,
                state=S.DRAFT,
                owner=owner,
                next_on=yesterday,
                risk=0,
            )
            for _ in range(number)
        )
        Step.objects.bulk_create(
            Step(referral=each, direction=each.direction, to_state=S.DRAFT, on=now().date(), done_by=owner)
            for each in made
        )
