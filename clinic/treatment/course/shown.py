"""The course of relief as pages and paper show it: its sentence, its picture in two widths, and its tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic.record.models import Case
from clinic.treatment.procedure.models import Session

from .drawn import NARROW, WIDE, Picture
from .followed import Course
from .picture import draw
from .reading import course_of
from .table import Table, summary, tables
from .words import in_plain_words, lead, names


@dataclass(frozen=True, slots=True)
class Shown:
    lead: str
    wide: Picture
    narrow: Picture
    summary: Table
    tables: list[Table]
    notes: list[str]


def shown(case: Case, sessions: Sequence[Session], *, to_patient: bool) -> Shown | None:
    """Everything that is shown of one case, in the language that is active; None where there is nothing to show."""
    course = course_of(case, sessions, get_language() or "en")
    if not course.sessions and not course.taken():
        return None
    words = names(course, to_patient)
    wide, narrow = (draw(course, words, frame) for frame in (WIDE, NARROW))
    notes = [*_notes(course, wide.left_out), *(in_plain_words(course) if to_patient else [])]
    return Shown(lead(course), wide, narrow, summary(course, to_patient), tables(course, to_patient), notes)


def _notes(course: Course, left_out: int) -> list[str]:
    """What a reader must know to read the picture rightly."""
    notes = []
    if course.sessions:
        notes.append(
            _("What counts is the best answer from two weeks after the injection on; before that, the latest one.")
        )
    if course.not_compared:
        notes.append(
            _("Hollow: pain on the first evening, or since the day before. We compare only the pain of a whole week.")
        )
    if left_out:
        notes.append(_("Older scores stand in the table alone."))
    return notes
