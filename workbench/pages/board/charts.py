"""Charts as plain shapes: a template writes them as SVG, with the table of the same figures."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 720
HEIGHT: Final = 190
LEFT: Final = 64  # room for the numbers of the scale
TOP: Final = 8
BOTTOM: Final = 24  # room for the days
FILLED: Final = 0.76  # of the room of one bar
LABELS_MAX: Final = 8
STEPS_OF_SCALE: Final = 4

Writer = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Series:
    """One thing that is counted at every place of a chart."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a chart shows: at each place one value of each series.

    Attributes:
        key: What the chart is called in the page.
        description: What it shows, for whoever does not see it.
        text: How a value is written.
    """

    key: str
    title: str
    description: str
    places: tuple[str, ...]
    series: tuple[Series, ...]
    text: Writer


@dataclass(frozen=True, slots=True)
class Mark:
    """A text beside the chart, of the scale or of a place."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a stacked bar; ``series`` counts from 1."""

    series: int
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line through the values of a series, which counts from 1."""

    series: int
    points: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing as shapes in a box of ``WIDTH`` by ``HEIGHT``."""

    drawing: Drawing
    scale: tuple[Mark, ...]
    places: tuple[Mark, ...]
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()

    left = LEFT
    size = (WIDTH, HEIGHT)


@dataclass(frozen=True, slots=True)
class Axis:
    """How values become heights: whole steps around zero."""

    low: int
    high: int
    step: int

    def y(self, value: int) -> float:
        """Return how far below the upper edge a value lies."""
        share = (self.high - value) / (self.high - self.low)
        return round(TOP + share * (HEIGHT - TOP - BOTTOM), 1)


def axis_of(low: int, high: int) -> Axis:
    """Choose an axis of about four round steps on which zero, the least and the most lie."""
    step = 1
    while step * STEPS_OF_SCALE < max(high, 0) - min(low, 0):
        step = _next_step(step)
    below = -(min(low, 0) // step)
    above = -(-max(high, 0) // step)
    return Axis(-below * step, max(above, 1 - below) * step, step)


def stack_bars(drawing: Drawing) -> Chart:
    """Stack the values of each place; what is below zero hangs down from it."""
    columns = list(zip(*(one.values for one in drawing.series), strict=True))
    axis = axis_of(
        min((sum(value for value in column if value < 0) for column in columns), default=0),
        max((sum(value for value in column if value > 0) for column in columns), default=0),
    )
    bars = tuple(
        bar for place, column in enumerate(columns) for bar in _stack(drawing, axis, place, column)
    )
    return Chart(drawing, _scale(drawing, axis), _places(drawing), bars=bars)


def draw_lines(drawing: Drawing) -> Chart:
    """Draw a line for each series."""
    values = [value for one in drawing.series for value in one.values]
    axis = axis_of(min(values, default=0), max(values, default=0))
    lines = tuple(
        Line(
            number,
            " ".join(
                f"{_middle(drawing, place)},{axis.y(value)}"
                for place, value in enumerate(one.values)
            ),
        )
        for number, one in enumerate(drawing.series, 1)
    )
    return Chart(drawing, _scale(drawing, axis), _places(drawing), lines=lines)


def _stack(drawing: Drawing, axis: Axis, place: int, column: Sequence[int]) -> Iterator[Bar]:
    ends = {True: 0, False: 0}  # how far the bar reaches by now, up and down
    room = (WIDTH - LEFT) / len(drawing.places)
    for number, (series, value) in enumerate(zip(drawing.series, column, strict=True), 1):
        if value:
            start = ends[value > 0]
            ends[value > 0] = start + value
            upper = axis.y(max(start, start + value))
            yield Bar(
                series=number,
                x=round(_middle(drawing, place) - room * FILLED / 2, 1),
                y=upper,
                width=round(room * FILLED, 1),
                height=round(axis.y(min(start, start + value)) - upper, 1),
                title=f"{drawing.places[place]}, {series.name}: {drawing.text(value)}",
            )


def _scale(drawing: Drawing, axis: Axis) -> tuple[Mark, ...]:
    steps = range(axis.low, axis.high + 1, axis.step)
    return tuple(Mark(axis.y(value), drawing.text(value).removesuffix(".00")) for value in steps)


def _places(drawing: Drawing) -> tuple[Mark, ...]:
    every = -(-len(drawing.places) // LABELS_MAX) or 1
    return tuple(
        Mark(_middle(drawing, place), text)
        for place, text in enumerate(drawing.places)
        if place % every == 0
    )


def _middle(drawing: Drawing, place: int) -> float:
    return round(LEFT + (place + 0.5) * (WIDTH - LEFT) / len(drawing.places), 1)


def _next_step(step: int) -> int:
    """Return the next round number: 1, 2, 5, 10, 20, 50 ..."""
    power = int(10 ** (len(str(step)) - 1))
    return {1: 2, 2: 5, 5: 10}[step // power] * power
