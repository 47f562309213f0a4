"""The gateway dies: what waits is carried by hand, and what was ticked is not sent again."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar
from yarl import URL

from bot.app import House, build, open_house
from bot.settings import Settings
from domain.claim import ClaimKey, ClaimState
from domain.mail import OutboxState
from domain.period import village_day
from domain.relay import AWAY_AFTER
from schedules.announcing import WEB
from storage.people import Contact
from storage.unit_of_work import Books
from tests.gateway.conftest import needs_npm
from tests.gateway.process import NpmGateway
from tests.gateway.village import ACCOUNT, ROOM, people_of, settle
from tests.pictures import jpeg
from tests.web.real import Person

pytestmark = pytest.mark.gateway

HOUSEHOLDS = 3
COOKIE = "a-cookie-of-the-tests"
SECONDS = 30.0


class MovedClock:
    """The real time, moved ahead by hand: the gateway's messages bear the real time."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Outage:
    """The gateway, a house over it, and li's browser."""

    def __init__(self, npm: NpmGateway, house: House, clock: MovedClock, village: int) -> None:
        self.npm = npm
        self.house = house
        self.clock = clock
        self.village = village
        self.li = Person("li", ClientSession())

    async def read(self, act: Callable[[Books], Any]) -> Any:
        return await self.house.ground.performer.perform(act)

    async def until(self, is_so: Callable[[], Any]) -> None:
        """Wait until something is so, which it is soon."""
        async with asyncio.timeout(SECONDS):
            while not await is_so():  # noqa: ASYNC110 - the gateway is another process
                await asyncio.sleep(0.02)

    async def is_up(self) -> bool:
        assert self.house.gateway is not None
        return self.house.gateway.is_up

    async def is_down(self) -> bool:
        return not await self.is_up()

    async def claim_waits(self, number: int) -> bool:
        key = ClaimKey(village_day(self.clock()).year, number)
        claim = await self.read(lambda books: books.claims.get(self.village, key))
        return claim is not None and claim.state is ClaimState.SUBMITTED

    def told(self, words: str) -> list[str]:
        """Return what the gateway has sent that holds some words."""
        return [one["text"] for one in self.npm.sent() if words in str(one["text"])]


@pytest.fixture
async def outage(tmp_path: Path) -> AsyncIterator[Outage]:
    needs_npm()
    with NpmGateway() as npm:
        people_of(npm, households=HOUSEHOLDS)
        clock = MovedClock()
        settings = Settings(
            _env_file=None,
            data_dir=tmp_path / "var",
            secret_key="secret-of-the-tests",
            wechaty_endpoint=npm.endpoint,
            wechaty_token=npm.token,
            wechaty_tls="off",
            http_port=0,
            pacing="off",
        )
        settings.data_dir.mkdir()
        village = settle(settings.database, households=HOUSEHOLDS)
        house = build(settings, clock=clock)
        async with open_house(house) as address:
            opened = Outage(npm, house, clock, village)
            await opened.until(opened.is_up)
            await _log_in(opened, address)
            yield opened
            await opened.li.client.close()


async def _log_in(outage: Outage, address: str) -> None:
    """Open a browser in which li of the committee is logged in."""
    now = outage.clock()

    def act(books: Books) -> None:
        person = books.people.bound(outage.village, Contact(ACCOUNT, "li"))
        assert person is not None
        books.people.bind(outage.village, Contact(WEB, "li"), person.id, at=now)
        digest = hashlib.sha256(COOKIE.encode()).hexdigest()
        books.sessions.open(digest, "li", at=now, until=now + timedelta(days=1))

    await outage.read(act)
    await outage.li.client.close()
    client = ClientSession(address, cookie_jar=CookieJar(unsafe=True))
    client.cookie_jar.update_cookies({"jifen": COOKIE}, URL(address))
    outage.li = Person("li", client)


async def test_what_was_carried_by_hand_is_not_sent_when_the_gateway_is_back(
    outage: Outage,
) -> None:
    npm, li = outage.npm, outage.li
    for number in (1, 2, 3):
        npm.say(ROOM, f"p{number}", "申报 垃圾分类")
        npm.photo(ROOM, f"p{number}", jpeg(number))
        await outage.until(partial(outage.claim_waits, number))
    npm.kill()
    await outage.until(outage.is_down)
    await li.page("/review")
    year = village_day(outage.clock()).year
    for number in (1, 2, 3):
        text = await li.does("/review", claim=f"{year}-{number}", verdict="approve")
        assert "已通过 +1分" in text
    assert "要发的 0 条" in await li.page("/relay")

    outage.clock.ahead = AWAY_AFTER
    text = await li.page("/relay")
    assert "小助手的微信号从" in text
    assert "要发的 3 条" in text
    assert text.count("审核通过,+1分") >= 3
    letters = await outage.read(
        lambda books: books.relays.waiting(
            outage.village, (ACCOUNT,), accounts=(ACCOUNT,), now=outage.clock()
        )
    )
    assert ["户1家 #1" in letters[0].draft.text, len(letters)] == [True, 3]
    assert "记下了,这条发好了" in await li.does("/relay/ticks", letter=str(letters[0].id))

    npm.start()
    people_of(npm, households=HOUSEHOLDS)
    await outage.until(outage.is_up)

    async def others_are_out() -> bool:
        return bool(outage.told("#2") and outage.told("#3"))

    await outage.until(others_are_out)

    async def all_is_settled() -> bool:
        found = await outage.read(lambda b: b.relays.some(outage.village, [x.id for x in letters]))
        return [x.state for x in found] == [
            OutboxState.RELAYED,
            OutboxState.SENT,
            OutboxState.SENT,
        ]

    await outage.until(all_is_settled)
    assert [len(outage.told(f"户{n}家 #{n}")) for n in (1, 2, 3)] == [0, 1, 1]
    text = await li.page("/relay")
    assert "小助手的微信号从" not in text
    assert "要发的 0 条" in text
    assert "刚好自己发出去了" in await li.does("/relay/ticks", letter=str(letters[1].id))
    assert len(outage.told("户2家 #2")) == 1
