"""Reading the books (查账): one unchanging state, and nobody waits for the reader."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Engine

from storage.engine import is_sqlite
from storage.performer import Act, Perform
from storage.unit_of_work import Books, OpenBooks

T = TypeVar("T")


def reading_on(engine: Engine) -> OpenBooks:
    """Return the function that opens the books for reading.

    Everything read inside the block is of one moment, however long it takes;
    writers go on meanwhile. Leaving the block undoes whatever was written.
    """
    options = {} if is_sqlite(engine) else {"isolation_level": "REPEATABLE READ"}

    @contextmanager
    def open_reading() -> Generator[Books]:
        with engine.connect().execution_options(**options) as connection:
            connection.begin()
            if is_sqlite(engine):
                connection.exec_driver_sql("ROLLBACK")  # engines begin with the write lock
                connection.exec_driver_sql("BEGIN")
            yield Books(connection)
            connection.rollback()

    return open_reading


def looking_on(engine: Engine) -> Perform:
    """Return a ``perform`` for acts that only read: in a thread, beside those that write."""
    open_reading = reading_on(engine)

    def run(act: Act[T]) -> T:
        with open_reading() as books:
            return act(books)

    async def look(act: Act[T], /) -> T:
        return await asyncio.to_thread(run, act)

    return look
