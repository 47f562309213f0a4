"""The pace (节奏) at which an account may speak, so that it is not banned for haste."""

import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PaceRules:
    """How long to wait between messages of a room, and how many go in a minute."""

    gap_seconds: tuple[float, float] = (3.0, 6.0)
    per_room_minute: int = 8
    per_account_minute: int = 15


class Pace:
    """Remembers what went out and says when the next message may go.

    Without rules everything may go at once.
    """

    def __init__(
        self, rules: PaceRules | None, *, jitter: Callable[[], float] = random.random
    ) -> None:
        self._rules = rules
        self._jitter = jitter
        self._account: deque[datetime] = deque()
        self._rooms: dict[str, deque[datetime]] = {}
        self._next: dict[str, datetime] = {}

    def may_go(self, target: str, *, now: datetime, beside: int = 0) -> bool:
        """Return whether a message to a room or person may go now, ``beside`` so many others."""
        rules = self._rules
        if rules is None:
            return True
        self._forget(now)
        room = self._rooms.get(target, deque())
        return (
            len(self._account) + beside < rules.per_account_minute
            and len(room) < rules.per_room_minute
            and self._next.get(target, now) <= now
        )

    def went(self, target: str, *, at: datetime) -> None:
        """Note that a message to ``target`` went out."""
        if self._rules is None:
            return
        low, high = self._rules.gap_seconds
        wait = low + (high - low) * self._jitter()
        self._next[target] = at + timedelta(seconds=wait)
        self._account.append(at)
        self._rooms.setdefault(target, deque()).append(at)

    def _forget(self, now: datetime) -> None:
        for times in (self._account, *self._rooms.values()):
            while times and times[0] <= now - MINUTE:
                times.popleft()
        for target in [t for t, times in self._rooms.items() if not times]:
            del self._rooms[target]
            if self._next.get(target, now) <= now:
                self._next.pop(target, None)
