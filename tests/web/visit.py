"""One browser's visit over HTTP: keeps cookies, reads tokens from pages."""

import io
import re
from collections.abc import Awaitable, Callable

from aiohttp import ClientResponse, ClientWebSocketResponse, FormData, web
from aiohttp.test_utils import TestClient

from tests.web.fakes import FakeHouse

ID = "0123456789abcdef"
OpenClient = Callable[[FakeHouse], Awaitable["Visit"]]


class Visit:
    """One browser, as a client that keeps cookies and reads tokens from pages."""

    def __init__(self, client: TestClient[web.Request, web.Application]) -> None:
        self.client = client
        self.csrf = ""

    @property
    def origin(self) -> str:
        return str(self.client.make_url("/")).rstrip("/")

    async def page(self, path: str) -> str:
        async with self.client.get(path) as answer:
            text = await answer.text()
        found = re.search(r'(?:data-csrf|name="csrf" value)="([0-9a-f]+)"', text)
        self.csrf = found[1] if found else ""
        return text

    async def form(self, path: str, **fields: str) -> ClientResponse:
        form = {"csrf": self.csrf, **fields}
        return await self.client.post(path, data=form, allow_redirects=False)

    async def play(self, persona: str = "zhang") -> None:
        await self.page("/enter")
        answer = await self.form("/enter/play", persona=persona)
        assert answer.status == 303
        await self.page("/chat")

    async def say(self, text: str, *, message_id: str = ID) -> ClientResponse:
        body = {"id": message_id, "text": text}
        headers = {"X-CSRF-Token": self.csrf}
        return await self.client.post("/chat/messages", json=body, headers=headers)

    async def show(self, photo: bytes, *, message_id: str = ID) -> ClientResponse:
        form = FormData()
        form.add_field("id", message_id)
        form.add_field("photo", io.BytesIO(photo), filename="photo.jpg", content_type="image/jpeg")
        headers = {"X-CSRF-Token": self.csrf}
        return await self.client.post("/chat/photos", data=form, headers=headers)

    async def lines(self, limit: str = "") -> list[dict[str, object]]:
        async with self.client.get(f"/chat/lines?limit={limit}") as answer:
            assert answer.status == 200
            return list((await answer.json())["lines"])

    async def live(self, origin: str | None = None) -> ClientWebSocketResponse:
        return await self.client.ws_connect("/chat/live", origin=origin or self.origin)
