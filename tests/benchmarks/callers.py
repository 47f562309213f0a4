"""Those who call on the house: a phone with the chat page open, and a town's dashboard."""

import asyncio
import json
import re
import secrets
import time
from contextlib import suppress
from html import unescape
from typing import Any, Final

from aiohttp import ClientError, ClientSession, ClientTimeout, WSMsgType

CSRF: Final = re.compile(r'data-csrf="([0-9a-f]+)"')
SCREEN: Final = re.compile(r'data-live="([^"]+)" data-stamp="([0-9a-f]+)"')
SHOWN: Final = r'<li class="tile" id="v{village}">.*?参与(\d+)户/'
ENDLESS: Final = ClientTimeout(total=None)


class Phone:
    """A chat page as its script keeps it: words go by POST, lines come over the WebSocket."""

    def __init__(self, client: ClientSession, cookie: str) -> None:
        self._client = client
        self._headers = {"Cookie": f"jifen={cookie}"}
        self._turn = asyncio.Lock()
        self._known: set[str] = set()
        self._wanted = ""
        self._came: asyncio.Future[float] | None = None

    async def open(self, address: str) -> None:
        """Open the page and its WebSocket, and take what was said before."""
        async with self._client.get("/chat", headers=self._headers) as answer:
            self._token = _found(CSRF, await answer.text())[0]
        self._socket = await self._client.ws_connect(
            "/chat/live", headers=self._headers, origin=address
        )
        self._take(await self._socket.receive_json())
        self._listening = asyncio.create_task(self._listen())

    async def say(self, words: str, *, wanted: str, seconds: float) -> float | None:
        """Send words; return the milliseconds until their answer stands on the page.

        None when no line that holds ``wanted`` comes within these seconds. Who still
        waits for an answer says the next thing after it.
        """
        body = {"id": secrets.token_hex(12), "text": words}
        headers = self._headers | {"X-CSRF-Token": self._token}
        async with self._turn:
            self._wanted, self._came = wanted, asyncio.get_running_loop().create_future()
            begun = time.perf_counter()
            with suppress(TimeoutError, ClientError):
                async with asyncio.timeout(seconds):
                    async with self._client.post("/chat/messages", json=body, headers=headers) as x:
                        x.raise_for_status()
                    return (await self._came - begun) * 1e3
        return None

    async def close(self) -> None:
        """Put the phone away."""
        await self._socket.close()
        await self._listening

    async def _listen(self) -> None:
        async for message in self._socket:
            if message.type is WSMsgType.TEXT:
                self._take(json.loads(message.data))

    def _take(self, told: dict[str, Any]) -> None:
        for line in told["lines"]:
            is_new = line["key"] not in self._known
            self._known.add(line["key"])
            is_theirs = is_new and not line["mine"] and self._wanted in line["text"]
            if is_theirs and self._came is not None and not self._came.done():
                self._came.set_result(time.perf_counter())


class Screen:
    """A dashboard as its script keeps it: told of a change, it fetches the figures anew."""

    def __init__(self, client: ClientSession, cookie: str, *, village: int) -> None:
        self._client = client
        self._headers = {"Cookie": f"jifen={cookie}"}
        self._village = re.compile(SHOWN.format(village=village), re.DOTALL)
        self._news, self._fetched = asyncio.Event(), asyncio.Event()
        self._shown: list[tuple[float, int]] = []
        self._wanted = ""

    async def open(self) -> None:
        """Open the page and its stream of events."""
        text = await self._fetch("/town")
        self._live, self._wanted = _found(SCREEN, text)
        self._tasks = [asyncio.create_task(act()) for act in (self._listen, self._refresh)]

    def shown_at(self, count: int) -> float | None:
        """Return when the village was first shown with so many households taking part."""
        return next((at for at, seen in self._shown if seen >= count), None)

    async def shows(self, count: int, *, seconds: float) -> None:
        """Wait until it shows so many households of the village, but no longer than this."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.shown_at(count) is None:
                    self._fetched.clear()
                    await self._fetched.wait()

    @property
    def fetches(self) -> int:
        """How often the figures were fetched."""
        return len(self._shown)

    async def close(self) -> None:
        """Switch the screen off."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _fetch(self, path: str) -> str:
        async with self._client.get(path, headers=self._headers) as answer:
            answer.raise_for_status()
            text = await answer.text()
        self._shown.append((time.perf_counter(), int(_found(self._village, text)[0])))
        self._fetched.set()
        return text

    async def _listen(self) -> None:
        live = unescape(self._live)
        async with self._client.get(live, headers=self._headers, timeout=ENDLESS) as stream:
            async for row in stream.content:
                if row.startswith(b"data: "):
                    self._wanted = row[6:].decode().strip()
                    self._news.set()

    async def _refresh(self) -> None:
        shown = self._wanted
        while True:
            await self._news.wait()
            self._news.clear()
            if shown != (aim := self._wanted):
                await self._fetch("/town?part")
                shown = aim


def _found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    found = pattern.search(text)
    assert found is not None, text[:500]
    return tuple(str(one) for one in found.groups())
