"""A backup brings everything back, on either database; a damaged one changes nothing."""

import gzip
import io
import json
import sqlite3
import stat
import tarfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlmodel import SQLModel

from storage.archive import BackupBroken
from storage.backup import backup, prove
from storage.engine import is_sqlite, open_engine, sqlite_path
from storage.photo_store import PhotoStore
from storage.portable import DatabaseInMemory
from storage.proof import photo_faults
from storage.reading import reading_on
from storage.restore import DatabaseBusy, occupants, restore
from storage.schema import SchemaTooNew
from storage.unit_of_work import books_on
from tests.builders import NOON, a_draft
from tests.storage.filled import fill


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "secret.key").write_text("of the village")
    return folder


def rows_of(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        found = {
            name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for name, table in SQLModel.metadata.tables.items()
        }
    engine.dispose()
    return found


def repacked(source: Path, target: Path, change: dict[str, bytes]) -> Path:
    """Copy an archive, with other bytes in some of its parts and the list made to fit nothing."""
    with tarfile.open(source, "r:gz") as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            held = old.extractfile(member)
            assert held is not None
            content = change.get(member.name, held.read())
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return target


def test_a_backup_restores_every_row_photo_and_the_secret(
    engine: Engine, data_dir: Path, tmp_path: Path
) -> None:
    photo = fill(engine, data_dir)
    before = rows_of(engine)
    file = tmp_path / "keep" / "today.tar.gz"
    made = backup(engine, data_dir, file)
    assert (made.villages, made.photos, made.has_secret) == (1, 1, True)
    assert made.size == file.stat().st_size
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["today.tar.gz"]

    (data_dir / "photos" / photo[:2] / photo).write_bytes(b"spoilt")
    (data_dir / "secret.key").write_text("another")
    with books_on(engine)() as books:
        books.outbox.put(a_draft("reply:2"), at=NOON)
    engine.dispose()

    done = restore(engine, file, data_dir=data_dir, at=NOON)
    assert (done.villages, done.photos) == (1, 1)
    assert rows_of(engine) == before
    assert (data_dir / "secret.key").read_text() == "of the village"
    with reading_on(engine)() as books:
        assert books.audit.verify(1) == ()
        store = PhotoStore(data_dir / "photos")
        assert not list(photo_faults(books, store, 1, on_photo=lambda: None))


def test_numbers_go_on_behind_the_restored_ones(
    engine: Engine, data_dir: Path, tmp_path: Path
) -> None:
    fill(engine, data_dir)
    backup(engine, data_dir, tmp_path / "b.tar.gz")
    restore(engine, tmp_path / "b.tar.gz", data_dir=data_dir, at=NOON)
    with books_on(engine)() as books:
        assert books.outbox.put(a_draft("reply:2"), at=NOON)


def test_what_was_there_is_kept_aside(engine: Engine, data_dir: Path, tmp_path: Path) -> None:
    photo = fill(engine, data_dir)
    backup(engine, data_dir, tmp_path / "b.tar.gz")
    with books_on(engine)() as books:
        books.villages.add(town="白鹤镇", name="后来的村", at=NOON)
    engine.dispose()
    assert occupants(engine) == 2
    engine.dispose()
    done = restore(engine, tmp_path / "b.tar.gz", data_dir=data_dir, at=NOON)
    aside = data_dir / "before-restore-20260916-040000"
    assert (aside / "photos" / photo[:2] / photo).exists()
    assert (aside / "secret.key").exists()
    assert done.kept_aside[0] == str(aside)
    if is_sqlite(engine):
        with closing(sqlite3.connect(aside / "jifen.db")) as old:
            assert old.execute("SELECT count(*) FROM village").fetchone() == (2,)
    else:
        with engine.connect() as connection:
            schema = "before_restore_20260916_040000"
            assert done.kept_aside[1].endswith(schema)
            kept = connection.execute(text(f"SELECT count(*) FROM {schema}.village"))
            assert kept.scalar_one() == 2
    assert occupants(engine) == 1


def test_a_backup_restores_into_an_empty_database_of_the_other_kind(
    engine: Engine, bare_url: str, data_dir: Path, tmp_path: Path
) -> None:
    fill(engine, data_dir)
    before = rows_of(engine)
    backup(engine, data_dir, tmp_path / "b.tar.gz")
    other = open_engine(bare_url)
    try:
        assert occupants(other) == 0
        other.dispose()
        done = restore(other, tmp_path / "b.tar.gz", data_dir=tmp_path / "other", at=NOON)
        assert done.kept_aside == ()
        assert rows_of(other) == before
    finally:
        other.dispose()


def test_a_running_program_is_not_pulled_from_under(
    engine: Engine, data_dir: Path, tmp_path: Path
) -> None:
    fill(engine, data_dir)
    backup(engine, data_dir, tmp_path / "b.tar.gz")
    before = rows_of(engine)
    running = open_engine(engine.url.render_as_string(hide_password=False))
    try:
        with running.connect() as connection:
            connection.execute(text("SELECT 1"))
            connection.rollback()
            with pytest.raises(DatabaseBusy):
                restore(engine, tmp_path / "b.tar.gz", data_dir=data_dir, at=NOON)
    finally:
        running.dispose()
    engine.dispose()
    assert rows_of(engine) == before
    assert sorted(path.name for path in data_dir.iterdir()) == ["photos", "secret.key"]


def test_a_backup_goes_on_while_the_village_writes(
    engine: Engine, data_dir: Path, tmp_path: Path
) -> None:
    fill(engine, data_dir)
    with books_on(engine)() as books:
        books.outbox.put(a_draft("unfinished"), at=NOON)
        made = backup(engine, data_dir, tmp_path / "b.tar.gz")
    assert made.villages == 1
    engine.dispose()
    restore(engine, tmp_path / "b.tar.gz", data_dir=data_dir, at=NOON)
    keys = [row[1] for row in rows_of(engine)["outbox"]]
    assert keys == ["reply:1"]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda f: f.write_bytes(f.read_bytes()[:-200]), id="cut off"),
        pytest.param(lambda f: f.write_bytes(b"not a backup"), id="another file"),
        pytest.param(lambda f: f.write_bytes(b""), id="empty"),
        pytest.param(lambda f: f.write_bytes(gzip.compress(b"x" * 5000)), id="no tar"),
    ],
)
def test_a_damaged_backup_changes_nothing(
    spoil: object, sqlite_engine: Engine, data_dir: Path, tmp_path: Path
) -> None:
    fill(sqlite_engine, data_dir)
    before = rows_of(sqlite_engine)
    file = tmp_path / "b.tar.gz"
    backup(sqlite_engine, data_dir, file)
    spoil(file)  # type: ignore[operator]
    with pytest.raises(BackupBroken) as broken:
        restore(sqlite_engine, file, data_dir=data_dir, at=NOON)
    assert broken.value.file == "b.tar.gz"
    assert rows_of(sqlite_engine) == before
    assert sorted(path.name for path in data_dir.iterdir()) == ["photos", "secret.key"]


def test_changed_missing_and_foreign_parts_are_found(
    sqlite_engine: Engine, data_dir: Path, tmp_path: Path
) -> None:
    photo = fill(sqlite_engine, data_dir)
    file = tmp_path / "b.tar.gz"
    backup(sqlite_engine, data_dir, file)
    prove(file)
    name = f"photos/{photo[:2]}/{photo}"
    changed = repacked(file, tmp_path / "c.tar.gz", {name: b"another picture"})
    with pytest.raises(BackupBroken) as broken:
        prove(changed)
    assert broken.value.part == name
    manifest = json.dumps({"format": 1, "schema": "0004", "parts": {}}).encode()
    with pytest.raises(BackupBroken):
        prove(repacked(file, tmp_path / "d.tar.gz", {"manifest.json": manifest}))


@pytest.mark.parametrize("name", ["../escaped", "/etc/passwd", "photos/../../x", "other.txt"])
def test_no_backup_writes_outside_its_place(
    name: str, sqlite_engine: Engine, data_dir: Path, tmp_path: Path
) -> None:
    with tarfile.open(tmp_path / "e.tar.gz", "w:gz") as archive:
        told = tarfile.TarInfo(name)
        told.size = 1
        archive.addfile(told, io.BytesIO(b"x"))
    with pytest.raises(BackupBroken) as broken:
        restore(sqlite_engine, tmp_path / "e.tar.gz", data_dir=data_dir, at=NOON)
    assert broken.value.part == name


def test_a_later_program_s_backup_is_refused(
    sqlite_engine: Engine, data_dir: Path, tmp_path: Path
) -> None:
    fill(sqlite_engine, data_dir)
    with sqlite_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    backup(sqlite_engine, data_dir, tmp_path / "b.tar.gz")
    target = open_engine(f"sqlite:///{tmp_path / 'new.db'}")
    try:
        with pytest.raises(SchemaTooNew):
            restore(target, tmp_path / "b.tar.gz", data_dir=tmp_path / "new", at=NOON)
        assert not (tmp_path / "new.db").exists()
    finally:
        target.dispose()


def test_a_damaged_database_gives_way_to_its_backup(
    sqlite_engine: Engine, data_dir: Path, tmp_path: Path
) -> None:
    fill(sqlite_engine, data_dir)
    before = rows_of(sqlite_engine)
    backup(sqlite_engine, data_dir, tmp_path / "b.tar.gz")
    sqlite_engine.dispose()
    path = sqlite_path(sqlite_engine)
    assert path is not None
    path.write_bytes(b"scribble" * 1000)
    assert occupants(sqlite_engine) is None
    later = NOON + timedelta(hours=1)
    restore(sqlite_engine, tmp_path / "b.tar.gz", data_dir=data_dir, at=later)
    assert rows_of(sqlite_engine) == before


def test_a_database_in_memory_has_no_backup(data_dir: Path, tmp_path: Path) -> None:
    memory = open_engine("sqlite://")
    try:
        with pytest.raises(DatabaseInMemory):
            backup(memory, data_dir, tmp_path / "b.tar.gz")
        with pytest.raises(DatabaseInMemory):
            restore(memory, tmp_path / "b.tar.gz", data_dir=data_dir, at=NOON)
    finally:
        memory.dispose()
    assert list(tmp_path.glob("*.tar.gz*")) == []
