"""The illustrator (画公示图): draws what the rooms were told of, beside the event loop, once."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.assistant import Exits
from bot.boards import Boards
from bot.clock import Clock
from bot.papers.press import PressFailed
from bot.papers.publication_books import publication_sheet
from bot.papers.sheets import PublicationSheet
from bot.pictures import draw
from schedules.logs import Log
from schedules.publication_picture import Edition, queue_picture, unpictured
from storage.performer import Perform
from storage.photo_store import PhotoStore
from storage.unit_of_work import Books

AGAIN_AFTER: Final = timedelta(minutes=5)

log = Log("illustrator")


@dataclass(slots=True)
class Illustrator:
    """Looks what lacks its picture; the outbox keeps each picture from going out twice."""

    perform: Perform
    exits: Exits
    photos: PhotoStore
    clock: Clock
    boards: Boards
    _failed: dict[Edition, datetime] = field(default_factory=dict)

    async def draw(self) -> None:
        """Draw and queue every picture that is wanted; one that fails is tried again later.

        The picture lies in the store before the transaction that names it.
        """
        now = self.clock()
        for edition in await self.perform(lambda books: unpictured(books, now=now)):
            failed = self._failed.get(edition)
            if failed is None or now - failed >= AGAIN_AFTER:
                await self._draw(edition, now)

    async def _draw(self, edition: Edition, now: datetime) -> None:
        sheet = await self.perform(lambda books: self._sheet(books, edition))
        if sheet is None:
            return
        try:
            picture = await asyncio.to_thread(draw, sheet)
        except PressFailed as failure:
            self._failed[edition] = now
            log.warning("picture failed", village=edition.village, reason=failure.reason)
            return
        kept = await asyncio.to_thread(self.photos.keep, picture)
        self._failed.pop(edition, None)
        self.exits.wake(
            await self.perform(lambda books: queue_picture(books, edition, kept.sha256, now=now))
        )

    def _sheet(self, books: Books, edition: Edition) -> PublicationSheet | None:
        """Return what is drawn; None once a corrected edition has followed."""
        village = books.villages.get(edition.village)
        shown = books.publications.newest(edition.village, edition.quarter)
        if shown is None or shown.edition != edition.edition:
            return None
        url = self.boards.address(village.id)
        return publication_sheet(books, village, shown, url=url)
