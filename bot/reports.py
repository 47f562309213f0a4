"""The files of a village for those who may take them (报表): asked anew at every request."""

import asyncio
import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from bot.clock import Clock
from bot.commands.papers import may_report
from bot.papers.report_kinds import ABOUT, NAMES, ReportKind, file_name
from bot.web.ports import ReportFile, ReportShelf, ReportTitle
from domain.period import village_day
from schedules.announcing import WEB
from storage.people import Contact
from storage.performer import Perform
from storage.unit_of_work import Books, OpenBooks
from storage.villages import Village

AT_ONCE: Final = 2
YEARS: Final = 2
"""This year and the one before."""


class ReportRoom:
    """Looks up who may take what, and writes the files beside the event loop."""

    def __init__(self, *, perform: Perform, reading: OpenBooks, clock: Clock) -> None:
        self._perform = perform
        self._reading = reading
        self._clock = clock
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def shelf(self, contact: str) -> ReportShelf | None:
        """Return the files a web contact may take; None for a villager."""
        today = village_day(self._clock())

        def look(books: Books) -> ReportShelf | None:
            village = _village_of(books, contact)
            if village is None:
                return None
            years = tuple((year, _titles(books, village, year)) for year in _years(village, today))
            return ReportShelf(village.name, years)

        return await self._perform(look)

    async def file(self, contact: str, name: str, *, year: int) -> ReportFile | None:
        """Write one file; None for a villager, another name, or a year that is not offered."""
        today = village_day(self._clock())
        village = await self._perform(lambda books: _village_of(books, contact))
        if village is None or name not in set(ReportKind) or year not in _years(village, today):
            return None
        async with self._turns:
            return await asyncio.to_thread(self._write, village, ReportKind(name), year)

    def _write(self, village: Village, kind: ReportKind, year: int) -> ReportFile | None:
        from bot.papers.report_files import write_report  # noqa: PLC0415 - seldom, and slow to load

        with tempfile.TemporaryDirectory(prefix="jifen-report-") as folder:
            path = Path(folder) / "report.xlsx"
            with self._reading() as books:
                write_report(books, kind, path, village=village.id, year=year)
            if not path.exists():
                return None
            return ReportFile(file_name(kind, village, year=year), path.read_bytes())


def _village_of(books: Books, contact: str) -> Village | None:
    """Return the village in which a web contact may take the files, the latest binding first."""
    who = Contact(WEB, contact)
    for village in books.people.villages_of(who)[:1]:
        if may_report(books.people.bound(village, who)):
            return books.villages.get(village)
    return None


def _years(village: Village, today: date) -> tuple[int, ...]:
    first = max(village_day(village.created_at).year, today.year - YEARS + 1)
    return tuple(range(today.year, min(first, today.year) - 1, -1))


def _titles(books: Books, village: Village, year: int) -> tuple[ReportTitle, ...]:
    has_rulebook = books.rulebooks.in_force(village.id, date(year, 12, 31)) is not None
    kinds = (kind for kind in ReportKind if kind is not ReportKind.RULEBOOK or has_rulebook)
    return tuple(ReportTitle(kind.value, NAMES[kind], ABOUT[kind]) for kind in kinds)
