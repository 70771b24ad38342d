"""The tables behind the picture, in the reader's language: everything that it shows, and what is too old for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .followed import PAIN, Answered, Course, Followed
from .words import NOTHING, better, in_own_words, lasted, own, say_day, short, where


@dataclass(frozen=True, slots=True)
class Table:
    """A table in words: its caption, its head, and rows whose first cell names them."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def named(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each row as its name and its cells, every cell with the head of its column."""
        return [(first, list(zip(self.head[1:], rest, strict=True))) for first, *rest in self.rows]


def summary(course: Course, to_patient: bool) -> Table:
    """What each injection came to: how long, the patient's own percentage, and beside it the change on each scale."""
    head = [_("Injection"), _("Half better or more"), in_own_words(to_patient), *map(short, course.scales)]
    return Table(_("What each injection did"), head, [_came(session, course.scales) for session in course.sessions])


def _came(session: Followed, scales: Sequence[str]) -> list[str]:
    changes = [session.best(scale) for scale in scales]
    said = [NOTHING if change is None else better(change) for change in changes]
    return [caption(session), lasted(session) or NOTHING, own(session.relief.percent), *said]


def caption(session: Followed) -> str:
    """A session by its number, day and place: "1 · 3 March 2026, low back (lumbar), left, L4-5"."""
    return f"{session.number} · {say_day(session.on)}, {where(session)}"


def tables(course: Course, to_patient: bool) -> list[Table]:
    """One a session, and one of the scores that stand by themselves."""
    found = [_of_session(session, course.scales, to_patient) for session in course.sessions]
    filed = {each for session in course.sessions for each in session.baseline.values()}
    alone = sorted({*course.scores} - filed, key=lambda each: (each.on, each.scale))
    rows = [[say_day(each.on), short(each.scale), number(each.value)] for each in alone]
    return [*found, Table(_("Other scores"), [_("Day"), _("Scale"), _("Result")], rows)] if rows else found


def _of_session(session: Followed, scales: Sequence[str], to_patient: bool) -> Table:
    """The baseline, then each check-in and each result that staff typed, in the order of their days."""
    rows = [*_before(session, scales), *_asked(session, scales), *_typed(session, scales)]
    head = [_("When"), in_own_words(to_patient), *map(short, scales)]
    return Table(caption(session), head, [cells for _, cells in sorted(rows, key=lambda row: row[0])])


Row = tuple[date, list[str]]


def _before(session: Followed, scales: Sequence[str]) -> Iterable[Row]:
    for day in sorted({each.on for each in session.baseline.values()}):
        taken = {each.scale: number(each.value) for each in session.baseline.values() if each.on == day}
        said = _("Before, %(day)s") % {"day": say_day(day)}
        yield day, [said, NOTHING, *(taken.get(scale, NOTHING) for scale in scales)]


def _asked(session: Followed, scales: Sequence[str]) -> Iterable[Row]:
    for answer in session.answers:
        said = f"{moment(answer.moment)}, {say_day(answer.on)}"
        said += f" · {_('told on a call')}" if answer.how == "call" else ""
        words = own(answer.said.relief)
        words += "" if answer.counts or answer.said.relief is None else f" · {_('not compared')}"
        yield answer.on, [said, words, *(_heard(session, answer, scale) for scale in scales)]


def _heard(session: Followed, answer: Answered, scale: str) -> str:
    """What one check-in says of one scale; pain of another time than the baseline's is told and not compared."""
    if scale == PAIN and not answer.compared and answer.pain is not None:
        return f"{answer.pain} · {_('not compared')}"
    told = {each.scale for each in answer.taken()}
    return _result(session, scale, answer.on) if scale in told else NOTHING


def _typed(session: Followed, scales: Sequence[str]) -> Iterable[Row]:
    asked = {answer.on for answer in session.answers}
    for day in {each.on for results in session.results.values() for each in results} - asked:
        yield day, [say_day(day), NOTHING, *(_result(session, scale, day) for scale in scales)]


def _result(session: Followed, scale: str, day: date) -> str:
    found = next((each for each in session.results.get(scale, ()) if each.on == day), None)
    if found is None:
        return NOTHING
    return number(found.value) + ("" if found.change is None else f" · {better(found.change)}")


def number(value: float) -> str:
    """A result with at most one decimal, as scales are read."""
    return str(localize(round(value, 1) if value % 1 else int(value)))


def moment(key: str) -> str:
    """The name of a check-in by its key in the plan: "d0", "d14", "m3"."""
    count = int(key[1:])
    if key.startswith("m"):
        return ngettext("%(n)s month after", "%(n)s months after", count) % {"n": count}
    if count == 0:
        return _("That evening")
    if count % 7:
        return ngettext("%(n)s day after", "%(n)s days after", count) % {"n": count}
    return ngettext("%(n)s week after", "%(n)s weeks after", count // 7) % {"n": count // 7}
