"""The portable database (可携带的数据库): one SQLite file that either database can become."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, Table, func, select, text
from sqlmodel import SQLModel

from storage import tables
from storage.engine import is_sqlite, open_engine, sqlite_path, sqlite_url
from storage.schema import prepare

CHUNK: Final = 1_000
Count = Callable[[int], None]
"""Hears of so many more rows."""
assert tables.__all__, "the tables are known to the metadata"


class DatabaseInMemory(Exception):  # noqa: N818 - it says what is wrong
    """The database has no file."""


def write_portable(engine: Engine, path: Path) -> None:
    """Copy the whole database, as it is at one moment, into a new SQLite file.

    SQLite's own copy is used where it can be; writers go on meanwhile.

    Raises:
        DatabaseInMemory: There is nothing that outlives the program.

    """
    if not is_sqlite(engine):
        _copy_out(engine, path)
        return
    source = sqlite_path(engine)
    if source is None:
        raise DatabaseInMemory
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(path)) as new:
        old.backup(new)
    fold(path)


def _copy_out(engine: Engine, path: Path) -> None:
    target = open_engine(sqlite_url(path))
    try:
        prepare(target)
        reading = engine.connect().execution_options(isolation_level="REPEATABLE READ")
        with reading as source, target.begin() as to:
            copy_rows(source, to)
    finally:
        target.dispose()
    fold(path)


def copy_rows(source: Connection, target: Connection, *, on_rows: Count = lambda _: None) -> None:
    """Copy every row of every table, those first that others refer to."""
    put = _copy_in if target.dialect.name == "postgresql" else _insert
    for table in SQLModel.metadata.sorted_tables:
        found = source.execute(select(table).execution_options(yield_per=CHUNK))
        for rows in found.partitions(CHUNK):
            put(target, table, rows)
            on_rows(len(rows))


def _insert(target: Connection, table: Table, rows: Sequence[Row[Any]]) -> None:
    target.execute(table.insert(), [dict(row._mapping) for row in rows])  # noqa: SLF001 - its public name


def _copy_in(target: Connection, table: Table, rows: Sequence[Row[Any]]) -> None:
    """Stream rows by PostgreSQL's own COPY, several times quicker than INSERT."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    driver = target.connection.driver_connection
    assert driver is not None, "an open connection"
    with (
        driver.cursor() as cursor,
        cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as to,
    ):
        for row in rows:
            to.write_row(tuple(row))


def load_portable(path: Path, target: Connection) -> None:
    """Copy a portable file of this program's version into empty PostgreSQL tables."""
    engine = open_engine(sqlite_url(path))
    try:
        with engine.connect() as source:
            read_portable(source, target)
    finally:
        engine.dispose()


def read_portable(
    source: Connection, target: Connection, *, on_rows: Count = lambda _: None
) -> None:
    """Copy all rows of a SQLite database into empty PostgreSQL tables; numbers go on behind."""
    copy_rows(source, target, on_rows=on_rows)
    for table in SQLModel.metadata.sorted_tables:
        counting = table.autoincrement_column
        if counting is not None and counting.autoincrement == "auto":
            _count_on(target, table.name, counting.name)


def _count_on(target: Connection, table: str, column: str) -> None:
    """Let numbers given out by the database go on behind the last one."""
    kept = SQLModel.metadata.tables[table]
    last = target.execute(select(func.max(kept.c[column]))).scalar()
    sequence = target.execute(
        text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table, "column": column}
    ).scalar()
    if sequence is not None and last is not None:
        target.execute(text("SELECT setval(:of, :last)"), {"of": sequence, "last": last})


def fold(path: Path) -> None:
    """Make a SQLite database one file, without a log beside it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def is_sound(path: Path) -> bool:
    """Return whether SQLite itself finds nothing wrong with the file."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            answer = connection.execute("PRAGMA integrity_check").fetchone()
            orphans = connection.execute("PRAGMA foreign_key_check").fetchone()
        except sqlite3.DatabaseError:
            return False
    return answer == ("ok",) and orphans is None


def count_villages(path: Path) -> int:
    """Return how many villages a portable file holds."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM village").fetchone()[0])
