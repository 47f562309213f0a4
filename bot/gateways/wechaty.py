"""The Wechaty gateway: any puppet service, kept alive by a supervisor of our own (微信网关)."""

import asyncio
import random
from collections import Counter
from contextlib import aclosing
from datetime import datetime
from functools import partial

from bot.gateways.arrivals import Arrivals
from bot.gateways.message import (
    Intake,
    Message,
    Outgoing,
    SendFailed,
    SendUncertain,
)
from bot.gateways.newcomers import Newcomers
from bot.gateways.supervisor import (
    Backoff,
    Clock,
    Jitter,
    Presence,
    Timing,
    keep_alive,
    reason_of,
)
from bot.gateways.wechaty_client import (
    CallFailed,
    PuppetClient,
    Refused,
    Unanswered,
    Unreached,
    security,
)
from bot.gateways.wechaty_payload import (
    Event,
    EventType,
    mention_prefix,
)
from bot.gateways.wechaty_photos import Photos
from bot.gateways.wechaty_reader import Reader
from schedules.logs import Log

KNOWN_EVENTS = {int(known): known.name.lower() for known in EventType}

log = Log(__name__)


class StreamEnded(CallFailed):
    """The gateway closed the event stream without an error."""


class WechatyGateway:
    """A Wechaty puppet service as a ``Gateway``.

    Args:
        endpoint: ``host:port`` of the puppet service.
        token: Its token.
        tls: ``on``, ``off`` or the path of the PEM file of its authority.
        clock: Returns the instant now, aware.
        name: The short name of this account; ``account`` is ``wechaty:<name>``.
        jitter: Returns a number from 0 to 1 that spreads the reconnecting.
        concurrency: How many messages are taken in side by side.
        timing: Deadlines and intervals.

    Raises:
        OSError: The file that ``tls`` names cannot be read, or is no certificate.
    """

    def __init__(
        self,
        *,
        endpoint: str,
        token: str,
        tls: str,
        clock: Clock,
        name: str = "bot",
        jitter: Jitter = random.random,
        concurrency: int = 64,
        timing: Timing | None = None,
    ) -> None:
        self.account = f"wechaty:{name}"
        self.events_total: Counter[str] = Counter()
        self.unknown_events = 0
        self.failed_events = 0
        self.reconnects = 0
        self.last_event_at: datetime | None = None
        self._timing = timing or Timing()
        self._clock = clock
        self._open = partial(PuppetClient, endpoint, token, context=security(tls))
        self._client: PuppetClient | None = None
        low, high = self._timing.retry_low, self._timing.retry_high
        self._backoff = Backoff(low=low, high=high, jitter=jitter)
        self._presence = Presence(clock)
        self._reader = Reader(self.account, line=self._line, clock=clock, timing=self._timing)
        self._photos = Photos(line=self._line, timing=self._timing)
        self._arrivals = Arrivals(
            bound=concurrency, patience=self._timing.patience, failed=self._failed
        )
        self._newcomers = Newcomers(
            self.account,
            reader=self._reader,
            photos=self._photos,
            is_alone=lambda: self._arrivals.waiting == 1,
        )

    @property
    def is_up(self) -> bool:
        """Whether the platform is connected and our account logged in."""
        return self._presence.is_up

    @property
    def unknown_messages(self) -> int:
        """How many messages had a type number that nobody knows."""
        return self._reader.unknown_messages

    async def run(self, intake: Intake) -> None:
        """Serve until cancelled; survives every fault of the platform."""
        try:
            await keep_alive(
                partial(self._session, intake), backoff=self._backoff, ended=self._presence.lost
            )
        finally:
            await self._arrivals.close()
            self._photos.close()

    async def send(self, outgoing: Outgoing) -> str:
        """Send one message and return its platform id ("" when none is given).

        Raises:
            SendUncertain: No answer in time.
            SendFailed: Refused, or not connected.
        """
        target = outgoing.room or outgoing.person
        if target is None or not self._presence.is_connected:
            raise SendFailed("not connected" if target else "no target")
        seconds = self._timing.call_deadline
        try:
            if outgoing.photo is not None:
                return await self._line().send_photo(target, outgoing.photo, seconds)
            prefix, mentions = await self._mentions(outgoing)
            text = prefix + outgoing.text
            return await self._line().send_text(target, text, mentions, seconds)
        except Unanswered as error:
            raise SendUncertain(error.reason) from error
        except CallFailed as error:
            raise SendFailed(error.reason) from error

    async def photo(self, message_id: str) -> bytes:
        """Return the bytes of a photo message, the largest version that there is.

        Raises:
            PhotoGone: The platform does not have it (any more), or it is over 25 MB.
        """
        return await self._photos.get(message_id)

    async def done(self, message_id: str) -> None:
        """Keep nothing: the platform holds its own messages."""

    async def reload(self, message_id: str) -> Message | None:
        """Load a message once more: one that was announced before a crash, or unreadable.

        Returns:
            None for our own message, and when it still cannot be loaded.
        """
        try:
            payload = await self._reader.load(message_id)
        except CallFailed:
            return None
        return None if self._reader.is_own(payload) else await self._reader.message_of(payload)

    async def _session(self, intake: Intake) -> None:
        """Live through one connection, from opening it to its end, which is always an error."""
        client = self._open()
        self._client = client
        try:
            await client.start(self._timing.call_deadline)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._listen(client, intake))
                tasks.create_task(self._feel_pulse(client, intake))
        finally:
            self._client = None
            client.close()

    async def _listen(self, client: PuppetClient, intake: Intake) -> None:
        async with aclosing(client.events(self._timing.call_deadline)) as events:
            async for event in events:
                self.last_event_at = self._clock()
                await self._alive(intake)
                kind = KNOWN_EVENTS.get(event.type, "unknown")
                self.events_total[kind] += 1
                self.unknown_events += kind == "unknown"
                try:
                    await self._take(event, intake)
                except Exception as error:  # noqa: BLE001 - one event must not end the stream
                    self._failed(error)
        raise StreamEnded("stream ended")

    async def _feel_pulse(self, client: PuppetClient, intake: Intake) -> None:
        while True:
            await asyncio.sleep(self._timing.ding_every)
            try:
                await client.ding(self._timing.ding_deadline)
            except Refused:
                pass  # an answer all the same
            except CallFailed:
                client.close()
                raise
            await self._alive(intake)

    async def _take(self, event: Event, intake: Intake) -> None:
        if event.type == EventType.MESSAGE:
            await self._logged_in(intake)
            message_id = event.text("messageId")
            if message_id:
                await self._arrivals.admit(partial(self._newcomers.prepare, intake, message_id))
        elif event.type == EventType.LOGIN:
            self._reader.is_me(event.text("contactId"))
            await self._logged_in(intake)
        elif event.type in {EventType.LOGOUT, EventType.SCAN}:
            self._presence.logged_out()
        elif event.type == EventType.DIRTY:
            self._reader.names.forget(event.text("payloadId"))

    async def _mentions(self, outgoing: Outgoing) -> tuple[str, list[str]]:
        """Name the people to mention; one whose name is unknown is left out, not the message."""
        if outgoing.room is None:
            return "", []
        found = [
            (person, await self._reader.names.find(outgoing.room, person))
            for person in outgoing.mentions
        ]
        known = [(person, names.shown) for person, names in found if names.shown]
        return mention_prefix([shown for _, shown in known]), [person for person, _ in known]

    async def _alive(self, intake: Intake) -> None:
        self._presence.sign()
        if self._presence.is_connected:
            return
        outage = self._presence.connected()
        self._backoff.reset()
        log.info("gateway.up", account=self.account)
        if outage is not None:
            self.reconnects += 1
            await self._tell(intake, outage)

    async def _logged_in(self, intake: Intake) -> None:
        outage = self._presence.logged_in()
        if outage is not None:
            await self._tell(intake, outage)

    async def _tell(self, intake: Intake, outage: tuple[datetime, datetime]) -> None:
        try:
            await intake.reconnected(self.account, down_from=outage[0], down_to=outage[1])
        except Exception as error:  # noqa: BLE001 - the stream goes on
            self._failed(error)

    def _line(self) -> PuppetClient:
        if self._client is None:
            raise Unreached("not connected")
        return self._client

    def _failed(self, error: Exception) -> None:
        self.failed_events += 1
        log.error("gateway.event_failed", account=self.account, reason=reason_of(error))
