"""One pattern (句式) of a reading: what it needs, what bars it, and its proving sentences."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from bot.understanding.deferred import deferred
from bot.understanding.reading import Intent


@dataclass(frozen=True)
class Pattern:
    """Words that tell an intent.

    Args:
        name: What it is, in Chinese, for ``jifen understand --why``.
        intent: What the words want.
        weight: How telling they are; the heaviest pattern wins, near ones are asked about.
        has: What the words, without spaces, must hold.
        lacks: What they must not hold.
        needs: Features that must be there (see ``Features``), by spaces.
        bars: Features that must not be there, by spaces.
        in_room: Whether the words count in a room where nobody called the assistant.
        examples: Sentences in a direct chat that are read so, by ``|``.
        counters: Sentences in a direct chat that are not, by ``|``.

    """

    name: str
    intent: Intent
    weight: int
    has: str
    lacks: str = ""
    needs: str = ""
    bars: str = ""
    in_room: bool = False
    examples: str = ""
    counters: str = ""

    @cached_property
    def _has(self) -> Callable[[str], re.Match[str] | None]:
        return deferred(self.has).search

    @cached_property
    def _lacks(self) -> Callable[[str], re.Match[str] | None]:
        return deferred(self.lacks or r"\Z\A").search

    @cached_property
    def conditions(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The features that are needed, and those that bar."""
        return tuple(self.needs.split()), tuple(self.bars.split())

    def found(self, flat: str) -> str | None:
        """Return the words that the pattern found; None if it does not fit."""
        hit = self._has(flat)
        return None if hit is None or self._lacks(flat) else hit[0]
