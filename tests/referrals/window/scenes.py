"""Patients after an injection, some in relief, and their referrals to physical therapy."""

from datetime import timedelta
from typing import Any

from clinic.audit import clock
from clinic.candidacy.casefile import CaseFile
from clinic.record.models import Case
from clinic.treatment.procedure.models import Session
from referrals.loop.actions.steps import Said, step
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral
from referrals.outgoing.record import known
from referrals.window.actions import write_referral
from referrals.window.models import Window
from tests.checkins.scenes import GIVEN, a_session, after, answered
from tests.factories import actor
from tests.referrals.scenes import WORDS as USUAL
from tests.referrals.scenes import a_coordinator, an_outgoing

WORDS = USUAL | {State.CLOSED: {"reason": "Test"}}


def relieved(case: Case | None = None, relief: int = 70, key: str = "d7", **fields: Any) -> Session:
    """A session after which the patient said, a week later, that it is much better."""
    a_coordinator()
    session = a_session(case, **fields)
    answered(session, key, relief=relief, pain=2)
    return session


def window(session: Session) -> Window:
    return Window.windows.last_ones().with_window().get(pk=session.pk)


def asked_for(session: Session) -> Referral:
    """The letter that one click begins, two weeks after the session."""
    with clock.at(after(14)):
        file = CaseFile.of(session.case)
        return write_referral(window=window(session), known=known(file), by=actor(a_coordinator()))


def a_therapy(case: Case, on: int, *states: State) -> Referral:
    """A referral to physical therapy that was begun, and walked, so many days after the session."""
    with clock.at(after(on)):
        referral = an_outgoing(case=case)
        for state in states:
            words = WORDS.get(state, {}) | (
                {"booked_on": GIVEN + timedelta(days=on + 5)} if state == State.BOOKED else {}
            )
            referral = step(referral=referral, to=state, by=actor(a_coordinator()), said=Said(**words))
    return referral
