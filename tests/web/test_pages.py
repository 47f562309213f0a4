"""The pages in a real Chromium: walked by mouse, by keys, without script, and weighed."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Response

from domain.claim import ClaimKey, ClaimState
from tests.web.browser import open_page
from tests.web.looking import (
    DESK,
    SIZES,
    SMALL,
    SMALLEST_TEXT,
    TOO_SMALL,
    WEIGHT_MAX,
    WIDER,
    opened,
    problems,
)
from tests.web.real import RealHouse, a_full_page, three_claims

pytestmark = pytest.mark.browser

PAGES = (
    ("li", "/review", "#c-2026-2"),
    ("zhang", "/me", "#entries"),
    ("zhang", "/chat", "#send:enabled"),
    ("stranger", "/me", "text=去绑定"),
    ("zhang", "/review", "text=这一页是给审核委员看的"),
    ("", "/enter", "#code"),
    ("", "/enter/link?token=x", "#open"),
    ("", "/enter/report?token=x", "#open"),
    ("", "/enter/town?token=x", "#open"),
    ("li", "/report", "text=幸福村的报表"),
    ("zhang", "/report", "[role=alert]"),
    ("", "/v/1-aaaaaaaaaaaaaaaa", "[role=alert]"),
)


def name_of(path: str, size: tuple[int, int]) -> str:
    return f"page{urlsplit(path).path.replace('/', '-')}-{size[0]}"


@SIZES
@pytest.mark.parametrize(("who", "path", "there"), PAGES)
async def test_a_page_is_easy_to_use_for_everybody(
    browser: Browser,
    real: RealHouse,
    axe: str,
    size: tuple[int, int],
    who: str,
    path: str,
    there: str,
) -> None:
    await a_full_page(real)
    async with open_page(browser, size) as window:
        page = await opened(window, real, who, path)
        await page.locator(there).first.wait_for()
        await window.shot(f"{name_of(path, size)}-{who or 'guest'}")
        assert not await page.evaluate(WIDER)
        for details in await page.locator("details").all():
            await details.evaluate("(one) => { one.open = true; }")
        assert not await page.evaluate(WIDER)
        assert await page.evaluate(SMALLEST_TEXT) >= 18
        assert await page.evaluate(TOO_SMALL) == []
        assert await problems(page, axe) == []
        assert window.faults == []


@pytest.mark.parametrize(("who", "path", "there"), PAGES)
async def test_a_page_is_light_and_asks_no_other_host(
    browser: Browser, real: RealHouse, who: str, path: str, there: str
) -> None:
    await a_full_page(real)
    answers: list[Response] = []

    def heard(answer: Response) -> None:
        answers.append(answer)

    async with open_page(browser, SMALL) as window:
        window.page.on("response", heard)
        page = await opened(window, real, who, path)
        await page.locator(there).first.wait_for()
        weight = 0
        for answer in answers:
            assert answer.url.startswith(real.address)
            if "/photos/" not in answer.url and answer.status < 300:
                weight += len(await answer.body())
    assert weight < WEIGHT_MAX


@SIZES
async def test_a_reviewer_decides_with_the_mouse(
    browser: Browser, real: RealHouse, size: tuple[int, int]
) -> None:
    await three_claims(real)
    async with open_page(browser, size) as window:
        page = await opened(window, real, "li", "/review")
        await page.click("#c-2026-3 .pair [data-large] >> nth=1")
        await page.wait_for_selector(".large img[alt='以前 #1 的照片']")
        await window.shot(f"page-large-{size[0]}")
        await page.keyboard.press("Escape")
        await page.click("#c-2026-1 .approve button")
        await page.wait_for_selector("#said >> text=#1 张三家 生活垃圾分类投放 已通过 +1分。")
        await window.shot(f"page-said-{size[0]}")
        await page.click("#c-2026-2 [data-verdict=reject] summary")
        await page.select_option("#r-2026-2", "照片和报的事对不上")
        await page.click("#c-2026-2 [data-verdict=reject] button")
        await page.wait_for_selector("#said >> text=已驳回,原因:照片和报的事对不上。")
        await page.check("#c-2026-3 .tick input")
        await page.wait_for_selector("text=选上了 1 条。")
        await window.shot(f"page-chosen-{size[0]}")
        await page.click("text=通过选上的")
        await page.wait_for_selector("text=现在没有待审的申报。")
        assert window.faults == []


async def test_a_reviewer_decides_with_keys_alone(browser: Browser, real: RealHouse) -> None:
    await three_claims(real)
    async with open_page(browser, DESK) as window:
        page = await opened(window, real, "li", "/review")
        keys = page.keyboard
        focused = "document.activeElement.id"
        await keys.press("y")
        assert await page.evaluate(focused) == ""
        for key, card in (("j", 1), ("j", 2), ("j", 3), ("j", 3), ("k", 2)):
            await keys.press(key)
            assert await page.evaluate(focused) == f"c-2026-{card}"
        await window.shot("page-keys")
        await keys.press("z")
        await page.wait_for_selector(".large:visible")
        await keys.press("ArrowRight")
        await keys.press("Escape")
        await page.wait_for_selector(".large", state="hidden")
        await page.locator("#c-2026-2").focus()
        await keys.press("n")
        await keys.press("ArrowDown")
        await keys.press("Tab")
        await keys.type("ny")
        await keys.press("Enter")
        await page.wait_for_selector("#said >> text=#2 王桂英家 生活垃圾分类投放 已驳回,原因:ny。")
        await page.wait_for_function(f"{focused} === 'c-2026-3'")
        await keys.press("y")
        await page.wait_for_selector("#said >> text=#3 张三家 生活垃圾分类投放 已通过 +1分。")
        await keys.press("j")
        await keys.press("x")
        await page.wait_for_selector("text=选上了 1 条。")
        await page.click("text=用键盘审")
        await page.uncheck("#keys")
        await page.locator("#c-2026-1").focus()
        await keys.press("y")
        await page.reload()
        await page.locator("#c-2026-1").focus()
        await keys.press("y")
        claim = real.read(lambda b: b.claims.get(real.cast.village, ClaimKey(2026, 1)))
        assert claim.state is ClaimState.SUBMITTED
        assert window.faults == []


async def test_a_second_click_is_no_second_act(browser: Browser, real: RealHouse) -> None:
    await three_claims(real)
    async with open_page(browser, SMALL) as window:
        page = await opened(window, real, "li", "/review")
        await page.dblclick("#c-2026-1 .approve button")
        await page.wait_for_selector("#said >> text=#1 张三家 生活垃圾分类投放 已通过 +1分。")
        assert await page.locator("text=不能再改").count() == 0


@SIZES
async def test_all_of_it_works_without_script(
    browser: Browser, real: RealHouse, size: tuple[int, int]
) -> None:
    await three_claims(real)
    async with open_page(browser, size, has_script=False) as window:
        page = await opened(window, real, "li", "/review")
        await page.check("#c-2026-1 .tick input")
        await page.check("#c-2026-2 .tick input")
        await page.click("text=通过选上的")
        await page.wait_for_selector("#said >> text=#2 王桂英家 生活垃圾分类投放 已通过 +1分。")
        await page.click("#c-2026-3 [data-verdict=adjust] summary")
        await page.fill("#n-2026-3", "0.5")
        await page.fill("#y-2026-3", "只分了一半")
        await page.click("#c-2026-3 [data-verdict=adjust] button")
        await page.wait_for_selector("#said >> text=#3 张三家 生活垃圾分类投放 已通过 +0.5分")
        await page.goto(f"{real.address}/me")
        await page.wait_for_selector("text=有了积分就有名次")
    async with open_page(browser, size, has_script=False) as window:
        page = await opened(window, real, "zhang", "/me")
        await page.click("text=对 #1 有不同意见")
        await page.fill("#entries ~ .rows input[name=words] >> nth=1", "少算了")
        await page.click("#entries ~ .rows button >> nth=1")
        await page.wait_for_selector("#said p")
        await page.click("#entries ~ .rows [data-large] >> nth=0")
        await page.wait_for_url("**/photos/**")


async def test_a_villager_goes_from_page_to_talk_and_out(browser: Browser, real: RealHouse) -> None:
    await three_claims(real)
    async with open_page(browser, SMALL) as window:
        page = await opened(window, real, "zhang", "/me")
        await page.click("text=撤回 #3")
        await page.click("text=确定撤回")
        await page.wait_for_selector("#said >> text=#3 生活垃圾分类投放已撤回。")
        await window.shot("page-withdrawn")
        await page.click("text=报积分")
        await page.wait_for_selector("#send:enabled")
        assert await page.input_value("#words") == "申报 "
        await window.hears("#3 生活垃圾分类投放已撤回。")
        await page.click(".ways >> text=我家")
        await page.click("#leave button")
        await page.wait_for_selector("#code")
        await page.goto(f"{real.address}/me")
        await page.wait_for_selector("#code")
        assert window.faults == []
