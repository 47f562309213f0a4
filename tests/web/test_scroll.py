"""The end of the talk (聊天): where the page opens, and where it stays until one reads upwards."""

import pytest
from playwright.async_api import Browser

from tests.web.browser import open_page, photo, served
from tests.web.fakes import FakeHouse
from tests.web.looking import SMALL, assert_at_the_end

pytestmark = pytest.mark.browser

PHOTOS = 6
ALL_LOADED = f"""() => document.images.length >= {PHOTOS}
  && [...document.images].every((image) => image.complete)"""
GROWN_BEFORE_IT_IS_TOLD = """() => {
  document.querySelector("li:last-child").style.paddingTop = "600px";
  document.getElementById("scroll").dispatchEvent(new Event("scroll"));
}"""


async def test_a_talk_with_photos_opens_at_its_newest_line_and_stays(browser: Browser) -> None:
    house = FakeHouse()
    for number in range(PHOTOS):
        await house.conversation.submit(
            "zhang", message_id=f"message-{number}", text="", photo=photo()
        )
    async with served(house.site) as server, open_page(browser, SMALL) as window:
        page = window.page
        await window.play(server.address, "zhang")
        await page.wait_for_function(ALL_LOADED)
        await page.wait_for_timeout(300)
        await assert_at_the_end(page)
        await page.evaluate(GROWN_BEFORE_IT_IS_TOLD)
        await page.wait_for_timeout(300)
        await assert_at_the_end(page)
        assert window.complaints == []


async def test_who_reads_upwards_is_left_there_and_told_of_news(browser: Browser) -> None:
    house = FakeHouse(poll_every=0.2)
    for number in range(20):
        house.conversation.reply("zhang", f"第{number}句")
    async with served(house.site) as server, open_page(browser, SMALL) as window:
        page = window.page
        await window.play(server.address, "zhang")
        await window.hears("第19句")
        await page.evaluate("document.getElementById('scroll').scrollTop = 200")
        await page.wait_for_timeout(300)
        house.conversation.reply("zhang", "审核通过了。")
        await page.click("#newer")
        await assert_at_the_end(page)
        assert window.complaints == []
