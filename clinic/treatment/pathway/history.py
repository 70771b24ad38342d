"""What happened on a candidate's way, the latest first: what staff did, and what the payer said."""

from dataclasses import dataclass
from datetime import date, datetime

from clinic.authorization.models import Step
from clinic.people.models import User

from .models import Note, Pathway
from .reading import HOLD_NAMES


@dataclass(frozen=True)
class Entry:
    """One line: `on` is the day that it is about, where it is another than that of the moment."""

    title: str
    moment: datetime
    who: User
    on: date | None = None
    words: str = ""
    struck: bool = False


def history(pathway: Pathway) -> list[Entry]:
    """Notes and the payer's words, in two queries."""
    notes = pathway.notes.select_related("owner", "noted_by")
    said = pathway.decision.payer_steps.select_related("recorded_by")
    entries = [*map(_of_note, notes), *map(_of_payer, said)]
    return sorted(entries, key=lambda entry: entry.moment, reverse=True)


def _of_note(note: Note) -> Entry:
    title = note.get_kind_display()
    if note.kind == Note.Kind.OWNER:
        title = f"{title}: {note.owner}"
    if note.hold:
        title = f"{title}: {HOLD_NAMES.get(note.hold, note.hold)}"
    on = note.next_on if note.kind == Note.Kind.LATER else note.booked_on
    return Entry(title, note.noted_at, note.noted_by, on, note.words)


def _of_payer(step: Step) -> Entry:
    title = f"{step.payer}: {step.label.lower()}"
    return Entry(title, step.recorded_at, step.recorded_by, step.on, struck=step.struck_at is not None)
