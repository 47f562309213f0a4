"""What a Wechaty gateway writes on the wire, read without a network (消息载荷)."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import IntEnum

from bot.gateways.message import MessageKind

MENTION_END = "\u2005"
MENTION_MARKS = ("@", "＠")
MILLISECONDS_FROM = 1e11
HIGHEST_MESSAGE_TYPE = 16


class EventType(IntEnum):
    """The events of the puppet service that say something; the rest is only counted."""

    HEARTBEAT = 1
    MESSAGE = 2
    DONG = 3
    ERROR = 16
    FRIENDSHIP = 17
    ROOM_INVITE = 18
    ROOM_JOIN = 19
    ROOM_LEAVE = 20
    ROOM_TOPIC = 21
    SCAN = 22
    READY = 23
    RESET = 24
    LOGIN = 25
    LOGOUT = 26
    DIRTY = 27


class PuppetMessageType(IntEnum):
    """The puppet's numbering of messages, which is not the one of the protocol file."""

    AUDIO = 2
    IMAGE = 6
    TEXT = 7
    RECALLED = 13


KINDS: dict[int, MessageKind] = {
    PuppetMessageType.AUDIO: MessageKind.VOICE,
    PuppetMessageType.IMAGE: MessageKind.PHOTO,
    PuppetMessageType.TEXT: MessageKind.TEXT,
    PuppetMessageType.RECALLED: MessageKind.RECALL,
}


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the stream; ``type`` is a plain number, known or not."""

    type: int
    facts: dict[str, object] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a fact as text, "" when it is missing or no text."""
        value = self.facts.get(name)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Payload:
    """A message as the gateway gives it; ``timestamp`` in seconds or milliseconds."""

    id: str
    type: int
    talker: str
    listener: str
    room: str
    text: str
    timestamp: int
    mentions: tuple[str, ...] = ()


def parse_event(event_type: int, payload: str) -> Event:
    """Read one event; a payload that is no JSON object counts as empty.

    ``error`` events of 1.x carry ``{gerror}`` and no ``data``, heartbeats may
    carry nothing at all.
    """
    try:
        facts = json.loads(payload) if payload else {}
    except ValueError:
        facts = {}
    return Event(event_type, facts if isinstance(facts, dict) else {})


def kind_of(message_type: int) -> MessageKind:
    """Translate the puppet's number; what is unknown is OTHER."""
    return KINDS.get(message_type, MessageKind.OTHER)


def instant_of(timestamp: int, *, fallback: datetime) -> datetime:
    """Turn a timestamp into aware UTC.

    Above 1e11 it counts milliseconds (1700000000000), below seconds
    (1700000000). Nothing, or a number outside the calendar, gives ``fallback``.
    """
    seconds = timestamp / 1000 if timestamp > MILLISECONDS_FROM else float(timestamp)
    if seconds <= 0:
        return fallback
    try:
        return datetime.fromtimestamp(seconds, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return fallback


def recalled_id_of(text: str) -> str | None:
    """Name the message taken back: the text is its id, or WeChat's XML around it."""
    bare = text.strip()
    if "<newmsgid>" in bare:
        bare = bare.split("<newmsgid>", 1)[1].split("<", 1)[0].strip()
    return bare or None


def has_mention_mark(text: str) -> bool:
    """Say whether a text can hold a mention at all."""
    return any(mark in text for mark in MENTION_MARKS)


def take_out_mention(
    text: str, *, names: Collection[str], is_named_by_id: bool
) -> tuple[str, bool]:
    """Take the assistant's own mention out of a text.

    ``@积分助手\u2005扫地`` gives ``扫地``. A mention runs from ``@`` or ``＠`` to
    U+2005, a space or the end; a nickname may itself hold spaces, so the known
    names are tried first, longest first. Mentions of other people stay.

    Args:
        text: The words as they came.
        names: The assistant's nickname and its alias in this room.
        is_named_by_id: Whether the platform lists the assistant among the mentioned.

    Returns:
        The remaining words without outer spaces, and whether the assistant was mentioned.
    """
    for name in sorted((name for name in names if name), key=len, reverse=True):
        span = _named_span(text, name)
        if span is not None:
            return _without(text, span), True
    if not is_named_by_id:
        return text.strip(), False
    span = _unnamed_span(text)
    return (text.strip() if span is None else _without(text, span)), True


def without_mention_prefix(text: str) -> str:
    """Give back the words we sent: what ``mention_prefix`` wrote is taken off."""
    while text.startswith("@"):
        end = text.find(MENTION_END)
        if end < 0 or "\n" in text[:end]:
            return text
        text = text[end + 1 :]
    return text


def mention_prefix(names: Collection[str]) -> str:
    """Write the mentions in front of a text: ``@张三\u2005@李四\u2005``."""
    return "".join(f"@{name}{MENTION_END}" for name in names)


def _named_span(text: str, name: str) -> tuple[int, int] | None:
    for start, letter in enumerate(text):
        if letter in MENTION_MARKS and text.startswith(name, start + 1):
            end = start + 1 + len(name)
            if end == len(text) or text[end].isspace():
                return start, end
    return None


def _unnamed_span(text: str) -> tuple[int, int] | None:
    """Find our mention when no known name fits: a leading one, or one that U+2005 closes."""
    lead = len(text) - len(text.lstrip())
    if text[lead : lead + 1] in MENTION_MARKS:
        return lead, next((at for at in range(lead, len(text)) if text[at].isspace()), len(text))
    closed = text.find(MENTION_END)
    start = max(text.rfind(mark, 0, max(closed, 0)) for mark in MENTION_MARKS)
    return (start, closed) if start >= 0 else None


def _without(text: str, span: tuple[int, int]) -> str:
    before, after = text[: span[0]], text[span[1] :]
    if not before.strip() or not after.strip():
        return (before + after).strip()
    joint = "\n" if "\n" in before[len(before.rstrip()) :] else " "
    return f"{before.strip()}{joint}{after.strip()}"
