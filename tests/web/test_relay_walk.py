"""The relay page in a real Chromium: copied, ticked, brought in, with and without script."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, Page, Response

from domain.mail import OutboxState
from tests.web.browser import Window, open_page, photo
from tests.web.looking import (
    SIZES,
    SMALL,
    SMALLEST_TEXT,
    TOO_SMALL,
    WEIGHT_MAX,
    WIDER,
    opened,
    problems,
)
from tests.web.real import RealHouse
from tests.web.relaying import NOTICE, RECEIPT, SECRET_WORDS, a_full_relay, states

pytestmark = pytest.mark.browser


async def is_easy(page: Page, axe_script: str) -> None:
    """Make sure that everybody can read and use what is shown."""
    for details in await page.locator("details").all():
        await details.evaluate("(one) => { one.open = true; }")
    assert not await page.evaluate(WIDER)
    assert await page.evaluate(SMALLEST_TEXT) >= 18
    assert await page.evaluate(TOO_SMALL) == []
    assert await problems(page, axe_script) == []


async def copied_by(page: Page) -> str:
    return str(await page.evaluate("navigator.clipboard.readText()"))


@SIZES
async def test_a_clerk_copies_ticks_and_brings_in(
    browser: Browser, real: RealHouse, axe: str, size: tuple[int, int]
) -> None:
    a_full_relay(real)
    async with open_page(browser, size) as window:
        await window.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = await opened(window, real, "li", "/relay")
        await page.locator("#waiting", has_text="要发的 5 条").wait_for()
        await window.shot(f"relay-{size[0]}-waiting")
        await is_easy(page, axe)
        await _copies_and_ticks(window, page, size)
        await _brings_in(window, page, size)
        await is_easy(page, axe)
        assert window.faults == []
    assert states(real)[OutboxState.RELAYED] == 1


async def _copies_and_ticks(window: Window, page: Page, size: tuple[int, int]) -> None:
    first = page.locator(".slip").first
    await first.locator("[data-copy]").click()
    await first.locator("text=复制好了").wait_for()
    assert await copied_by(page) == RECEIPT
    second = page.locator(".slip").nth(1)
    await second.locator("[data-copy]").click()
    await second.locator("text=复制好了").wait_for()
    assert await copied_by(page) == NOTICE
    await first.locator("button.main").click()
    await page.locator("#told", has_text="记下了,这条发好了").wait_for()
    await page.wait_for_function("document.activeElement.id === 'told'")
    await window.shot(f"relay-{size[0]}-ticked")
    await page.click("#told >> text=点错了,还没发")
    await page.locator("#told", has_text="放回去了").wait_for()
    await page.locator(".slip").first.locator("button.main").click()
    await page.locator("#told", has_text="记下了").wait_for()


async def _brings_in(window: Window, page: Page, size: tuple[int, int]) -> None:
    await page.fill("#who", "3组15号")
    await page.click("text=找人")
    await page.locator("legend", has_text="是哪一位").wait_for()
    await page.click("label:has-text('王阿婆')")
    await page.select_option("#room", label="幸福村大群")
    await page.fill("#words", "申报 垃圾分类")
    files = [FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=photo())]
    await page.set_input_files("#photo", files)
    await page.locator("#enter").scroll_into_view_if_needed()
    await window.shot(f"relay-{size[0]}-entry")
    await page.click("text=录进来 >> nth=-1")
    await page.locator("#said", has_text="收到,王桂英家 #1").wait_for()
    await window.shot(f"relay-{size[0]}-brought")
    await page.click("#said >> text=去发这一条")
    assert "照片1张" in await page.locator(".slip:target .words").inner_text()


async def test_all_of_it_works_without_script(browser: Browser, real: RealHouse) -> None:
    a_full_relay(real)
    async with open_page(browser, SMALL, has_script=False) as window:
        page = await opened(window, real, "li", "/relay")
        assert await page.locator("[data-copy]:visible").count() == 0
        words = page.locator(".slip .words").first
        assert await words.inner_text() == RECEIPT
        assert await words.evaluate("(one) => getComputedStyle(one).userSelect") == "all"
        await page.locator(".slip button.main").first.click()
        await page.locator("#told", has_text="记下了").wait_for()
        await page.fill("#who", "王桂英")
        await page.click("text=找人")
        await page.check("input[name=from][value=h2]")
        await page.select_option("#room", label="幸福村大群")
        await page.fill("#words", "申报 垃圾分类")
        files = [FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=photo())]
        await page.set_input_files("#photo", files)
        await page.click("text=录进来 >> nth=-1")
        await page.locator("#said", has_text="收到,王桂英家 #1").wait_for()
        await page.click("text=添一个没有小助手的群")
        await page.fill("#new-name", "河东群")
        await page.click("text=添上")
        await page.locator("#rooms ~ .rows", has_text="河东群(村民群,手工发)").wait_for()
        async with page.expect_download() as saving:
            await page.click("text=存图片")
        picture = await saving.value
        assert picture.suggested_filename.endswith(".jpg")
        saved = await picture.path()
        assert await asyncio.to_thread(_begins, saved) == b"\xff\xd8"


def _begins(path: Path) -> bytes:
    return path.read_bytes()[:2]


async def test_where_the_clipboard_is_barred_the_older_way_copies(
    browser: Browser, real: RealHouse
) -> None:
    a_full_relay(real)
    async with open_page(browser, SMALL) as window:
        await window.page.add_init_script(
            "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        )
        page = await opened(window, real, "li", "/relay")
        await page.evaluate(
            "document.addEventListener('copy', () => { window.taken = String(getSelection()); })"
        )
        first = page.locator(".slip").first
        await first.locator("[data-copy]").click()
        await first.locator("text=复制好了").wait_for()
        assert await page.evaluate("window.taken") == RECEIPT


async def test_the_page_is_light_and_asks_no_other_host(browser: Browser, real: RealHouse) -> None:
    a_full_relay(real)
    answers: list[Response] = []

    def heard(answer: Response) -> None:
        answers.append(answer)

    async with open_page(browser, SMALL) as window:
        window.page.on("response", heard)
        page = await opened(window, real, "li", "/relay")
        await page.locator("#waiting").wait_for()
        weight = 0
        for answer in answers:
            assert answer.url.startswith(real.address)
            if "/pictures/" not in answer.url:
                weight += len(await answer.body())
    assert 0 < weight < WEIGHT_MAX


async def test_a_person_reads_on_the_own_page_what_could_not_be_brought(
    browser: Browser, real: RealHouse, axe: str
) -> None:
    a_full_relay(real)
    async with open_page(browser, SMALL) as window:
        page = await opened(window, real, "zhang", "/me")
        section = page.locator("section", has=page.locator("#unheard"))
        await section.locator(f"text={SECRET_WORDS}").wait_for()
        await is_easy(page, axe)
        await section.scroll_into_view_if_needed()
        await window.shot("relay-unheard")
