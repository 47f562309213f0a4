"""Which places a picture shows (前几名): as many as a phone shows well, ties whole."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final, Protocol, TypeVar

PLACES: Final = 20
LINES_MAX: Final = 30


class Placed(Protocol):
    """Something that has a place, or none."""

    @property
    def place(self) -> int | None:
        """The place, None without one."""


P = TypeVar("P", bound=Placed)


def shown_places(standings: Sequence[P]) -> tuple[P, ...]:
    """Return the first twenty places; a tie is shown whole or not at all.

    With 28 households before a tie of five the tie is left out, since thirty
    lines are the most a phone shows well. Only a tie for the first place that is
    longer is cut.
    """
    shown: list[P] = []
    for _, tied in groupby(standings, key=lambda one: one.place):
        group = list(tied)
        place = group[0].place
        if place is None or place > PLACES or (shown and len(shown) + len(group) > LINES_MAX):
            break
        shown += group
    return tuple(shown[:LINES_MAX])
