"""Moving, drilling and carrying photos by command."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.engine import open_engine, sqlite_url
from storage.ledger import MONTH
from storage.photo_store import PhotoStore, name_of
from storage.schema import prepare
from tests.bot.cli.conftest import Jifen
from tests.buckets import Bucket
from tests.conftest import Postgres
from tests.storage.filled import VILLAGE, fill


@pytest.fixture
def photo(home: Path) -> str:
    """The photo of a filled village on a SQLite file in the data folder."""
    engine = open_engine(sqlite_url(home / "jifen.db"))
    prepare(engine)
    kept = fill(engine, home)
    engine.dispose()
    return kept


@pytest.fixture
def empty_postgres(postgres: Postgres) -> Iterator[str]:
    url = postgres.create(is_prepared=False)
    yield url
    postgres.drop(url)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where throw-away places are made."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.postgresql
def test_a_village_moves_by_one_command_and_goes_on_there(
    jifen: Jifen, photo: str, home: Path, empty_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = jifen.json("move", "--to", empty_postgres)
    assert set(told) == {"moved", "rows", "tables", "villages", "inbox", "outbox"}
    assert told["moved"] is True
    [village] = told["villages"]
    assert (village["name"], village["entries"], village["earned"]) == (VILLAGE, 1, 0.5)
    said = jifen("move", "--to", empty_postgres, "--check")
    assert "核对无误" in said
    assert village["head"].split(":")[1][:12] in said
    assert "不是空的" in jifen.error("move", "--to", empty_postgres)
    monkeypatch.setenv("JIFEN_DATABASE_URL", empty_postgres)
    assert jifen.json("verify")["clean"] is True
    assert "不用搬" in jifen.error("move", "--to", empty_postgres)


@pytest.mark.postgresql
def test_moving_tells_what_stands_in_its_way(
    jifen: Jifen, photo: str, home: Path, empty_postgres: str
) -> None:
    assert "postgresql://" in jifen.error("move", "--to", sqlite_url(home / "other.db"), code=2)
    assert "postgresql://" in jifen.error("move", "--to", "nonsense", code=2)
    with closing(sqlite3.connect(home / "jifen.db")) as running:
        running.execute("SELECT count(*) FROM village").fetchone()
        assert "停下来" in jifen.error("move", "--to", empty_postgres)
    away = "postgresql://nobody:hidden@127.0.0.1:1/none"
    assert "hidden" not in jifen.error("move", "--to", away)
    assert not (home / "other.db").exists()


def test_a_drill_says_what_a_backup_holds_and_leaves_nothing(
    jifen: Jifen, photo: str, home: Path, scratch: Path
) -> None:
    file = jifen.json("backup")["file"]
    before = sorted(home.rglob("*"))
    with closing(sqlite3.connect(home / "jifen.db")) as running:
        running.execute("SELECT count(*) FROM village").fetchone()
        told = jifen.json("restore", file, "--check")
    assert (told["clean"], told["photos"], told["has_photos"]) == (True, 1, True)
    [village] = told["villages"]
    assert (village["name"], village["entries"]) == (VILLAGE, 1)
    said = jifen("restore", "--check", file)
    assert "能用" in said
    assert "JIFEN_SECRET_KEY" in said
    assert sorted(p for p in home.rglob("*") if "jifen.db-" not in p.name) == [
        p for p in before if "jifen.db-" not in p.name
    ]
    assert list(scratch.iterdir()) == []


def test_a_drill_finds_what_does_not_add_up(
    jifen: Jifen, photo: str, home: Path, scratch: Path
) -> None:
    engine = open_engine(sqlite_url(home / "jifen.db"))
    with engine.begin() as connection:
        connection.execute(MONTH.update().values(earned=7))
    engine.dispose()
    (home / "photos" / name_of(photo)).write_bytes(b"spoilt")
    file = jifen.json("backup")["file"]
    told = jifen.json("restore", "--check", file, code=1)
    assert {fault["kind"] for fault in told["faults"]} == {"month_total", "photo_damaged"}
    assert "不符" in jifen("restore", "--check", file, code=1)
    Path(file).write_bytes(Path(file).read_bytes()[:-100])
    assert "不是完好的备份" in jifen.error("restore", "--check", file)
    assert list(scratch.iterdir()) == []


def test_a_drill_of_a_backup_without_photos_looks_at_those_in_place(
    jifen: Jifen, photo: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIFEN_BACKUP_PHOTOS", "off")
    file = jifen.json("backup")["file"]
    told = jifen.json("restore", "--check", file)
    assert (told["clean"], told["photos"], told["has_photos"]) == (True, 0, False)
    PhotoStore(home / "photos").drop(photo)
    told = jifen.json("restore", "--check", file, code=1)
    assert [fault["kind"] for fault in told["faults"]] == ["photo_missing"]


def set_bucket(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in bucket.settings.items():
        monkeypatch.setenv(f"JIFEN_{name.upper()}", value)


@pytest.mark.s3
def test_photos_move_into_a_bucket_and_back(
    jifen: Jifen, photo: str, home: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "JIFEN_PHOTOS_URL" in jifen.error("photos", "move")
    set_bucket(bucket, monkeypatch)
    told = jifen.json("verify", code=1)
    assert [fault["kind"] for fault in told["faults"]] == ["photo_missing"]
    told = jifen.json("photos", "move")
    assert told == {"moved": 1, "there_before": 0, "damaged": [], "clean": True, "faults": []}
    assert jifen.json("photos", "move")["there_before"] == 1
    assert jifen.json("verify")["clean"] is True
    assert (home / "photos" / name_of(photo)).exists()
    (home / "photos" / name_of(photo)).unlink()
    assert "搬了1张" in jifen("photos", "move", "--back")
    assert (home / "photos" / name_of(photo)).exists()


@pytest.mark.s3
def test_a_damaged_photo_is_not_carried_and_is_named(
    jifen: Jifen, photo: str, home: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_bucket(bucket, monkeypatch)
    (home / "photos" / name_of(photo)).write_bytes(b"spoilt")
    told = jifen.json("photos", "move", code=1)
    assert told["damaged"] == [photo]
    assert [fault["kind"] for fault in told["faults"]] == ["photo_missing"]
    assert bucket.objects() == []


@pytest.mark.s3
def test_commands_and_doctor_say_that_the_bucket_is_away(
    jifen: Jifen, photo: str, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_bucket(bucket, monkeypatch)
    assert _of(jifen, "photos")["ok"]
    assert bucket.objects() == []
    monkeypatch.setenv("JIFEN_S3_SECRET_KEY", "not the right one at all")
    found = _of(jifen, "photos", code=1)
    assert "JIFEN_S3_SECRET_KEY" in found["mend"]
    assert "not the right one" not in str(found)
    bucket.server.stop()
    for command in (("verify",), ("backup",), ("photos", "move")):
        assert "对象存储" in jifen.error(*command)


def test_doctor_says_when_the_last_good_backup_was(
    jifen: Jifen, photo: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _of(jifen, "backup")["level"] == "ok"
    long_ago = (datetime.now(UTC) - timedelta(days=9)).timestamp()
    os.utime(home / "jifen.db", (long_ago, long_ago))
    assert _of(jifen, "backup")["level"] == "warning"
    file = jifen.json("backup")["file"]
    assert file in _of(jifen, "backup")["message"]
    os.utime(file, (long_ago, long_ago))
    found = _of(jifen, "backup")
    assert (found["level"], found["ok"]) == ("warning", True)
    assert "9天" in found["message"]
    Path(file).unlink()
    monkeypatch.setenv("JIFEN_BACKUPS_KEPT", "0")
    assert _of(jifen, "backup")["level"] == "ok"


def _of(jifen: Jifen, check: str, *, code: int = 0) -> dict[str, str]:
    [found] = [one for one in jifen.json("doctor", code=code) if one["check"] == check]
    return found
