"""The notice board, one's own page and the review in a real Chromium: looked at, walked, printed."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Browser, Response

from tests.bot.papers.printed import pages
from tests.web.browser import open_page
from tests.web.hung import (
    a_full_board,
    a_month_to_confirm,
    board,
    many_households,
    publish,
    published,
)
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
from tests.web.real import RealHouse

pytestmark = pytest.mark.browser

Settle = Callable[[RealHouse], Awaitable[None]]
BOARD = "board"
PAGES = (
    ("", BOARD, "#rules", a_full_board),
    ("", f"{BOARD}/rules", "#E", a_full_board),
    ("", f"{BOARD}/2026-Q3", ".lines", a_full_board),
    ("zhang", "/me", "#orders", a_full_board),
    ("li", "/review", "#c-2026-3", a_full_board),
    ("li", "/review/month", "#recheck", a_month_to_confirm),
    ("wang", "/review/objections", ".quote", a_full_board),
)
NAMES = [path.strip("/").replace("/", "-") for _, path, _, _ in PAGES]
EVERY = pytest.mark.parametrize(("who", "path", "there", "settle"), PAGES, ids=NAMES)


def address(real: RealHouse, path: str) -> str:
    """Return a path with the board's own address in it."""
    return path.replace(BOARD, board(real), 1) if path.startswith(BOARD) else path


@SIZES
@EVERY
async def test_a_page_is_easy_to_use_for_everybody(
    browser: Browser,
    real: RealHouse,
    axe: str,
    size: tuple[int, int],
    who: str,
    path: str,
    there: str,
    settle: Settle,
) -> None:
    await settle(real)
    async with open_page(browser, size) as window:
        page = await opened(window, real, who, address(real, path))
        await page.locator(there).first.wait_for()
        await window.shot(f"hung-{path.strip('/').replace('/', '-')}-{size[0]}")
        for details in await page.locator("details").all():
            await details.evaluate("(one) => { one.open = true; }")
        assert not await page.evaluate(WIDER)
        assert await page.evaluate(SMALLEST_TEXT) >= 18
        assert await page.evaluate(TOO_SMALL) == []
        assert await problems(page, axe) == []
        assert window.faults == []


@EVERY
async def test_a_page_is_light_and_asks_no_other_host(
    browser: Browser, real: RealHouse, who: str, path: str, there: str, settle: Settle
) -> None:
    await settle(real)
    answers: list[Response] = []

    def heard(answer: Response) -> None:
        answers.append(answer)

    async with open_page(browser, SMALL) as window:
        window.page.on("response", heard)
        page = await opened(window, real, who, address(real, path))
        await page.locator(there).first.wait_for()
        weight = 0
        for answer in answers:
            assert answer.url.startswith(real.address)
            if "/photos/" not in answer.url and answer.status < 300:
                weight += len(await answer.body())
    assert 0 < weight < WEIGHT_MAX


@SIZES
@pytest.mark.parametrize("has_script", [True, False], ids=["script", "bare"])
async def test_anybody_reads_the_board_from_the_front_to_their_own_group(
    browser: Browser, real: RealHouse, size: tuple[int, int], *, has_script: bool
) -> None:
    many_households(real, 400)
    published(real)
    async with open_page(browser, size, has_script=has_script) as window:
        page = window.page
        await page.goto(real.address + board(real))
        await page.click("text=看全部407户")
        await page.wait_for_selector("text=第1页,共2页")
        await page.click("text=后一页")
        await page.wait_for_selector("text=第2页,共2页")
        await page.click(".jumps >> text=7组")
        await page.wait_for_selector("h3:has-text('7组')")
        assert await page.locator("tbody th:not(:has-text('7组'))").count() == 0
        await page.click(".ways >> text=积分细则")
        await page.click(".jumps >> text=人人参与")
        assert page.url.endswith("/rules#D")
        await page.click(".ways >> text=公示栏")
        await page.wait_for_selector("#objecting")
        await page.click(".ways >> text=我家")
        await page.wait_for_selector("#code")
        assert window.faults == []


async def test_the_board_is_read_with_keys_alone(browser: Browser, real: RealHouse) -> None:
    published(real)
    async with open_page(browser, DESK) as window:
        page, keys = window.page, window.page.keyboard
        await page.goto(real.address + board(real))
        await keys.press("Tab")
        await keys.press("Enter")
        focused = "document.activeElement"
        assert await page.evaluate(f"{focused}.id") == "main"
        await keys.press("Tab")
        assert await page.evaluate(f"{focused}.textContent") == "公示"
        for _ in range(5):
            await keys.press("Tab")
        assert await page.evaluate(f"{focused}.textContent") == "看全部7户"
        await keys.press("Enter")
        await page.wait_for_selector("nav[aria-label=按组看]")


async def test_a_screen_reader_hears_what_the_figures_are(
    browser: Browser, real: RealHouse
) -> None:
    await real.claim("li", "扣分 3组12号 充电起火")
    await real.claim("chen", "通过 1")
    published(real)
    async with open_page(browser, SMALL) as window:
        page = await opened(window, real, "", board(real))
        top = page.get_by_role("table", name="前几名")
        assert "—" not in await top.inner_text()
        await page.goto(f"{real.address}{board(real)}/2026-Q3")
        table = page.get_by_role("table")
        assert await table.get_by_role("columnheader").all_inner_texts() == [
            "名次",
            "哪一户",
            "本季",
            "今年",
        ]
        barred = table.get_by_role("row").filter(has_text="张*家")
        cells = await barred.get_by_role("cell").all_inner_texts()
        assert "不排名次" in cells[0]
        assert await page.get_by_role("heading", level=1).all_inner_texts() == ["幸福村公示"]


@pytest.mark.parametrize("path", ["", "/rules", "/2026-Q3"])
async def test_a_board_is_printed_without_its_buttons(
    browser: Browser, real: RealHouse, path: str
) -> None:
    many_households(real, 120)
    publish(real)
    async with open_page(browser, DESK) as window:
        page = await opened(window, real, "", board(real) + path)
        sheets = pages(await page.pdf(format="A4"))
        text = "".join(sheets)
        assert "幸福村" in text
        assert "姓名隐去了一部分" in sheets[-1]
        for button in ("我家扣", "看全部", "看每一条能得几分", "后一页", "跳到正文", "回到上面"):
            assert button not in text, button
        if path == "/2026-Q3":
            assert text.count("组") > 120
            assert len(sheets) < 8
        await page.emulate_media(media="print")
        for hidden in (".ways", ".jumps", ".main", ".skip"):
            for one in await page.locator(hidden).all():
                assert not await one.is_visible()


@SIZES
async def test_a_villager_settles_everything_beside_itself(
    browser: Browser, real: RealHouse, size: tuple[int, int]
) -> None:
    await a_full_board(real)
    async with open_page(browser, size) as window:
        page = await opened(window, real, "zhang", "/me")
        await page.click("text=取消兑换 #1")
        await page.click("text=确定取消")
        await page.wait_for_selector("#said >> text=不换了,3分退回张三家")
        await window.shot(f"hung-cancelled-{size[0]}")
        await page.click("text=同意公开姓名")
        await page.wait_for_selector("#said >> text=写您家全名“张三”")
        await page.click("button >> text=不公开姓名")
        await page.wait_for_selector("#said >> text=不写全名")
        assert window.faults == []
    async with open_page(browser, size, has_script=False) as window:
        page = await opened(window, real, "wang", "/me")
        await page.click("summary >> text=对总分有不同意见")
        await page.fill("#total", "少了一次")
        await page.click("text=提出来 >> visible=true")
        await page.wait_for_selector("#said >> text=对三季度总分有异议(3号)")
        await page.click(".ways >> text=公示")
        await page.wait_for_selector("text=有3件意见正在核实")


@SIZES
async def test_the_committee_closes_a_month_on_its_page(
    browser: Browser, real: RealHouse, size: tuple[int, int]
) -> None:
    await a_month_to_confirm(real)
    async with open_page(browser, size) as window:
        page = await opened(window, real, "li", "/review")
        await page.click(".tabs >> text=月审")
        await page.click("text=移到下月 #3")
        await page.fill("#m-2026-3", "等补材料")
        await page.click("button >> text=移到下月")
        await page.wait_for_selector("#said >> text=移到10月了,原因:等补材料。")
        await page.click("button >> text=审定2026年9月")
        await page.wait_for_selector("#said >> text=9月您已同意")
        await window.shot(f"hung-agreed-{size[0]}")
        assert window.faults == []
    async with open_page(browser, size, has_script=False) as window:
        page = await opened(window, real, "chen", "/review/month")
        await page.click("button >> text=审定2026年9月")
        await page.wait_for_selector("#said >> text=9月审定好了。")


@SIZES
async def test_two_members_answer_an_objection_on_its_page(
    browser: Browser, real: RealHouse, size: tuple[int, int]
) -> None:
    await a_full_board(real)
    async with open_page(browser, size) as window:
        page = await opened(window, real, "wang", "/review")
        await page.click(".tabs >> text=异议")
        await page.click("summary:has-text('维持 1号')")
        await page.fill("#uphold-2026-1", "照片看得清")
        await page.click("button >> text=维持 >> visible=true")
        await page.wait_for_selector("#said >> text=1号异议(张三家)处理好了:维持原来的结果。")
        await page.click("summary:has-text('更正 2号')")
        await page.select_option("#s-2026-2", "more")
        await page.fill("#p-2026-2", "2")
        await page.fill("#change-2026-2", "漏了一次")
        await page.click("button >> text=更正 >> visible=true")
        await page.wait_for_selector("#said >> text=您的意见是更正总分+2分。")
        await window.shot(f"hung-answered-{size[0]}")
        assert window.faults == []
