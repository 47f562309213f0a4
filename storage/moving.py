"""Moving house (搬家): from the SQLite file into an empty PostgreSQL, proved before it counts."""

import sqlite3
import tempfile
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from storage.audit import Audit, Fault
from storage.engine import is_sqlite, open_engine, sqlite_path, sqlite_url
from storage.portable import DatabaseInMemory, read_portable
from storage.sameness import Standing, count_rows, differences, standing
from storage.schema import lock, prepare, upgrade

Advance = Callable[[int, int], None]
READINGS: Final = 3
"""Every row is copied, and then read once on either side."""
NAMED_MAX: Final = 5


class TargetNotPostgres(Exception):  # noqa: N818 - it says what is wrong
    """The database to move into is no PostgreSQL."""


class SourceNotSqlite(Exception):  # noqa: N818 - as above
    """The database to move from is no SQLite file: it has moved already."""


class TargetOccupied(Exception):  # noqa: N818 - as above
    """Something stands in the database to move into; ``tables`` are some of its tables."""

    def __init__(self, tables: tuple[str, ...]) -> None:
        super().__init__(", ".join(tables))
        self.tables = tables


class SourceInUse(Exception):  # noqa: N818 - as above
    """Another program works on the SQLite file."""


class MoveUnproved(Exception):  # noqa: N818 - as above
    """What arrived is not what was sent, or does not add up; nothing was kept of it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def move(source: Engine, target: Engine, *, on_row: Advance = lambda _done, _of: None) -> Standing:
    """Copy a SQLite database into an empty PostgreSQL and prove the copy.

    Everything happens in one transaction of the target: it is committed only
    when every table has the same rows, every village's chain and totals are the
    same and add up anew from the entries. Killed at any moment, or refused, it
    leaves the target empty. Nobody writes to the source meanwhile, and the
    source is only read: a copy of it is brought to this program's version.

    Raises:
        FileNotFoundError: There is no source.
        SchemaTooNew: A later program has written the source.
        SourceNotSqlite: The source is a PostgreSQL already.
        DatabaseInMemory: The source has no file.
        SourceInUse: Another program works on the source.
        TargetNotPostgres: The target is no PostgreSQL.
        TargetOccupied: There are tables in the target.
        MoveUnproved: The proof failed.

    """
    path = _source_file(source)
    if is_sqlite(target):
        raise TargetNotPostgres
    with target.begin() as to:
        lock(to)
        _require_empty(to)
        with _snapshot(path) as copy, copy.connect() as old:
            steps = _Steps(count_rows(old), on_row)
            upgrade(to)
            read_portable(old, to, on_rows=steps.more)
            proved = _proved(old, to, steps)
        to.execute(text("ANALYZE"))
    return proved


def compare(source: Engine, target: Engine, *, on_row: Advance = lambda _d, _o: None) -> Standing:
    """Prove once more that both databases hold the same, changing neither.

    Raises:
        MoveUnproved: They do not.

    """
    path = _source_file(source)
    with (
        _snapshot(path) as copy,
        copy.connect() as old,
        target.connect().execution_options(isolation_level="REPEATABLE READ") as new,
    ):
        return _proved(old, new, _Steps(count_rows(old), on_row, readings=READINGS - 1))


class _Steps:
    """Counts rows that were dealt with, for whoever waits."""

    def __init__(self, rows: int, on_row: Advance, *, readings: int = READINGS) -> None:
        self._all = rows * readings
        self._done = 0
        self._on_row = on_row

    def more(self, rows: int) -> None:
        """Count so many more."""
        self._done += rows
        self._on_row(self._done, self._all)


def _proved(old: Connection, new: Connection, steps: _Steps) -> Standing:
    sent = standing(old, on_rows=steps.more)
    arrived = standing(new, on_rows=steps.more)
    faults = differences(sent, arrived)
    if not faults:
        audit = Audit(new)
        faults = tuple(fault for one in arrived.accounts for fault in audit.verify(one.village))
    if faults:
        raise MoveUnproved(faults)
    return arrived


def _source_file(source: Engine) -> Path:
    if not is_sqlite(source):
        raise SourceNotSqlite
    path = sqlite_path(source)
    if path is None:
        raise DatabaseInMemory
    path.stat()
    return path


def _require_empty(target: Connection) -> None:
    tables = tuple(sorted(inspect(target).get_table_names()))
    if tables:
        raise TargetOccupied(tables[:NAMED_MAX])


@contextmanager
def _snapshot(path: Path) -> Generator[Engine]:
    """Open a copy of the file, and keep everybody else from the file until the block is left."""
    with (
        _held(path) as held,
        tempfile.TemporaryDirectory(prefix=".moving-", dir=path.parent) as scratch,
    ):
        copy = Path(scratch) / path.name
        copy.touch(mode=0o600)
        with closing(sqlite3.connect(copy)) as new:
            held.backup(new)
        engine = open_engine(sqlite_url(copy))
        try:
            prepare(engine)
            yield engine
        finally:
            engine.dispose()


@contextmanager
def _held(path: Path) -> Generator[sqlite3.Connection]:
    """Hold a SQLite file alone; who comes meanwhile waits, and is then told that it is locked.

    Raises:
        SourceInUse: Somebody else has it open.

    """
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as held:
        try:
            held.execute("PRAGMA journal_mode=DELETE")
            held.execute("PRAGMA locking_mode=EXCLUSIVE")
            held.execute("BEGIN EXCLUSIVE")
            held.execute("COMMIT")  # the lock stays; an open transaction could not be copied
        except sqlite3.OperationalError:
            raise SourceInUse from None
        yield held
        held.execute("PRAGMA locking_mode=NORMAL")
        held.execute("PRAGMA journal_mode=WAL")
