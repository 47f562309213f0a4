"""The page in a real Chromium, as a villager meets it."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from bot.web.ports import Line
from tests.web.browser import DESK, PHONE, Window, open_page, photo, served
from tests.web.fakes import CODE, RECEIPT, FakeHouse
from tests.web.looking import SMALLEST_TEXT, assert_at_the_end

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize(
    ("size", "kind"), [(PHONE, "phone"), (DESK, "desk")], ids=["phone", "desk"]
)
SMALL_TARGETS = """() => [...document.querySelectorAll("button, a, label, textarea, summary")]
  .filter((e) => e.checkVisibility() && e.getAttribute("for") !== "code")
  .filter((e) => { const b = e.getBoundingClientRect(); return b.width < 44 || b.height < 44; })
  .map((e) => e.outerHTML)"""


def ticking(start: datetime) -> Callable[[], datetime]:
    ticks = itertools.count()
    return lambda: start + timedelta(seconds=next(ticks))


async def is_too_wide(page: Page) -> bool:
    scroll = "document.getElementById('scroll')"
    root = "document.documentElement"
    return bool(
        await page.evaluate(
            f"{root}.scrollWidth > innerWidth || {scroll}.scrollWidth > {scroll}.clientWidth"
        )
    )


async def assert_easy_on_old_eyes(page: Page) -> None:
    assert await page.evaluate(SMALLEST_TEXT) >= 18
    assert await page.evaluate(SMALL_TARGETS) == []


async def claim_and_ask(window: Window) -> None:
    await window.say("申报 垃圾分类")
    await window.hears("请发一张照片")
    await window.send_photo(photo())
    await window.hears(RECEIPT)
    await window.page.click(".chip >> text=我家多少分")
    await window.page.click("#send")
    await window.hears("12.5 分")
    await window.page.wait_for_selector(".line.mine >> text=已送达")


@SIZES
async def test_a_villager_claims_with_a_photo_and_asks_for_points(
    browser: Browser, size: tuple[int, int], kind: str
) -> None:
    house = FakeHouse()
    async with served(house.site) as server, open_page(browser, size) as window:
        page = window.page
        await page.goto(server.address)
        await page.wait_for_selector("text=您想扮演谁?")
        await window.shot(f"{kind}-personas")
        await assert_easy_on_old_eyes(page)
        await page.click("[data-persona=zhang]")
        await page.wait_for_selector("#hint:visible")
        await window.shot(f"{kind}-empty")
        await claim_and_ask(window)
        assert await page.locator(".line.mine").count() == 3
        assert await page.evaluate("document.querySelector('.line.mine img').naturalWidth") == 900
        assert await page.locator("#hint").is_hidden()
        assert not await is_too_wide(page)
        await assert_easy_on_old_eyes(page)
        await assert_at_the_end(page)
        await window.shot(f"{kind}-chat")
        assert window.complaints == []


async def test_a_photo_is_looked_at_in_full(browser: Browser) -> None:
    house = FakeHouse()
    await house.conversation.submit("li", message_id="message-1", text="", photo=photo())
    async with served(house.site) as server, open_page(browser) as window:
        await window.play(server.address, "li")
        await window.page.click(".line.mine .look")
        await window.page.wait_for_selector("#large:visible")
        await window.shot("phone-large")
        await window.page.click(".shut")
        await window.page.wait_for_selector("#large", state="hidden")
        assert window.complaints == []


async def test_a_slow_upload_shows_how_far_it_is(browser: Browser) -> None:
    house = FakeHouse()
    async with served(house.site) as server, open_page(browser) as window:
        await window.play(server.address, "zhang")
        wire = await window.page.context.new_cdp_session(window.page)
        slow = {"offline": False, "latency": 0, "downloadThroughput": -1}
        await wire.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": 400_000})
        await window.send_photo(photo() + b"\0" * 600_000)
        await window.page.wait_for_selector(r".mark >> text=/发送中 \d+%/")
        await window.shot("phone-upload")
        await window.hears(RECEIPT)


@SIZES
async def test_without_personas_the_door_asks_for_the_code(
    browser: Browser, size: tuple[int, int], kind: str
) -> None:
    house = FakeHouse(personas=())
    async with served(house.site) as server, open_page(browser, size) as window:
        page = window.page
        await page.goto(server.address)
        await window.shot(f"{kind}-code")
        assert await page.locator("[data-persona]").count() == 0
        await page.fill("#code", "ABCD-EFGH")
        await page.click("text=进入")
        await page.wait_for_selector("text=这个码不对")
        await window.shot(f"{kind}-code-wrong")
        await page.fill("#code", CODE)
        await page.click("text=进入")
        await page.wait_for_selector("#words")
        await page.click("text=退出")
        await page.wait_for_selector("#code")
        assert house.reception.sessions == {}
        assert window.faults == []


async def test_a_signed_link_opens_by_a_button(browser: Browser) -> None:
    house = FakeHouse(personas=())
    async with served(house.site) as server, open_page(browser) as window:
        await window.page.goto(f"{server.address}/enter/link?token=good-token")
        await window.shot("phone-link")
        await window.page.click("#open")
        await window.page.wait_for_selector("text=赵六")
        assert window.complaints == []


async def test_after_a_restart_the_page_comes_back_and_catches_up(browser: Browser) -> None:
    house = FakeHouse()
    async with served(house.site) as server, open_page(browser) as window:
        page = window.page
        await window.play(server.address, "zhang")
        await window.say("帮助")
        await window.hears("您说:帮助")
        await server.stop()
        await page.wait_for_selector("#state >> text=网络断了")
        await window.say("我家多少分")
        await page.wait_for_selector(".line.mine >> text=没发出去,点一下重发")
        await window.send_photo(photo())
        await window.shot("phone-offline")
        house.conversation.reply("zhang", "您的 #22 通过了,+1分。")
        server.site = house.reopened()
        await server.start()
        await window.hears("#22 通过了", seconds=20)
        await window.hears("12.5 分", seconds=20)
        await window.hears(RECEIPT, seconds=20)
        await page.wait_for_selector("#state", state="hidden")
        mine = [line for line in house.conversation.lines["zhang"] if line.is_mine]
        assert [line.text for line in mine] == ["帮助", "我家多少分", ""]
        assert await page.locator(".line.mine").count() == 3
        assert await page.locator(".line.theirs").count() == 4
        await window.shot("phone-back")
        assert window.faults == []


async def test_words_said_offline_outlive_a_closed_page(browser: Browser) -> None:
    house = FakeHouse()
    async with served(house.site) as server, open_page(browser, DESK) as window:
        page = window.page
        await window.play(server.address, "zhang")
        await page.route("**/chat/messages", lambda route: route.abort())
        await window.say("我家多少分")
        await page.wait_for_selector(".line.mine >> text=没发出去")
        await page.unroute("**/chat/messages")
        await page.reload()
        await window.hears("12.5 分")
        assert await page.locator(".line.mine").count() == 1
        assert window.faults == []


async def test_a_lost_answer_is_not_said_twice(browser: Browser) -> None:
    house = FakeHouse()
    async with served(house.site) as server, open_page(browser) as window:
        page = window.page
        await window.play(server.address, "zhang")
        lost = []

        async def lose(route: object) -> None:
            await route.fetch()  # type: ignore[attr-defined]
            lost.append(1)
            await route.abort()  # type: ignore[attr-defined]

        await page.route("**/chat/messages", lose, times=1)
        await window.say("我家多少分")
        await window.hears("12.5 分")
        await page.wait_for_selector(".line.mine >> text=已送达")
        assert lost == [1]
        assert await page.locator(".line.mine").count() == 1
        assert len(house.conversation.lines["zhang"]) == 2


async def test_what_people_write_stays_text(browser: Browser) -> None:
    house = FakeHouse()
    evil = "<img src=x onerror=alert(1)>\n第二行 " + "长" * 300 + "a" * 200
    async with served(house.site) as server, open_page(browser) as window:
        await window.play(server.address, "zhang")
        await window.say(evil)
        await window.hears("第二行")
        bubble = window.page.locator(".line.mine .bubble").first
        assert await bubble.text_content() == evil
        assert await window.page.locator(".log img").count() == 0
        assert not await is_too_wide(window.page)
        await window.shot("phone-long")
        assert window.complaints == []


async def test_refused_photos_say_why(browser: Browser, tmp_path: Path) -> None:
    house = FakeHouse()
    async with served(house.site) as server, open_page(browser) as window:
        page = window.page
        await window.play(server.address, "zhang")
        await window.send_photo(b"bad file")
        await page.wait_for_selector("text=这个文件不是照片")
        large = tmp_path / "large.jpg"
        large.write_bytes(b"\0" * (20 * 1024 * 1024 + 1))
        await page.set_input_files("#photo", large)
        await page.wait_for_selector("text=照片太大了")
        await window.say("帮助")
        await window.hears("您说:帮助")
        await window.shot("phone-refused")
        assert window.faults == []


@SIZES
async def test_stamps_stand_between_days_in_village_time(
    browser: Browser, size: tuple[int, int], kind: str
) -> None:
    house = FakeHouse()
    talk = house.conversation
    talk.now = ticking(datetime(2025, 12, 31, 16, 30, tzinfo=UTC))
    for text in ("申报 垃圾分类", "申报 清理河道"):
        await talk.submit("zhang", message_id=f"message-{text}", text=text, photo=None)
    talk.now = ticking(datetime.now(UTC))
    await talk.submit("zhang", message_id="message-photo", text="", photo=photo(1600, 900))
    async with served(house.site) as server, open_page(browser, size) as window:
        await window.play(server.address, "zhang")
        await window.hears(RECEIPT)
        stamps = await window.page.locator(".stamp:visible").all_text_contents()
        assert [text.removeprefix("2026年") for text in stamps[:1]] == ["1月1日 00:30"]
        assert len(stamps) == 2
        await window.page.wait_for_function("[...document.images].every((image) => image.complete)")
        await window.shot(f"{kind}-history")
        assert window.complaints == []


async def test_another_process_is_heard_within_one_poll(browser: Browser) -> None:
    house = FakeHouse(poll_every=0.2)
    async with served(house.site) as server, open_page(browser) as window:
        await window.play(server.address, "li")
        line = Line("o1", is_mine=False, text="有2条待审。", at=datetime.now(UTC))
        house.conversation.add("li", line)
        await window.hears("有2条待审。")


async def test_a_page_of_another_person_opens_again_as_that_person(browser: Browser) -> None:
    house = FakeHouse()
    async with served(house.site) as server, open_page(browser) as window:
        await window.play(server.address, "zhang")
        other = await window.page.context.new_page()
        await other.goto(f"{server.address}/enter")
        await other.click("[data-persona=li]")
        await other.wait_for_selector("#send:enabled")
        await window.say("我家多少分")
        await window.page.wait_for_selector(".title >> text=李会计")
        assert "zhang" not in house.conversation.lines
        assert "li" not in house.conversation.lines
