"""The live board: open chat pages hear of new lines at once, and of all others soon."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

from aiohttp import WSCloseCode, web

from bot.web.ports import Line
from schedules.logs import Log

POLL_SECONDS: Final = 5.0
HEARTBEAT_SECONDS: Final = 20.0
LEFT: Final = 4401
"""Close code: the session has run out, the visitor has to enter again."""

log = Log("web")

Read = Callable[[], Awaitable[tuple[Line, ...] | None]]
"""Returns the latest lines of the page's talk; None when its session is over."""


class LiveBoard:
    """The open WebSockets of this process, by contact.

    A page is told at once when this process wrote something, and at the next
    poll when another process did.
    """

    def __init__(
        self, *, poll_every: float = POLL_SECONDS, heartbeat: float = HEARTBEAT_SECONDS
    ) -> None:
        self._poll_every = poll_every
        self._heartbeat = heartbeat
        self._bells: dict[str, set[asyncio.Event]] = {}
        self._sockets: set[web.WebSocketResponse] = set()

    def notify(self, contact: str) -> None:
        """Look for new lines on every open page of a contact."""
        for bell in self._bells.get(contact, ()):
            bell.set()

    async def serve(
        self, request: web.Request, *, contact: str, talk: str, read: Read
    ) -> web.WebSocketResponse:
        """Keep one page up to date until it goes away.

        Args:
            request: The request that opens the WebSocket.
            contact: Whose talk it is.
            talk: The public name of the talk, told with every message so that
                a page opened as somebody else notices.
            read: Returns the latest lines; all of them are sent first, then
                whatever is new or has changed.
        """
        socket = web.WebSocketResponse(heartbeat=self._heartbeat, max_msg_size=1024)
        await socket.prepare(request)
        bell = asyncio.Event()
        self._bells.setdefault(contact, set()).add(bell)
        self._sockets.add(socket)
        pusher = asyncio.create_task(self._push(socket, bell, talk=talk, read=read))
        try:
            async for _ in socket:
                pass
        finally:
            self._sockets.discard(socket)
            self._leave(contact, bell)
            pusher.cancel()
            with suppress(asyncio.CancelledError):
                await pusher
        return socket

    async def close(self) -> None:
        """Send every open page away; it comes back when the server does."""
        await asyncio.gather(
            *(socket.close(code=WSCloseCode.GOING_AWAY) for socket in tuple(self._sockets))
        )

    def _leave(self, contact: str, bell: asyncio.Event) -> None:
        bells = self._bells[contact]
        bells.discard(bell)
        if not bells:
            del self._bells[contact]

    async def _push(
        self, socket: web.WebSocketResponse, bell: asyncio.Event, *, talk: str, read: Read
    ) -> None:
        """Push until the session is over, then close; a fault closes as well."""
        code: int = WSCloseCode.INTERNAL_ERROR
        try:
            await self._push_lines(socket, bell, talk=talk, read=read)
            code = LEFT
        except ConnectionError:
            return
        except Exception:
            log.exception("live page failed")
        if not socket.closed:
            await socket.close(code=code)

    async def _push_lines(
        self, socket: web.WebSocketResponse, bell: asyncio.Event, *, talk: str, read: Read
    ) -> None:
        """Send what is new after each ring or poll; an empty message is a sign of life."""
        clock = asyncio.get_running_loop().time
        shown: dict[str, Line] | None = None
        sent_at = clock()
        while True:
            bell.clear()
            lines = await read()
            if lines is None:
                return
            fresh = [x for x in lines if shown is None or shown.get(x.key) != x]
            if fresh or shown is None or clock() - sent_at >= self._heartbeat:
                await socket.send_json({"talk": talk, "lines": [as_json(x) for x in fresh]})
                sent_at = clock()
            shown = {line.key: line for line in lines}
            with suppress(TimeoutError):
                await asyncio.wait_for(bell.wait(), self._poll_every)


def as_json(line: Line) -> dict[str, Any]:
    """Return a line as the page's script reads it."""
    return {
        "key": line.key,
        "mine": line.is_mine,
        "text": line.text,
        "at": line.at.isoformat(),
        "photo": line.photo,
    }
