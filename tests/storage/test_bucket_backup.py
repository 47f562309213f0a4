"""Backups of a village whose photos lie in a bucket."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.backup import backup
from storage.photo_store import PhotoStore
from storage.proof import photo_faults
from storage.reading import reading_on
from storage.restore import restore
from storage.vault import VaultAway
from tests.buckets import Bucket
from tests.builders import NOON
from tests.storage.filled import fill

pytestmark = pytest.mark.s3


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "secret.key").write_text("of the village")
    return folder


def faults(engine: Engine, bucket: Bucket) -> list[str]:
    with reading_on(engine)() as books:
        store = PhotoStore(bucket.vault())
        found = [fault.kind for fault in photo_faults(books, store, 1, on_photo=lambda: None)]
    engine.dispose()
    return found


def test_a_backup_brings_photos_of_a_lost_bucket_back(
    sqlite_engine: Engine, data_dir: Path, bucket: Bucket, tmp_path: Path
) -> None:
    engine, vault, file = sqlite_engine, bucket.vault(), tmp_path / "b.tar.gz"
    photo = fill(engine, data_dir, place=vault)
    PhotoStore(vault).read_thumbnail(photo)
    vault.put("of/somebody-else", b"not ours")
    made = backup(engine, data_dir, file, vault=vault)
    assert (made.photos, made.villages, made.has_secret) == (1, 1, True)
    PhotoStore(vault).drop(photo)
    assert faults(engine, bucket) == ["photo_missing"]
    done = restore(engine, file, data_dir=data_dir, at=NOON, vault=vault)
    assert (done.photos, done.has_photos) == (1, True)
    assert faults(engine, bucket) == []
    assert not (data_dir / "photos").exists()


def test_a_damaged_photo_is_mended_by_the_backup(
    sqlite_engine: Engine, data_dir: Path, bucket: Bucket, tmp_path: Path
) -> None:
    vault, file = bucket.vault(), tmp_path / "b.tar.gz"
    photo = fill(sqlite_engine, data_dir, place=vault)
    backup(sqlite_engine, data_dir, file, vault=vault)
    vault.put(f"{photo[:2]}/{photo}", b"spoilt")
    assert faults(sqlite_engine, bucket) == ["photo_damaged"]
    restore(sqlite_engine, file, data_dir=data_dir, at=NOON, vault=vault)
    assert faults(sqlite_engine, bucket) == []


def test_a_backup_without_photos_leaves_them_where_they_are(
    engine: Engine, data_dir: Path, bucket: Bucket, tmp_path: Path
) -> None:
    vault, file = bucket.vault(), tmp_path / "b.tar.gz"
    fill(engine, data_dir, place=vault)
    held = bucket.objects()
    made = backup(engine, data_dir, file, vault=vault, with_photos=False)
    assert made.photos == 0
    done = restore(engine, file, data_dir=data_dir, at=NOON, vault=vault)
    assert (done.photos, done.has_photos) == (0, False)
    assert bucket.objects() == held
    assert faults(engine, bucket) == []


def test_without_photos_a_folder_s_photos_stay_as_well(
    sqlite_engine: Engine, data_dir: Path, tmp_path: Path
) -> None:
    photo = fill(sqlite_engine, data_dir)
    backup(sqlite_engine, data_dir, tmp_path / "b.tar.gz", with_photos=False)
    restore(sqlite_engine, tmp_path / "b.tar.gz", data_dir=data_dir, at=NOON)
    assert PhotoStore(data_dir / "photos").read(photo)


def test_while_the_bucket_is_away_there_is_no_backup_and_no_restore(
    sqlite_engine: Engine, data_dir: Path, bucket: Bucket, tmp_path: Path
) -> None:
    vault, file = bucket.vault(), tmp_path / "keep" / "b.tar.gz"
    fill(sqlite_engine, data_dir, place=vault)
    backup(sqlite_engine, data_dir, file, vault=vault)
    sqlite_engine.dispose()
    bucket.server.stop()
    with pytest.raises(VaultAway):
        backup(sqlite_engine, data_dir, file.with_name("c.tar.gz"), vault=vault)
    assert [path.name for path in file.parent.iterdir()] == ["b.tar.gz"]
    sqlite_engine.dispose()
    with pytest.raises(VaultAway):
        restore(sqlite_engine, file, data_dir=data_dir, at=NOON, vault=vault)
    assert [path.name for path in data_dir.iterdir()] == ["secret.key"]
