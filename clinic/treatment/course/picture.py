"""The picture of a course of treatment: where every session, score, answer and therapy stands, before it is drawn.

Pure: days and numbers in, SVG user units out. On top how much better, in per cent: the patient's own words and the
change from the baseline on each scale, on one axis with its line at half. Below it each scale as it was scored, then
the therapies. The time in which the patient was half better or more is a band through all of them.
"""

from dataclasses import replace
from datetime import date, timedelta

from clinic.candidacy.axis import Axis, Piece, pieces_of
from clinic.criteria.dates import Span, add_months

from .drawn import LEFT, RIGHT, Band, Bar, Flag, Frame, Key, Picture, Words
from .followed import Course, Followed, Tried
from .lanes import GAP, OWN, TITLE, kind_of, lanes
from .marks import LETTER, outline, shape_of

LEAD_MONTHS = 3  # what was scored earlier than so long before the first session stands in the table alone
FLAG = 9.0  # radius of a session's number
LINE = 20  # of writing
ROW = 32  # of a therapy: its name, and its bar below


def draw(course: Course, words: Words, frame: Frame) -> Picture:
    """Lay out one course in one frame."""
    width = frame.width - LEFT - RIGHT
    axis = Axis(first_day(course), course.today, left=LEFT, width=width, most_ticks=frame.most_ticks)
    keys, y = _legend(course, words, frame)
    flags, top = _flags(axis, course, words, y)
    bands = _bands(axis, course, words)
    drawn = lanes(axis, course, words, frame, top + LINE * any(words.lasted))
    below = drawn[-1].bottom + GAP if drawn else top
    bars = _bars(axis, course, frame, below + TITLE)
    bottom = below + TITLE + ROW * len(bars) if bars else below - GAP / 2
    return Picture(
        width=frame.width,
        height=bottom + LINE + 4,
        keys=keys,
        flags=flags,
        bands=bands,
        lanes=drawn,
        bars=bars,
        bars_title=words.therapies if bars else "",
        bars_top=below,
        ticks=axis.ticks(),
        top=top,
        bottom=bottom,
        today=axis.x(course.today),
        left_out=sum(each.on < axis.first for each in course.taken()),
    )


def first_day(course: Course) -> date:
    """Of the baseline, or of what was scored not long before the first session; without a session the first score."""
    scored = [each.on for each in course.taken()]
    if not course.sessions:
        return min([course.today, *scored])
    sessions = [each.on for each in course.sessions]
    baselines = [each.on for session in course.sessions for each in session.baseline.values()]
    lead = add_months(min(sessions), -LEAD_MONTHS)
    return min([*sessions, *baselines, *(day for day in scored if day >= lead)])


def _legend(course: Course, words: Words, frame: Frame) -> tuple[tuple[Key, ...], float]:
    """What each mark means, on as many lines as it takes; and where the last of them ends."""
    entries = [(OWN, "circle", words.own)] if course.sessions else []
    entries += [(kind_of(n), shape_of(n), words.scales[scale]) for n, scale in enumerate(course.scales)]
    entries += [("hollow", "circle", words.not_compared)] if course.not_compared else []
    entries += [("elsewhere", "triangle", words.elsewhere)] if course.elsewhere else []
    entries += [("held", "square", words.held)] if any(words.lasted) else []
    x, y, keys = 0.0, 14.0, list[Key]()
    for kind, shape, said in entries:
        width = 18 + len(said) * LETTER
        if x and x + width > frame.width:
            x, y = 0.0, y + LINE
        keys.append(Key(kind, outline(shape, x + 6, y - 4), x + 16, y, said))
        x = round(x + width + 14, 1)
    return tuple(keys), y + 12


def _flags(axis: Axis, course: Course, words: Words, top: float) -> tuple[tuple[Flag, ...], float]:
    """The number of each session over its day, a line lower where it would cover the one before; and where they end."""
    flags: list[Flag] = []
    for session, day in zip(course.sessions, words.days, strict=True):
        x, former = axis.x(session.on), flags[-1] if flags else None
        lower = former is not None and former.y == top + FLAG and x - former.x < 2 * FLAG + 2
        flags.append(Flag(x, top + FLAG + LINE * lower, session.number, day))
    lowest = max((flag.y for flag in flags), default=top)
    right = axis.left + axis.width
    ends = [*(flag.x - FLAG for flag in flags[1:]), right + RIGHT]
    shown = [
        flag if flag.x + FLAG + 4 + len(flag.words) * LETTER <= end else replace(flag, words="")
        for flag, end in zip(flags, ends, strict=False)
    ]
    return (*shown, *_elsewhere(axis, course, lowest)), lowest + FLAG + 3 if flags else lowest


def _elsewhere(axis: Axis, course: Course, y: float) -> list[Flag]:
    """Injections that others gave, in the middle of the days that their date may mean."""
    seen = [span for span in course.elsewhere if axis.first <= span.first and span.last <= axis.until]
    places = [round((axis.x(span.first) + axis.x(span.last)) / 2, 1) for span in seen]
    return [Flag(x, y, None, "", outline("triangle", x, y)) for x in places]


def _bands(axis: Axis, course: Course, words: Words) -> tuple[Band, ...]:
    """One a session whose relief reached the mark, up to the next session; it fades where its end is not sure."""
    ends = [*(later.on for later in course.sessions[1:]), course.today]
    found = []
    for session, end, lasted in zip(course.sessions, ends, words.lasted, strict=False):
        pieces = _held(axis, session, end) if lasted else ()
        if pieces:
            first, last = pieces[0].x, pieces[-1].x + pieces[-1].width
            fits = len(lasted) * LETTER <= last - first
            found.append(Band(pieces, lasted if fits else "", round((first + last) / 2, 1)))
    return tuple(found)


def _held(axis: Axis, session: Followed, end: date) -> tuple[Piece, ...]:
    held = session.relief.held
    if held is None or held.least == held.most == 0:
        return ()
    least, most = held.least, held.least if held.most is None else held.most
    first, last = (min(session.on + timedelta(days=days), end) for days in (least, most))
    return pieces_of(axis, Span(session.on, session.on), Span(first, last), going=False)


def _bars(axis: Axis, course: Course, frame: Frame, top: float) -> tuple[Bar, ...]:
    """The therapies that went on in the days that are shown, in the order of their beginning."""
    shown = [each for each in course.therapies if _seen(axis, each)]
    listed = sorted(shown, key=lambda each: each.first.first if each.first else axis.first)
    return tuple(_bar(axis, each, frame, top + ROW * place) for place, each in enumerate(listed))


def _seen(axis: Axis, therapy: Tried) -> bool:
    if therapy.first is None and therapy.last is None and not therapy.going:
        return False
    ended = therapy.last is not None and therapy.last.last < axis.first
    begins = therapy.first is not None and therapy.first.first > axis.until
    return not ended and not begins


def _bar(axis: Axis, therapy: Tried, frame: Frame, y: float) -> Bar:
    pieces = pieces_of(axis, therapy.first, therapy.last, therapy.going)
    most = int((frame.width - LEFT) / LETTER)
    label = therapy.label if len(therapy.label) <= most else therapy.label[: most - 1].rstrip() + "…"
    room = frame.width - len(label) * LETTER
    return Bar(label, round(max(LEFT, min(pieces[0].x, room)), 1), y, pieces, therapy.going)
