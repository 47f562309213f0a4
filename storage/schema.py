"""The schema (数据库结构): brought to the version of this program before anything else."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, inspect, text

from storage.engine import is_sqlite, sqlite_path

if TYPE_CHECKING:
    from alembic.config import Config

HEAD: Final = "0013"
"""The last revision of ``storage/migrations``; a test proves it."""
VERSION_TABLE: Final = "alembic_version"
_LOCK: Final = 0x6A6966656E


class SchemaState(StrEnum):
    """How the database stands to the program."""

    EMPTY = "empty"
    BEHIND = "behind"
    CURRENT = "current"
    AHEAD = "ahead"


class SchemaTooNew(Exception):  # noqa: N818 - it says what is wrong
    """A later program has written this database; ``version`` is unknown here."""

    def __init__(self, version: str) -> None:
        super().__init__(f"the database is at {version}, this program knows up to {HEAD}")
        self.version = version


def prepare(engine: Engine) -> None:
    """Bring the database to this program's version; the usual start costs one look.

    Everything happens in one transaction behind a lock, so of two programs that
    start at once one works and the other finds the work done.

    Raises:
        SchemaTooNew: A later program has written the database.

    """
    path = sqlite_path(engine)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    with engine.begin() as connection:
        if _version(connection) == HEAD:
            return
        if not is_sqlite(engine):
            lock(connection)
        version = _version(connection)
        if _state(version) is SchemaState.AHEAD:
            raise SchemaTooNew(str(version))
        if version != HEAD:
            upgrade(connection)


def lock(connection: Connection) -> None:
    """Let nobody else build or move into this PostgreSQL until the transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def look(engine: Engine) -> SchemaState:
    """Return how the database stands to the program, without changing it."""
    with engine.connect() as connection:
        return _state(_version(connection))


def config(connection: Connection | None = None) -> "Config":
    """Return alembic's settings: the revisions beside this file, and the connection to use."""
    from alembic.config import Config  # noqa: PLC0415 - two thirds of a second, seldom needed

    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    made.attributes["connection"] = connection
    return made


def upgrade(connection: Connection) -> None:
    """Run the missing revisions in the connection's transaction."""
    from alembic import command  # noqa: PLC0415 - as above

    command.upgrade(config(connection), "head")


def _version(connection: Connection) -> str | None:
    """Return the revision written in the database, None for an empty one."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 - our own name
    return None if found is None else str(found)


def _state(version: str | None) -> SchemaState:
    """Revisions are numbered, so that the older is the smaller."""
    if version is None:
        return SchemaState.EMPTY
    if version == HEAD:
        return SchemaState.CURRENT
    return SchemaState.BEHIND if version < HEAD else SchemaState.AHEAD
