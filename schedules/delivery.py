"""Delivery (发送): one sender an account; what was said is sent once or marked unknown."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Coroutine
from contextlib import nullcontext, suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, TypeVar

from domain.mail import OutboxState
from schedules.backlog import Aside, Backlog
from schedules.carrying import Carrier, Undelivered, Unknown
from schedules.logs import Log
from schedules.outcome import RETRY_AFTER, Outcome, write_down
from schedules.pacing import MINUTE, Pace
from schedules.parcel import BETWEEN, ROW_MAX, Parcel, parcels, stretches, target_of
from storage.outbox import Draft, Letter
from storage.performer import Perform
from storage.unit_of_work import Books

log = Log("delivery")

IDLE_SECONDS: Final = 1.0
FINISH_SECONDS: Final = 5.0
RECEIPT_WINDOW: Final = timedelta(minutes=30)


Result = TypeVar("Result")
Rows = tuple[tuple[Parcel, ...], ...]
"""For each target the parcels to send, in order."""


class Delivery:
    """Sends what one account has to say, in order for each room, at its pace."""

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
        self._looking = asyncio.Lock()
        """Two looks at what waits would mix up the order of what they begin."""
        self._sending: set[asyncio.Task[Any]] = set()
        self._is_stopping = False

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
                if not await asyncio.shield(self._begin(self._guarded_round())):
                    await self._rest()
        finally:
            self._is_stopping = True
            await self._finish()

    async def _finish(self) -> None:
        """Let what is begun arrive and be written down; give up on what takes too long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(FINISH_SECONDS):
                while self._sending:
                    await asyncio.wait(self._sending)
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
        async with self._looking:
            with self._backlog.aside() as aside:
                rows = await self._perform(partial(self._take, aside))
                self._start(rows)
        return bool(rows)

    async def along(
        self, perform: Perform, act: Callable[[Books], Result]
    ) -> tuple[Result, frozenset[str]]:
        """Run an act that also begins what it queues, where nothing waits before it.

        That is sent once the transaction is committed; what is left is sent by a
        later round.

        Returns:
            What the act returned, and the keys of what is on its way.
        """

        def act_and_begin(books: Books) -> tuple[Result, Rows]:
            aside.clear()
            now, begun = self._clock(), Counter[str]()

            def may_go(draft: Draft) -> bool:
                target = target_of(draft)
                if draft.account != self._account:
                    return False
                is_free = target in aside or self._backlog.is_free(target, now=now)
                if begun[target] >= ROW_MAX or not is_free:
                    self._backlog.behind.add(target)
                    return False
                if target not in aside:
                    aside.add(target)
                begun[target] += 1
                return True

            books.outbox.let_go(may_go)
            return act(books), parcels(books.outbox.begun, merges=False)

        with self._backlog.aside() as aside:
            result, rows = await perform(act_and_begin)
            self._start(rows)
        return result, frozenset(x.draft.key for row in rows for p in row for x in p.letters)

    def _take(self, aside: Aside, books: Books) -> Rows:
        """Begin what may go now, within the caller's transaction; ``_start`` sends it."""
        aside.clear()
        now = self._clock()
        busy = self._backlog.busy(now=now)
        due = books.outbox.due(self._account, now=now, limit=self._backlog.limit, besides=busy)
        going = self._going(due, now=now)
        ids = tuple(x.id for row in going for parcel in row for x in parcel.letters)
        self._backlog.looked(due, ids, busy=busy)
        begun = set(books.outbox.begin(ids)) if ids else set()
        mine = (tuple(Parcel(p.target, p.of(begun)) for p in row) for row in going)
        whole = (tuple(p for p in row if p.letters) for row in mine)
        rows = tuple(row for row in whole if row)
        for row in rows:
            aside.add(row[0].target)
        return rows

    def _start(self, rows: Rows) -> None:
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
            self._begin(self._send_rows(target))

    def _begin(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        task = asyncio.create_task(work)
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        return task

    def _going(self, due: tuple[Letter, ...], *, now: datetime) -> list[tuple[Parcel, ...]]:
        """Pack what may go now, at the pace of the account."""
        going: list[tuple[Parcel, ...]] = []
        for row in parcels(due, merges=self._merges):
            if self._pace.may_go(row[0].target, now=now, beside=len(going)):
                going.append(row)
        return going

    async def _send_rows(self, target: str) -> None:
        """Send the rows of a target in order; each is written down while the next goes."""
        waiting = self._backlog.rows[target]
        writing: asyncio.Task[None] | None = None
        try:
            while waiting:
                outcomes = await self._send_row(waiting.popleft())
                if writing is not None:
                    await writing
                aside = self._backlog.aside()
                aside.add(target)
                writing = self._begin(self._settle(target, outcomes, aside))
                if not waiting:
                    await writing
        finally:
            del self._backlog.rows[target]

    async def _send_row(self, row: tuple[Parcel, ...]) -> tuple[Outcome, ...]:
        """Send the parcels of one target, in order or side by side; say what became of each.

        Behind one that certainly did not go out the later ones wait.
        """
        outcomes: list[Outcome] = []
        for stretch in stretches(row):
            going = map(self._send, stretch)
            outcomes += [await next(going)] if len(stretch) == 1 else await asyncio.gather(*going)
        return tuple(outcomes)

    async def _send(self, parcel: Parcel) -> Outcome:
        if self._backlog.is_held(parcel.target, now=self._clock()):
            return Outcome(parcel, OutboxState.QUEUED, is_tried=False)
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

    async def _settle(self, target: str, outcomes: tuple[Outcome, ...], aside: Aside) -> None:
        """Write what became of a row, and begin the next where more waits behind it."""
        now = self._clock()
        is_more = self.is_prompt and not self._is_stopping and target in self._backlog.behind

        def act(books: Books) -> Rows:
            aside.clear()
            for outcome in outcomes:
                write_down(books, outcome, now=now)
            return self._take(aside, books) if is_more else ()

        with aside:
            async with self._looking if is_more else nullcontext():
                self._start(await self._written(act))
        if not is_more and target in self._backlog.behind:
            self._wake.set()

    async def _written(self, act: Callable[[Books], Result]) -> Result:
        """Perform an act that must not be lost: a database that is away is tried again."""
        while True:
            try:
                return await self._perform(act)
            except Exception:
                log.exception("not written", account=self._account)
                await asyncio.sleep(IDLE_SECONDS)

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
