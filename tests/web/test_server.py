"""The web server's promises, over HTTP."""

import asyncio
import hashlib
import io
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientResponse, ClientWebSocketResponse, FormData, WSServerHandshakeError
from aiohttp.test_utils import TestClient, TestServer

from bot.gateways.message import Outgoing, PhotoGone
from bot.gateways.web import WebGateway
from bot.gateways.web_spool import Spool
from bot.web.ports import Line
from bot.web.server import web_app
from tests.web.fakes import CODE, LINK, FakeHouse

ID = "0123456789abcdef"
PHOTO_MAX = 20 * 1024 * 1024
OpenClient = Callable[[FakeHouse], Awaitable["Visit"]]


class Visit:
    """One browser, as a client that keeps cookies and reads tokens from pages."""

    def __init__(self, client: TestClient) -> None:
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


@pytest.fixture
async def visiting() -> AsyncIterator[OpenClient]:
    clients: list[TestClient] = []

    async def open_client(house: FakeHouse) -> Visit:
        client = TestClient(TestServer(web_app(house.site)))
        await client.start_server()
        clients.append(client)
        return Visit(client)

    yield open_client
    for client in clients:
        await client.close()


@pytest.fixture
def house() -> FakeHouse:
    return FakeHouse(poll_every=0.05)


@pytest.fixture
async def visit(house: FakeHouse, visiting: OpenClient) -> AsyncGenerator[Visit]:
    yield await visiting(house)


async def test_a_guest_is_sent_to_the_door(visit: Visit) -> None:
    for path in ("/", "/chat"):
        async with visit.client.get(path, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (302, "/enter")


async def test_a_person_logged_in_is_sent_to_the_talk(visit: Visit) -> None:
    await visit.play()
    async with visit.client.get("/", allow_redirects=False) as answer:
        assert answer.headers["Location"] == "/chat"
    assert "张三 · 幸福村(样板)" in await visit.page("/chat")


@pytest.mark.parametrize("is_secure", [False, True])
async def test_the_cookie_is_for_this_site_alone(
    house: FakeHouse, visiting: OpenClient, is_secure: bool
) -> None:
    object.__setattr__(house.site, "is_secure", is_secure)
    visit = await visiting(house)
    page = await visit.client.get("/enter")
    guest = next(iter(page.cookies.values()))
    visit.csrf = re.search(r'value="([0-9a-f]{64})"', await page.text())[1]  # type: ignore[index]
    headers = {"Cookie": f"{guest.key}={guest.value}"}
    form = {"csrf": visit.csrf, "persona": "zhang"}
    answer = await visit.client.post(
        "/enter/play", data=form, headers=headers, allow_redirects=False
    )
    cookie = answer.cookies["__Host-jifen" if is_secure else "jifen"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""
    assert bool(cookie["secure"]) is is_secure
    assert guest["httponly"]
    assert bool(guest["secure"]) is is_secure


@pytest.mark.parametrize(
    "path", ["/enter", "/chat", "/healthz", "/static/chat.js", "/nowhere", "/chat/lines"]
)
async def test_every_answer_carries_the_security_headers(visit: Visit, path: str) -> None:
    async with visit.client.get(path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        assert "unsafe" not in policy
        assert f"connect-src 'self' ws://{answer.url.authority};" in policy
        assert "frame-ancestors 'none'; base-uri 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_pages_hold_no_script_or_style_of_their_own_and_no_other_host(visit: Visit) -> None:
    pages = [await visit.page("/enter"), await visit.page("/enter/link?token=x")]
    await visit.play()
    pages.append(await visit.page("/chat"))
    for text in pages:
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", text)
        assert "//" not in text.replace("<!doctype html>", "")


@pytest.mark.parametrize("token", [None, "", "0" * 64, "不对"])
async def test_a_post_without_its_token_is_refused(visit: Visit, token: str | None) -> None:
    await visit.play()
    fields = {} if token is None else {"csrf": token}
    for path in ("/enter/play", "/enter/code", "/enter/link", "/leave"):
        form = {**fields, "persona": "zhang", "code": CODE, "token": LINK}
        async with visit.client.post(path, data=form, allow_redirects=False) as answer:
            assert answer.status == 403
            assert "请重新打开" in await answer.text()
    visit.csrf = (token or "").encode("utf-8").decode("latin-1")
    for answer in (await visit.say("帮助"), await visit.show(b"x")):
        assert answer.status == 403
    assert await visit.lines() == []


async def test_the_token_of_another_session_is_refused(
    house: FakeHouse, visit: Visit, visiting: OpenClient
) -> None:
    other = await visiting(house)
    await other.play("li")
    await visit.play("zhang")
    visit.csrf = other.csrf
    assert (await visit.say("帮助")).status == 403


async def test_a_guest_says_nothing(visit: Visit) -> None:
    assert (await visit.say("帮助")).status == 403
    for path in ("/chat/lines", "/chat/pictures/abc"):
        async with visit.client.get(path) as answer:
            assert answer.status == 401
            assert (await answer.json())["sentence"] == "登录过期了,请重新进入。"
    with pytest.raises(WSServerHandshakeError, match="401"):
        await visit.live()


async def test_words_are_answered(visit: Visit) -> None:
    await visit.play()
    answer = await visit.say(" 帮助 ")
    assert answer.status == 202
    mine, theirs = await visit.lines()
    assert (mine["key"], mine["mine"], mine["text"]) == (ID, True, "帮助")
    assert (theirs["mine"], theirs["text"], theirs["photo"]) == (False, "您说:帮助", None)


async def test_the_same_message_twice_is_said_once(visit: Visit) -> None:
    await visit.play()
    assert [(await visit.say("帮助")).status for _ in range(2)] == [202, 202]
    assert len(await visit.lines()) == 2


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not json", 400),
        (b"[]", 400),
        (b'{"id": "0123456789abcdef"}', 400),
        (b'{"id": "0123456789abcdef", "text": "  "}', 400),
        (b'{"id": "../../etc", "text": "x"}', 400),
        (json.dumps({"id": ID, "text": "长" * 2001}).encode(), 413),
        (b" " * 40_000, 413),
    ],
)
async def test_impossible_words_are_refused(visit: Visit, body: bytes, status: int) -> None:
    await visit.play()
    headers = {"X-CSRF-Token": visit.csrf, "Content-Type": "application/json"}
    async with visit.client.post("/chat/messages", data=body, headers=headers) as answer:
        assert answer.status == status
        assert (await answer.json())["sentence"].endswith("。")
    assert await visit.lines() == []


async def test_a_photo_comes_back_as_a_picture_for_its_owner_alone(
    house: FakeHouse, visit: Visit, visiting: OpenClient
) -> None:
    await visit.play()
    assert (await visit.show(b"\xff\xd8 picture")).status == 202
    path = str((await visit.lines())[0]["photo"])
    async with visit.client.get(path) as answer:
        assert (answer.status, await answer.read()) == (200, b"\xff\xd8 picture")
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert "private" in answer.headers["Cache-Control"]
    other = await visiting(house)
    await other.play("li")
    async with other.client.get(path) as answer:
        assert answer.status == 404


async def test_a_photo_that_is_too_large_is_refused_in_words(visit: Visit) -> None:
    await visit.play()
    answer = await visit.show(b"\0" * (PHOTO_MAX + 1))
    assert answer.status == 413
    assert (await answer.json())["sentence"].startswith("照片太大了(最多20兆)")
    answer = await visit.show(b"\0" * (PHOTO_MAX + 100_000))
    assert answer.status == 413
    assert (await visit.show(b"\0" * PHOTO_MAX)).status == 202


async def test_a_refused_photo_is_told_in_the_assistants_words(visit: Visit) -> None:
    await visit.play()
    answer = await visit.show(b"bad file")
    assert answer.status == 422
    assert (await answer.json())["sentence"] == "这个文件不是照片,请直接拍一张发来。"


async def test_an_upload_without_a_photo_is_refused(visit: Visit) -> None:
    await visit.play()
    assert (await visit.show(b"")).status == 400
    headers = {"X-CSRF-Token": visit.csrf}
    async with visit.client.post("/chat/photos", data=b"x", headers=headers) as answer:
        assert answer.status == 400


async def test_the_number_of_lines_has_a_limit(house: FakeHouse, visit: Visit) -> None:
    await visit.play()
    for number in range(400):
        line = Line(f"o{number}", is_mine=False, text=str(number), at=datetime.now(UTC))
        house.conversation.add("zhang", line)
    assert len(await visit.lines()) == 100
    assert [line["text"] for line in await visit.lines("2")] == ["398", "399"]
    assert len(await visit.lines("999999")) == 300
    assert len(await visit.lines("-5")) == 100


async def test_a_wrong_code_is_told_and_too_many_are_stopped(visit: Visit) -> None:
    for status in (422, 422, 422, 429):
        await visit.page("/enter")
        answer = await visit.form("/enter/code", code="<b>WRONG</b>")
        text = await answer.text()
        assert answer.status == status
        assert "<b>" not in text
        assert ("码错了太多次" if status == 429 else "这个码不对") in text
        assert "jifen" not in answer.cookies


async def test_the_code_of_a_slip_opens_the_talk(house: FakeHouse, visit: Visit) -> None:
    await visit.page("/enter")
    answer = await visit.form("/enter/code", code=f" {CODE} ")
    assert (answer.status, answer.headers["Location"]) == (303, "/chat")
    assert "王五" in await visit.page("/chat")
    assert house.reception.peers == ["127.0.0.1"]


async def test_a_proxy_on_this_machine_names_the_visitor(house: FakeHouse, visit: Visit) -> None:
    await visit.page("/enter")
    headers = {"X-Forwarded-For": "6.6.6.6, 203.0.113.9"}
    form = {"csrf": visit.csrf, "code": "WRONG"}
    await visit.client.post("/enter/code", data=form, headers=headers)
    assert house.reception.peers == ["203.0.113.9"]


async def test_looking_at_a_link_does_not_use_it(house: FakeHouse, visit: Visit) -> None:
    text = await visit.page(f"/enter/link?token={LINK}%22%3E%3Cscript%3E")
    assert "<script>" not in text
    await visit.page(f"/enter/link?token={LINK}")
    assert house.reception.sessions == {}
    assert (await visit.form("/enter/link", token="used")).status == 422
    answer = await visit.form("/enter/link", token=LINK)
    assert (answer.status, answer.headers["Location"]) == (303, "/chat")


async def test_nobody_is_played_where_nobody_is_offered(visiting: OpenClient) -> None:
    visit = await visiting(FakeHouse(personas=()))
    assert "扮演" not in await visit.page("/enter")
    assert (await visit.form("/enter/play", persona="zhang")).status == 422


async def test_playing_another_person_ends_the_session_before(
    house: FakeHouse, visit: Visit
) -> None:
    await visit.play("zhang")
    await visit.play("li")
    assert [one.name for one in house.reception.sessions.values()] == ["李会计"]


async def test_leaving_ends_the_session(house: FakeHouse, visit: Visit) -> None:
    await visit.play()
    assert (await visit.form("/leave")).headers["Location"] == "/enter"
    assert house.reception.sessions == {}
    async with visit.client.get("/chat/lines") as answer:
        assert answer.status == 401


async def test_names_are_escaped_in_the_page(house: FakeHouse, visit: Visit) -> None:
    await visit.play()
    cookie, visitor = next(iter(house.reception.sessions.items()))
    evil = '"><script>alert(1)</script>'
    house.reception.sessions[cookie] = type(visitor)("zhang", evil, evil, (evil,))
    assert "<script>alert" not in await visit.page("/chat")


async def test_new_lines_are_pushed_and_old_ones_sent_first(house: FakeHouse, visit: Visit) -> None:
    await visit.play()
    await visit.say("帮助")
    socket = await visit.live()
    first = await socket.receive_json(timeout=5)
    assert [line["text"] for line in first["lines"]] == ["帮助", "您说:帮助"]
    house.conversation.reply("zhang", "通过了")
    second = await socket.receive_json(timeout=5)
    assert [line["text"] for line in second["lines"]] == ["通过了"]
    assert first["talk"] == second["talk"]
    await socket.close()
    house.conversation.reply("zhang", "再来")
    again = await visit.live()
    assert len((await again.receive_json(timeout=5))["lines"]) == 4
    await again.close()


async def test_an_empty_talk_is_told_as_well(visit: Visit) -> None:
    await visit.play()
    socket = await visit.live()
    assert (await socket.receive_json(timeout=5))["lines"] == []
    await socket.close()


async def test_a_line_that_got_its_picture_is_sent_again(house: FakeHouse, visit: Visit) -> None:
    await visit.play()
    bare = Line(ID, is_mine=True, text="", at=datetime.now(UTC))
    house.conversation.lines["zhang"] = [bare]
    socket = await visit.live()
    assert (await socket.receive_json(timeout=5))["lines"][0]["photo"] is None
    path = "/chat/pictures/abc"
    house.conversation.lines["zhang"] = [Line(ID, is_mine=True, text="", at=bare.at, photo=path)]
    assert (await socket.receive_json(timeout=5))["lines"][0]["photo"] == path
    await socket.close()


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_socket_from_another_site_is_refused(visit: Visit, origin: str) -> None:
    await visit.play()
    with pytest.raises(WSServerHandshakeError, match="403"):
        await visit.live(origin)


async def test_a_socket_from_the_address_people_open_is_taken(visit: Visit) -> None:
    await visit.play()
    socket = await visit.live("http://jifen.test")
    await socket.receive_json(timeout=5)
    await socket.close()


async def test_a_session_that_ends_closes_its_socket(house: FakeHouse, visit: Visit) -> None:
    await visit.play()
    socket = await visit.live()
    await socket.receive_json(timeout=5)
    house.reception.sessions.clear()
    await socket.receive(timeout=5)
    assert socket.close_code == 4401


async def test_stopping_sends_the_open_pages_away(house: FakeHouse, visit: Visit) -> None:
    await visit.play()
    socket = await visit.live()
    await socket.receive_json(timeout=5)
    closing = asyncio.create_task(visit.client.server.close())
    await socket.receive(timeout=5)
    assert socket.close_code == 1001
    await asyncio.wait_for(closing, 5)


async def test_health_is_told_by_the_status(house: FakeHouse, visit: Visit) -> None:
    async with visit.client.get("/healthz") as answer:
        assert (answer.status, (await answer.json())["database"]) == (200, "ok")
    house.health = {"ok": False, "database": "away"}
    async with visit.client.get("/healthz") as answer:
        assert (answer.status, (await answer.json())["database"]) == (503, "away")


async def test_metrics_are_prometheus_text(visit: Visit) -> None:
    async with visit.client.get("/metrics") as answer:
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert await answer.text() == "jifen_messages_total 7\n"


async def test_nobody_sees_an_exception(house: FakeHouse, visit: Visit) -> None:
    await visit.play()

    async def broken(contact: str, *, limit: int) -> tuple[Line, ...]:
        raise RuntimeError("the secret of the database")

    house.conversation.transcript = broken  # type: ignore[method-assign]
    async with visit.client.get("/chat/lines") as answer:
        assert answer.status == 500
        assert await answer.json() == {
            "fault": "failed",
            "sentence": "服务器出了点问题,请稍后再试。",
        }
    async with visit.client.get("/nowhere") as answer:
        assert answer.status == 404
        assert "没有这一页" in await answer.text()
    async with visit.client.put("/chat/lines") as answer:
        assert answer.status == 405


async def test_the_gateway_of_the_page_notifies_and_gives_uploads(tmp_path: Path) -> None:
    told: list[str] = []
    spool = Spool(tmp_path / "uploads")
    gateway = WebGateway(spool, told.append)
    assert gateway.is_up
    assert await gateway.send(Outgoing(None, "zhang", "好")) == ""
    assert told == ["zhang"]
    spool.put("zhang:1", b"photo")
    spool.put("zhang:1", b"another")
    assert await gateway.photo("zhang:1") == b"photo"
    names = [path.name for path in (tmp_path / "uploads").iterdir()]
    assert names == [hashlib.sha256(b"zhang:1").hexdigest()]
    spool.drop("zhang:1")
    spool.drop("zhang:1")
    with pytest.raises(PhotoGone):
        await gateway.photo("zhang:1")
