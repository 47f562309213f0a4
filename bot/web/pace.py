"""The pace (快慢): how fast somebody may ask; what they may ask in a minute fills up evenly."""

import math
from collections.abc import Hashable
from datetime import datetime
from typing import Final

KNOWN_MAX: Final = 10_000


class Pace:
    """One bucket for each who asks, of this process alone."""

    def __init__(self, per_minute: int) -> None:
        self._most = float(per_minute)
        self._left: dict[Hashable, tuple[float, datetime]] = {}

    def take(self, who: Hashable, *, now: datetime) -> int:
        """Take one off; return 0, or the seconds until there will be one again."""
        left = self._filled(who, now)
        if left < 1:
            return max(1, math.ceil((1 - left) * 60 / self._most))
        if who not in self._left and len(self._left) >= KNOWN_MAX:
            self._forget_full(now)
        self._left[who] = left - 1, now
        return 0

    def _filled(self, who: Hashable, now: datetime) -> float:
        left, at = self._left.get(who, (self._most, now))
        passed = max(0.0, (now - at).total_seconds())
        return min(self._most, left + passed * self._most / 60)

    def _forget_full(self, now: datetime) -> None:
        """Forget who has asked nothing for long: they are as good as new."""
        self._left = {
            who: kept for who, kept in self._left.items() if self._filled(who, now) < self._most
        }
