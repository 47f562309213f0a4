"""Restore (恢复): a backup takes the place of what is there, which is kept aside."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlmodel import SQLModel

from storage.archive import DATABASE, PHOTOS, SECRET, BackupBroken, Contents, read_archive
from storage.backup import sync_folder
from storage.engine import is_sqlite, open_engine, sqlite_path, sqlite_url
from storage.portable import (
    DatabaseInMemory,
    count_villages,
    fold,
    is_sound,
    load_portable,
)
from storage.schema import VERSION_TABLE, SchemaState, look, prepare, upgrade
from storage.statements import table_of
from storage.tables.people import VillageRow
from storage.vault import FolderVault, Vault


class DatabaseBusy(Exception):  # noqa: N818 - it says what is wrong
    """Another program works on the database."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored; ``kept_aside`` are the places where the old state lies."""

    villages: int
    photos: int
    kept_aside: tuple[str, ...]
    has_photos: bool
    has_secret: bool


def occupants(engine: Engine) -> int | None:
    """Return how many villages the database holds; None if it is damaged."""
    path = sqlite_path(engine)
    if path is not None and not path.exists():
        return 0
    try:
        if look(engine) is SchemaState.EMPTY:
            return 0
        with engine.connect() as connection:
            villages = select(func.count()).select_from(table_of(VillageRow))
            return int(connection.execute(villages).scalar_one())
    except OperationalError:
        raise
    except (DatabaseError, sqlite3.DatabaseError):
        return None


def restore(
    engine: Engine, file: Path, *, data_dir: Path, at: datetime, vault: Vault | None = None
) -> Restored:
    """Put a backup in the place of database, photos and secret; nothing is deleted.

    The backup is unpacked and proved first. What was there is moved into
    ``before-restore-…`` in the data folder, and in PostgreSQL into a schema of
    that name. Photos that lie elsewhere (``vault``) are added to those that are there,
    before anything else changes; where the backup has none, photos stay as they are.

    Raises:
        VaultAway: The photos cannot be stored; nothing else was changed.
        BackupBroken: The file is no whole backup; nothing was changed.
        SchemaTooNew: A later program has written it; nothing was changed.
        DatabaseBusy: Another program works on the database; nothing was changed.
        DatabaseInMemory: The database has no file.

    """
    if is_sqlite(engine) and sqlite_path(engine) is None:
        raise DatabaseInMemory
    data_dir.mkdir(parents=True, exist_ok=True)
    stamp = f"{at:%Y%m%d-%H%M%S}"
    staging = data_dir / f".restoring-{stamp}"
    aside = data_dir / f"before-restore-{stamp}"
    staging.mkdir()
    try:
        contents = _unpack(file, staging)
        villages = count_villages(staging / DATABASE)
        if vault is not None:
            _give_back(FolderVault(staging / PHOTOS), vault)
        schema = _take_place(engine, staging / DATABASE, aside)
        if vault is None and contents.has_photos:
            _exchange_photos(staging, data_dir, aside)
        _exchange_secret(staging, data_dir, aside)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    sync_folder(data_dir)
    places = (str(aside) if aside.exists() else None, schema)
    return Restored(
        villages,
        contents.photos,
        tuple(place for place in places if place),
        contents.has_photos,
        SECRET in contents.parts,
    )


def _unpack(file: Path, staging: Path) -> Contents:
    """Unpack and prove a backup, and bring its database to this program's version."""

    def sink(name: str) -> IO[bytes] | None:
        path = staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        return path.open("wb")

    contents = read_archive(file, sink)
    if not is_sound(staging / DATABASE):
        raise BackupBroken(file.name, DATABASE)
    engine = open_engine(sqlite_url(staging / DATABASE))
    try:
        prepare(engine)
    finally:
        engine.dispose()
    fold(staging / DATABASE)
    return contents


def _take_place(engine: Engine, database: Path, aside: Path) -> str | None:
    """Move the old database aside and the new one in; return the schema of the old tables."""
    path = sqlite_path(engine)
    engine.dispose()
    if path is None:
        return _load(engine, database, aside.name.replace("-", "_"))
    if path.exists():
        _be_alone(path)
    for old in _files_of(path):
        _move(old, aside)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(database, path)
    return None


def _be_alone(path: Path) -> None:
    """SQLite lets go of its log only if nobody else has the file open."""
    with closing(sqlite3.connect(path, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise DatabaseBusy from None
        except sqlite3.DatabaseError:
            return  # damaged, which is why it is replaced


def _files_of(path: Path) -> list[Path]:
    return [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]


def _load(engine: Engine, database: Path, aside: str) -> str | None:
    """Move the old tables into a schema of their own and load new ones, in one transaction."""
    with engine.begin() as connection:
        _nobody_else(connection)
        ours = {*SQLModel.metadata.tables, VERSION_TABLE}
        present = sorted(ours & set(inspect(connection).get_table_names()))
        if present:
            connection.execute(text(f'CREATE SCHEMA "{aside}"'))
        for name in present:
            connection.execute(text(f'ALTER TABLE "{name}" SET SCHEMA "{aside}"'))
        upgrade(connection)
        load_portable(database, connection)
    return f"PostgreSQL schema {aside}" if present else None


def _nobody_else(connection: Connection) -> None:
    others = connection.execute(
        text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
    ).scalar_one()
    if others:
        raise DatabaseBusy


def _give_back(unpacked: Vault, vault: Vault) -> None:
    """Put the photos where the village keeps them."""
    for held in unpacked.all():
        vault.put(held.name, unpacked.get(held.name))


def _exchange_photos(staging: Path, data_dir: Path, aside: Path) -> None:
    _move(data_dir / PHOTOS, aside)
    if (staging / PHOTOS).exists():
        shutil.move(staging / PHOTOS, data_dir / PHOTOS)


def _exchange_secret(staging: Path, data_dir: Path, aside: Path) -> None:
    """Exchange the secret if the backup holds one."""
    if (staging / SECRET).exists():
        _move(data_dir / SECRET, aside)
        shutil.move(staging / SECRET, data_dir / SECRET)


def _move(old: Path, aside: Path) -> None:
    if old.exists():
        aside.mkdir(parents=True, exist_ok=True)
        shutil.move(old, aside / old.name)
