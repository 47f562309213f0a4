"""The housekeeper (管家): what the ticker starts - drafts lapse, strays go, backups are made."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.assistant import UNFINISHED_MAX, Exits
from bot.clock import Clock
from bot.illustrator import Illustrator
from bot.replies.results import word
from bot.timekeeper import Timekeeper
from bot.web.spool import Spool
from domain.claim import Claim
from domain.relay import HAND
from schedules.announcing import WEB
from schedules.logs import Log
from schedules.upkeep import forget, lapse_drafts
from storage.outbox import Draft
from storage.performer import Perform
from storage.photo_store import PhotoStore
from storage.unit_of_work import Books

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    from bot.commands.case import Shelf

LAPSE_SECONDS: Final = 15
PRESENCE_SECONDS: Final = 30
STRAY_SECONDS: Final = 600
BACKUP_SECONDS: Final = 1_800
SWEEP_SECONDS: Final = 21_600
SWEPT_AT_ONCE: Final = 500
STRAY_AGE: Final = timedelta(days=1)
CALENDAR_SECONDS: Final = 60
PICTURE_SECONDS: Final = 5
STRAYS_MAX: Final = 200

log = Log("housekeeper")


@dataclass(frozen=True, slots=True)
class Housekeeper:
    """Small work that is due again and again; every task may run twice or late.

    ``accounts`` are those whose gateway is up now; ``backup`` makes the day's
    backup if it is due.
    """

    perform: Perform
    shelf: "Shelf"
    exits: Exits
    photos: PhotoStore
    uploads: Spool
    clock: Clock
    accounts: Callable[[], tuple[str, ...]]
    backup: Callable[[], Awaitable[None]]

    async def lapse(self) -> None:
        """Let drafts past their end lapse; each claimant is told once."""
        now = self.clock()

        def act(books: Books) -> tuple[Draft, ...]:
            forget(books, now=now)
            return lapse_drafts(books, now=now, word=_say, item_name=self._item_name)

        self.exits.wake(await self.perform(act))

    async def keep_presence(self) -> None:
        """Note which accounts hear now, so that a gap can be told after a crash."""
        now = self.clock()
        accounts = self.accounts()

        def act(books: Books) -> None:
            for account in accounts:
                books.presence.seen(account, at=now)

        if accounts:
            await self.perform(act)

    async def drop_strays(self) -> None:
        """Forget stored photos that no claim shows."""
        now = self.clock()
        strays = await self.perform(
            lambda books: books.evidence.forget_strays(now=now, limit=STRAYS_MAX)
        )
        for sha256 in strays:  # what fails here is swept later
            await asyncio.to_thread(self.photos.drop, sha256)

    async def sweep(self) -> None:
        """Forget what lies among the photos and is named by no row of the books.

        Such are left when a crash, or storage that was away, came between a row
        and its photo. Only what is older than a day goes: the row of a new one
        may still come.
        """
        before = self.clock() - STRAY_AGE
        photos = self.photos
        old = await asyncio.to_thread(photos.all_before, before)
        for start in range(0, len(old), SWEPT_AT_ONCE):
            unnamed = await self._unnamed(frozenset(old[start : start + SWEPT_AT_ONCE]))
            if unnamed:  # one that was sent again meanwhile is new, and its row will come
                unnamed &= set(await asyncio.to_thread(photos.all_before, before))
            for sha256 in sorted(unnamed):
                await asyncio.to_thread(photos.drop, sha256)

    async def sweep_uploads(self) -> None:
        """Forget uploads older than a day that no open message waits for.

        They are raw, with what the camera wrote into them. A crash between an
        upload and its row leaves one.
        """

        def needed(books: Books) -> list[str]:
            found = (books.inbox.unfinished(one, limit=UNFINISHED_MAX) for one in (WEB, HAND))
            return [message_id for some in found for message_id, _ in some]

        ids = await self.perform(needed)
        await asyncio.to_thread(self.uploads.sweep, self.clock() - STRAY_AGE, needed=ids)

    async def _unnamed(self, some: frozenset[str]) -> frozenset[str]:
        return await self.perform(lambda books: books.retention.unnamed(some))

    def _item_name(self, books: Books, village: int, claim: Claim) -> str:
        rulebook = self.shelf.in_force(books, village, claim.act.occurred_on)
        return rulebook.item(claim.act.item).short_name


def ticker(
    housekeeper: Housekeeper, timekeeper: Timekeeper, illustrator: Illustrator
) -> "AsyncIOScheduler":
    """Return the ticker: it only wakes; the database decides what is due."""
    from apscheduler.schedulers.asyncio import AsyncIOScheduler  # noqa: PLC0415
    from apscheduler.triggers.interval import IntervalTrigger  # noqa: PLC0415

    scheduler = AsyncIOScheduler(timezone="Asia/Shanghai")
    for work, seconds in (
        (housekeeper.lapse, LAPSE_SECONDS),
        (housekeeper.keep_presence, PRESENCE_SECONDS),
        (housekeeper.drop_strays, STRAY_SECONDS),
        (housekeeper.sweep, SWEEP_SECONDS),
        (housekeeper.sweep_uploads, SWEEP_SECONDS),
        (housekeeper.backup, BACKUP_SECONDS),
        (timekeeper.tick, CALENDAR_SECONDS),
        (illustrator.draw, PICTURE_SECONDS),
    ):
        scheduler.add_job(
            _guarded(work),
            IntervalTrigger(seconds=seconds),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    return scheduler


def _guarded(work: Callable[[], Awaitable[Any]]) -> Callable[[], Awaitable[None]]:
    """Return work whose failure is logged and tried again at the next tick."""

    async def run() -> None:
        try:
            await work()
        except Exception:
            log.exception("upkeep failed", work=getattr(work, "__name__", "work"))

    return run


def _say(result: object) -> str:
    return word((result,))
