"""Which sums may be told outside the village (小数保护): never those of one or two households."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.participation import Share
from domain.points import ZERO, Points

FEWEST: Final = 3
"""A sum over fewer households than this says too much about each of them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A sum and over how many households it goes: those for whom it is not zero."""

    households: int = 0
    points: Points = ZERO


def is_small(households: int) -> bool:
    """Return whether a figure is kept back for the few households behind it; none are not few."""
    return 0 < households < FEWEST


def told(cell: Cell) -> Cell | None:
    """Return a sum that stands alone; None when it is kept back."""
    return None if is_small(cell.households) else cell


def told_beside(cells: Sequence[Cell]) -> tuple[Cell | None, ...]:
    """Return the parts of a sum that is told itself; None in the place of what is kept back.

    Where a part is kept back the smallest of the others goes with it, so that
    taking the rest from the whole leaves a sum over three households at least:
    of parts with 2, 9 and 5 households only the one with 9 is told.
    """
    kept = {place for place, cell in enumerate(cells) if is_small(cell.households)}
    others = [p for p, cell in enumerate(cells) if cell.households and p not in kept]
    if kept and others:
        kept.add(min(others, key=lambda place: cells[place].households))
    return tuple(None if place in kept else cell for place, cell in enumerate(cells))


def is_share_told(part: Share, whole: Share) -> bool:
    """Return whether it is told how many of some households take part.

    Neither they nor the others of the village may be only one or two.
    """
    return not (
        is_small(whole.eligible)
        or is_small(part.eligible)
        or is_small(whole.eligible - part.eligible)
    )
