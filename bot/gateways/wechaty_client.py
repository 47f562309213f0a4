"""The one module that speaks gRPC to a Wechaty puppet service (网关客户端)."""

import asyncio
import base64
import json
import ssl
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from pathlib import Path
from typing import Any, TypeVar

from grpclib.client import Channel
from grpclib.config import Configuration
from grpclib.const import Status
from grpclib.exceptions import GRPCError, ProtocolError, StreamTerminatedError
from wechaty_grpc.wechaty import PuppetStub

from bot.gateways.flat_codec import FlatCodec
from bot.gateways.supervisor import apart
from bot.gateways.unary_calls import UnaryChannel
from bot.gateways.wechaty_payload import Event, Payload, parse_event

SHIPPED_AUTHORITY = "wechaty-root-ca"
SHIPPED_SERVER_NAME = "insecure"
SENDABLE_BYTES = 3_000_000
BASE64_BOX = 1
PNG_MARK = b"\x89PNG"
UNANSWERED_STATUSES = frozenset({Status.DEADLINE_EXCEEDED, Status.UNAVAILABLE, Status.CANCELLED})

Answer = TypeVar("Answer")


class CallFailed(Exception):  # noqa: N818 - its children say what happened
    """A call to the gateway gave no result; ``reason`` is safe to log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreached(CallFailed):
    """There was no connection: nothing was asked."""


class Unanswered(CallFailed):
    """It was asked, and no answer came: it may have been done or not."""


class Refused(CallFailed):
    """The gateway answered with an error: it was not done."""


class PuppetClient:
    """Two connections to one gateway: one for the event stream, one for calls.

    Every call takes a deadline in seconds and raises only ``CallFailed``. Must be
    closed; a closed client is not opened again.

    Args:
        endpoint: ``host:port``.
        token: The token of the gateway.
        context: What ``security`` made of the TLS setting.
    """

    def __init__(self, endpoint: str, token: str, *, context: ssl.SSLContext | None) -> None:
        host, _, port = endpoint.rpartition(":")
        name = None if context is None else _server_name(context)
        config = Configuration(ssl_target_name_override=name)
        host = host.strip("[]")
        codec = FlatCodec()
        self._event_channel = Channel(host, int(port), codec=codec, ssl=context, config=config)
        self._call_channel = UnaryChannel(host, int(port), codec=codec, ssl=context, config=config)
        metadata = {"authorization": f"Wechaty {token}"}
        self._event_stub = PuppetStub(self._event_channel, metadata=metadata)
        self._stub = PuppetStub(self._call_channel, metadata=metadata)
        self._is_closed = False

    def close(self) -> None:
        """Close both connections; calls under way end as unanswered."""
        self._is_closed = True
        for channel in (self._event_channel, self._call_channel):
            channel.close()

    async def start(self, seconds: float) -> None:
        """Start the puppet, which is harmless on a running one."""
        await self._ask(self._stub.start, seconds)

    async def ding(self, seconds: float) -> None:
        """Ask for a sign of life."""
        await self._ask(lambda: self._stub.ding(data="ding"), seconds)

    async def events(self, seconds: float) -> AsyncGenerator[Event, None]:
        """Yield events until the stream ends; connecting has the deadline, waiting has none."""
        await self._reach(self._event_channel, seconds)
        try:
            async with aclosing(self._event_stub.event()) as stream:
                async for event in stream:
                    yield parse_event(int(event.type), event.payload)
        except (GRPCError, StreamTerminatedError, ProtocolError, OSError) as error:
            raise _failure(error) from error

    async def message(self, message_id: str, seconds: float) -> Payload:
        """Load a message."""
        found = await self._ask(lambda: self._stub.message_payload(id=message_id), seconds)
        return Payload(
            id=message_id,
            type=int(found.type),
            talker=found.from_id,
            listener=found.to_id,
            room=found.room_id,
            text=found.text,
            timestamp=found.timestamp,
            mentions=tuple(found.mention_ids),
        )

    async def member_names(self, room: str, person: str, seconds: float) -> tuple[str, str]:
        """Return the alias in the room and the nickname, either may be empty."""
        found = await self._ask(
            lambda: self._stub.room_member_payload(id=room, member_id=person), seconds
        )
        return found.room_alias, found.name

    async def contact_name(self, person: str, seconds: float) -> str:
        """Return the nickname of one person."""
        found = await self._ask(lambda: self._stub.contact_payload(id=person), seconds)
        return str(found.name)

    async def image(
        self, message_id: str, image_type: int, seconds: float, *, silence: float, limit: int
    ) -> bytes:
        """Return the bytes of a photo, streamed.

        Gateways of 1.x never answer when they do not have a photo, so ``silence``
        ends the call before ``seconds`` when nothing comes for so long. More
        than ``limit`` bytes are refused.
        """

        async def collect() -> bytes:
            received = bytearray()
            parts = self._stub.message_image_stream(id=message_id, type=image_type)
            async with aclosing(parts), asyncio.timeout(silence) as quiet:
                async for part in parts:
                    quiet.reschedule(asyncio.get_running_loop().time() + silence)
                    received += part.file_box_chunk.data
                    if len(received) > limit:
                        raise Refused("too large")
            return bytes(received)

        return await self._ask(lambda: apart(collect()), seconds)

    async def send_text(self, to: str, text: str, mentions: list[str], seconds: float) -> str:
        """Send words to a room or person; returns the message id, "" when none is given."""
        sent = await self._ask(
            lambda: self._stub.message_send_text(
                conversation_id=to, text=text, mentonal_ids=mentions
            ),
            seconds,
        )
        return sent.id or ""

    async def send_photo(self, to: str, photo: bytes, seconds: float) -> str:
        """Send a JPEG or PNG to a room or person; returns the message id, "" when none is given."""
        if len(photo) > SENDABLE_BYTES:
            raise Refused("photo over 3 MB")
        encoded = base64.b64encode(photo).decode("ascii")
        name = picture_name(photo)
        box = {"name": name, "type": BASE64_BOX, "boxType": BASE64_BOX, "base64": encoded}
        sent = await self._ask(
            lambda: self._stub.message_send_file(conversation_id=to, filebox=json.dumps(box)),
            seconds,
        )
        return sent.id or ""

    async def _ask(
        self, question: Callable[[], Coroutine[Any, Any, Answer]], seconds: float
    ) -> Answer:
        if self._is_closed:
            raise Unreached("closed")
        is_asked = False
        try:
            async with asyncio.timeout(seconds):
                await self._call_channel.__connect__()
                is_asked = True
                return await question()
        except (OSError, TimeoutError) as error:
            if not is_asked:
                raise Unreached(type(error).__name__) from error
            raise Unanswered("deadline" if isinstance(error, TimeoutError) else "lost") from error
        except (GRPCError, StreamTerminatedError, ProtocolError, AssertionError) as error:
            raise _failure(error) from error

    async def _reach(self, channel: Channel, seconds: float) -> None:
        if self._is_closed:
            raise Unreached("closed")
        try:
            async with asyncio.timeout(seconds):
                await channel.__connect__()
        except (OSError, TimeoutError) as error:
            raise Unreached(type(error).__name__) from error


def security(tls: str) -> ssl.SSLContext | None:
    """Turn the TLS setting into a context, None for plain text.

    Args:
        tls: ``off``, ``on`` (the system's authorities) or the path of a PEM file of
            the authority that signed the gateway's certificate.
    """
    if tls == "off":
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["h2"])
    if tls == "on":
        context.load_default_certs()
    else:
        context.load_verify_locations(cadata=Path(tls).read_text(encoding="ascii"))
    return context


def _server_name(context: ssl.SSLContext) -> str | None:
    """Return the name to expect instead of the host's.

    The certificate that npm gateways ship is made out to ``insecure``; only under
    its own public authority is that name accepted.
    """
    for authority in context.get_ca_certs():
        subject = authority.get("subject", ())
        if (("commonName", SHIPPED_AUTHORITY),) in subject:
            return SHIPPED_SERVER_NAME
    return None


def _failure(error: Exception) -> CallFailed:
    if not isinstance(error, GRPCError):
        return Unanswered(type(error).__name__)
    if error.status in UNANSWERED_STATUSES:
        return Unanswered(error.status.name)
    return Refused(error.status.name)


def picture_name(picture: bytes) -> str:
    """Return the file name under which a picture is sent: WeChat goes by its ending."""
    return "photo.png" if picture.startswith(PNG_MARK) else "photo.jpg"
