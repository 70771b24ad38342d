"""How much conservative care there was: days as a union over therapies, and documented intolerance.

Source of the counting: docs in dates.py. A therapy counts where it was care (every kind but an evaluation)
and did not help enough; an outcome that nobody has said leaves open whether it counts.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clinic.criteria.dates import ONE_DAY, union_days
from clinic.criteria.facts import Facts
from clinic.criteria.shapes import Therapy
from clinic.criteria.truth import both, is_in

FAILED = frozenset({"not_enough_help", "no_lasting_help", "no_help", "made_worse", "not_tolerated"})
INTOLERABLE = frozenset({"not_tolerated", "contraindicated"})
NOT_CARE = frozenset({"behavioural_evaluation"})

Course = tuple[date, date]
Counted = tuple[Therapy, bool]  # the therapy, and whether it surely counts


@dataclass(frozen=True, slots=True)
class Care:
    """Days of care: `least` on the shortest reading of the record, `most` on the longest (None: no bound)."""

    least: int
    most: int | None
    since: date | None
    counted: tuple[Counted, ...]
    window_start: date | None
    asks: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(therapy.path for therapy, _ in self.counted)

    def open(self) -> tuple[str, ...]:
        """The facts that would settle the number of days: inexact dates that can change it, unsaid outcomes."""
        paths = []
        for therapy, sure in self.counted:
            if not sure:
                paths += [f"{therapy.path}.{name}" for name in self.asks if getattr(therapy, name) is None]
            if self._matters(therapy):
                paths += _inexact(therapy)
        return tuple(paths)

    def _matters(self, therapy: Therapy) -> bool:
        """Whether its dates change the shortest or the longest reading of the rest."""
        others = [(t, sure) for t, sure in self.counted if t is not therapy]
        shortest, longest = _sure(others), [_longest(t) for t, _ in others]
        ends = _shortest(therapy), _longest(therapy)
        return any(self._days([*rest, ends[0]]) != self._days([*rest, ends[1]]) for rest in (shortest, longest))

    def _days(self, courses: Iterable[Course]) -> int:
        return _days(courses, self.window_start)


def failed(therapy: Therapy) -> bool | None:
    """Whether it was care, and did not help enough for long enough."""
    return both(is_in(therapy.kind, NOT_CARE, negated=True), is_in(therapy.outcome, FAILED))


def intolerance(therapy: Therapy, *, final: bool) -> bool | None:
    """Whether a clinician documented why it could not be tolerated, or must not be done."""
    documented = therapy.intolerance_documented
    if documented is None and final:
        documented = False
    return both(is_in(therapy.kind, NOT_CARE, negated=True), is_in(therapy.outcome, INTOLERABLE), documented)


def care_days(
    facts: Facts,
    counts: Callable[[Therapy], bool | None] = failed,
    asks: tuple[str, ...] = ("kind", "outcome"),
    window_start: date | None = None,
) -> Care:
    """The care on record that `counts`, which reads the facts `asks`; with a window only its days after that day."""
    judged = [(therapy, counts(therapy)) for therapy in facts.therapies or ()]
    counted = tuple((therapy, verdict is True) for therapy, verdict in judged if verdict is not False)
    longest = [_longest(therapy) for therapy, _ in counted]
    starts = [therapy.start.first for therapy, _ in counted]
    bounded = window_start is not None or date.min not in starts
    return Care(
        least=_days(_sure(counted), window_start),
        most=_days(longest, window_start) if bounded else None,
        since=max(min(starts), window_start or date.min) if starts and bounded else None,
        counted=counted,
        window_start=window_start,
        asks=asks,
    )


def may_be_recent(care: Care, since: date) -> bool:
    """Whether care that counts may have gone on to `since` or beyond."""
    return any(therapy.end.last >= since for therapy, _ in care.counted)


def most_if_ended_before(care: Care, since: date) -> int:
    """The most days there can have been if all care that counts had ended before `since`; 0 where it had not."""
    if any(sure and therapy.end.first >= since for therapy, sure in care.counted):
        return 0
    early = [therapy for therapy, _ in care.counted if therapy.end.first < since]
    return union_days((t.start.first, min(t.end.last, since - ONE_DAY)) for t in early)


def _days(courses: Iterable[Course], window_start: date | None) -> int:
    if window_start is None:
        return union_days(courses)
    return union_days((max(first, window_start), last) for first, last in courses)


def _sure(counted: Sequence[Counted]) -> list[Course]:
    return [_shortest(therapy) for therapy, sure in counted if sure]


def _shortest(therapy: Therapy) -> Course:
    return min(therapy.start.last, therapy.end.first), therapy.end.first


def _longest(therapy: Therapy) -> Course:
    return therapy.start.first, therapy.end.last


def _inexact(therapy: Therapy) -> list[str]:
    ends = (("from", therapy.start), ("to", therapy.end))
    return [f"{therapy.path}.{name}" for name, span in ends if not span.exact]
