"""Attacks on sign-in and pages: all are refused, none crashes, and nobody sees what is not theirs."""

import logging
import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import structlog

from bot import links
from domain.claim import ClaimKey, ClaimState
from domain.code import digest
from domain.membership import HouseholdId, Role
from schedules.logs import configure, quiet
from storage.people import Contact
from storage.unit_of_work import Books
from tests.web.real import SECRET, Person, RealHouse, three_claims

CODE = "ABCDE23456"


async def guest(real: RealHouse) -> Person:
    """Open a browser in which nobody is logged in, at the door."""
    visitor = Person("", await real.client())
    await visitor.page("/enter")
    return visitor


def slip(books: Books, village: int, code: str) -> None:
    """Give 张家 a slip."""
    found = digest(SECRET.encode(), code)
    books.codes.set_slip(village, HouseholdId(1), digest=found, generation=0)


async def test_a_link_from_the_talk_opens_one_session_for_ten_minutes(real: RealHouse) -> None:
    await real.claim("li", "网页")
    told = (await real.said_to("li"))[-1]
    assert "10分钟内有效,只能用一次" in told
    token = told.rpartition("token=")[2]
    someone = await guest(real)
    await someone.page(f"/enter/link?token={token}")
    answer = await someone.post("/enter/link", token=token)
    assert answer.status == 303
    assert "李会计 · 幸福村" in await someone.page("/review")
    other = await guest(real)
    answer = await other.post("/enter/link", token=token)
    assert answer.status == 422
    assert "用过了,或者过期了" in await answer.text()


@pytest.mark.parametrize("seconds", [601, 86_400])
async def test_an_expired_link_opens_nothing(real: RealHouse, seconds: int) -> None:
    token = real.link(real.cast.li)
    real.clock.advance(seconds=seconds)
    answer = await (await guest(real)).post("/enter/link", token=token)
    assert answer.status == 422


async def test_a_link_just_in_time_opens(real: RealHouse) -> None:
    token = real.link(real.cast.li)
    real.clock.advance(seconds=599)
    assert (await (await guest(real)).post("/enter/link", token=token)).status == 303


async def test_a_link_of_someone_who_left_opens_nothing(real: RealHouse) -> None:
    token = real.link(real.cast.zhang)
    await real.claim("zhang", "退出")
    await real.claim("zhang", "1")
    assert (await (await guest(real)).post("/enter/link", token=token)).status == 422


@pytest.mark.parametrize("change", ["forged", "", "a.b", "é.é", "." * 3, "x" * 4000])
async def test_a_forged_link_opens_nothing(real: RealHouse, change: str) -> None:
    token = links.sign(b"another secret", village=1, person=real.cast.li, now=real.clock.now)
    given = token if change == "forged" else change
    assert (await (await guest(real)).post("/enter/link", token=given)).status == 422


async def test_many_guesses_of_codes_and_links_are_stopped_together(real: RealHouse) -> None:
    real.read(lambda books: slip(books, real.cast.village, CODE))
    thief = await guest(real)
    statuses = []
    for number in range(60):
        path, field = (("/enter/code", "code"), ("/enter/link", "token"))[number % 2]
        answer = await thief.post(path, **{field: f"GUESS{number:05}"})
        statuses.append(answer.status)
    assert statuses == [422] * 5 + [429] * 55
    assert (await thief.post("/enter/code", code=CODE)).status == 429
    for number in range(30 - 5):
        answer = await (await guest(real)).post("/enter/code", code=f"GUESS{number:05}")
        assert answer.status == 422
    neighbour = await guest(real)
    assert (await neighbour.post("/enter/code", code=CODE)).status == 429
    assert (await thief.post("/enter/link", token=real.link(real.cast.li))).status == 303
    real.clock.advance(minutes=31)
    assert (await neighbour.post("/enter/code", code=CODE)).status == 303


async def test_one_who_mistypes_the_code_locks_out_no_neighbour(real: RealHouse) -> None:
    real.read(lambda books: slip(books, real.cast.village, CODE))
    elder = await guest(real)
    statuses = [(await elder.post("/enter/code", code="ABCDE")).status for _ in range(8)]
    assert statuses == [422] * 5 + [429] * 3
    assert (await (await guest(real)).post("/enter/code", code=CODE)).status == 303


async def test_a_villager_is_refused_on_the_review_page(real: RealHouse) -> None:
    await three_claims(real)
    zhang = await real.person("zhang")
    text = await zhang.page("/review", status=403)
    assert "这一页是给审核委员看的" in text
    assert "王桂英" not in text
    await zhang.page("/me")
    for path, fields in (
        ("/review", {"claim": "2026-2", "verdict": "approve"}),
        ("/review/bindings", {"request": "1", "verdict": "bind"}),
    ):
        assert (await zhang.post(path, **fields)).status == 403
    claim = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, 2)))
    assert claim.state is ClaimState.SUBMITTED


async def test_a_role_counts_at_each_request(real: RealHouse) -> None:
    await three_claims(real)
    zhang, li = await real.person("zhang"), await real.person("li")
    await zhang.page("/review", status=403)
    real.read(
        lambda b: b.people.grant(
            real.cast.village, real.cast.zhang, Role.COMMITTEE, at=real.clock.now
        )
    )
    await zhang.page("/review")
    await li.page("/review")
    photo = real.photos_of(1)[0]
    real.read(lambda b: b.people.unbind(real.cast.village, Contact("web", "li"), at=real.clock.now))
    await li.page("/review", status=403)
    await li.page(photo, status=404)
    assert (await li.post("/review", claim="2026-1", verdict="approve")).status == 403


async def test_the_committee_of_another_village_sees_nothing_of_this_one(
    real: RealHouse,
) -> None:
    await three_claims(real)
    real.another_village()
    other = await real.person("other")
    text = await other.page("/review")
    assert "现在没有待审的申报" in text
    for photo in real.photos_of(1):
        await other.page(photo, status=404)
        await other.page(f"{photo}/small", status=404)
    answer = await other.does("/review", claim="2026-1", verdict="approve")
    assert "没有找到#1这条申报" in answer
    claim = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, 1)))
    assert claim.state is ClaimState.SUBMITTED


async def test_a_photo_is_for_its_household_and_the_reviewers_alone(real: RealHouse) -> None:
    await three_claims(real)
    [photo] = real.photos_of(2)
    sha256 = photo.rpartition("/")[2]
    for who, status in (("wang", 200), ("li", 200), ("zhang", 404), ("stranger", 404)):
        person = await real.person(who)
        for path in (photo, f"{photo}/small"):
            async with person.client.get(path) as answer:
                assert answer.status == status, (who, path)
                if status == 200:
                    assert answer.content_type == "image/jpeg"
                    assert answer.headers["Cache-Control"] == "private, no-cache"
    wang = await real.person("wang")
    for path in (
        f"/photos/2026-1/{sha256}",
        f"/photos/2026-9/{sha256}",
        f"/photos/1999-2/{sha256}",
    ):
        await wang.page(path, status=404)
    async with (await guest(real)).client.get(photo) as answer:
        assert answer.status == 401


async def test_a_photo_kept_by_the_browser_is_asked_for_again(real: RealHouse) -> None:
    await three_claims(real)
    [photo] = real.photos_of(2)
    wang, zhang = await real.person("wang"), await real.person("zhang")
    async with wang.client.get(photo) as answer:
        headers = {"If-None-Match": answer.headers["ETag"]}
    async with wang.client.get(photo, headers=headers) as answer:
        assert answer.status == 304
    async with zhang.client.get(photo, headers=headers) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/photos/2026-1/..%2f..%2fsecret.key",
        "/photos/2026-1/../../secret.key",
        "/photos/..%2f..%2f/" + "a" * 64,
        "/photos/2026-1/" + "A" * 64,
        "/photos/2026-1/" + "a" * 63 + "%00",
        "/photos/2026-1/" + "a" * 64 + "/small/..",
        "/static/../server.py",
        "/static/..%2fserver.py",
        "/static/%2e%2e/server.py",
        "/review/%2e%2e/%2e%2e/etc/passwd",
        "/me/..;/healthz/",
        "/chat/pictures/..%2f..%2f..%2fjifen.db",
    ],
)
async def test_tricks_with_paths_find_nothing(real: RealHouse, path: str) -> None:
    li = await real.person("li")
    url = aiohttp.client.URL(str(real.server.make_url("/")).rstrip("/") + path, encoded=True)
    async with li.client.get(url, allow_redirects=False) as answer:
        assert answer.status in {400, 403, 404}
        assert b"secret" not in await answer.read()


@pytest.mark.parametrize("token", [None, "", "0" * 64, "不对"])
async def test_a_form_without_the_token_of_its_session_is_refused(
    real: RealHouse, token: str | None
) -> None:
    await three_claims(real)
    li, zhang = await real.person("li"), await real.person("zhang")
    await zhang.page("/me")
    for path in ("/review", "/review/bindings", "/me"):
        fields = {"claim": "2026-1", "verdict": "approve", "act": "withdraw", "id": "a" * 24}
        for given in (token, zhang.csrf):
            form = fields if given is None else {**fields, "csrf": given}
            async with li.client.post(path, data=form, allow_redirects=False) as answer:
                assert answer.status == 403
                assert "请重新打开" in await answer.text()
    claim = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, 1)))
    assert claim.state is ClaimState.SUBMITTED


async def test_oversized_and_strange_bodies_are_refused(real: RealHouse) -> None:
    await three_claims(real)
    li = await real.person("li")
    await li.page("/review")

    async def in_pieces() -> AsyncIterator[bytes]:
        yield b"csrf=" + li.csrf.encode() + b"&words="
        for _ in range(30):
            yield b"x" * 65_536

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    token = {"X-CSRF-Token": li.csrf}
    for path in ("/review", "/me"):
        bodies: tuple[tuple[dict[str, Any], int], ...] = (
            ({"data": f"csrf={li.csrf}&words=" + "x" * 1_000_000, "headers": form}, 413),
            ({"data": in_pieces(), "headers": form}, 413),
            ({"json": {"claim": "2026-1", "verdict": "approve"}, "headers": token}, 400),
            ({"data": b"<a/>", "headers": {**token, "Content-Type": "text/xml"}}, 400),
            ({"data": b"--x", "headers": {**token, "Content-Type": "multipart/form-data"}}, 400),
            ({"data": b"%ff=%fe&csrf=%f0", "headers": form}, 403),
        )
        for sent, status in bodies:
            async with li.client.post(path, allow_redirects=False, **sent) as answer:
                assert answer.status == status, (path, sent)


async def test_scripts_in_names_and_reasons_stay_text(real: RealHouse) -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    await three_claims(real)
    real.read(lambda b: b.people.rename(real.cast.village, real.cast.li, evil))
    await real.claim("zhang", f"更正 3 在{evil}")
    li, wang = await real.person("li"), await real.person("wang")
    await li.page("/review")
    text = await li.does("/review", claim="2026-2", verdict="reject", words=evil)
    pages = [
        text,
        await li.page("/chat"),
        await wang.page("/me"),
        await li.page("/review?said=" + evil),
    ]
    assert "alert(1)" in text
    for page in pages:
        assert "<script>" not in page
        assert "<img src=x" not in page


async def test_pages_hold_no_script_or_style_of_their_own_and_no_other_host(
    real: RealHouse,
) -> None:
    await three_claims(real)
    li = await real.person("li")
    for path in ("/review", "/me", "/chat"):
        text = await li.page(path)
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", text)
        assert "//" not in text.replace("<!doctype html>", "")
        async with li.client.get(path) as answer:
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
            assert answer.headers["Cache-Control"] == "no-store"


async def test_guests_are_sent_to_the_door(real: RealHouse) -> None:
    visitor = await guest(real)
    for path in ("/me", "/review", "/review?after=2026-1"):
        async with visitor.client.get(path, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (302, "/enter")
    for path in ("/me", "/review"):
        assert (await visitor.post(path, claim="2026-1")).status == 403


async def test_no_name_word_or_token_reaches_the_log(
    real: RealHouse, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    quiet()
    before = structlog.get_config()
    configure()
    structlog.configure(cache_logger_on_first_use=False)
    try:
        await three_claims(real)
        token = real.link(real.cast.li)
        someone = await guest(real)
        await someone.post("/enter/link", token=token)
        await someone.page("/review")
        await someone.does("/review", claim="2026-1", verdict="reject", words="张三写错了")
        real.read(lambda b: b.connection.exec_driver_sql("ALTER TABLE claim RENAME TO gone"))
        await someone.page("/review?after=2026-1", status=500)
        await someone.page(real_photo := "/photos/2026-1/" + "a" * 64, status=500)
    finally:
        structlog.configure(**before)
    out = capsys.readouterr()
    logged = out.out + out.err + caplog.text
    assert "page failed" in logged
    assert real_photo in logged
    for secret in ("张三", "写错了", token, someone.csrf):
        assert secret not in logged
