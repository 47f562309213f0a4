"""Pictures over the real gateway: drawn, stored, sent as a PNG that WeChat takes."""

import hashlib
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.basis import Basis
from domain.membership import HouseholdId
from domain.period import Quarter
from domain.points import Points
from domain.publication import Line, Publication, PublicationState, Snapshot, digest
from storage.engine import open_engine, sqlite_url
from storage.photo_store import PhotoStore
from storage.unit_of_work import books_on
from tests.gateway.conftest import needs_npm
from tests.gateway.process import NpmGateway
from tests.gateway.village import ROOM, Jifen, people_of, settle

HOUSEHOLDS = 30
DRAWN_SECONDS = 60.0
PICTURE_BYTES_MAX = 1_000_000

pytestmark = pytest.mark.gateway


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[NpmGateway]:
    needs_npm()
    url = sqlite_url(tmp_path / "jifen.db")
    village = settle(url, households=HOUSEHOLDS)
    _publish(url, village)
    with NpmGateway() as running:
        people_of(running, households=HOUSEHOLDS)
        with Jifen(url, tmp_path / "data", running) as jifen:
            jifen.start(ready=False)
            jifen.await_ready(120)
            yield running
            jifen.stop()


def _publish(url: str, village: int) -> None:
    """Let a quarter have been shown long ago, so that no notice of it waits."""
    lines = tuple(
        Line(HouseholdId(n), 1, "户*", Points(500 - n), Points(900 - n), n, n)
        for n in range(1, HOUSEHOLDS + 1)
    )
    basis = Basis("村民会议", date(2025, 12, 10))
    snapshot = Snapshot(Quarter(2026, 1), 30, 30, "draft-2026", basis, basis, 9, "a1" * 32, lines)
    at = datetime(2026, 4, 9, 4, tzinfo=UTC)
    state, proof = PublicationState.FINAL, digest(snapshot, edition=1)
    shown = Publication(1, state, snapshot, proof, at, released_at=at, final_at=at)
    engine = open_engine(url)
    with books_on(engine)() as books:
        books.publications.add(village, shown)
    engine.dispose()


def _sent(gateway: NpmGateway, count: int) -> list[dict[str, Any]]:
    gateway.wait_for_sent(count, seconds=DRAWN_SECONDS)
    end = time.monotonic() + DRAWN_SECONDS
    while len(gateway.sent()) < count and time.monotonic() < end:
        time.sleep(0.05)
    return gateway.sent()


@pytest.mark.parametrize(
    ("words", "said"), [("公示图", "2026年第一季度公示图"), ("排名图", "积分排名")]
)
def test_a_picture_is_sent_into_the_room_behind_its_words(
    gateway: NpmGateway, tmp_path: Path, words: str, said: str
) -> None:
    gateway.say(ROOM, "li", words)
    told, picture = _sent(gateway, 2)
    assert said in told["text"]
    assert (told["room"], picture["room"]) == (ROOM, ROOM)
    assert 0 < picture["photo"] < PICTURE_BYTES_MAX
    name = picture["sha256"]
    content = PhotoStore(tmp_path / "data" / "photos").read(name)
    assert hashlib.sha256(content).hexdigest() == name
    assert content.startswith(b"\x89PNG")
