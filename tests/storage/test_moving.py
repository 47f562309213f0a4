"""A village moves from SQLite into PostgreSQL whole and proved, or not at all."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, select, text
from sqlmodel import SQLModel

from storage.engine import open_engine, sqlite_path, sqlite_url
from storage.ledger import ENTRY, MONTH
from storage.moving import (
    MoveUnproved,
    SourceInUse,
    SourceNotSqlite,
    TargetNotPostgres,
    TargetOccupied,
    compare,
    move,
)
from storage.outbox import OUTBOX
from storage.portable import DatabaseInMemory
from storage.schema import SchemaState, look
from storage.unit_of_work import books_on
from tests.builders import NOON, a_draft
from tests.conftest import Postgres
from tests.storage.filled import fill

pytestmark = pytest.mark.postgresql
ROOT = Path(__file__).resolve().parents[2]
KILLED = """
import os, signal, sys
from storage.engine import open_engine
from storage.moving import move

def die(done, of):
    if done >= int(sys.argv[3]) or done == of:
        os.kill(os.getpid(), signal.SIGKILL)

move(open_engine(sys.argv[1]), open_engine(sys.argv[2]), on_row=die)
"""


@pytest.fixture
def source(sqlite_engine: Engine, tmp_path: Path) -> Engine:
    fill(sqlite_engine, tmp_path / "data")
    sqlite_engine.dispose()
    return sqlite_engine


@pytest.fixture
def target(postgres: Postgres) -> Iterator[Engine]:
    url = postgres.create(is_prepared=False)
    engine = open_engine(url)
    yield engine
    engine.dispose()
    postgres.drop(url)


def rows_of(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        found = {
            name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for name, table in SQLModel.metadata.tables.items()
        }
    engine.dispose()
    return found


def file_of(engine: Engine) -> Path:
    path = sqlite_path(engine)
    assert path is not None
    return path


def test_every_row_arrives_and_the_proof_names_chain_totals_and_mail(
    source: Engine, target: Engine
) -> None:
    before = rows_of(source)
    heard: list[tuple[int, int]] = []
    proved = move(source, target, on_row=lambda done, of: heard.append((done, of)))
    assert rows_of(target) == before == rows_of(source)
    assert proved.rows == sum(map(len, before.values()))
    assert {tally.table for tally in proved.tallies} == set(before)
    [village] = proved.accounts
    with books_on(source)() as books:
        seq, digest = books.ledger.head(1)
    assert (village.entries, village.head) == (1, f"{seq}:{digest}")
    assert (village.totals, village.earned, village.redeemed) == (1, 5, 0)
    assert (proved.inbox, proved.outbox) == ({}, {"queued": 1})
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert heard[-1] == (3 * proved.rows, 3 * proved.rows)


def test_the_village_goes_on_in_its_new_database(source: Engine, target: Engine) -> None:
    move(source, target)
    assert look(target) is SchemaState.CURRENT
    with books_on(target)() as books:
        assert books.outbox.put(a_draft("reply:2"), at=NOON)
        assert books.audit.verify(1) == ()


def test_the_source_stays_as_it_was_and_nothing_lies_about(source: Engine, target: Engine) -> None:
    path = file_of(source)
    around = sorted(p.name for p in path.parent.iterdir())
    move(source, target)
    with closing(sqlite3.connect(path)) as left:
        assert left.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert left.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert sorted(p.name for p in path.parent.iterdir() if "-" not in p.name) == around


def test_a_target_in_which_anything_stands_is_refused_untouched(
    source: Engine, target: Engine
) -> None:
    with target.begin() as connection:
        connection.execute(text("CREATE TABLE somebody_elses (x INTEGER)"))
    with pytest.raises(TargetOccupied) as refused:
        move(source, target)
    assert refused.value.tables == ("somebody_elses",)
    assert inspect(target).get_table_names() == ["somebody_elses"]


def test_nobody_moves_twice(source: Engine, target: Engine) -> None:
    move(source, target)
    arrived = rows_of(target)
    with pytest.raises(TargetOccupied):
        move(source, target)
    assert rows_of(target) == arrived


def test_a_running_program_is_not_left_behind(source: Engine, target: Engine) -> None:
    running = open_engine(source.url.render_as_string())
    try:
        with running.connect() as connection:
            connection.execute(text("SELECT 1"))
            connection.rollback()
        with pytest.raises(SourceInUse):
            move(source, target)
    finally:
        running.dispose()
    assert inspect(target).get_table_names() == []


def test_nobody_writes_to_the_source_while_it_moves(source: Engine, target: Engine) -> None:
    path, said = file_of(source), []

    def write(done: int, of: int) -> None:
        with closing(sqlite3.connect(path, timeout=0)) as other:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("DELETE FROM outbox")
            said.append(done)

    move(source, target, on_row=write)
    assert said
    assert len(rows_of(source)["outbox"]) == 1


@pytest.mark.parametrize("at", [1, 30, 10_000])
def test_killed_at_any_row_it_leaves_the_target_empty_and_can_be_run_again(
    at: int, source: Engine, target: Engine
) -> None:
    before = rows_of(source)
    urls = (e.url.render_as_string(hide_password=False) for e in (source, target))
    command = [sys.executable, "-c", KILLED, *urls, str(at)]
    ended = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert look(target) is SchemaState.EMPTY
    assert inspect(target).get_table_names() == []
    assert rows_of(source) == before
    move(source, target)
    assert rows_of(target) == before


def test_books_that_do_not_add_up_are_not_moved(source: Engine, target: Engine) -> None:
    with source.begin() as connection:
        connection.execute(MONTH.update().values(earned=MONTH.c.earned + 1))
    source.dispose()
    with pytest.raises(MoveUnproved) as refused:
        move(source, target)
    assert [fault.kind for fault in refused.value.faults] == ["month_total"]
    assert inspect(target).get_table_names() == []


def test_one_changed_value_is_found(source: Engine, target: Engine) -> None:
    moved = move(source, target)
    assert compare(source, target) == moved
    for change, back, kinds in (
        (OUTBOX.update().values(state="sent"), {"state": "queued"}, {"table", "outbox"}),
        (OUTBOX.update().values(text="另一句"), {"text": a_draft().text}, {"table"}),
        (MONTH.update().values(earned=6), {"earned": 5}, {"table", "ledger"}),
        (ENTRY.update().values(reason="改过"), {"reason": "垃圾分类"}, {"table"}),
    ):
        with target.begin() as connection:
            connection.execute(change)
        with pytest.raises(MoveUnproved) as found:
            compare(source, target)
        assert {fault.kind for fault in found.value.faults} == kinds
        with target.begin() as connection:
            connection.execute(change.table.update().values(back))
        assert compare(source, target) == moved


def test_an_older_source_arrives_at_this_version_and_stays_old(
    tmp_path: Path, target: Engine
) -> None:
    from alembic import command

    from storage.schema import config

    source = open_engine(sqlite_url(tmp_path / "old.db"))
    with source.begin() as connection:
        command.upgrade(config(connection), "0001")
    source.dispose()
    move(source, target)
    assert look(target) is SchemaState.CURRENT
    assert look(source) is SchemaState.BEHIND
    source.dispose()


def test_only_a_file_moves_and_only_into_postgresql(
    source: Engine, target: Engine, tmp_path: Path
) -> None:
    with pytest.raises(TargetNotPostgres):
        move(source, open_engine(sqlite_url(tmp_path / "other.db")))
    with pytest.raises(SourceNotSqlite):
        move(target, target)
    with pytest.raises(DatabaseInMemory):
        move(open_engine("sqlite://"), target)
    with pytest.raises(FileNotFoundError):
        move(open_engine(sqlite_url(tmp_path / "none.db")), target)
    assert not (tmp_path / "none.db").exists()
