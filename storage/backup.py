"""Backup (备份): database, photos and secret in one file, proved after it is written."""

import os
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from sqlalchemy import Engine

from storage.archive import (
    DATABASE,
    IS_PHOTO,
    PHOTOS,
    SECRET,
    ArchiveWriter,
    BackupBroken,
    Contents,
    read_archive,
)
from storage.portable import count_villages, is_sound, write_portable
from storage.schema import HEAD
from storage.vault import FolderVault, Vault

COMPRESSION: Final = 1
"""Photos are compressed already."""

Advance = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written and opened again."""

    file: Path
    size: int
    photos: int
    villages: int
    has_secret: bool


def backup(
    engine: Engine,
    data_dir: Path,
    file: Path,
    *,
    vault: Vault | None = None,
    with_photos: bool = True,
    on_file: Advance = lambda _done, _of: None,
) -> Backup:
    """Write a backup to a ``.tar.gz`` file while the village goes on working.

    The database is copied first, so that every photo it names is there when
    the photos are. The file appears under its name only when it is whole and
    has been read again.

    Args:
        engine: The database.
        data_dir: Where the secret lies.
        file: What to write.
        vault: Where the photos lie; the folder in the data folder if not given.
        with_photos: False leaves the photos out, where they are kept safe by other means.
        on_file: Hears how many photos are done, of how many.

    Raises:
        DatabaseInMemory: The database has no file.
        BackupBroken: What was written cannot be read again.
        VaultAway: The photos cannot be read.

    """
    folder = file.parent
    folder.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    photos = (vault or FolderVault(data_dir / PHOTOS)) if with_photos else None
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as scratch:
            database = Path(scratch) / DATABASE
            write_portable(engine, database)
            contents = _write(part, database, data_dir / SECRET, photos, on_file=on_file)
            villages = count_villages(database)
        prove(part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(folder)
    has_secret = SECRET in contents.parts
    return Backup(file, file.stat().st_size, contents.photos, villages, has_secret)


def _write(
    part: Path, database: Path, secret: Path, photos: Vault | None, *, on_file: Advance
) -> Contents:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=COMPRESSION) as archive:
            writer = ArchiveWriter(archive)
            writer.add(DATABASE, database)
            if secret.exists():
                writer.add(SECRET, secret)
            if photos is not None:
                _add_photos(writer, photos, on_file)
            contents = writer.finish(HEAD, has_photos=photos is not None)
        out.flush()
        os.fsync(out.fileno())
    return contents


def _add_photos(writer: ArchiveWriter, vault: Vault, on_file: Advance) -> None:
    """Add every photo; one that is forgotten meanwhile is left out."""
    names = [held.name for held in vault.all() if IS_PHOTO.fullmatch(held.name)]
    for done, name in enumerate(names, 1):
        with suppress(FileNotFoundError):
            writer.add_bytes(f"{PHOTOS}/{name}", vault.get(name))
        on_file(done, len(names))


def prove(file: Path) -> Contents:
    """Read a backup to its end and let SQLite check the database in it.

    Raises:
        BackupBroken: Something does not fit.

    """
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as scratch:
        database = Path(scratch) / DATABASE

        def sink(name: str) -> IO[bytes] | None:
            return database.open("wb") if name == DATABASE else None

        contents = read_archive(file, sink)
        if not is_sound(database):
            raise BackupBroken(file.name, DATABASE)
    return contents


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
