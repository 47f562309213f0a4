"""Delivery (发送): one sender an account; what was said is sent once or marked unknown."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from domain.mail import OutboxState
from schedules.pacing import MINUTE, Pace
from storage.outbox import Draft, Letter
from storage.performer import Perform
from storage.unit_of_work import Books

log = structlog.get_logger("delivery")

BATCH_MAX: Final = 64
TRIES_MAX: Final = 20
RETRY_AFTER: Final = timedelta(seconds=15)
IDLE_SECONDS: Final = 1.0
MERGED_MAX: Final = 5
RECEIPT_WINDOW: Final = timedelta(minutes=30)
BETWEEN: Final = "\n———\n"


class Undelivered(Exception):  # noqa: N818 - an outcome, not a fault
    """The platform refused or was away: nothing went out."""


class Unknown(Exception):  # noqa: N818
    """No answer in time: it may or may not have gone out."""


class Carrier(Protocol):
    """Carries one message to the platform."""

    @property
    def is_up(self) -> bool:
        """Whether it makes sense to try."""

    async def carry(self, draft: Draft, *, text: str, mentions: tuple[str, ...]) -> str:
        """Send and return the platform's id, "" when it gives none.

        Raises:
            Undelivered: Nothing went out.
            Unknown: It may have gone out.

        """


@dataclass(frozen=True, slots=True)
class Parcel:
    """Letters to one target that go as one message."""

    target: str
    letters: tuple[Letter, ...]

    def of(self, ids: Collection[int]) -> tuple[Letter, ...]:
        """Return those letters that are among ``ids``: another process has begun the others."""
        return tuple(letter for letter in self.letters if letter.id in ids)

    @property
    def text(self) -> str:
        """The words, receipts of one room joined."""
        return BETWEEN.join(letter.draft.text for letter in self.letters)

    @property
    def mentions(self) -> tuple[str, ...]:
        """Whom to mention, each once, in order."""
        named = (letter.draft.mention for letter in self.letters)
        return tuple(dict.fromkeys(m for m in named if m))


def target_of(draft: Draft) -> str:
    """Return the room or person a draft goes to."""
    return draft.room or draft.contact or ""


def parcels(letters: tuple[Letter, ...], *, merges: bool) -> tuple[Parcel, ...]:
    """Pack letters by target, the first of each target; replies of one room go together.

    Only when ``merges`` (the pace holds messages back), and never photos.
    """
    by_target: dict[str, list[Letter]] = {}
    for letter in letters:
        by_target.setdefault(target_of(letter.draft), []).append(letter)
    return tuple(Parcel(target, _first(some, merges=merges)) for target, some in by_target.items())


def _first(letters: list[Letter], *, merges: bool) -> tuple[Letter, ...]:
    head = letters[0]
    if not merges or head.draft.photo or head.draft.room is None:
        return (head,)
    together = []
    for letter in letters[:MERGED_MAX]:
        if letter.draft.photo or letter.draft.kind != head.draft.kind:
            break
        together.append(letter)
    return tuple(together)


class Delivery:
    """Sends what one account has to say, in order for each room, at its pace.

    What comes behind a message that did not go out waits with it.
    """

    def __init__(
        self,
        account: str,
        *,
        perform: Perform,
        carrier: Carrier,
        pace: Pace,
        clock: Callable[[], datetime],
        merges: bool,
    ) -> None:
        self._account = account
        self._perform = perform
        self._carrier = carrier
        self._pace = pace
        self._clock = clock
        self._merges = merges
        self._wake = asyncio.Event()
        self._busy: set[str] = set()
        self._held: dict[str, datetime] = {}
        self._sending: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Look again at once: something was queued."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled; what a dead process was sending is marked unknown first."""
        await self._perform(lambda books: books.outbox.orphaned(self._account, at=self._clock()))
        await self._remember()
        try:
            while True:
                self._wake.clear()
                if not await self._guarded_round():
                    await self._rest()
        finally:
            for task in self._sending:
                task.cancel()
            await asyncio.gather(*self._sending, return_exceptions=True)

    async def _remember(self) -> None:
        """Keep the pace over a restart: what went out in the last minute counts."""
        since = self._clock() - MINUTE
        went = await self._perform(lambda books: books.outbox.recent(self._account, since=since))
        for target, at in went:
            self._pace.went(target, at=at)

    async def _guarded_round(self) -> bool:
        """Go round; a database that is away is tried again after a rest."""
        try:
            return await self._round()
        except Exception:
            log.exception("round failed", account=self._account)
            return False

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _round(self) -> bool:
        """Start what may go; return whether anything was started."""
        if not self._carrier.is_up:
            return False
        now = self._clock()
        self._held = {target: end for target, end in self._held.items() if end > now}
        busy = frozenset({*self._busy, *self._held})

        def take(books: Books) -> tuple[Parcel, ...]:
            due = books.outbox.due(self._account, now=now, limit=BATCH_MAX)
            going = self._going(due, busy=busy, now=now)
            ids = tuple(letter.id for parcel in going for letter in parcel.letters)
            begun = set(books.outbox.begin(ids)) if ids else set()
            mine = (Parcel(p.target, p.of(begun)) for p in going)
            return tuple(parcel for parcel in mine if parcel.letters)

        going = await self._perform(take)
        for parcel in going:
            self._pace.went(parcel.target, at=now)
            self._start(parcel)
        return bool(going)

    def _going(
        self, due: tuple[Letter, ...], *, busy: frozenset[str], now: datetime
    ) -> list[Parcel]:
        """Pack what may go now: to a target that is free, at the pace of the account."""
        free = tuple(x for x in due if target_of(x.draft) not in busy)
        going: list[Parcel] = []
        for parcel in parcels(free, merges=self._merges):
            if self._pace.may_go(parcel.target, now=now, beside=len(going)):
                going.append(parcel)
        return going

    def _start(self, parcel: Parcel) -> None:
        self._busy.add(parcel.target)
        task = asyncio.create_task(self._send(parcel))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, parcel: Parcel) -> None:
        state, platform_id = OutboxState.SENT, ""
        draft = parcel.letters[0].draft
        try:
            platform_id = await self._carrier.carry(
                draft, text=parcel.text, mentions=parcel.mentions
            )
        except Unknown:
            state = OutboxState.UNCERTAIN
        except Undelivered:
            state = OutboxState.QUEUED
            self._held[parcel.target] = self._clock() + RETRY_AFTER
        except Exception:
            state = OutboxState.UNCERTAIN
            log.exception("carrying failed", account=self._account, key=draft.key)
        try:
            await self._settle(parcel, state, platform_id)
        finally:
            self._busy.discard(parcel.target)
            self._wake.set()

    async def _settle(self, parcel: Parcel, state: OutboxState, platform_id: str) -> None:
        now = self._clock()

        def act(books: Books) -> None:
            for letter in parcel.letters:
                if state is not OutboxState.QUEUED:
                    books.outbox.settle(letter.id, state, at=now, platform_id=platform_id)
                elif letter.attempts + 1 >= TRIES_MAX:
                    books.outbox.settle(letter.id, OutboxState.DEAD, at=now)
                else:
                    books.outbox.retry(letter.id, not_before=now + RETRY_AFTER)

        await self._perform(act)

    async def echoed(self, *, target: str, text: str) -> None:
        """Take our own message coming back: the receipt of what was sent."""
        now = self._clock()

        def act(books: Books) -> None:
            for part in text.split(BETWEEN):
                books.outbox.receipt(
                    self._account, target=target, text=part, at=now, window=RECEIPT_WINDOW
                )

        await self._perform(act)
