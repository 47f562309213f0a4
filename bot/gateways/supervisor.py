"""Staying connected to a platform that goes away: presence, patience, reconnecting (断线重连)."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from schedules.logs import Log

Clock = Callable[[], datetime]
Jitter = Callable[[], float]
Result = TypeVar("Result")

log = Log(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that a gateway waits for things; the defaults are for production.

    ``payload_pauses`` stand between the tries of loading a message: two pauses
    are three tries. ``patience`` is how long a ready message waits for earlier
    ones that still load.
    """

    ding_every: float = 10.0
    ding_deadline: float = 5.0
    call_deadline: float = 10.0
    name_deadline: float = 3.0
    photo_deadline: float = 60.0
    photo_silence: float = 20.0
    payload_pauses: tuple[float, ...] = (0.3, 1.5)
    patience: float = 3.0
    retry_low: float = 0.5
    retry_high: float = 60.0


class Backoff:
    """Pauses between attempts that grow from ``low`` to ``high`` seconds, never in step.

    Each pause lies between ``low`` and a ceiling that doubles; ``jitter`` (0 to 1)
    picks the place. With jitter 1 the pauses are 0.5, 1, 2, 4 ... 60, 60.
    """

    def __init__(
        self, *, low: float = 0.5, high: float = 60.0, jitter: Jitter = random.random
    ) -> None:
        self._low = low
        self._high = high
        self._jitter = jitter
        self._ceiling = low

    def next(self) -> float:
        """Return the seconds to wait before the next attempt."""
        ceiling = self._ceiling
        self._ceiling = min(self._high, ceiling * 2)
        return self._low + self._jitter() * (ceiling - self._low)

    def reset(self) -> None:
        """Begin again with short pauses: an attempt succeeded."""
        self._ceiling = self._low


class Presence:
    """Whether the platform is there, since when it is not, and when it last gave a sign.

    Up means connected and logged in. An outage begins at the last sign of life,
    because what was said after it may be lost.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._is_connected = False
        self._is_logged_out = False
        self._down_from: datetime | None = None
        self.last_sign_at: datetime | None = None

    @property
    def is_connected(self) -> bool:
        """Whether the platform answers, logged in or not."""
        return self._is_connected

    @property
    def is_up(self) -> bool:
        """Whether messages flow now."""
        return self._is_connected and not self._is_logged_out

    def sign(self) -> None:
        """Note a sign of life."""
        self.last_sign_at = self._clock()

    def connected(self) -> tuple[datetime, datetime] | None:
        """Note a live connection; returns the outage that this ends, if any."""
        self._is_connected = True
        return self._outage_over()

    def logged_in(self) -> tuple[datetime, datetime] | None:
        """Note a login; returns the outage that this ends, if any."""
        self._is_logged_out = False
        return self._outage_over()

    def logged_out(self) -> None:
        """Note that the account is not logged in on the platform."""
        self._begin_outage()
        self._is_logged_out = True

    def lost(self) -> None:
        """Note that the connection, or an attempt at one, failed."""
        self._begin_outage()
        self._is_connected = False

    def _begin_outage(self) -> None:
        if self._down_from is None:
            self._down_from = self.last_sign_at or self._clock()

    def _outage_over(self) -> tuple[datetime, datetime] | None:
        if not self.is_up or self._down_from is None:
            return None
        outage = (self._down_from, self._clock())
        self._down_from = None
        return outage


async def keep_alive(
    session: Callable[[], Coroutine[Any, Any, None]],
    *,
    backoff: Backoff,
    ended: Callable[[], None],
) -> None:
    """Run one session after another until cancelled.

    Any end of a session, with or without an exception, is an outage: ``ended`` is
    called, and the next session begins after a pause.
    """
    while True:
        reason = "ended"
        try:
            await apart(session())
        except Exception as error:  # noqa: BLE001 - whatever it was, the village stays served
            reason = reason_of(error)
        finally:
            ended()
        pause = backoff.next()
        log.warning("gateway.down", reason=reason, retry_seconds=round(pause, 2))
        await asyncio.sleep(pause)


async def apart(work: Coroutine[Any, Any, Result]) -> Result:
    """Await work in a task of its own, so that being cancelled is never mistaken by it.

    grpclib wakes whoever waits on a broken connection by cancelling them and raises
    its own error in place of the cancelling; a stop that comes at that moment would be lost.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task})
    except asyncio.CancelledError:
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()
        raise
    return task.result()


def reason_of(error: BaseException) -> str:
    """Name an exception for the log, without its text, which may hold a token."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    reason = getattr(error, "reason", "")
    return f"{type(error).__name__}: {reason}" if reason else type(error).__name__
