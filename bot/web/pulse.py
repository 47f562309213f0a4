"""The pulse (脉搏): one task looks for changes about once a second, for everybody who watches."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from typing import Final, Generic, TypeVar

from schedules.logs import Log

T = TypeVar("T")
EVERY_SECONDS: Final = 1.0

log = Log("web")


class Pulse(Generic[T]):
    """Reads one small thing again and again while somebody watches, and tells what is new.

    However many watch, it is read by one task; while nobody does, not at all.
    A reading that fails is logged and tried again: who watches keeps watching.
    """

    def __init__(self, read: Callable[[], Awaitable[T]], *, every: float = EVERY_SECONDS) -> None:
        self._read = read
        self._every = every
        self._latest: T | None = None
        self._count = 0
        self._watchers = 0
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._is_closed = False

    async def beats(self, *, quiet: float) -> AsyncGenerator[T | None]:
        """Yield the present reading, then each that differs; None after a quiet while.

        Args:
            quiet: Seconds without news after which None says that all is alive.

        """
        seen = self._join()
        try:
            while not self._is_closed:
                if seen == self._count:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._news.wait(), quiet)
                    if seen == self._count and not self._is_closed:
                        yield None
                    continue
                seen = self._count
                yield self._latest
        finally:
            self._leave()

    def close(self) -> None:
        """Send everybody who watches away."""
        self._is_closed = True
        self._tell()
        self._stop()

    def _join(self) -> int:
        """Count one more who watches; who finds a reading is told it, the others wait for one."""
        self._watchers += 1
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return self._count if self._latest is None else self._count - 1

    def _leave(self) -> None:
        self._watchers -= 1
        if not self._watchers:
            self._stop()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._latest = None

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def _run(self) -> None:
        while True:
            try:
                found = await self._read()
            except Exception:
                log.exception("pulse failed")
            else:
                if found != self._latest:
                    self._latest = found
                    self._count += 1
                    self._tell()
            await asyncio.sleep(self._every)
