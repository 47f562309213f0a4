"""The assistant: takes what gateways hear, works it off in order, wakes who delivers."""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from bot.chat import Chat, Incoming, digest_of
from bot.clock import Clock
from bot.commands.case import TryLater
from bot.gateways.message import Message, MessageKind, PhotoGone
from bot.lanes import Lanes
from bot.papers.press import PressFailed
from bot.pictures import draw
from bot.replies.results import word
from bot.understanding.paper_reading import may_ask_picture
from bot.vaults import photo_refusal
from domain.evidence import PhotoRefused
from domain.membership import NotBound
from schedules.announcing import WEB
from schedules.delivery import Delivery
from schedules.logs import Log
from schedules.upkeep import tell_gap
from storage.mail import Received
from storage.outbox import Draft
from storage.performer import Performer
from storage.photo_store import PhotoStore
from storage.unit_of_work import Books
from storage.vault import VaultAway

AT_ONCE: Final = 64
WAITING_MAX: Final = 512
TRIES_MAX: Final = 3
TRY_AGAIN_SECONDS: Final = 0.5
UNFINISHED_MAX: Final = 1_000

log = Log("assistant")


class Mouth(Protocol):
    """What the assistant needs of a gateway: photos, and old messages once more."""

    account: str

    async def photo(self, message_id: str) -> bytes:
        """Return a photo message's bytes or raise PhotoGone."""

    async def reload(self, message_id: str) -> Message | None:
        """Return a message that was announced before a crash; None when it is gone."""

    async def done(self, message_id: str) -> None:
        """Forget what was kept for a message until it was worked off."""


@dataclass(frozen=True, slots=True)
class Exits:
    """Where queued messages leave: a delivery for each account, the live web page."""

    deliveries: dict[str, Delivery]
    notify_web: Callable[[str], None]

    def wake(self, drafts: tuple[Draft, ...]) -> None:
        """Wake whoever carries these messages on."""
        for draft in drafts:
            if draft.account == WEB and draft.contact:
                self.notify_web(draft.contact)
            elif draft.account in self.deliveries:
                self.deliveries[draft.account].queued(draft)


class Assistant:
    """The intake of every gateway; one instance a process."""

    def __init__(
        self, chat: Chat, *, performer: Performer, photos: PhotoStore, exits: Exits, clock: Clock
    ) -> None:
        self._chat = chat
        self._perform = performer.perform
        self.is_ordered = performer.is_ordered
        self._photos = photos
        self._exits = exits
        self._clock = clock
        self._mouths: dict[str, Mouth] = {}
        self._served: dict[tuple[str, str], asyncio.Event] = {}
        self._lanes: Lanes[Message] = Lanes(self._work, at_once=AT_ONCE, waiting=WAITING_MAX)
        self._is_closed = False
        self.handled = 0
        self.failures = 0

    def attach(self, mouth: Mouth) -> None:
        """Learn which gateway speaks for an account."""
        self._mouths[mouth.account] = mouth

    async def announced(self, account: str, message_id: str) -> bool:
        """Write the durable inbox row; False when the message was seen before."""
        now = self._clock()
        return await self._perform(lambda books: books.inbox.announce(account, message_id, at=now))

    def expects_photo(self, account: str, room: str | None, person: str) -> bool:
        """Return whether a photo of this person here will be asked for."""
        return self._chat.knows(account, room, person)

    async def received(self, message: Message) -> None:
        """Queue a message behind those of the same person in the same room."""
        await self._lanes.put((message.account, message.room or "", message.person), message)

    async def serve(self, message: Message) -> None:
        """Queue a message and return when it is worked off, or left to the next start."""
        done = self._served.setdefault((message.account, message.id), asyncio.Event())
        await self.received(message)
        if not self._is_closed:
            await done.wait()

    async def settled(self, account: str, message_id: str) -> None:
        """Return when a message that ``serve`` has taken is worked off."""
        done = self._served.get((account, message_id))
        if done is not None:
            await done.wait()

    async def unreadable(self, account: str, message_id: str) -> None:
        """Close the row of a message whose content the platform could not give."""
        await self._perform(lambda books: books.inbox.lose(account, message_id))

    async def echoed(self, account: str, *, target: str, text: str, message_id: str) -> None:
        """Take the delivery receipt of one of our own messages."""
        delivery = self._exits.deliveries.get(account)
        if delivery is not None:
            await delivery.echoed(target=target, text=text, message_id=message_id)

    async def reconnected(self, account: str, *, down_from: datetime, down_to: datetime) -> None:
        """Tell lively rooms about a gap in the daytime, and look for messages left over."""
        drafts = await self._perform(
            lambda books: tell_gap(
                books, account=account, down_from=down_from, now=down_to, word=_say
            )
        )
        self._exits.wake(drafts)
        await self.resume(account)

    async def resume(self, account: str) -> None:
        """Take up messages of the account that a crash or an outage left in the inbox."""
        left = await self._perform(
            lambda books: books.inbox.unfinished(account, limit=UNFINISHED_MAX)
        )
        for message_id, _ in left:
            message = await self._mouths[account].reload(message_id)
            if message is None:
                await self.unreadable(account, message_id)
            else:
                await self.received(message)

    async def idle(self) -> None:
        """Wait until every queued message is worked off."""
        await self._lanes.idle()

    async def close(self) -> None:
        """Stop working; unfinished messages stay in the inbox, and nobody waits for them."""
        await self._lanes.close()
        self._is_closed = True
        for done in self._served.values():
            done.set()

    async def _work(self, message: Message) -> None:
        try:
            if await self._work_off(message) and message.kind is MessageKind.PHOTO:
                with contextlib.suppress(OSError):  # what stays is swept
                    await self._mouths[message.account].done(message.id)
        finally:
            done = self._served.pop((message.account, message.id), None)
            if done is not None:
                done.set()

    async def _work_off(self, message: Message) -> bool:
        """Return whether the message is settled; if not, the next start takes it up."""
        for attempt in range(1, TRIES_MAX + 1):
            try:
                drafts = await self._handle(message)
            except Exception as error:  # noqa: BLE001 - one message must not end the others
                self.failures += 1
                if attempt == TRIES_MAX:
                    return await self._apologise(message, error)
                await asyncio.sleep(TRY_AGAIN_SECONDS * attempt)
            else:
                self.handled += 1
                self._exits.wake(drafts)
                return True
        return False

    async def _apologise(self, message: Message, error: Exception) -> bool:
        """Close a message that cannot be worked off; its sender is told to try later."""
        code = secrets.token_hex(3)
        log.error("message failed", code=code, kind=message.kind, exc_info=error)
        incoming = self._incoming(message)
        try:
            text = word((TryLater(code),))
            drafts = await self._perform(lambda books: self._chat.apologise(books, incoming, text))
        except Exception:
            log.exception("apology failed", code=code)
            return False
        self._exits.wake(drafts)
        return True

    async def _handle(self, message: Message) -> tuple[Draft, ...]:
        if message.kind is MessageKind.PHOTO:
            return await self._handle_photo(message)
        picture = await self._drawn(message) if may_ask_picture(message.text) else ""
        incoming = replace(self._incoming(message), picture=picture)
        act = {
            MessageKind.TEXT: self._chat.text,
            MessageKind.RECALL: self._chat.recall,
            MessageKind.VOICE: self._chat.voice,
            MessageKind.OTHER: self._chat.pass_over,
        }[message.kind]
        return await self._answer(message.account, lambda books: act(books, incoming))

    async def _drawn(self, message: Message) -> str:
        """Draw the picture a message may ask for, before the transaction that names it.

        Returns the stored picture's name, "" if none is wanted or it could not
        be drawn. A crash in between leaves the message in the inbox and it is
        drawn again.
        """
        asked = self._incoming(message)
        sheet = await self._perform(lambda books: self._chat.wants_picture(books, asked))
        if sheet is None:
            return ""
        try:
            picture = await asyncio.to_thread(draw, sheet)
        except PressFailed as failure:
            log.warning("picture failed", reason=failure.reason)
            return ""
        try:
            return (await asyncio.to_thread(self._photos.keep, picture)).sha256
        except VaultAway as failure:
            log.warning("picture not stored", reason=str(failure))
            return ""

    async def _answer(
        self, account: str, act: Callable[[Books], tuple[Draft, ...]]
    ) -> tuple[Draft, ...]:
        """Run an act; where nothing holds replies back, it takes its own along to be sent."""
        delivery = self._exits.deliveries.get(account)
        if delivery is None or not delivery.is_prompt:
            return await self._perform(act)

        drafts, going = await delivery.along(self._perform, act)
        return tuple(draft for draft in drafts if draft.key not in going)

    async def _handle_photo(self, message: Message) -> tuple[Draft, ...]:
        """Fetch and store a photo before the transaction that names it; a stranger's is not."""
        mouth = self._mouths[message.account]
        if not await self._is_wanted(message):
            return await self._refuse_photo(message, NotBound())
        try:
            taken = await asyncio.to_thread(self._photos.take, await mouth.photo(message.id))
        except (PhotoGone, PhotoRefused, VaultAway) as error:
            return await self._refuse_photo(message, photo_refusal(error))
        photo = taken.photo
        incoming = self._incoming(message, photo=photo.sha256, content=photo.source_sha256)

        def act(books: Books) -> tuple[Draft, ...]:
            drafts = self._chat.photo(books, incoming, photo)
            taken.settle()  # it lies on the disk before a row that names it is committed
            return drafts

        return await self._answer(message.account, act)

    async def _is_wanted(self, message: Message) -> bool:
        """Return whether a photo is worth fetching: its sender belongs to a village."""
        if self.expects_photo(message.account, message.room, message.person):
            return True
        asked = self._incoming(message)
        return await self._perform(lambda books: self._chat.wants_photo(books, asked))

    async def _refuse_photo(
        self, message: Message, refusal: NotBound | PhotoRefused
    ) -> tuple[Draft, ...]:
        asked = self._incoming(message)
        return await self._perform(lambda books: self._chat.no_photo(books, asked, refusal))

    def _incoming(self, message: Message, *, photo: str = "", content: str = "") -> Incoming:
        body = json.dumps({"text": message.text, "photo": photo}, ensure_ascii=False)
        received = Received(
            account=message.account,
            message_id=message.id,
            room=message.room,
            contact=message.person,
            sent_at=message.sent_at,
            digest=digest_of(message, content=content),
            body=body,
        )
        return Incoming(message, received, self._clock())


def _say(result: object) -> str:
    return word((result,))
