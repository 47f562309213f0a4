"""Lanes (排队): messages of one person in one room are handled one after another."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

FINISH_SECONDS: Final = 5.0

T = TypeVar("T")
Key = tuple[str, str, str]


class Lanes(Generic[T]):
    """Runs work in order within a lane and side by side across lanes, within a bound."""

    def __init__(self, work: Callable[[T], Awaitable[None]], *, at_once: int, waiting: int) -> None:
        self._work = work
        self._at_once = asyncio.Semaphore(at_once)
        self._room = asyncio.Semaphore(waiting)
        self._lanes: dict[Key, deque[T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closed = False

    async def put(self, key: Key, item: T) -> None:
        """Queue work in a lane; waits while too much waits already; takes none once closed."""
        if not self._is_closed:
            await self._room.acquire()
        if self._is_closed:
            return
        lane = self._lanes.get(key)
        if lane is not None:
            lane.append(item)
            return
        self._lanes[key] = deque([item])
        task = asyncio.create_task(self._drive(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drive(self, key: Key) -> None:
        lane = self._lanes[key]
        try:
            while lane and not self._is_closed:
                async with self._at_once:
                    if self._is_closed:
                        return
                    item = lane.popleft()
                    self._room.release()
                    await self._work(item)
        finally:
            del self._lanes[key]

    async def idle(self) -> None:
        """Wait until nothing is left to do."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        """Begin nothing more; what is in work may end, the rest is found in the inbox again."""
        self._is_closed = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=FINISH_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
