"""What the chat page asks of the server: words, photos, lines and the live socket."""

import asyncio
import json
from datetime import UTC, datetime

import pytest
from aiohttp import WSServerHandshakeError

from bot.web.ports import Line
from tests.web.fakes import FakeHouse
from tests.web.visit import ID, OpenClient, Visit

PHOTO_MAX = 20 * 1024 * 1024


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
    for wrong in ("-5", "9" * 5_000, "١", "1e3", "x"):
        async with visit.client.get(f"/chat/lines?limit={wrong}") as answer:
            assert answer.status == 400, wrong
            assert (await answer.json())["sentence"].endswith("。")


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
