"""The database engine: SQLite by default, PostgreSQL by its address."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool, StaticPool

BUSY_TIMEOUT_MS = 15_000
POOL_SIZE = 8


def sqlite_url(path: Path) -> str:
    """Return the address of a SQLite file."""
    return f"sqlite:///{path}"


def open_engine(url: str) -> Engine:
    """Return an engine for ``sqlite:///file``, ``sqlite://`` (memory) or ``postgresql://...``.

    SQLite connections enforce foreign keys, write ahead with full
    synchronisation, wait for locks, and take the write lock when a transaction
    begins, so that two writers queue up instead of failing half way.

    Raises:
        ArgumentError: The address is none, or of another kind of database.

    """
    parsed = make_url(url)
    kind = parsed.get_backend_name()
    if kind == "sqlite":
        return _sqlite(url, in_memory=parsed.database in {None, "", ":memory:"})
    if kind not in {"postgresql", "postgres"}:
        raise ArgumentError(kind)
    return create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        poolclass=QueuePool,
        pool_size=POOL_SIZE,
        max_overflow=2,
        pool_pre_ping=True,
        hide_parameters=True,
    )


def is_sqlite(engine: Engine) -> bool:
    """Return whether this engine writes a SQLite file."""
    return engine.dialect.name == "sqlite"


def sqlite_path(engine: Engine) -> Path | None:
    """Return the file of a SQLite engine; None for memory or PostgreSQL."""
    database = engine.url.database
    if not is_sqlite(engine) or database in {None, "", ":memory:"}:
        return None
    return Path(str(database))


def _sqlite(url: str, *, in_memory: bool) -> Engine:
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    options["hide_parameters"] = True
    options["poolclass"] = StaticPool if in_memory else QueuePool
    engine = create_engine(url, **options)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
