"""The verbs of a candidate's way: a day found or given up, a colleague, a call, a hold settled, an end, a new start.

Each sets a next day, so that an open way always stands in somebody's list.
"""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import DatabaseNow, now
from clinic.authorization.lifecycle import ALLOWS
from clinic.candidacy.actions.claims import concerns_themselves
from clinic.people.models import Role, User
from clinic.record.models import Case
from clinic.repeats.actions import give_reason
from clinic.repeats.reading import HeldBack, held_back

from .models import Note, Pathway
from .next_step import Step, look_again, step
from .reading import may_own

MOST_AHEAD = timedelta(days=365)  # a day that is booked
MOST_PUT_OFF = timedelta(days=90)  # who puts off for longer ends it, with the reason
CHOSEN_ENDS = tuple(
    end for end in Pathway.Ended if end not in (Pathway.Ended.DONE, Pathway.Ended.SUPERSEDED)
)  # the others follow from a session and from a decision


class TooEarly(Refused):
    """The rules ask for a later day; `held` says which and from when. A doctor may pass it with a clinical reason."""

    def __init__(self, held: HeldBack) -> None:
        super().__init__(f"{held.title} asks for a later day.")
        self.held = held


def _locked(pathway: Pathway) -> Pathway:
    # The case first, as whoever decides, answers or reports locks it and then reaches the way by a trigger.
    Case.objects.select_for_update().get(pk=pathway.case_id)
    Pathway.objects.select_for_update().get(pk=pathway.pk)  # with the lock first: what is read next is what stands
    return Pathway.objects.with_people().get(pk=pathway.pk)


def _open(pathway: Pathway) -> Pathway:
    held = _locked(pathway)
    if not held.is_open:
        raise Refused("This has ended meanwhile. Look at it, and take it up again if it goes on.")
    return held


def _sent_before(held: Pathway, nonce: UUID | None) -> Note | None:
    return held.notes.filter(nonce=nonce).first() if nonce else None


def _said(words: str, ask: str) -> str:
    if not words.strip():
        raise Refused(ask)
    return words.strip()


def _write(held: Pathway, kind: Note.Kind, by: Actor, next_on: date, **words: Any) -> Note:
    """Keep the way as it is now, and the note of what was done."""
    held.next_on, held.set_at = next_on, DatabaseNow()
    held.save(
        update_fields=[
            "owner", "next_on", "set_at", "booked_on", "booked_time",
            "ended_at", "ended_by", "ended_because", "ended_words",
        ]
    )  # fmt: skip
    note = Note.objects.create(
        pathway=held, kind=kind, owner_id=held.owner_id, next_on=next_on, noted_by_id=by.person_id, **words
    )
    record(by=by, verb=f"pathway.{kind}", patients=[held.case.patient_id], of=held, detail={"note": note.pk})
    return note


def _look_again(held: Pathway) -> date:
    return look_again(held.standing, held.today)


@transaction.atomic
def book(*, pathway: Pathway, day: date, time: time | None, nonce: UUID, by: Actor, words: str = "") -> Note:
    """Keep the day that was found for the session; a later one takes the place of the one before.

    Raises:
        TooEarly: the rules that this decision goes by ask for a later day, and no doctor has given a reason.
        Refused: the day is behind, or too far ahead; an urgent sign stands; or the way has ended.
    """
    held = _open(pathway)
    if before := _sent_before(held, nonce):
        return before
    _may_be_booked(held, day)
    if back := held_back(held.case, day):
        raise TooEarly(back)
    held.booked_on, held.booked_time = day, time
    return _write(held, Note.Kind.BOOKED, by, _look_again(held), nonce=nonce, booked_on=day, words=words.strip())


def _may_be_booked(held: Pathway, day: date) -> None:
    if held.case.urgent_since:
        raise Refused("An urgent sign stands on this case. A doctor looks into it before a day is booked.")
    if not held.today <= day <= held.today + MOST_AHEAD:
        raise Refused("Choose today or a later day, at most a year ahead.")


@transaction.atomic
def book_early(*, pathway: Pathway, day: date, time: time | None, reason: str, nonce: UUID, by: Actor) -> Note:
    """A doctor books a day before the next eligible one, with a clinical reason that is kept for case and day."""
    if by.role != Role.DOCTOR:
        raise Refused("Only a doctor may book a day before the rules allow one.")
    held = _open(pathway)
    if concerns_themselves(held.case.patient, by):
        raise Refused("You cannot give the reason for yourself or for somebody you act for. Ask a colleague.")
    if before := _sent_before(held, nonce):
        return before
    _may_be_booked(held, day)
    give_reason(case=held.case, day=day, reason=_said(reason, "Write the clinical reason."), nonce=nonce, by=by)
    return book(pathway=held, day=day, time=time, nonce=nonce, by=by, words=reason)


@transaction.atomic
def unbook(*, pathway: Pathway, words: str, nonce: UUID, by: Actor) -> Note:
    """Give up the day that was found, with the reason; the candidate is due at once."""
    held = _open(pathway)
    if before := _sent_before(held, nonce):
        return before
    if held.booked_on is None:
        raise Refused("No day is booked.")
    given_up, held.booked_on, held.booked_time = held.booked_on, None, None
    because = _said(words, "Write why the day is given up.")
    return _write(held, Note.Kind.UNBOOKED, by, _look_again(held), nonce=nonce, booked_on=given_up, words=because)


@transaction.atomic
def give(*, pathway: Pathway, to: User, words: str, by: Actor) -> Note:
    """Hand the candidate to a colleague, who looks at it today."""
    held = _open(pathway)
    if not may_own().filter(pk=to.pk).exists():
        raise Refused("This colleague cannot take it.")
    if held.owner_id == to.pk:
        raise Refused(f"{to} has it already.")
    held.owner = to
    return _write(held, Note.Kind.OWNER, by, held.today, words=words.strip())


@transaction.atomic
def put_off(*, pathway: Pathway, until: date, words: str, by: Actor) -> Note:
    """Look at it again on a later day, with the reason."""
    held = _open(pathway)
    if held.case.urgent_since:
        raise Refused("An urgent sign stands on this case: it cannot be put off.")
    if not held.today < until <= held.today + MOST_PUT_OFF:
        raise Refused(f"Choose a day after today, at most {MOST_PUT_OFF.days} days ahead.")
    _before_its_session(held, until)
    return _write(held, Note.Kind.LATER, by, until, words=_said(words, "Write why it can wait."))


def _before_its_session(held: Pathway, day: date) -> None:
    """Nobody looks at it again only after the day on which it is carried out, or its approval ends."""
    ends = (held.booked_on, held.standing.last_day if held.standing.payer in ALLOWS else None)
    ahead = [each for each in ends if each and each > held.today]
    if ahead and day > min(ahead):
        raise Refused(f"Choose {min(ahead):%-d %B %Y} at the latest: the session is booked, or its approval ends then.")


@transaction.atomic
def call(*, pathway: Pathway, words: str, next_on: date | None, nonce: UUID, by: Actor) -> Note:
    """Note what came of a call; without a day it stands where it stood, and is due by then."""
    held = _open(pathway)
    if before := _sent_before(held, nonce):
        return before
    if next_on and not held.today <= next_on <= held.today + MOST_PUT_OFF:
        raise Refused(f"Choose today or a later day, at most {MOST_PUT_OFF.days} days ahead.")
    if next_on:
        _before_its_session(held, next_on)
    said = _said(words, "Write whom you called, and what came of it.")
    return _write(held, Note.Kind.CALL, by, next_on or held.next_on, nonce=nonce, words=said)


@transaction.atomic
def settle_hold(*, pathway: Pathway, hold: str, words: str, nonce: UUID, by: Actor) -> Note:
    """Note how one hold of the signed safety screen is settled, in words, by whoever saw to it."""
    held = _open(pathway)
    if before := _sent_before(held, nonce):
        return before
    if hold not in held.open_holds:
        raise Refused("Somebody else has settled this already.")
    if concerns_themselves(held.case.patient, by):
        raise Refused("You cannot settle this for yourself or for somebody you act for. Ask a colleague.")
    said = _said(words, "Write how it is settled, and with whom.")
    left = replace(held.standing, open_holds=len(held.open_holds) - 1)
    ready = step(left, held.today) == Step.SESSION
    next_on = look_again(left, held.today) if ready else held.next_on
    return _write(held, Note.Kind.HOLD_SETTLED, by, next_on, nonce=nonce, hold=hold, words=said)


@transaction.atomic
def end(*, pathway: Pathway, because: str, words: str, by: Actor) -> Note:
    """End a way that no session follows, with the reason; a day that was found is given up."""
    held = _open(pathway)
    if because not in CHOSEN_ENDS:
        raise Refused("Choose why it ends.")
    if because == Pathway.Ended.OTHER:
        _said(words, "Write why it ends.")
    held.booked_on = held.booked_time = None
    return _end(held, because, by, words.strip())


def _end(held: Pathway, because: str, by: Actor, words: str = "") -> Note:
    held.ended_at, held.ended_by_id, held.ended_because, held.ended_words = now(), by.person_id, because, words
    return _write(held, Note.Kind.ENDED, by, held.today, words=words)


@transaction.atomic
def carried_out(*, pathway: Pathway, by: Actor) -> Note:
    """The session was recorded: the way ends. Its booked day stays, for the history and for a session that is struck.

    Raises:
        Refused: the way has ended already.
    """
    return _end(_open(pathway), Pathway.Ended.DONE, by)


@transaction.atomic
def reopen(*, pathway: Pathway, words: str, by: Actor) -> Note:
    """Take an ended way up again, due today. Where a later decision stands, that one's way goes on instead.

    Raises:
        Refused: it is open, no reason was given, or a later decision stands (`Pathway.may_be_taken_up` says so before).
    """
    held = _locked(pathway)
    if not held.may_be_taken_up:
        raise Refused("It goes on already." if held.is_open else "A later decision stands in this one's place.")
    held.ended_at = held.ended_by = None
    held.ended_because = held.ended_words = ""
    because = _said(words, "Write why it is taken up again.")
    return _write(held, Note.Kind.REOPENED, by, held.today, words=because)
