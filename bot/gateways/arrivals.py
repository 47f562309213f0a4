"""Messages taken in concurrently and handed on in the order in which they came (先来先到)."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

Deliver = Callable[[], Awaitable[None]]
Result = TypeVar("Result")
Prepare = Callable[[], Awaitable[Deliver | None]]


class Arrivals:
    """A bounded window of messages being loaded.

    Loading runs side by side; delivering happens in the order of ``admit``. A
    message that takes long to load is waited for ``patience`` seconds, then the
    later ones pass it: one broken payload must not silence a village.

    Args:
        bound: How many messages may be under way; ``admit`` waits beyond that.
        patience: Seconds that a ready message waits for the ones before it.
        failed: Called with the exception that a message ended in.
    """

    def __init__(self, *, bound: int, patience: float, failed: Callable[[Exception], None]) -> None:
        self._window = asyncio.Semaphore(bound)
        self._patience = patience
        self._failed = failed
        self._last = asyncio.Event()
        self._last.set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> int:
        """How many messages are under way."""
        return len(self._tasks)

    async def admit(self, prepare: Prepare) -> None:
        """Begin to load one message; waits while the window is full."""
        await self._window.acquire()
        before, after = self._last, asyncio.Event()
        self._last = after
        task = asyncio.create_task(self._take(prepare, before, after))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up what is under way; the inbox knows of it."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _take(self, prepare: Prepare, before: asyncio.Event, after: asyncio.Event) -> None:
        try:
            deliver = await self._guarded(prepare)
            if not before.is_set():
                await self._wait_for(before)
            if deliver is not None:
                await self._guarded(deliver)
        finally:
            after.set()
            self._window.release()

    async def _guarded(self, step: Callable[[], Awaitable[Result]]) -> Result | None:
        """Run one step; a message that fails keeps its place in the row all the same."""
        try:
            return await step()
        except Exception as error:  # noqa: BLE001 - one message must not end the others
            self._failed(error)
            return None

    async def _wait_for(self, before: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(self._patience):
                await before.wait()
        except TimeoutError:
            return
