"""The files of a village for those who may take them (报表): asked anew at every request."""

import asyncio
import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from bot.boards import Boards
from bot.clock import Clock
from bot.commands.papers import may_report
from bot.papers.report_kinds import (
    ABOUT,
    NAMES,
    PrintKind,
    ReportKind,
    ending_of,
    file_name,
)
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

    def __init__(
        self, *, perform: Perform, reading: OpenBooks, clock: Clock, boards: Boards
    ) -> None:
        self._perform = perform
        self._boards = boards
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
        if village is None or year not in _years(village, today):
            return None
        async with self._turns:
            if name in set(PrintKind):
                return await asyncio.to_thread(self._print, village, PrintKind(name), year)
            if name in set(ReportKind):
                return await asyncio.to_thread(self._write, village, ReportKind(name), year)
        return None

    def _print(self, village: Village, kind: PrintKind, year: int) -> ReportFile | None:
        from bot.papers.posters import print_sheet  # noqa: PLC0415 - seldom, and slow to load
        from bot.papers.prints import PAPERS, sheet_of  # noqa: PLC0415 - as above

        today = village_day(self._clock())
        with self._reading() as books:
            sheet = sheet_of(books, kind, village, year=year, today=today, boards=self._boards)
        if sheet is None:
            return None
        [content] = print_sheet(sheet, paper=PAPERS.get(kind, "a4"))
        return ReportFile(file_name(kind, village, year=year), content)

    def _write(self, village: Village, kind: ReportKind, year: int) -> ReportFile | None:
        from bot.papers.report_files import write_report  # noqa: PLC0415 - seldom, and slow to load

        with tempfile.TemporaryDirectory(prefix="jifen-report-") as folder:
            path = Path(folder) / "report.xlsx"
            with self._reading() as books:
                today = village_day(self._clock())
                write_report(books, kind, path, village=village.id, year=year, today=today)
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
    """Return what there is something of: what is printed first, then the tables."""
    from bot.papers.prints import offered  # noqa: PLC0415 - as above

    prints = offered(books, village.id, year=year)
    is_missing = {
        ReportKind.RULEBOOK: books.rulebooks.in_force(village.id, date(year, 12, 31)) is None,
        ReportKind.PUBLICATION: PrintKind.BOARD_A4 not in prints,
        ReportKind.REDEMPTION: PrintKind.CATALOGUE not in prints,
    }
    tables = (kind for kind in ReportKind if not is_missing.get(kind))
    kinds: tuple[PrintKind | ReportKind, ...] = (*prints, *tables)
    return tuple(
        ReportTitle(kind.value, NAMES[kind], ABOUT[kind], ending_of(kind)) for kind in kinds
    )
