"""200 phones on `/chat` and 20 dashboards on `/town`, on one `jifen run` over SQLite, at once.

A villager says a claim or asks for the balance now and then, 15 messages a second from all
of them together. An answer is timed at the phone: from sending the words until the line
stands on the page. One phone alone is asked the same before the others come. Meanwhile
another program commits awards in a village of the town; a dashboard heard of one when its
figures show it.
"""

import asyncio
import hashlib
import secrets
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from aiohttp import ClientSession, DummyCookieJar, TCPConnector
from rich.progress import Progress, TaskID

from domain.membership import HouseholdId
from domain.period import month_of, village_day
from schedules.announcing import WEB
from storage.engine import open_engine, sqlite_url
from storage.people import Contact
from storage.unit_of_work import Books, books_on
from tests.benchmarks.burst import claims_in
from tests.benchmarks.callers import Phone, Screen
from tests.benchmarks.children import scratch
from tests.benchmarks.crowd import ITEMS, RECEIPT
from tests.benchmarks.measures import Goal, Measure, cpu_seconds, median, progress, spread
from tests.builders import a_posting
from tests.gateway.village import Jifen, settle
from tests.web.towns import Filling, fill_town, seat

TOWN: Final = "示范镇"
OFFICER: Final = "w-zhou"
HOMES: Final = 60
BALANCE: Final = ("我家多少分", "共")
ALONE: Final = 4
"""Messages of each phone that is alone: two claims, two questions."""
ANSWER_SECONDS: Final = 30.0
OPENING: Final = 20
COMMIT_EVERY: Final = 2.7
HEARD_SECONDS: Final = 2.0
GOAL_MS: Final = Goal(200, of="value")


@dataclass(frozen=True)
class Scale:
    """How many there are of each, for how long, and their messages a second together."""

    phones: int
    screens: int
    seconds: int
    rate: int
    alone: int

    @property
    def people(self) -> int:
        """Households that have a phone."""
        return self.phones + self.alone


FULL, QUICK = Scale(200, 20, 30, 15, 10), Scale(40, 4, 6, 10, 3)


@dataclass
class Found:
    """What was seen: milliseconds of each answer, None for one that did not come."""

    alone: list[float | None] = field(default_factory=list)
    crowd: list[float | None] = field(default_factory=list)
    claims: int = 0
    heard: list[list[float]] = field(default_factory=list)
    """Seconds from each commit until it was shown, by dashboard."""
    fetches: int = 0
    busy: float = 0.0
    kept: int = 0

    async def say(self, phone: Phone, turn: int) -> float | None:
        """Say what this turn brings: a claim and a question, again and again."""
        words, wanted = BALANCE if turn % 2 else (ITEMS[turn // 2], RECEIPT)
        self.claims += wanted == RECEIPT
        return await phone.say(words, wanted=wanted, seconds=ANSWER_SECONDS)


@dataclass(frozen=True)
class Stage:
    """A served town: the cookies of its people, and the village that others write in."""

    jifen: Jifen
    phones: list[str]
    screens: list[str]
    village: int
    taking_part: int


def measure(*, is_quick: bool) -> list[Measure]:
    """Return how fast answers come, how many are lost, and how many dashboards keep up."""
    scale = QUICK if is_quick else FULL
    with scratch() as folder:
        stage = _settled(folder, scale)
        try:
            stage.jifen.start()
            found = asyncio.run(_played(stage, scale))
        finally:
            stage.jifen.stop()
        found.kept = claims_in(stage.jifen.url)
    return _lines(found, scale)


def _settled(folder: Path, scale: Scale) -> Stage:
    """Found the village of the phones in a town of 37, with everybody logged in."""
    url = sqlite_url(folder / "jifen.db")
    settle(url, households=scale.people, accounts=(WEB,))
    engine, today = open_engine(url), village_day(datetime.now(UTC))
    with books_on(engine)() as books:
        village = fill_town(books, town=TOWN, filling=Filling(HOMES, today))[0]
        seat(books, Contact(WEB, OFFICER), area=TOWN)
        part = books.towns.registers(today, within=[village])[village].every.taking_part
        phones = [_cookie(books, f"p{n}") for n in range(1, scale.people + 1)]
        screens = [_cookie(books, OFFICER) for _ in range(scale.screens)]
    engine.dispose()
    return Stage(Jifen(url, folder / "data", None), phones, screens, village, part)


def _cookie(books: Books, contact: str) -> str:
    cookie, now = secrets.token_urlsafe(16), datetime.now(UTC)
    digest = hashlib.sha256(cookie.encode()).hexdigest()
    books.sessions.open(digest, contact, at=now, until=now + timedelta(days=1))
    return cookie


async def _played(stage: Stage, scale: Scale) -> Found:
    address = f"http://127.0.0.1:{stage.jifen.port}"
    pool = TCPConnector(limit=0)
    found = Found()
    with progress() as shown:
        async with ClientSession(address, connector=pool, cookie_jar=DummyCookieJar()) as client:
            task = shown.add_task("phones: one alone", total=scale.alone)
            for cookie in stage.phones[scale.phones :]:
                async with _opened([Phone(client, cookie)], address) as (phone,):
                    for n in range(ALONE):
                        found.alone.append(await found.say(phone, n))
                shown.advance(task)
            phones = [Phone(client, cookie) for cookie in stage.phones[: scale.phones]]
            async with _opened(phones, address):
                screens = [Screen(client, c, village=stage.village) for c in stage.screens]
                await asyncio.gather(*(screen.open() for screen in screens))
                task = shown.add_task("phones: all of them", total=scale.seconds * scale.rate)
                await _crowded(stage, scale, (phones, screens, found), (shown, task))
                await asyncio.gather(*(screen.close() for screen in screens))
    return found


@asynccontextmanager
async def _opened(phones: list[Phone], address: str) -> AsyncGenerator[list[Phone]]:
    gate = asyncio.Semaphore(OPENING)

    async def opened(phone: Phone) -> None:
        async with gate:
            await phone.open(address)

    await asyncio.gather(*(opened(phone) for phone in phones))
    try:
        yield phones
    finally:
        await asyncio.gather(*(phone.close() for phone in phones))


async def _crowded(
    stage: Stage,
    scale: Scale,
    who: tuple[list[Phone], list[Screen], Found],
    bar: tuple[Progress, TaskID],
) -> None:
    """Let everybody speak at the pace, whether others were answered or not."""
    phones, screens, found = who
    assert stage.jifen.process is not None
    pid = stage.jifen.process.pid
    begun, used = time.perf_counter(), cpu_seconds(pid)
    committing = asyncio.create_task(_committed(stage, scale))

    async def say(n: int) -> None:
        await asyncio.sleep(n / scale.rate - (time.perf_counter() - begun))
        turn, place = divmod(n, scale.phones)
        found.crowd.append(await found.say(phones[place], turn + place % 2))
        bar[0].advance(bar[1])

    await asyncio.gather(*(say(n) for n in range(scale.seconds * scale.rate)))
    commits = await committing
    found.busy = (cpu_seconds(pid) - used) / (time.perf_counter() - begun)
    last = stage.taking_part + len(commits)
    await asyncio.gather(*(screen.shows(last, seconds=ANSWER_SECONDS) for screen in screens))
    found.fetches = sum(screen.fetches for screen in screens)
    found.heard = [_waits(screen, stage.taking_part, commits) for screen in screens]


def _waits(screen: Screen, before: int, commits: list[float]) -> list[float]:
    """Return seconds from each commit until the dashboard showed it; endless when never."""
    shown = [screen.shown_at(before + n) for n in range(1, len(commits) + 1)]
    return [(s or float("inf")) - at for s, at in zip(shown, commits, strict=True)]


async def _committed(stage: Stage, scale: Scale) -> list[float]:
    """Award households that took no part yet, one by one; return when each was committed."""
    engine = open_engine(stage.jifen.url)
    door, begun, commits = books_on(engine), time.perf_counter(), []

    def award(home: int) -> float:
        now = datetime.now(UTC)
        month = month_of(village_day(now))
        with door() as books:
            household = HouseholdId(home)
            one = a_posting(f"bench:{home}", household=household, effective_month=month)
            books.ledger.post(stage.village, one, at=now)
        return time.perf_counter()

    for n in range(1, int(scale.seconds / COMMIT_EVERY) + 1):
        await asyncio.sleep(n * COMMIT_EVERY - (time.perf_counter() - begun))
        commits.append(await asyncio.to_thread(award, stage.taking_part + n))
    engine.dispose()
    return commits


def _lines(found: Found, scale: Scale) -> list[Measure]:
    alone = [x for x in found.alone if x is not None]
    crowd = [x for x in found.crowd if x is not None]
    sent, answered = (len(found.alone) + len(found.crowd)), len(alone) + len(crowd)
    waits = [seconds for screen in found.heard for seconds in screen]
    kept_up = sum(all(s <= HEARD_SECONDS for s in screen) for screen in found.heard)
    who = f"{scale.phones} phones and {scale.screens} dashboards at once"
    detail = (
        f"{spread(crowd)}; one phone alone {spread(alone)}; {scale.rate} messages/s for "
        f"{scale.seconds} s, {found.fetches} fetches of figures, jifen {found.busy:.0%} of a core"
    )
    heard = f"{len(waits) // scale.screens} commits of another program; seconds: {spread(waits)}"
    lost = max(sent - answered, found.claims - found.kept)
    told = f"{answered} answers, {found.kept} of {found.claims} claims kept"
    return [
        Measure(
            "phones_answer", f"Chat answer, {who}", "ms",
            median(crowd), median(alone), GOAL_MS, detail,
        ),
        Measure(
            "phones_answer_p95", f"Chat answer, 95 of 100, {who}", "ms",
            _p95(crowd), _p95(alone), detail="beside: one phone alone",
        ),
        Measure(
            "phones_lost", f"Messages lost of {sent}, {who}", "lost",
            float(lost), goal=Goal(0, of="value"), detail=told,
        ),
        Measure(
            "phones_dashboards",
            f"Dashboards that showed every change within {HEARD_SECONDS:g} s of its commit",
            "", float(kept_up), float(scale.screens), Goal(1.0, is_most=False), heard,
        ),
    ]  # fmt: skip


def _p95(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * 95 // 100)]
