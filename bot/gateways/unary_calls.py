"""Calls of one question and one answer, in as few steps as the protocol needs (一问一答)."""

import asyncio
from collections.abc import Callable
from struct import Struct
from types import TracebackType
from typing import Any, Final, Self, cast
from urllib.parse import unquote

from grpclib.client import Channel, Handler
from grpclib.const import Cardinality, Status
from grpclib.encoding.base import CodecBase
from grpclib.exceptions import GRPCError
from grpclib.protocol import H2Protocol, Stream
from grpclib.utils import Wrapper
from h2.errors import ErrorCodes

Header = tuple[str, str]

_PREFIX: Final = Struct(">?I")
_IS_COMPRESSED: Final = False
_CONTENT_TYPE: Final = "application/grpc"
_FIXED: Final[tuple[Header, ...]] = (("te", "trailers"), ("content-type", _CONTENT_TYPE))
_STATUSES: Final = {str(status.value): status for status in Status}
_AWAY: Final = frozenset({"429", "502", "503", "504"})


class UnaryChannel(Channel):
    """A grpclib channel whose unary calls are short; a generated stub sees no difference.

    grpclib's own call serves streams both ways, deadlines and listeners, and waits for the
    end of the call. Here a call is its headers, its message and the first message that comes
    back: a server sends that only if the call went well, so the end is not waited for. What
    is written within one turn of the loop goes out at once. What is called with a deadline,
    and every stream, goes grpclib's way.
    """

    def request(
        self,
        name: str,
        cardinality: Cardinality,
        request_type: type[Any],
        reply_type: type[Any],
        *,
        timeout: float | None = None,
        deadline: Any = None,
        metadata: Any = None,
    ) -> Any:
        """Return the call, an asynchronous context manager."""
        if cardinality is not Cardinality.UNARY_UNARY or timeout or deadline:
            return super().request(
                name,
                cardinality,
                request_type,
                reply_type,
                timeout=timeout,
                deadline=deadline,
                metadata=metadata,
            )
        headers = [
            (":method", "POST"),
            (":scheme", self._scheme),
            (":path", name),
            (":authority", self._authority),
            *_FIXED,
            *(metadata or {}).items(),
        ]
        return _Call(self, headers, self._codec, (request_type, reply_type))

    def _protocol_factory(self) -> H2Protocol:
        return _OneWriteProtocol(Handler(), self._config, self._h2_config)


class _Call:
    """One unary call, as generated stubs use it.

    Raises:
        GRPCError: The server answered with a status instead of a message.
        StreamTerminatedError: The line broke before an answer came.
    """

    def __init__(
        self,
        channel: Channel,
        headers: list[Header],
        codec: CodecBase,
        types: tuple[type[Any], type[Any]],
    ) -> None:
        self._channel = channel
        self._headers = headers
        self._codec = codec
        self._request_type, self._reply_type = types
        self._break = _Break()
        self._stream: Stream | None = None
        self._release: Callable[[], None] = _nothing

    async def __aenter__(self) -> Self:
        return self

    async def send_message(self, message: Any, *, end: bool = True) -> None:
        """Send the question; a unary call has one, so the sending ends with it."""
        assert end
        protocol = await self._channel.__connect__()
        stream = protocol.processor.connection.create_stream(wrapper=self._break)
        data = self._codec.encode(message, self._request_type)
        self._release = await stream.send_request(self._headers, _processor=protocol.processor)
        self._stream = stream
        await stream.send_data(_PREFIX.pack(_IS_COMPRESSED, len(data)) + data, end_stream=True)

    async def recv_message(self) -> Any:
        """Return the answer as soon as it is there; None if there is none and nothing failed."""
        assert self._stream is not None
        _check(dict(await self._stream.recv_headers()))
        prefix = await self._stream.recv_data(_PREFIX.size)
        if not prefix:
            _check_status(dict(await self._stream.recv_trailers()))
            return None
        is_compressed, size = _PREFIX.unpack(prefix)
        if is_compressed:
            raise GRPCError(Status.UNIMPLEMENTED, "compressed")
        return self._codec.decode(await self._stream.recv_data(size), self._reply_type)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        stream = self._stream
        if stream is not None:
            if error is not None and stream.closable:
                stream.reset_nowait(ErrorCodes.CANCEL)
            self._release()
        broken = self._break.ended_in(kind)
        if broken is None:
            return
        if stream is not None:
            for came in (stream.headers, stream.trailers):
                _check_status(dict(came or ()))
        raise broken from None


class _Break(Wrapper):
    """Wakes who waits on a broken line by cancelling, and tells that from being stopped.

    A task that is stopped at the same moment stays stopped.
    """

    def __init__(self) -> None:
        super().__init__()
        task = asyncio.current_task()
        assert task is not None
        self._task = task
        self._stops = task.cancelling()

    def cancel(self, error: Exception) -> None:
        """Wake the task; grpclib calls this for each stream of a line that broke."""
        if self._error is None:
            self._error = error
            self._task.cancel()

    def ended_in(self, kind: type[BaseException] | None) -> Exception | None:
        """Return why the line broke, if that is what the call ended in."""
        if self._error is None or self._task.uncancel() > self._stops:
            return None
        return self._error if kind is asyncio.CancelledError else None


class _OneWriteProtocol(H2Protocol):
    """grpclib's protocol on a transport that writes once a turn of the loop."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(_OneWrite(cast("asyncio.Transport", transport)))

    def data_received(self, data: bytes) -> None:
        """Take data in; calls that wait for a free stream look again.

        An answered call lets go before its stream ends, so its letting go frees none yet.
        """
        super().data_received(data)
        self.connection.stream_close_waiter.set()


class _OneWrite(asyncio.Transport):
    """Collects what is written within one turn of the loop: frames are many and small."""

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__()
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._parts: list[bytes] = []

    def write(self, data: Any) -> None:
        """Write behind what was written in this turn."""
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(data)

    def _flush(self) -> None:
        parts, self._parts = self._parts, []
        if parts and not self._transport.is_closing():
            self._transport.write(b"".join(parts))

    def close(self) -> None:
        """Close; what was written in this turn still goes out."""
        self._flush()
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return self._transport.get_extra_info(name, default)


def _nothing() -> None:
    """Release nothing: the call was not sent."""


def _check(headers: dict[str, str]) -> None:
    """Refuse what is no answer of a gRPC server, or is one of failure.

    Raises:
        GRPCError: With the status that it was, or that HTTP's comes to.
    """
    status = headers.get(":status")
    if status != "200":
        raise GRPCError(Status.UNAVAILABLE if status in _AWAY else Status.UNKNOWN, status)
    _check_status(headers)
    if not headers.get("content-type", "").startswith(_CONTENT_TYPE):
        raise GRPCError(Status.UNKNOWN, "content type")


def _check_status(headers: dict[str, str]) -> None:
    status = _STATUSES.get(headers.get("grpc-status", "0"), Status.UNKNOWN)
    if status is not Status.OK:
        raise GRPCError(status, unquote(headers.get("grpc-message", "")))
