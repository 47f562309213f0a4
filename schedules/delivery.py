"""Delivery (发送): one sender an account; what was said is sent once or marked unknown."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar

from domain.mail import OutboxState
from schedules.backlog import Backlog
from schedules.logs import Log
from schedules.pacing import MINUTE, Pace
from schedules.parcel import BETWEEN, ROW_MAX, Outcome, Parcel, parcels, target_of
from storage.outbox import Draft, Letter
from storage.performer import Perform
from storage.unit_of_work import Books

log = Log("delivery")

TRIES_MAX: Final = 20
RETRY_AFTER: Final = timedelta(seconds=15)
IDLE_SECONDS: Final = 1.0
FINISH_SECONDS: Final = 5.0
RECEIPT_WINDOW: Final = timedelta(minutes=30)


class Undelivered(Exception):  # noqa: N818 - an outcome, not a fault
    """The platform refused or was away: nothing went out."""


class Unknown(Exception):  # noqa: N818
    """No answer in time: it may or may not have gone out."""


Result = TypeVar("Result")
Rows = tuple[tuple[Parcel, ...], ...]
"""For each target the parcels to send, in order."""


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
        self._backlog = Backlog(merges=merges)
        self._sending: set[asyncio.Task[None]] = set()

    @property
    def is_prompt(self) -> bool:
        """Whether an act may take its own reply along: no pace holds it back."""
        return not self._merges and self._carrier.is_up

    def wake(self) -> None:
        """Look again at once."""
        self._wake.set()

    def queued(self, draft: Draft) -> None:
        """Look again at once for what was queued; behind a full row once that has moved."""
        target = target_of(draft)
        if self._backlog.is_full(target):
            self._backlog.behind.add(target)
        else:
            self.wake()

    async def run(self) -> None:
        """Deliver until cancelled; what a dead process was sending is marked unknown first.

        What is on its way when it is cancelled has some seconds to arrive, so
        that an ordinary stop leaves nothing in doubt.
        """
        await self._perform(lambda books: books.outbox.orphaned(self._account, at=self._clock()))
        await self._remember()
        try:
            while True:
                self._wake.clear()
                if not await self._guarded_round():
                    await self._rest()
        finally:
            if self._sending:
                await asyncio.wait(self._sending, timeout=FINISH_SECONDS)
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
        rows = await self._perform(self._take)
        self.start(rows)
        return bool(rows)

    def along(self, act: Callable[[Books], Result]) -> Callable[[Books], tuple[Result, Rows]]:
        """Return an act that also begins what it queues, where nothing waits before it.

        ``start`` sends that once the transaction is committed; what is left is
        sent by a later round.
        """

        def act_and_begin(books: Books) -> tuple[Result, Rows]:
            now, begun = self._clock(), Counter[str]()

            def may_go(draft: Draft) -> bool:
                target = target_of(draft)
                if draft.account != self._account:
                    return False
                if begun[target] >= ROW_MAX or not self._backlog.is_free(target, now=now):
                    self._backlog.behind.add(target)
                    return False
                begun[target] += 1
                return True

            books.outbox.let_go(may_go)
            return act(books), parcels(books.outbox.begun, merges=False)

        return act_and_begin

    def _take(self, books: Books) -> Rows:
        """Begin what may go now, within the caller's transaction; ``start`` sends it."""
        now = self._clock()
        busy = self._backlog.busy(now=now)
        due = books.outbox.due(self._account, now=now, limit=self._backlog.limit, besides=busy)
        going = self._going(due, now=now)
        ids = tuple(x.id for row in going for parcel in row for x in parcel.letters)
        self._backlog.looked(due, ids, busy=busy)
        begun = set(books.outbox.begin(ids)) if ids else set()
        mine = (tuple(Parcel(p.target, p.of(begun)) for p in row) for row in going)
        whole = (tuple(p for p in row if p.letters) for row in mine)
        return tuple(row for row in whole if row)

    def start(self, rows: Rows) -> None:
        """Send what was taken, once its transaction is committed; a target's rows in order."""
        now = self._clock()
        for row in rows:
            target = row[0].target
            self._pace.went(target, at=now)
            waiting = self._backlog.rows.get(target)
            if waiting is not None:
                waiting.append(row)
                continue
            self._backlog.rows[target] = deque([row])
            task = asyncio.create_task(self._send_rows(target))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    def _going(self, due: tuple[Letter, ...], *, now: datetime) -> list[tuple[Parcel, ...]]:
        """Pack what may go now, at the pace of the account."""
        going: list[tuple[Parcel, ...]] = []
        for row in parcels(due, merges=self._merges):
            if self._pace.may_go(row[0].target, now=now, beside=len(going)):
                going.append(row)
        return going

    async def _send_rows(self, target: str) -> None:
        waiting = self._backlog.rows[target]
        try:
            while waiting:
                await self._send_row(waiting.popleft())
                if target in self._backlog.behind:
                    self._wake.set()
        finally:
            del self._backlog.rows[target]

    async def _send_row(self, row: tuple[Parcel, ...]) -> None:
        """Send the parcels of one target in order, then write what became of them.

        Behind one that certainly did not go out the others wait.
        """
        outcomes: list[Outcome] = []
        for parcel in row:
            if self._backlog.is_held(parcel.target, now=self._clock()):
                outcomes.append(Outcome(parcel, OutboxState.QUEUED, is_tried=False))
            else:
                outcomes.append(await self._send(parcel))
        await self._settle(tuple(outcomes))

    async def _send(self, parcel: Parcel) -> Outcome:
        draft = parcel.letters[0].draft
        try:
            platform_id = await self._carrier.carry(
                draft, text=parcel.text, mentions=parcel.mentions
            )
        except Unknown:
            return Outcome(parcel, OutboxState.UNCERTAIN)
        except Undelivered:
            self._backlog.hold(parcel.target, until=self._clock() + RETRY_AFTER)
            return Outcome(parcel, OutboxState.QUEUED)
        except Exception:
            log.exception("carrying failed", account=self._account, key=draft.key)
            return Outcome(parcel, OutboxState.UNCERTAIN)
        return Outcome(parcel, OutboxState.SENT, platform_id)

    async def _settle(self, outcomes: tuple[Outcome, ...]) -> None:
        now = self._clock()

        def act(books: Books) -> None:
            for outcome in outcomes:
                for letter in outcome.parcel.letters:
                    _write(books, letter, outcome, now=now)

        await self._perform(act)

    async def echoed(self, *, target: str, text: str, message_id: str) -> None:
        """Take our own message coming back: the receipt of what was sent."""
        now = self._clock()

        def act(books: Books) -> None:
            books.inbox.lose(self._account, message_id)
            for part in text.split(BETWEEN):
                books.outbox.receipt(
                    self._account, target=target, text=part, at=now, window=RECEIPT_WINDOW
                )

        await self._perform(act)


def _write(books: Books, letter: Letter, outcome: Outcome, *, now: datetime) -> None:
    if outcome.state is not OutboxState.QUEUED:
        books.outbox.settle(letter.id, outcome.state, at=now, platform_id=outcome.platform_id)
    elif outcome.is_tried and letter.attempts + 1 >= TRIES_MAX:
        books.outbox.settle(letter.id, OutboxState.DEAD, at=now)
    else:
        not_before = now + RETRY_AFTER
        books.outbox.retry(letter.id, not_before=not_before, counts=outcome.is_tried)
