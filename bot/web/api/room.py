"""The reading room (阅览室): lets a key in, bounds how much it asks, and has the answer made."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.commands.binding import TRIES_MAX, TRIES_WINDOW
from bot.web.api.acts import Call, Shelf
from bot.web.api.answers import Answer
from bot.web.api.operations import Operation
from bot.web.api.params import Params
from bot.web.api.problems import Code, Problem
from bot.web.pace import Pace
from domain.api_key import ApiKey, KeyState, fingerprint, number_in
from domain.code import same
from domain.period import village_day
from storage.performer import Perform
from storage.unit_of_work import Books

ACCOUNT: Final = "api"
AT_ONCE: Final = 4
"""Answers made at the same time; the database's other connections are the talk's."""
STATES: Final = {KeyState.EXPIRED: Code.KEY_EXPIRED, KeyState.REVOKED: Code.KEY_REVOKED}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a key may ask of this process in a minute, and wrong keys an address may send."""

    per_minute: int = 120
    wrong_keys: int = TRIES_MAX
    wrong_window: timedelta = TRIES_WINDOW


@dataclass(frozen=True, slots=True)
class Bearer:
    """What came with a request: the key as it was sent, "" for none, and from which address.

    The key is shown nowhere, not even where a failure is logged with what was at hand.
    """

    key: str = field(repr=False)
    peer: str


class ReadingRoom:
    """Answers the operations for the keys that the operator made."""

    def __init__(
        self,
        *,
        perform: Perform,
        look: Perform,
        shelf: Shelf,
        secret: bytes,
        clock: Clock,
        limits: Limits = Limits(),
    ) -> None:
        self._perform = perform
        self._look = look
        self._shelf = shelf
        self._secret = secret
        self._clock = clock
        self._limits = limits
        self._pace = Pace(limits.per_minute)
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def answer(
        self, operation: Operation, bearer: Bearer, read: Callable[[], Params]
    ) -> Answer:
        """Let a key in, and answer; parameters are read only for those who are let in.

        Raises:
            Problem: The key, its scope, its pace or its bounds, or the parameters are not good.
        """
        now = self._clock()
        today = village_day(now)
        key = await self._let_in(bearer, now=now)
        seconds = self._pace.take(key.number, now=now)
        if seconds:
            raise Problem(Code.TOO_MANY_REQUESTS, headers={"Retry-After": str(seconds)})
        if operation.scope not in key.scopes:
            raise Problem(Code.SCOPE_MISSING, f"The key needs the scope {operation.scope}.")
        params = read()

        def act(books: Books) -> Answer:
            return operation.act(Call(books, key, today, self._shelf), params)

        async with self._turns:
            return await self._look(act)

    async def _let_in(self, bearer: Bearer, *, now: datetime) -> ApiKey:
        if not bearer.key:
            raise Problem(Code.KEY_MISSING)
        peer, window, today = f"peer {bearer.peer}", self._limits.wrong_window, village_day(now)

        def look(books: Books) -> ApiKey | None:
            wrong = books.codes.wrong_tries(ACCOUNT, peer, since=now - window)
            if wrong >= self._limits.wrong_keys:
                seconds = str(int(window.total_seconds()))
                raise Problem(Code.TOO_MANY_WRONG_KEYS, headers={"Retry-After": seconds})
            return self._known(books, bearer.key)

        async with self._turns:
            key = await self._look(look)
        if key is None:
            await self._perform(
                lambda books: books.codes.count_wrong(ACCOUNT, peer, at=now, window=window)
            )
            raise Problem(Code.KEY_WRONG)
        state = key.state(today)
        if state is not KeyState.VALID:
            raise Problem(STATES[state])
        await self._note(key, today)
        return key

    def _known(self, books: Books, sent: str) -> ApiKey | None:
        """Return the key that was sent; compared in a time that tells nothing of it."""
        number = number_in(sent)
        kept = books.api_keys.get(number) if number is not None else None
        is_same = same(fingerprint(self._secret, sent), kept.digest if kept else "")
        return kept if is_same else None

    async def _note(self, key: ApiKey, today: date) -> None:
        """Keep that a key is in use, once a day, so that an idle one is seen."""
        if key.last_used_on != today:
            await self._perform(lambda books: books.api_keys.used(key.number, on=today))
