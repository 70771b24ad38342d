"""The parts of the picture of a course, in SVG user units: what the template draws, one shape after the other. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.candidacy.axis import Piece, Tick

from .marks import Dot

LEFT, RIGHT = 38, 12  # beside the plot


@dataclass(frozen=True, slots=True)
class Frame:
    """How wide a picture is, how high its lanes are, and how many days are named below it."""

    width: int
    better: int
    scale: int
    most_ticks: int


WIDE = Frame(560, 116, 54, 6)
NARROW = Frame(300, 140, 66, 4)


@dataclass(frozen=True, slots=True)
class Words:
    """What is written in the picture, in the reader's language; `days` and `lasted` of each session, in their order."""

    better: str
    worse: str
    own: str
    scales: Mapping[str, str]  # in the legend
    titles: Mapping[str, str]  # over their lanes
    not_compared: str
    held: str
    elsewhere: str
    therapies: str
    days: Sequence[str]
    lasted: Sequence[str]  # "" where the relief never reached the mark


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend; `kind` names its colour."""

    kind: str
    outline: str
    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A session by its number, or an injection elsewhere without one; its `words` begin right of it."""

    x: float
    y: float
    number: int | None
    words: str = ""
    outline: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """The days on which the patient was half better or more, as far as they are known."""

    pieces: tuple[Piece, ...]
    words: str  # how long; "" where the band is too narrow for it
    words_x: float  # their middle


@dataclass(frozen=True, slots=True)
class Trace:
    """The marks of one scale, or of the patient's own words, with the line through those that are compared."""

    kind: str
    line: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A line across a lane, and what it stands for."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Lane:
    title: str
    top: float
    bottom: float
    levels: tuple[Level, ...]
    traces: tuple[Trace, ...]
    half: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A therapy: its name stands above its bar."""

    label: str
    label_x: float
    y: float
    pieces: tuple[Piece, ...]
    going: bool


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: float
    keys: tuple[Key, ...]
    flags: tuple[Flag, ...]
    bands: tuple[Band, ...]
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    bars_title: str
    bars_top: float
    ticks: tuple[Tick, ...]
    top: float  # where the lines of sessions and days begin
    bottom: float  # and where they end
    today: float
    left_out: int  # results from before the first day that is shown

    @property
    def depth(self) -> float:
        return round(self.bottom - self.top, 1)

    @property
    def right(self) -> float:
        return self.width - RIGHT

    @property
    def left(self) -> float:
        return LEFT
