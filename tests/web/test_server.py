"""The doors and promises of the web server, over HTTP."""

import re

import pytest

from bot.web.ports import Line
from tests.web.fakes import CODE, LINK, FakeHouse
from tests.web.visit import OpenClient, Visit


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
    house: FakeHouse, visiting: OpenClient, *, is_secure: bool
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
    assert ("Strict-Transport-Security" in answer.headers) is is_secure
    known = answer.cookies["__Host-jifen-known" if is_secure else "jifen-known"]
    assert (known["httponly"], known["samesite"]) == (True, "Strict")
    assert bool(known["secure"]) is is_secure
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
