"""The sample village (样板村): everybody in it has something to look at."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import build
from bot.boards import board_path
from bot.sample import players, prepare
from bot.settings import Settings
from bot.web.server import web_app
from domain.redemption_round import RoundState
from storage import schema
from storage.engine import open_engine
from storage.people import Contact
from storage.unit_of_work import OpenBooks
from tests.fakes import FixedClock
from tests.web.visit import Visit

SECRET = "a-secret-of-the-tests-that-is-long-enough"


@pytest.fixture
async def visit(tmp_path: Path) -> AsyncIterator[Visit]:
    """A visit to a house that was opened on an empty folder."""
    settings = Settings(_env_file=None, data_dir=tmp_path, secret_key=SECRET)
    engine = open_engine(settings.database)
    schema.prepare(engine)
    engine.dispose()
    house = build(settings, clock=FixedClock())
    client = TestClient(TestServer(web_app(house.site)))
    await client.start_server()
    yield Visit(client)
    await client.close()
    await house.assistant.close()
    await asyncio.to_thread(house.ground.performer.close)
    house.ground.engine.dispose()


async def test_the_officer_of_the_sample_sees_the_sample_village(visit: Visit) -> None:
    await visit.page("/enter")
    answer = await visit.form("/enter/play", persona="town")
    assert (answer.status, answer.headers["Location"]) == (303, "/town")
    text = await visit.page("/town")
    assert "王科长" in text
    assert "幸福村(样板)" in text


async def test_the_board_of_the_sample_shows_what_can_be_had(visit: Visit) -> None:
    text = await visit.page(board_path(SECRET.encode(), 1))
    assert "样板村积分兑换" in text
    assert "洗衣液" in text


@pytest.mark.parametrize("month", [1, 12])
def test_the_sample_is_set_up_once_on_any_day(open_books: OpenBooks, month: int) -> None:
    now = datetime(2026, month, 31, 4, tzinfo=UTC)
    for _ in range(2):
        with open_books() as books:
            village = prepare(books, now=now)
    with open_books() as books:
        assert [seat.phones for seat in books.officers.all()] == [1]
        [one] = books.rounds.running(village.id)
        assert one.state is RoundState.OPEN
        assert one.plan.opens_on <= one.plan.closes_on <= one.plan.collect_until
        assert one.plan.collect_until.year == 2026
        known = [books.officers.of(Contact("web", p.contact)) for p in players()]
        assert [officer is not None for officer in known] == [False] * 4 + [True]


def test_a_real_village_takes_the_sample_out_of_the_figures(open_books: OpenBooks) -> None:
    now = datetime(2026, 9, 16, 4, tzinfo=UTC)
    with open_books() as books:
        sample = prepare(books, now=now)
        assert books.villages.counted() == (sample,)
        real = books.villages.add(town="白鹤镇", name="青龙村", at=now)
        assert books.villages.counted() == (real,)
