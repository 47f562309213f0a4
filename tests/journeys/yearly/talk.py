"""Talking over the real gateway: many at once, until everything is answered."""

import asyncio
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache

from sqlalchemy import select

from bot.app import House
from domain.period import VILLAGE_TZ, village_time
from storage.outbox import OUTBOX
from storage.unit_of_work import Books
from tests.fakes import FixedClock
from tests.gateway.process import NpmGateway
from tests.pictures import jpeg

PATIENCE = 60.0
_POLL = 0.002
_photos = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a person; ``text`` None is a photo never seen before."""

    person: str
    text: str | None
    room: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What the assistant said, and to whom: a room or a person."""

    to: str
    text: str


@dataclass
class Talk:
    """Sends messages, waits until they are worked off, and returns what was said to them."""

    gateway: NpmGateway
    house: House
    clock: FixedClock
    log: list[str] = field(default_factory=list)
    _sent: int = 0
    _expected: int = 0

    @property
    def now(self) -> datetime:
        """The time in the villages."""
        return village_time(self.clock.now)

    async def turn(self, day: date, hour: int = 9) -> list[Heard]:
        """Let a morning come; the calendar does what is due and drafts lapse."""
        self.clock.now = datetime.combine(day, time(hour), VILLAGE_TZ).astimezone(
            self.clock.now.tzinfo
        )
        await self.house.housekeeper.lapse()
        await self.house.timekeeper.tick()
        return await self._hear(f"== {day} {hour}:00")

    async def say(self, person: str, text: str, room: str | None = None) -> list[str]:
        """Say one thing; return what the person is answered, there or in private."""
        heard = await self.all([Said(person, text, room)])
        return [one.text for one in heard if one.to in {person, room}]

    async def all(self, messages: Iterable[Said]) -> list[Heard]:
        """Say many things at one moment, all under way at once."""
        messages = list(messages)
        if not messages:
            return []
        self.clock.advance(seconds=15)
        at = int(self.clock.now.timestamp() * 1000)
        await asyncio.to_thread(self._send, messages, at)
        self._expected += len(messages)
        async with asyncio.timeout(PATIENCE):
            while self.house.assistant.handled < self._expected:
                assert not self.house.assistant.failures, self.log[-20:]
                await asyncio.sleep(_POLL)
        lines = [
            f"{m.person}{'@' + m.room if m.room else ''}: {m.text or '[照片]'}" for m in messages
        ]
        return await self._hear("\n".join(lines))

    def _send(self, messages: list[Said], at: int) -> None:
        for one in messages:
            if one.text is None:
                self.gateway.photo(one.room, one.person, _picture(next(_photos)), at=at)
            else:
                self.gateway.say(one.room, one.person, one.text, at=at)

    async def _hear(self, what: str) -> list[Heard]:
        """Wait until nothing is on its way, and return what arrived since the last time."""
        async with asyncio.timeout(PATIENCE):
            while True:
                states = await self.house.ground.performer.perform(_unsent)
                if not states & {"queued", "sending"}:
                    break
                await asyncio.sleep(_POLL)
        assert not states, states
        found = await asyncio.to_thread(self.gateway.sent, self._sent)
        self._sent = found[-1]["n"] if found else self._sent
        heard = [Heard(one["room"] or one["to"], _words(one["text"])) for one in found]
        self.log.append(what)
        self.log += [f"  → {one.to}: {one.text}" for one in heard]
        return heard


def _unsent(books: Books) -> set[str]:
    """Return in which states messages are that nobody has heard."""
    states = ("queued", "sending", "dead", "uncertain")
    query = select(OUTBOX.c.state).where(OUTBOX.c.state.in_(states)).distinct()
    return set(books.connection.execute(query).scalars())


@cache
def _picture(number: int) -> bytes:
    return jpeg(number, kilobytes=4)


def _words(text: str) -> str:
    """Take the mention off what the gateway heard."""
    return text.split("\u2005", 1)[-1] if text.startswith("@") else text
