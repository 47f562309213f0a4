"""The real house for the pages: real books, real photos, people with browsers of their own."""

import asyncio
import hashlib
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, ClientSession, CookieJar
from aiohttp.test_utils import TestServer
from yarl import URL

from bot import links
from bot.app import House, build
from bot.settings import Settings
from bot.web.api.room import Limits, ReadingRoom
from bot.web.server import web_app
from domain.claim import ClaimKey
from domain.membership import HouseholdId, PersonId, Role
from domain.period import village_day
from schedules.announcing import WEB
from storage.engine import open_engine
from storage.people import Contact
from storage.reading import looking_on
from storage.schema import prepare
from storage.unit_of_work import Books, OpenBooks, books_on
from tests.cast import Cast, adopt_draft, settle_in
from tests.fakes import FixedClock
from tests.pictures import jpeg, like

SECRET = "a-secret-of-the-tests-that-is-long-enough"
_OFFERED = re.compile(r'name="id" value="([0-9a-f]+)"')
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


@dataclass
class Person:
    """One browser in which somebody of the village is logged in."""

    contact: str
    client: ClientSession
    csrf: str = ""
    ids: list[str] = field(default_factory=list)

    async def page(self, path: str, *, status: int = 200) -> str:
        """Open a page and keep the names of its forms."""
        async with self.client.get(path) as answer:
            text = await answer.text()
            assert answer.status == status, text
        found = _CSRF.search(text)
        self.csrf = found[1] if found else self.csrf
        self.ids = _OFFERED.findall(text)
        return text

    async def post(self, path: str, *, form: str = "", **fields: Any) -> ClientResponse:
        """Send a form; ``form`` is its name, a fresh one when none is given."""
        values = {"csrf": self.csrf, "id": form or secrets.token_hex(12), **fields}
        return await self.client.post(path, data=values, allow_redirects=False)

    async def does(self, path: str, *, form: str = "", **fields: Any) -> str:
        """Send a form and return the page that follows."""
        answer = await self.post(path, form=form, **fields)
        assert answer.status == 303, await answer.text()
        return await self.page(answer.headers["Location"].partition("#")[0])


class RealHouse:
    """A house as ``jifen run`` builds it, over a database of the tests."""

    def __init__(self, house: House, clock: FixedClock, cast: Cast) -> None:
        self.house = house
        self.clock = clock
        self.cast = cast
        self.open_books: OpenBooks = books_on(house.ground.engine)
        self.app = web_app(house.site)
        self.server = TestServer(self.app)
        self.clients: list[ClientSession] = []

    def read(self, act: Any) -> Any:
        """Run a plain function of the books."""
        with self.open_books() as books:
            return act(books)

    @property
    def address(self) -> str:
        """Where the house is served, without a slash at the end."""
        return str(self.server.make_url("/")).rstrip("/")

    def cookie(self, contact: str) -> str:
        """Open a session for a contact and return its cookie."""
        cookie = secrets.token_urlsafe(16)
        digest = hashlib.sha256(cookie.encode()).hexdigest()
        now, until = self.clock.now, self.clock.now + timedelta(days=30)
        self.read(lambda books: books.sessions.open(digest, contact, at=now, until=until))
        return cookie

    async def client(self, contact: str = "") -> ClientSession:
        """Open a browser; with a contact, one that is logged in."""
        client = ClientSession(self.server.make_url("/"), cookie_jar=CookieJar(unsafe=True))
        self.clients.append(client)
        if contact:
            cookies = {"jifen": self.cookie(contact)}
            client.cookie_jar.update_cookies(cookies, URL(self.address))
        return client

    async def person(self, contact: str) -> Person:
        """Open a browser in which somebody is logged in."""
        return Person(contact, await self.client(contact))

    async def claim(self, contact: str, words: str, *photos: bytes) -> None:
        """File a claim with photos, as the talk does."""
        talk = self.house.parlour
        self.clock.advance(seconds=11)
        await talk.submit(contact, message_id=secrets.token_hex(8), text=words, photo=None)
        await self.house.assistant.idle()
        for photo in photos:
            self.clock.advance(seconds=11)
            await talk.submit(contact, message_id=secrets.token_hex(8), text="", photo=photo)
            await self.house.assistant.idle()

    async def said_to(self, contact: str) -> list[str]:
        """Return what the assistant has said to a contact."""
        lines = await self.house.parlour.transcript(contact, limit=100)
        return [line.text for line in lines if not line.is_mine]

    def photos_of(self, number: int, *, year: int = 2026) -> list[str]:
        """Return the addresses of a claim's photos."""
        claim = self.read(lambda books: books.claims.get(self.cast.village, ClaimKey(year, number)))
        return [f"/photos/{year}-{number}/{sha256}" for sha256 in claim.photos]

    def link(self, person: PersonId, *, village: int = 0) -> str:
        """Return the token of a link for somebody."""
        return links.sign(
            SECRET.encode(),
            village=village or self.cast.village,
            person=person,
            now=self.clock.now,
        )

    def another_village(self, contact: str = "other") -> int:
        """Found a village beside this one, with one committee member of its own."""

        def found(books: Books) -> int:
            village = books.villages.add(town="示范镇", name="邻村", at=self.clock.now).id
            rows = [{"group_no": 1, "house_no": "1", "head": "钱会计"}]
            books.households.save(village, rows, since=village_day(self.clock.now))
            home = HouseholdId(1)
            person = books.people.add(village, name="钱会计", household=home, at=self.clock.now)
            books.people.bind(village, Contact(WEB, contact), person, at=self.clock.now)
            books.people.grant(village, person, Role.COMMITTEE, at=self.clock.now)
            adopt_draft(books, village, now=self.clock.now)
            return village

        return int(self.read(found))


@asynccontextmanager
async def real_house(
    folder: Path, database_url: str = "", *, limits: Limits | None = None, **more: Any
) -> AsyncIterator[RealHouse]:
    """Build the house on a database; nothing of it is left after the block.

    ``limits`` are other ones for the keys of the HTTP interface, ``more`` are settings.
    """
    clock = FixedClock()
    settings = Settings(
        _env_file=None, database_url=database_url, data_dir=folder, secret_key=SECRET, **more
    )
    cast = _settled(settings, clock)
    house = build(settings, clock=clock)
    if limits is not None:
        house = replace(house, site=replace(house.site, api=_room(house, limits)))
    real = RealHouse(house, clock, cast)
    await real.server.start_server()
    try:
        yield real
    finally:
        for client in real.clients:
            await client.close()
        await real.server.close()
        await house.assistant.close()
        await asyncio.to_thread(house.ground.performer.close)
        house.ground.engine.dispose()


def _room(house: House, limits: Limits) -> ReadingRoom:
    ground = house.ground
    return ReadingRoom(
        perform=ground.performer.perform,
        look=looking_on(ground.engine),
        shelf=ground.shelf,
        secret=SECRET.encode(),
        clock=ground.clock,
        limits=limits,
    )


def _settled(settings: Settings, clock: FixedClock) -> Cast:
    """Settle the village in before the house is built, so that it is no sample village."""
    settings.data_dir.mkdir(exist_ok=True)
    engine = open_engine(settings.database)
    prepare(engine)
    with books_on(engine)() as books:
        cast = settle_in(books, now=clock.now, account=WEB)
    engine.dispose()
    return cast


async def three_claims(real: RealHouse) -> None:
    """Let 张三 claim twice with like photos, and 王阿婆 once."""
    scene = jpeg(1)
    await real.claim("zhang", "申报 垃圾分类", scene)
    await real.claim("wang", "申报 垃圾分类", jpeg(2))
    await real.claim("zhang", "申报 垃圾分类 9月6日", like(scene))


async def a_full_page(real: RealHouse) -> None:
    """Let there be a card of every sort, entries, a request, and something that failed."""
    await three_claims(real)
    await real.claim("wang", "申报 献血", jpeg(11))
    await real.claim("zhang", "申报 志愿服务 2小时", jpeg(12))
    await real.claim("li", "申报 垃圾分类", jpeg(13))
    await real.claim("chen", "代录 3组12号 开会")
    await real.claim("li", "扣分 3组15号 乱堆物")
    await real.claim("stranger", "绑定 4组8号 赵大伟")
    await real.claim("li", "通过 1")
    await real.claim("chen", "驳回 5 照片看不清")
