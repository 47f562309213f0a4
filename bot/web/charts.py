"""Charts (图): where the parts of a drawing lie, in the units of its view box.

The box is as narrow as a phone, so that letters stay readable there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 380
HEIGHT: Final = 240
LEFT: Final = 62
RIGHT: Final = 8
TOP: Final = 14
FOOT: Final = 36
GAP: Final = 0.28
LINES: Final = 4
STEPS: Final = (1, 2, 5)
"""A scale goes up by one of these times a power of ten."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``kind`` counts the series it belongs to, from 0."""

    x: float
    y: float
    width: float
    height: float
    kind: int


@dataclass(frozen=True, slots=True)
class Column:
    """The bars over one label, and where the label stands."""

    label: str
    x: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of columns; each line of the scale is its height and what it says."""

    width: int
    height: int
    base: float
    lines: tuple[tuple[float, str], ...]
    columns: tuple[Column, ...]
    goal: float | None = None


def scale_step(most: int) -> int:
    """Return the smallest round step of which four reach ``most``: 1, 2, 5, 10, 20, 50 ..."""
    power = 1
    while True:
        for step in STEPS:
            if step * power * LINES >= most:
                return step * power
        power *= 10


def columns(
    series: Sequence[tuple[str, tuple[int, ...]]],
    *,
    write: Callable[[int], str],
    top: int = 0,
    goal: int | None = None,
) -> Columns:
    """Place the bars of a chart.

    Args:
        series: For each column its label and its values; below zero is drawn as nothing.
        write: How a value of the scale is said.
        top: The value at the upper end; 0 for a round number above the highest.
        goal: A value at which a line is drawn.

    """
    base = HEIGHT - FOOT
    highest = max((value for _, values in series for value in values), default=0)
    step = top // LINES if top else scale_step(max(1, highest))
    end = step * LINES

    def at(value: int) -> float:
        return round(base - (base - TOP) * max(0, min(value, end)) / end, 1)

    room = (WIDTH - LEFT - RIGHT) / max(1, len(series))
    return Columns(
        WIDTH,
        HEIGHT,
        base,
        tuple((at(step * n), write(step * n)) for n in range(LINES + 1)),
        tuple(
            _column(label, values, LEFT + room * n, room=room, at=at)
            for n, (label, values) in enumerate(series)
        ),
        None if goal is None else at(goal),
    )


def _column(
    label: str,
    values: tuple[int, ...],
    left: float,
    *,
    room: float,
    at: Callable[[int], float],
) -> Column:
    each = min(56.0, room * (1 - GAP) / max(1, len(values)))
    start = left + (room - each * len(values)) / 2
    base = at(0)
    bars = tuple(
        Bar(round(start + each * n, 1), at(value), round(each, 1), round(base - at(value), 1), n)
        for n, value in enumerate(values)
    )
    return Column(label, round(left + room / 2, 1), bars)


def parts(values: Sequence[int], *, width: int = 1000) -> tuple[tuple[int, int], ...]:
    """Divide a width among values: where each begins and how wide it is; together all of it."""
    every, before, found = sum(values), 0, []
    for value in values:
        begin = before * width // every if every else 0
        before += value
        end = before * width // every if every else 0
        found.append((begin, end - begin))
    return tuple(found)
