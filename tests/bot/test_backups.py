"""The night's backup: made once, at its hour, so many of them kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.backups import last_backup, nightly_backup
from bot.settings import Settings
from storage.backup import prove
from storage.photo_store import name_of
from storage.vault import VaultAway
from tests.buckets import Bucket
from tests.storage.filled import fill

TWO = datetime(2026, 9, 15, 18, 0, tzinfo=UTC)
"""2:00 of the 16th in the village."""


def settings(data_dir: Path, **more: object) -> Settings:
    return Settings(_env_file=None, data_dir=data_dir, **more)  # type: ignore[arg-type]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*"))


@pytest.mark.parametrize(
    ("hour", "minutes", "night"),
    [(2, 0, "2026-09-16"), (2, -1, "2026-09-15"), (0, -120, "2026-09-16"), (23, 0, "2026-09-15")],
)
def test_a_night_begins_at_its_hour(
    hour: int, minutes: int, night: str, sqlite_engine: Engine, tmp_path: Path
) -> None:
    ours = settings(tmp_path / "data", backup_hour=hour)
    assert nightly_backup(ours, sqlite_engine, TWO + timedelta(minutes=minutes))
    assert names(ours.backups) == [f"jifen-{night}.tar.gz"]


def test_it_is_made_once_a_night_and_so_many_are_kept(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    fill(sqlite_engine, tmp_path / "data")
    ours = settings(tmp_path / "data", backups_kept=3, backups_dir=tmp_path / "other disk")
    ours.backups.mkdir()
    by_hand = ours.backups / "jifen-20260101-120000.tar.gz"
    by_hand.write_bytes(b"made by command")
    for day in range(5):
        assert nightly_backup(ours, sqlite_engine, TWO + timedelta(days=day))
        assert not nightly_backup(ours, sqlite_engine, TWO + timedelta(days=day, hours=20))
    kept = [f"jifen-2026-09-{day}.tar.gz" for day in (18, 19, 20)]
    assert names(ours.backups) == [*kept, by_hand.name]
    assert prove(ours.backups / kept[0]).photos == 1
    assert not (tmp_path / "data" / "backups").exists()


def test_none_is_made_when_none_are_to_be_kept(sqlite_engine: Engine, tmp_path: Path) -> None:
    ours = settings(tmp_path / "data", backups_kept=0)
    assert not nightly_backup(ours, sqlite_engine, TWO)
    assert names(ours.backups) == []


@pytest.mark.s3
def test_one_that_fails_drops_no_older_one_and_is_tried_again(
    sqlite_engine: Engine, tmp_path: Path, bucket: Bucket
) -> None:
    photo = fill(sqlite_engine, tmp_path / "data", place=bucket.vault())
    ours = settings(tmp_path / "data", backups_kept=1, **bucket.settings)
    assert nightly_backup(ours, sqlite_engine, TWO)
    bucket.server.stop()
    with pytest.raises(VaultAway):
        nightly_backup(ours, sqlite_engine, TWO + timedelta(days=1))
    assert names(ours.backups) == ["jifen-2026-09-16.tar.gz"]
    bucket.server.start()
    assert nightly_backup(ours, sqlite_engine, TWO + timedelta(days=1, minutes=30))
    assert names(ours.backups) == ["jifen-2026-09-17.tar.gz"]
    parts = prove(ours.backups / "jifen-2026-09-17.tar.gz").parts
    assert f"photos/{name_of(photo)}" in parts


@pytest.mark.s3
def test_photos_are_left_out_where_the_setting_says_so(
    sqlite_engine: Engine, tmp_path: Path, bucket: Bucket
) -> None:
    fill(sqlite_engine, tmp_path / "data", place=bucket.vault())
    ours = settings(tmp_path / "data", backup_photos="off", **bucket.settings)
    assert nightly_backup(ours, sqlite_engine, TWO)
    [file] = ours.backups.iterdir()
    assert not prove(file).has_photos


def test_the_last_backup_is_the_newest_whole_one(sqlite_engine: Engine, tmp_path: Path) -> None:
    ours = settings(tmp_path / "data")
    assert last_backup(ours.backups) is None
    nightly_backup(ours, sqlite_engine, TWO)
    (ours.backups / ".jifen-2026-09-17.tar.gz.1.part").write_bytes(b"unfinished")
    found = last_backup(ours.backups)
    assert found is not None
    assert found[0].name == "jifen-2026-09-16.tar.gz"
