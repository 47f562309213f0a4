"""The town hall (镇里看各村): sheets for officers, read once for each change, and what changed."""

import asyncio
import hashlib
import itertools
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from datetime import date
from typing import Final

from bot.clock import Clock
from bot.shelf import RulebookShelf
from bot.web.pulse import EVERY_SECONDS, Pulse
from bot.web.town_place import Place
from bot.web.town_sheet import Look, Sheet, district_sheet, town_sheet, village_sheet
from domain.officer import Officer
from domain.period import village_day
from storage.performer import Perform
from storage.town_stamps import Stamp, read_stamps
from storage.unit_of_work import Books

QUIET_SECONDS: Final = 15.0
KEPT_MAX: Final = 200


class TownHall:
    """Figures of town and district over the books.

    A sheet is read anew only when something under it has changed; as many as
    look at the same place are served from one reading. Who asks while one is
    read waits for the next, and all who wait share it: it begins after they asked.
    """

    def __init__(
        self,
        *,
        look: Perform,
        shelf: RulebookShelf,
        clock: Clock,
        every: float = EVERY_SECONDS,
        quiet: float = QUIET_SECONDS,
    ) -> None:
        self._look = look
        self._shelf = shelf
        self._clock = clock
        self._quiet = quiet
        self._pulse = Pulse(self._stamps, every=every)
        self._kept: dict[tuple[object, ...], Sheet] = {}
        self._begun: dict[tuple[object, ...], int] = {}
        self._order = itertools.count()
        self._turns: dict[tuple[object, ...], asyncio.Lock] = {}

    async def sheet(self, officer: Officer, place: Place) -> Sheet | None:
        """Return the page of a place; None when it does not lie under the officer."""
        key = officer.level, officer.area, officer.towns, place
        asked = next(self._order)
        async with self._turns.setdefault(key, asyncio.Lock()):
            if self._begun.get(key, -1) > asked:
                return self._kept[key]
            begun = next(self._order)
            found = await self._look(lambda books: self._read(books, officer, place, key))
            if found is not None:
                self._keep(key, found, begun)
            else:
                self._turns.pop(key, None)
        return found

    def _keep(self, key: tuple[object, ...], sheet: Sheet, begun: int) -> None:
        if len(self._kept) >= KEPT_MAX:
            self._kept.clear()
            self._begun.clear()
        self._kept[key], self._begun[key] = sheet, begun

    def _read(
        self, books: Books, officer: Officer, place: Place, key: tuple[object, ...]
    ) -> Sheet | None:
        now = self._clock()
        today = village_day(now)
        stamp = stamp_of(read_stamps(books.connection), officer, place, today)
        known = self._kept.get(key)
        if known is not None and known.stamp == stamp:
            return replace(known, at=now)
        look = Look(books, self._shelf, today, now, stamp)
        if place.village:
            return village_sheet(look, officer, place.village)
        if place.town:
            return town_sheet(look, officer, place.town)
        return district_sheet(look, officer)

    async def changes(self, officer: Officer, place: Place) -> AsyncGenerator[str]:
        """Yield the stamp of a place now and after each change; "" when all is quiet."""
        told = ""
        async with aclosing(self._pulse.beats(quiet=self._quiet)) as beats:
            async for found in beats:
                if found is None:
                    yield ""
                    continue
                day, stamps = found
                stamp = stamp_of(stamps, officer, place, day)
                if stamp != told:
                    told = stamp
                    yield stamp

    async def _stamps(self) -> tuple[date, tuple[Stamp, ...]]:
        stamps = await self._look(lambda books: read_stamps(books.connection))
        return village_day(self._clock()), stamps

    def close(self) -> None:
        """Send the open pages away, so that stopping does not wait for them."""
        self._pulse.close()


def stamp_of(stamps: tuple[Stamp, ...], officer: Officer, place: Place, day: date) -> str:
    """Return the name of the present state of a place; it tells nothing else."""
    under = [
        one
        for one in stamps
        if officer.sees(one.town)
        and place.town in {"", one.town}
        and place.village in {0, one.village}
    ]
    return hashlib.sha256(repr((day, under)).encode()).hexdigest()[:20]
