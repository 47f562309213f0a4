"""Reading the books (查账): one unchanging state, and nobody waits for the reader."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Engine

from storage.engine import is_sqlite
from storage.unit_of_work import Books, OpenBooks


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
