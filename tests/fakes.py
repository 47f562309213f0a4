"""One fake per port: a clock that is set by hand, and a carrier that notes what it carried."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from storage.outbox import Draft

MORNING = datetime(2026, 9, 16, 2, 0, tzinfo=UTC)
"""Ten in the morning in the village, a Wednesday."""


class FixedClock:
    """Tells the same instant until it is advanced."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, *, seconds: float = 0, minutes: float = 0, days: float = 0) -> datetime:
        """Let time pass and return the new instant."""
        self.now += timedelta(days=days, minutes=minutes, seconds=seconds)
        return self.now


class FakeCarrier:
    """Carries to a list; ``outcomes`` are raised one after another before it carries again."""

    def __init__(self, outcomes: Iterable[Exception] = ()) -> None:
        self.is_up = True
        self.gate: asyncio.Event | None = None
        self.outcomes = list(outcomes)
        self.carried: list[tuple[str, str]] = []
        self.tried: list[str] = []
        self.mentions: list[tuple[str, ...]] = []

    async def carry(self, draft: Draft, *, text: str, mentions: tuple[str, ...]) -> str:
        """Note the words and where they go."""
        self.tried.append(text)
        if self.gate is not None:
            await self.gate.wait()
        if self.outcomes:
            raise self.outcomes.pop(0)
        self.carried.append((draft.room or draft.contact or "", text))
        self.mentions.append(mentions)
        return f"platform-{len(self.carried)}"
