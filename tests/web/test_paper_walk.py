"""The whole house: a picture drawn by the press reaches the chat page, a link opens the files."""

import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from openpyxl import load_workbook

from bot.app import House, build
from bot.settings import Settings
from bot.web.server import web_app
from domain.membership import HouseholdId
from domain.points import Points
from storage.unit_of_work import books_on
from tests.builders import a_posting
from tests.fakes import FixedClock
from tests.web.visit import Visit

PICTURE_BYTES_MAX = 1_000_000


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    monkeypatch.chdir(tmp_path)
    built = build(
        Settings(data_dir=tmp_path / "data", base_url="http://points.test"), clock=FixedClock()
    )
    yield built
    await built.assistant.close()
    built.ground.performer.close()
    built.ground.engine.dispose()


async def _say(
    house: House, contact: str, text: str, *, number: int
) -> list[tuple[str, str | None]]:
    await house.parlour.submit(contact, message_id=f"message-{number}", text=text, photo=None)
    await house.assistant.idle()
    lines = await house.parlour.transcript(contact, limit=20)
    return [(line.text, line.photo) for line in lines if not line.is_mine]


async def test_the_ranking_picture_is_shown_on_the_chat_page(house: House) -> None:
    with books_on(house.ground.engine)() as books:
        posting = a_posting(household=HouseholdId(1), points=Points(125))
        books.ledger.post(1, posting, at=house.ground.clock())
    told = await _say(house, "sample-li", "排名图", number=1)
    assert told[0][0].startswith("2026年第三季度积分排名")
    photo = told[1][1]
    assert photo is not None
    name = photo.rpartition("/")[2]
    found = await house.parlour.picture("sample-li", name=name)
    assert found is not None
    content, media_type = found
    assert media_type == "image/png"
    assert len(content) < PICTURE_BYTES_MAX
    assert await house.parlour.picture("sample-zhang", name=name) is None


async def test_the_catalogue_s_picture_is_shown_on_the_chat_page(house: House) -> None:
    told = await _say(house, "sample-li", "兑换目录图", number=1)
    assert told[0][0] == "“样板村积分兑换”的兑换目录。要打印,回“报表”。"
    found = await house.parlour.picture("sample-li", name=(told[1][1] or "").rpartition("/")[2])
    assert found is not None
    assert found[1] == "image/png"
    assert len(found[0]) < PICTURE_BYTES_MAX


async def test_a_villager_who_asks_has_nothing_drawn(house: House) -> None:
    [(words, photo)] = await _say(house, "sample-zhang", "排名图", number=1)
    assert ("审核委员" in words, photo) == (True, None)
    assert not list(house.ground.photos.vault.all())


async def test_the_link_of_the_chat_opens_the_files_once(house: House) -> None:
    [(words, _)] = await _say(house, "sample-li", "报表", number=1)
    found = re.search(r"http://points\.test(/enter/report\?token=(\S+))", words)
    assert found
    async with TestClient(TestServer(web_app(house.site))) as client:
        visit = Visit(client)
        await visit.page(found[1])
        answer = await visit.form("/enter/report", token=found[2])
        assert answer.status == 303
        async with client.get("/report/2026/ledger.xlsx") as answer:
            assert load_workbook(io.BytesIO(await answer.read())).worksheets
    async with TestClient(TestServer(web_app(house.site))) as client:
        visit = Visit(client)
        await visit.page(found[1])
        assert (await visit.form("/enter/report", token=found[2])).status == 422
