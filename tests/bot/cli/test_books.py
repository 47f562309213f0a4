"""Ledger, claims, verify, backup and restore by command."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from domain.membership import HouseholdId
from domain.period import Quarter
from domain.points import Points
from domain.publication import Line
from schedules.publication import quarters_waiting
from storage.engine import sqlite_url
from storage.ledger import MONTH
from storage.photo_store import PhotoStore
from storage.unit_of_work import books_on
from storage.villages import VILLAGE as VILLAGES
from tests.bot.cli.conftest import Jifen
from tests.builders import a_final_publication
from tests.storage.filled import VILLAGE, fill


def test_ledger_and_claims_tell_what_was_done(jifen_on: Jifen, home: Path, engine: Engine) -> None:
    fill(engine, home)
    (entry,) = jifen_on.json("ledger", "--village", VILLAGE, "--year", "2026")
    assert len(entry.pop("hash")) == 64
    assert datetime.fromisoformat(entry.pop("at")).tzinfo is not None
    assert entry == {
        "seq": 1,
        "household": "3组12号",
        "kind": "award",
        "points": 0.5,
        "cause": "claim:2026:1:award",
        "effective_month": "2026-09",
        "actors": ["张三", "李会计"],
        "reason": "垃圾分类",
        "item": "A101",
        "household_id": 1,
        "actor_ids": [1, 2],
        "previous_hash": "0" * 64,
    }
    assert jifen_on.json("ledger", "--village", VILLAGE, "--year", "2025") == []
    told = {
        "year": 2026,
        "number": 1,
        "household": "3组12号",
        "item": "A101",
        "state": "approved",
        "points": 0.5,
        "occurred_on": "2026-09-16",
        "effective_month": "2026-09",
        "quantity": None,
        "tier": None,
        "place": "自家门口",
        "photos": 1,
        "filed_by": "张三",
        "approvals": ["李会计"],
    }
    assert jifen_on.json("claims", "--village", VILLAGE) == [told]
    assert jifen_on.json("claims", "--village", VILLAGE, "--state", "approved") == [told]
    assert jifen_on.json("claims", "--village", VILLAGE, "--state", "draft") == []
    assert jifen_on.json("claims", "--village", VILLAGE, "--year", "2025") == []
    assert "加分" in jifen_on("ledger", "--village", VILLAGE, "--year", "2026")
    assert "#1" in jifen_on("claims", "--village", VILLAGE)


def test_publications_tell_every_edition_with_its_lines(
    jifen_on: Jifen, home: Path, engine: Engine
) -> None:
    fill(engine, home)
    assert jifen_on.json("publications", "--village", VILLAGE) == []
    assert "还没有公示过" in jifen_on("publications", "--village", VILLAGE)
    line = Line(HouseholdId(1), 3, "张*家", Points(5), Points(15), 1, None)
    known = a_final_publication(Quarter(2026, 3))
    shown = replace(known, snapshot=replace(known.snapshot, lines=(line,)))
    with books_on(engine)() as books:
        books.publications.add(1, shown)
    (told,) = jifen_on.json("publications", "--village", VILLAGE)
    assert (told["quarter"], told["edition"], told["state"]) == ("2026-Q3", 1, "final")
    assert told["basis"] == {"title": "村民代表会议", "since": "2025-12-10", "until": None}
    assert told["lines"] == [
        {
            "household": "3组12号",
            "household_id": 1,
            "group": 3,
            "name": "张*家",
            "quarter_points": 0.5,
            "year_points": 1.5,
            "quarter_place": 1,
            "year_place": None,
        }
    ]
    assert "2026-Q3" in jifen_on("publications", "--village", VILLAGE)


def test_publications_tell_what_the_next_lack_and_who_was_told(
    jifen_on: Jifen, home: Path, engine: Engine
) -> None:
    fill(engine, home)
    with books_on(engine)() as books:
        books.connection.execute(
            VILLAGES.update().values(created_at=datetime(2025, 9, 1, tzinfo=UTC))
        )
        [waits, *_] = quarters_waiting(books, books.villages.get(1), today=date(2026, 1, 1))
        told = ("notice:1:digest:x:wechat:room", "notice:1:missing:x:2")
        books.publications.note_missing(
            1, waits, on=date(2025, 10, 9), months=(), numbers=(1,), told=told
        )
    first = jifen_on.json("publications", "--village", VILLAGE, "--missing")[0]
    assert first["quarter"] == "2025-Q3"
    assert first["claims"] == []
    assert first["told"] == [{"on": "2025-10-09", "to": ["委员群", "李会计"]}]
    assert "2025-10-09" in jifen_on("publications", "--village", VILLAGE, "--missing")


def test_verify_is_clean_or_names_the_fault(jifen_on: Jifen, home: Path, engine: Engine) -> None:
    photo = fill(engine, home)
    assert jifen_on.json("verify") == {"clean": True, "faults": []}
    assert "无误" in jifen_on("verify", "--village", VILLAGE)
    PhotoStore(home / "photos").drop(photo)
    with books_on(engine)() as books:
        books.connection.execute(MONTH.update().values(earned=7))
    told = jifen_on.json("verify", "--village", VILLAGE, code=1)
    assert told["clean"] is False
    assert {(f["village"], f["kind"]) for f in told["faults"]} == {
        (VILLAGE, "month_total"),
        (VILLAGE, "photo_missing"),
    }
    assert "照片不见了" in jifen_on("verify", code=1)


def test_backup_and_restore_by_command(
    jifen_on: Jifen, home: Path, engine: Engine, tmp_path: Path
) -> None:
    fill(engine, home)
    engine.dispose()
    made = jifen_on.json("backup", "--to", tmp_path / "keep")
    assert set(made) == {"file", "bytes", "photos", "villages", "has_secret"}
    assert (made["photos"], made["villages"], made["has_secret"]) == (1, 1, False)
    assert "--yes" in jifen_on.error("restore", made["file"])
    told = jifen_on.json("restore", made["file"], "--yes")
    assert set(told) == {"villages", "photos", "kept_aside", "clean", "faults"}
    assert (told["villages"], told["clean"]) == (1, True)
    assert jifen_on.json("verify")["clean"] is True


def test_a_backup_moves_a_village_to_a_new_machine(
    jifen: Jifen, home: Path, sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fill(sqlite_engine, home)
    sqlite_engine.dispose()
    monkeypatch.setenv("JIFEN_DATABASE_URL", sqlite_url(tmp_path / "jifen.db"))
    file = jifen.json("backup")["file"]
    monkeypatch.setenv("JIFEN_DATABASE_URL", "")
    monkeypatch.setenv("JIFEN_DATA_DIR", str(tmp_path / "new"))
    assert jifen.json("restore", file)["kept_aside"] == []
    assert jifen.json("verify")["clean"] is True
    assert len(jifen.json("claims", "--village", VILLAGE)) == 1


def test_restore_says_what_is_wrong_with_the_file(jifen: Jifen, tmp_path: Path) -> None:
    (tmp_path / "b.tar.gz").write_bytes(b"none")
    assert "b.tar.gz" in jifen.error("restore", tmp_path / "b.tar.gz")
    assert "找不到" in jifen.error("restore", tmp_path / "c.tar.gz", code=2)
