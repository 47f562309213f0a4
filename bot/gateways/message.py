"""What every gateway speaks: a message in, a text or a picture out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.understanding.reading import Reading


class MessageKind(StrEnum):
    """What a message is, whatever the platform."""

    TEXT = "text"
    PHOTO = "photo"
    RECALL = "recall"
    VOICE = "voice"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Relayed:
    """By whom a message is brought in that no account of ours heard (代转), and for whom.

    ``person`` is who said it, None for somebody the village does not know yet;
    ``account`` is the one that its answer goes to.
    """

    village: int
    by: int
    person: int | None
    account: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message as a platform delivered it.

    ``room`` is None in a direct chat. ``text`` holds the words of a text (with
    the assistant's own mention already taken out) and, for a recall, nothing:
    ``recalled_id`` names the message taken back. ``sent_at`` is aware UTC.
    ``act`` is what a form of our own page means; its ``text`` says the same in words.
    ``account`` names the assistant's account on the platform, such as
    ``wechaty:bot`` or ``web``; with ``id`` it is unique for ever. ``relayed`` says by
    whom it was brought in by hand.
    """

    account: str
    id: str
    kind: MessageKind
    person: str
    person_name: str
    room: str | None
    sent_at: datetime
    text: str = ""
    is_mentioned: bool = False
    recalled_id: str | None = None
    act: Reading | None = None
    relayed: Relayed | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send: to a room (with ids to mention) or to a person directly.

    ``photo`` is the bytes of a JPEG, sent instead of words when present.
    """

    room: str | None
    person: str | None
    text: str = ""
    mentions: tuple[str, ...] = ()
    photo: bytes | None = None


class SendUncertain(Exception):  # noqa: N818 - the outcome is unknown, not wrong
    """The platform did not answer in time: the message may or may not have gone out."""


class SendFailed(Exception):  # noqa: N818
    """The platform said no, or was not there: nothing went out."""


class PhotoGone(Exception):  # noqa: N818
    """The platform can no longer give the photo of this message."""


class Intake(Protocol):
    """What a gateway calls; built in bot/app.py."""

    @property
    def is_ordered(self) -> bool:
        """Whether a message may be handed on while its row is being written.

        What is done with it is written behind that row, or together with it.
        """

    async def announced(self, account: str, message_id: str) -> bool:
        """Write the durable inbox row; False when this message was seen before."""

    def expects_photo(self, account: str, room: str | None, person: str) -> bool:
        """Say whether a photo of this person in this place will be asked for: fetch it early."""

    async def received(self, message: Message) -> None:
        """Take a message whose content is known. Returns when it is queued for work."""

    async def unreadable(self, account: str, message_id: str) -> None:
        """Note that the content of an announced message could not be loaded."""

    async def echoed(self, account: str, *, target: str, text: str, message_id: str) -> None:
        """Take our own message coming back: the delivery receipt of what we sent.

        ``target`` is the room id, or the person's id in a direct chat.
        """

    async def reconnected(self, account: str, *, down_from: datetime, down_to: datetime) -> None:
        """Hear that the platform was away between two instants."""


class Gateway(Protocol):
    """A platform the assistant lives on."""

    account: str

    @property
    def is_up(self) -> bool:
        """Whether messages flow now."""

    async def run(self, intake: Intake) -> None:
        """Serve until cancelled; survives every fault of the platform."""

    async def send(self, outgoing: Outgoing) -> str:
        """Send one message and return its platform id ("" when none is given).

        Raises:
            SendUncertain: No answer in time.
            SendFailed: Refused, or not connected.
        """

    async def photo(self, message_id: str) -> bytes:
        """Return the bytes of a photo message.

        Raises:
            PhotoGone: The platform does not have it (any more).
        """


Fetch = Callable[[str], Awaitable[bytes]]
