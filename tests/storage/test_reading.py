"""Reading is of one moment and holds nobody up; the photos are proved with it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, inspect, select
from sqlmodel import SQLModel

from storage.photo_store import PhotoStore, name_of
from storage.proof import photo_faults
from storage.reading import reading_on
from storage.unit_of_work import books_on
from tests.builders import NOON, a_draft
from tests.storage.filled import fill


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "secret.key").write_text("of the village")
    return folder


def test_photos_gone_or_changed_are_told(engine: Engine, data_dir: Path) -> None:
    photo = fill(engine, data_dir)
    store = PhotoStore(data_dir / "photos")

    def kinds() -> list[tuple[str, str]]:
        with reading_on(engine)() as books:
            faults = photo_faults(books, store, 1, on_photo=lambda: None)
            return [(fault.kind, fault.where) for fault in faults]

    assert kinds() == []
    (data_dir / "photos" / name_of(photo)).write_bytes(b"changed")
    assert kinds() == [("photo_damaged", photo)]
    store.drop(photo)
    assert kinds() == [("photo_missing", photo)]


def test_readers_see_one_moment_and_hold_nobody_up(engine: Engine, data_dir: Path) -> None:
    fill(engine, data_dir)
    outbox = SQLModel.metadata.tables["outbox"]
    counting = select(func.count()).select_from(outbox)
    with reading_on(engine)() as reading:
        assert reading.connection.execute(counting).scalar_one() == 1
        with books_on(engine)() as books:
            books.outbox.put(a_draft("meanwhile"), at=NOON)
        assert reading.connection.execute(counting).scalar_one() == 1
    with reading_on(engine)() as reading:
        assert reading.connection.execute(counting).scalar_one() == 2


def test_a_reader_writes_nothing(engine: Engine, data_dir: Path) -> None:
    with reading_on(engine)() as books:
        books.villages.add(town="白鹤镇", name="不算数的村", at=NOON)
    with reading_on(engine)() as books:
        assert books.villages.all() == ()
    assert "village" in inspect(engine).get_table_names()
