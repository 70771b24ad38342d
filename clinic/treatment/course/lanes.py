"""The lanes of the picture: how much better, on one axis for all; and each scale as it was scored. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import chain, islice

from clinic.candidacy.axis import Axis
from clinic.candidacy.evidence import say_number
from clinic.candidacy.ledger import MOST
from clinic.treatment.checkins.relief import MARK

from .drawn import LEFT, Frame, Lane, Level, Trace, Words
from .followed import PAIN, Course, Followed
from .marks import Box, Dot, numbered, outline, shape_of

TITLE = 24  # from the top of a lane to its plot
GAP = 14  # below a lane
BEST, WORST = 100, -100  # per cent; what is worse than that stands at the edge, and as it is in the table
COLOURS = 4  # of the scales; a fifth begins again
OWN = "own"

Point = tuple[date, float, bool, str]  # the day, the value, whether it counts, and what is written at it


class Plot:
    """Where the days of an axis and the numbers from `least` to `most` meet."""

    def __init__(self, axis: Axis, least: float, most: float, top: float, height: float) -> None:
        self.axis, self.least, self.most, self.top, self.bottom = axis, least, most, top, top + height

    def y(self, value: float) -> float:
        inside = min(max(value, self.least), self.most)
        return round(self.top + (self.bottom - self.top) * (self.most - inside) / (self.most - self.least), 1)

    def trace(self, kind: str, shape: str, points: Iterable[Point]) -> Trace:
        """Marks in the order of their days; the line leads through those that count alone."""
        dots = []
        for day, value, counts, label in sorted(points):
            x, y = self.axis.x(day), self.y(value)
            dots.append(Dot(x, y, outline(shape, x, y), not counts, label))
        joined = [dot for dot in dots if not dot.hollow]
        line = " ".join(f"{dot.x},{dot.y}" for dot in joined) if len(joined) > 1 else ""
        return Trace(kind, line, tuple(dots))

    def numbered(self, traces: Iterable[Trace], others: Iterable[Trace], frame: Frame) -> list[Trace]:
        """With their numbers where these have room beside the other marks of the lane."""
        inside = Box(LEFT, self.top - 12, frame.width, self.bottom + 12)
        listed, beside = list(traces), chain.from_iterable(each.dots for each in others)
        dots = iter(numbered([dot for each in listed for dot in each.dots], beside, inside))
        return [replace(each, dots=tuple(islice(dots, len(each.dots)))) for each in listed]


def kind_of(place: int) -> str:
    """The name of a scale's colour, by its place among the scales."""
    return f"scale-{place % COLOURS}"


def lanes(axis: Axis, course: Course, words: Words, frame: Frame, top: float) -> tuple[Lane, ...]:
    """All lanes from `top` down; how much better only where there was a session."""
    drawn: list[Lane] = []
    if course.sessions:
        drawn.append(_better(axis, course, words, frame, top))
    for place, scale in enumerate(course.scales):
        below = drawn[-1].bottom + GAP if drawn else top
        drawn.append(_scored(axis, course, place, words.titles[scale], frame, below))
    return tuple(drawn)


def _better(axis: Axis, course: Course, words: Words, frame: Frame, top: float) -> Lane:
    """The patient's own percentage beside the change on each scale, session by session; half is a line of its own."""
    own = [_own(session, words.worse) for session in course.sessions]
    changes = [
        (place, points)
        for session in course.sessions
        for place, scale in enumerate(course.scales)
        if (points := _changes(session, scale))
    ]
    worse = any(value < 0 for points in (*own, *(points for _, points in changes)) for _, value, *_ in points)
    plot = Plot(axis, WORST if worse else 0, BEST, top + TITLE, frame.better)
    others = [plot.trace(kind_of(place), shape_of(place), points) for place, points in changes]
    said = plot.numbered([plot.trace(OWN, "circle", points) for points in own if points], others, frame)
    levels = tuple(Level(plot.y(value), str(value)) for value in (BEST, MARK, 0, WORST) if value >= plot.least)
    return Lane(words.better, top, plot.bottom, levels, (*others, *said), plot.y(MARK))


def _own(session: Followed, worse: str) -> list[Point]:
    """The patient's own percentage; "worse" has no number, as none was asked for, nor has what does not count."""
    said = [(each.on, each.said.relief, each.counts) for each in session.answers if each.said.relief is not None]
    return [(on, num, counts, (str(num) if num >= 0 else worse) if counts else "") for on, num, counts in said]


def _changes(session: Followed, scale: str) -> list[Point]:
    results = session.results.get(scale, ())
    return [(each.on, float(each.change), True, "") for each in results if each.change is not None]


def _scored(axis: Axis, course: Course, place: int, title: str, frame: Frame, top: float) -> Lane:
    """One scale as it was scored, higher is worse: the line falls as the pain falls."""
    scale = course.scales[place]
    taken = [each for each in course.taken() if each.scale == scale and each.on >= axis.first]
    points: list[Point] = [(each.on, each.value, True, say_number(each.value)) for each in taken]
    if scale == PAIN:
        points += [(each.on, each.pain, False, "") for each in course.not_compared if each.pain is not None]
    most = MOST.get(scale) or max([value for _, value, *_ in points], default=0) or 1
    plot = Plot(axis, 0, most, top + TITLE, frame.scale)
    trace = plot.trace(kind_of(place), shape_of(place), points)
    levels = (Level(plot.y(most), f"{most:g}"), Level(plot.y(0), "0"))
    return Lane(title, top, plot.bottom, levels, tuple(plot.numbered([trace], (), frame)))
