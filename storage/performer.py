"""The one door for acts: how a plain function of the books runs beside the event loop."""

import asyncio
import queue
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.engine import POOL_SIZE, is_sqlite
from storage.unit_of_work import Books, books_on

T = TypeVar("T")
Act = Callable[[Books], T]

BATCH_MAX = 256
"""Bounds how long a burst holds the database; long batches leave the loop and the writer
taking turns rather than fighting over the interpreter at every act."""
TRIES_MAX = 4
RETRIABLE = frozenset({"40001", "40P01"})


class Perform(Protocol):
    """Run an act in one transaction and return its result after the commit."""

    def __call__(self, act: Act[T], /) -> Awaitable[T]:
        """Run ``act``; an exception it raises undoes it and is raised here."""


class Performer(Protocol):
    """A ``perform`` that can be closed."""

    @property
    def is_ordered(self) -> bool:
        """Whether acts are done in the order in which ``perform`` was given them."""

    async def perform(self, act: Act[T]) -> T:
        """Run ``act`` in one transaction."""

    async def perform_soon(self, act: Act[T]) -> T:
        """Run ``act`` ahead of the acts that wait: it is short, and others wait for it."""

    def close(self) -> None:
        """Finish what waits and stop."""


def performer_on(engine: Engine) -> Performer:
    """Return one writer for SQLite, worker threads for PostgreSQL."""
    return SingleWriter(engine) if is_sqlite(engine) else Workers(engine)


class SingleWriter:
    """One thread that takes the waiting acts and commits them together.

    An act that fails undoes only itself: the others, which are plain functions of
    the books, then run again without it, in halves until it stands alone. Nobody
    is answered before the commit.
    """

    is_ordered = True

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: deque[_Job] = deque()
        self._urgent: deque[_Job] = deque()
        self._connection: Connection | None = None
        self._tokens: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    async def perform(self, act: Act[T]) -> T:
        """Run ``act`` with one of the next commits."""
        return await self._put(act, self._waiting)

    async def perform_soon(self, act: Act[T]) -> T:
        """Run ``act`` with the next commit."""
        return await self._put(act, self._urgent)

    async def _put(self, act: Act[T], where: "deque[_Job]") -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        where.append(_Job(act, loop, future))
        self._tokens.put(None)
        return await future

    def close(self) -> None:
        """Finish what waits and stop the thread."""
        self._is_closing = True
        self._tokens.put(None)
        self._thread.join()

    def _run(self) -> None:
        while jobs := self._gathered():
            self._commit(jobs)
            _answer(jobs)
        self._let_go()

    def _gathered(self) -> "list[_Job]":
        """Wait for an act and return it with those that wait beside it; none to close."""
        while True:
            self._tokens.get()
            jobs = self._waiting_now()
            if jobs or self._is_closing:
                return jobs

    def _waiting_now(self) -> "list[_Job]":
        """Take what waits, urgent acts first; their tokens may come later and find nothing."""
        jobs: list[_Job] = []
        for waiting in (self._urgent, self._waiting):
            while waiting and len(jobs) < BATCH_MAX:
                jobs.append(waiting.popleft())
        return jobs

    def _commit(self, jobs: list["_Job"]) -> None:
        """Run and commit the acts together; if one fails, each half again by itself."""
        if not self._have_gone(jobs) and len(jobs) > 1:
            middle = len(jobs) // 2
            self._commit(jobs[:middle])
            self._commit(jobs[middle:])

    def _have_gone(self, jobs: list["_Job"]) -> bool:
        """Run some acts in one transaction; False, with what went wrong noted, if it failed."""
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            with self._connection.begin():
                for job in jobs:
                    job.run(Books(self._connection))
        except BaseException as error:  # noqa: BLE001 - told to everyone who waits
            for job in jobs:
                job.fail(error)
            self._let_go()
            return False
        return True

    def _let_go(self) -> None:
        """Give the connection back; after a failure the next act gets another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _Job:
    """An act, the loop that waits for it, and what came of it."""

    def __init__(
        self, act: Act[Any], loop: asyncio.AbstractEventLoop, future: asyncio.Future[Any]
    ) -> None:
        self._act = act
        self.loop = loop
        self._future = future
        self._result: Any = None
        self._error: BaseException | None = None

    def run(self, books: Books) -> None:
        """Run the act within the open transaction."""
        self._error = None
        self._result = self._act(books)

    def fail(self, error: BaseException) -> None:
        """Note that the commit did not happen."""
        self._error = error

    def answer(self) -> None:
        """Tell the one who waits; runs on the loop."""
        if self._future.done():
            return
        if self._error is not None:
            self._future.set_exception(self._error)
        else:
            self._future.set_result(self._result)


def _answer(jobs: list[_Job]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in jobs:
        by_loop.setdefault(job.loop, []).append(job)
    for loop, theirs in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_tell, theirs)


def _tell(jobs: list[_Job]) -> None:
    for job in jobs:
        job.answer()


class Workers:
    """Worker threads over a connection pool; a deadlock's loser tries again."""

    is_ordered = False

    def __init__(self, engine: Engine) -> None:
        self._open_books = books_on(engine)
        self._threads = ThreadPoolExecutor(POOL_SIZE, thread_name_prefix="books")

    async def perform(self, act: Act[T]) -> T:
        """Run ``act`` in a thread and a transaction of its own."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._run, act)

    async def perform_soon(self, act: Act[T]) -> T:
        """Run ``act`` as any other: each has a thread of its own."""
        return await self.perform(act)

    def close(self) -> None:
        """Finish what runs and stop the threads."""
        self._threads.shutdown()

    def _run(self, act: Act[T]) -> T:
        for attempt in range(1, TRIES_MAX + 1):
            try:
                with self._open_books() as books:
                    return act(books)
            except DBAPIError as error:
                state = getattr(error.orig, "sqlstate", None)
                if state not in RETRIABLE or attempt == TRIES_MAX:
                    raise
        raise AssertionError("unreachable: the last try returns or raises")
