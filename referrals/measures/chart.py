"""Bars as the server draws them: where each begins and ends. Pure; sizes in units of the drawing."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, log10

WIDTH, PLOT, PLOT_END, TOP, ROW = 760, 250, 600, 26, 30
TICKS = 4


@dataclass(frozen=True)
class Value:
    """One line of a chart: how long its bar is and where its mark stands; None draws nothing."""

    label: str
    words: str
    length: float | None = None
    mark: float | None = None
    kind: str = "plain"


@dataclass(frozen=True)
class Bar:
    label: str
    words: str
    kind: str
    y: int
    width: float
    mark: float | None
    words_x: float


@dataclass(frozen=True)
class Drawing:
    """A chart of horizontal bars; `ticks` are places on its axis with what they stand for."""

    bars: list[Bar]
    ticks: list[tuple[float, str]]
    width: int = WIDTH
    plot: int = PLOT

    @property
    def height(self) -> int:
        return TOP + ROW * len(self.bars) + 4

    @property
    def marked(self) -> bool:
        return any(bar.mark is not None for bar in self.bars)

    @property
    def paused(self) -> bool:
        return any(bar.kind == "paused" for bar in self.bars)


def bars(values: Iterable[Value]) -> Drawing:
    """The chart of these lines, on an axis from zero to a round number; without one where nothing is drawn."""
    lines = list(values)
    drawn = [length for each in lines for length in (each.length, each.mark) if length]
    step = _round_step(max(drawn, default=1))
    scale = (PLOT_END - PLOT) / (step * TICKS)
    return Drawing(
        [_bar(each, TOP + ROW * place, scale) for place, each in enumerate(lines)],
        [(PLOT + step * tick * scale, f"{step * tick:,g}") for tick in range(TICKS + 1)] if drawn else [],
    )


def _bar(value: Value, y: int, scale: float) -> Bar:
    width = (value.length or 0) * scale
    mark = None if value.mark is None else PLOT + value.mark * scale
    words_x = max(PLOT + width, mark or 0) + 10
    return Bar(value.label, value.words, value.kind, y, round(width, 1), mark and round(mark, 1), round(words_x, 1))


def _round_step(most: float) -> float:
    """A quarter of the axis: 1, 2, 2.5 or 5 times a power of ten, the smallest that reaches."""
    power = 10.0 ** (ceil(log10(most / TICKS)) - 1)
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power * TICKS >= most * (1 - 1e-9))
