"""Marks of a line: their outlines, told apart by shape as well as by colour, and where their numbers have room. Pure.

Sizes in SVG user units.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

LETTER = 5.9  # a letter's mean width at 12 px, to judge whether words fit
HIGH = 11  # of a number, above its line of writing
RADIUS = 4.0
OUTLINES = {
    "circle": "M{left} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z",
    "square": "M{left} {top}h{d}v{d}h-{d}z",
    "diamond": "M{x} {high}l{w} {w}l-{w} {w}l-{w} -{w}z",
    "triangle": "M{x} {high}l{w} {t}h-{b}z",
    "cross": "M{left} {y}h{d}M{x} {top}v{d}",
}
SHAPES = (
    "square",
    "diamond",
    "triangle",
    "cross",
)  # of the scales; the patient's own words are circles


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class Dot:
    """One mark, `hollow` where it is not compared, and what is written at it."""

    x: float
    y: float
    outline: str
    hollow: bool = False
    label: str = ""
    label_x: float = 0
    label_y: float | None = None  # None: its label has no room, and stands in the table alone

    @property
    def box(self) -> Box:
        return Box(self.x - RADIUS, self.y - RADIUS, self.x + RADIUS, self.y + RADIUS)


def outline(shape: str, x: float, y: float, radius: float = RADIUS) -> str:
    """The path of a mark around a point."""
    wide = radius * 1.3
    sizes = {
        "x": x,
        "y": y,
        "r": radius,
        "d": 2 * radius,
        "left": x - radius,
        "top": y - radius,
        "high": y - wide,
        "w": wide,
        "t": wide * 1.8,
        "b": 2 * wide,
    }
    return OUTLINES[shape].format(**{name: round(size, 1) for name, size in sizes.items()})


def shape_of(place: int) -> str:
    """The outline of the scale at this place; a fifth begins again, told apart by its own lane."""
    return SHAPES[place % len(SHAPES)]


def numbered(dots: Sequence[Dot], others: Iterable[Dot], inside: Box) -> list[Dot]:
    """The dots with their numbers where there is room: the first, the last and the extremes before the others."""
    taken = [each.box for each in (*dots, *others)]
    placed = list(dots)
    for index in _by_weight(dots):
        found = _free(placed[index], taken, inside)
        if found:
            taken.append(found)
            placed[index] = replace(
                placed[index], label_x=round((found.left + found.right) / 2, 1), label_y=found.bottom - 1
            )
    return placed


def _by_weight(dots: Sequence[Dot]) -> list[int]:
    told = [index for index, dot in enumerate(dots) if dot.label]
    if not told:
        return []
    height = sorted(told, key=lambda index: dots[index].y)
    return list(dict.fromkeys([told[0], told[-1], height[0], height[-1], *told]))


def _free(dot: Dot, taken: Iterable[Box], inside: Box) -> Box | None:
    """Above the dot, else below it, where nothing else stands and it stays inside, clear of what is left of that."""
    half = len(dot.label) * LETTER / 2 + 1
    middle = max(dot.x, inside.left + half)
    for bottom in (dot.y - RADIUS - 2, dot.y + RADIUS + HIGH + 1):
        box = Box(middle - half, bottom - HIGH, middle + half, bottom)
        clear = box.top >= inside.top and box.bottom <= inside.bottom and box.right <= inside.right
        if clear and not any(box.meets(other) for other in taken):
            return box
    return None
