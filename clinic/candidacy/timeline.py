"""The geometry of the timeline: everything that was tried, as bars over months, before anything is drawn.

Pure: dates in, numbers in SVG user units out. A bar is solid where the therapy surely went on, and fades where its
first or last day is approximate; the fade spans the days that the date may mean.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clinic.criteria.dates import Span

from .axis import Axis, Piece, Tick, pieces_of
from .evidence import say_number

LABELS = 152  # where the plot begins; the names stand left of it
PLOT = 318  # width of the plot; the words of a bar that ends today stand right of it
WIDTH = 668
ROW = 30
SCORE_ROW = 62
TOP = 34
GAP = 8  # between a bar and its words
LETTER = 6.0  # a letter's mean width at 12 px, to judge whether words fit


@dataclass(frozen=True, slots=True)
class Course:
    """One therapy: `first` and `last` are None where nobody has said; `going` when it still goes on.

    Of its `words` those are shown that fit, the first before the others.
    """

    anchor: str
    label: str
    first: Span | None
    last: Span | None
    going: bool | None
    words: tuple[str, ...]
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One injection, on some day of `on`; of its `words` those are shown that fit."""

    anchor: str
    label: str
    on: Span | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The results of one scale, each (evidence anchor, day, value); `most` is the scale's upper end."""

    label: str
    most: float
    results: tuple[tuple[str, date, float], ...]


@dataclass(frozen=True, slots=True)
class Dot:
    anchor: str
    x: float
    y: float
    label: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the drawing; `pieces` for a therapy, `mark` for an injection, `dots` and `line` for a scale."""

    anchor: str
    y: float
    label: str
    words: str = ""
    words_x: float = 0
    words_end: bool = False  # the words end at `words_x` instead of beginning there
    inside: str = ""
    inside_x: float = 0
    pieces: tuple[Piece, ...] = ()
    going: bool = False
    mark: str = ""
    dots: tuple[Dot, ...] = ()
    line: str = ""
    height: float = ROW


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: float
    plot_bottom: float
    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    onset: float | None
    today: float

    @property
    def approximate(self) -> bool:
        return any(piece.fill != "solid" for row in self.rows for piece in row.pieces)


def draw(
    courses: Sequence[Course],
    events: Sequence[Event],
    series: Sequence[Series],
    *,
    until: date,
    onset: Span | None = None,
) -> Drawing:
    """Lay everything out, oldest first, with the scores below; `until` is the day of service."""
    axis = Axis(_earliest(courses, events, series, onset, until), until, left=LABELS, width=PLOT)
    rows: list[Row] = []
    y = float(TOP)
    for course in sorted(courses, key=lambda each: _begin(each, until)):
        rows.append(_course_row(axis, course, y))
        y += ROW
    for event in sorted(events, key=lambda each: each.on.first if each.on else until):
        rows.append(_event_row(axis, event, y))
        y += ROW
    for each in series:
        rows.append(_series_row(axis, each, y))
        y += rows[-1].height
    known = axis.x(onset.first) if onset and onset.said else None
    return Drawing(WIDTH, y + 12, y, axis.ticks(), tuple(rows), known, axis.x(until))


def _begin(course: Course, until: date) -> date:
    known = course.first or course.last
    return known.first if known else until


def _earliest(
    courses: Iterable[Course], events: Iterable[Event], series: Iterable[Series], onset: Span | None, until: date
) -> date:
    days = [until]
    days += [_begin(course, until) for course in courses]
    days += [event.on.first for event in events if event.on]
    days += [day for each in series for _, day, _ in each.results]
    if onset and onset.said:
        days.append(onset.first)
    return min(days)


def _course_row(axis: Axis, course: Course, y: float) -> Row:
    if course.first is None and course.last is None and not course.going:
        words = _fitting(course.words or ("no dates said",), WIDTH - LABELS - GAP)
        return Row(course.anchor, y, course.label, words, LABELS + GAP)
    pieces = pieces_of(axis, course.first, course.last, bool(course.going))
    end = pieces[-1].x + pieces[-1].width
    words, x, at_end = _place(course.words, pieces[0].x, end)
    solid = next((piece for piece in pieces if piece.fill == "solid"), None)
    fits = solid is not None and len(course.inside) * LETTER + 12 < solid.width
    return Row(
        course.anchor,
        y,
        course.label,
        words,
        x,
        at_end,
        course.inside if fits else "",
        solid.x + 7 if solid and fits else 0,
        pieces,
        bool(course.going),
    )


def _place(words: Sequence[str], begins: float, ends: float) -> tuple[str, float, bool]:
    """Right of the bar where all fits, else left of it where the room is larger; and of the words what fits there."""
    right, left = WIDTH - ends - GAP, begins - GAP - LABELS
    if left > right and _fitting(words, right) != " · ".join(words):
        return _fitting(words, left), round(begins - GAP, 1), True
    return _fitting(words, right), round(ends + GAP, 1), False


def _fitting(words: Sequence[str], room: float) -> str:
    """As many of the words as fit into the room, one after the other; of the first at least its beginning."""
    most, found = int(room / LETTER), ""
    for each in words:
        longer = f"{found} · {each}" if found else each
        if len(longer) <= most:
            found = longer
    return found or "".join(words[:1])[: max(most - 1, 0)].rstrip() + "…" * bool(words)


def _event_row(axis: Axis, event: Event, y: float) -> Row:
    if event.on is None:
        words = _fitting(event.words or ("no date said",), WIDTH - LABELS - GAP)
        return Row(event.anchor, y, event.label, words, LABELS + GAP)
    first, last = axis.x(event.on.first), axis.x(event.on.last)
    middle, low = round((first + last) / 2, 1), y + 6
    mark = f"{middle - 6.5:.1f},{low} {middle + 6.5:.1f},{low} {middle:.1f},{low - 12}"
    pieces = (Piece(first, round(last - first, 1), "span"),) if last - first > 13 else ()
    words, x, at_end = _place(event.words, min(first, middle - 7), max(last, middle + 7))
    return Row(event.anchor, y, event.label, words, x, at_end, pieces=pieces, mark=mark)


def _series_row(axis: Axis, series: Series, y: float) -> Row:
    """Higher is worse on top: the line falls as the pain falls, as a reader expects. A single result is a mere dot."""
    results = sorted(series.results, key=lambda result: result[1])
    if len(results) == 1:
        anchor, day, value = results[0]
        x, label = axis.x(day), say_number(value)
        beside = round(x + GAP + len(label) * LETTER / 2, 1)
        return Row("", y, series.label, dots=(Dot(anchor, x, y + 5, label, beside, y + 9),))
    dots = tuple(_dot(axis, series, y, result) for result in results)
    return Row("", y, series.label, dots=dots, line=" ".join(f"{dot.x},{dot.y}" for dot in dots), height=SCORE_ROW)


def _dot(axis: Axis, series: Series, y: float, result: tuple[str, date, float]) -> Dot:
    """Its number stands above it, or below where it would leave the row, and never among the names of the rows."""
    anchor, day, value = result
    high, low = y + 2, y + SCORE_ROW - 24
    at = round(low - (low - high) * min(value, series.most) / series.most, 1)
    x, label = axis.x(day), say_number(value)
    clear = round(max(x, LABELS + len(label) * LETTER / 2), 1)
    return Dot(anchor, x, at, label, clear, round(at - 8 if at > high + 14 else at + 17, 1))
