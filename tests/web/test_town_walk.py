"""The screens of town and district in a real Chromium: looked at, walked, live, printed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Response, expect

from domain.officer import Level
from schedules.announcing import WEB
from storage.people import Contact
from tests.web.browser import open_page
from tests.web.looking import (
    DESK,
    SIZES,
    SMALL,
    SMALLEST_TEXT,
    TOO_SMALL,
    WALL,
    WEIGHT_MAX,
    WIDER,
    opened,
    problems,
)
from tests.web.real import RealHouse
from tests.web.test_town_page import jifen
from tests.web.towns import LATE, TOWN, UNFOUNDED, Filling, fill_town, seat

pytestmark = pytest.mark.browser

SCREENS = (
    ("w-zhou", "/town", "town"),
    ("w-zhou", "/town?wall", "wall"),
    ("w-zhou", "/town/{late}", "late"),
    ("w-zhou", "/town/{empty}", "unfounded"),
    ("w-district", "/town", "district"),
    ("w-district", "/town?wall", "district-wall"),
    ("w-empty", "/town", "empty"),
    ("zhang", "/town", "refused"),
)
PAPER_PAGES_MAX = 5


@pytest.fixture
def ids(real: RealHouse) -> tuple[int, ...]:
    """36 villages, a town beside them, officers of the town, of the district, of an empty town."""
    with real.open_books() as books:
        found = fill_town(books, filling=Filling(homes=10))
        fill_town(books, town="青山镇", names=["古树", "沙湾"])
        seat(books, Contact(WEB, "w-zhou"))
        seat(books, Contact(WEB, "w-district"), area="江北区", level=Level.DISTRICT)
        seat(books, Contact(WEB, "w-empty"), area="空镇")
    return found


def at(path: str, ids: tuple[int, ...]) -> str:
    return path.format(late=ids[LATE], empty=ids[UNFOUNDED])


@SIZES
async def test_every_screen_is_readable_and_light_and_asks_no_other_host(
    browser: Browser, real: RealHouse, axe: str, ids: tuple[int, ...], size: tuple[int, int]
) -> None:
    for who, path, name in SCREENS:
        answers: list[Response] = []
        heard = _collecting(answers)
        async with open_page(browser, size) as window:
            window.page.on("response", heard)
            page = await opened(window, real, who, at(path, ids))
            await page.locator("h1").first.wait_for()
            await window.shot(f"town-{name}-{size[0]}")
            assert await _weight(answers, real.address) < WEIGHT_MAX, name
            assert not await page.evaluate(WIDER), name
            for details in await page.locator("details:visible").all():
                await details.evaluate("(one) => { one.open = true; }")
            assert not await page.evaluate(WIDER), name
            assert await page.evaluate(SMALLEST_TEXT) >= 18, name
            assert await page.evaluate(TOO_SMALL) == [], name
            assert await problems(page, axe) == [], name
            assert window.faults == [], name


def _collecting(answers: list[Response]) -> Callable[[Response], None]:
    def heard(answer: Response) -> None:
        answers.append(answer)

    return heard


async def _weight(answers: list[Response], address: str) -> int:
    """Return the bytes of all answers but the stream; each must come from us."""
    weight = 0
    for answer in answers:
        assert answer.url.startswith(address)
        weight += 0 if "/live" in answer.url else len(await answer.body())
    return weight


async def test_the_wall_shows_36_villages_at_once(
    browser: Browser, real: RealHouse, ids: tuple[int, ...]
) -> None:
    async with open_page(browser, WALL) as window:
        page = await opened(window, real, "w-zhou", "/town?wall")
        tiles = page.locator(".tile")
        await expect(tiles).to_have_count(len(ids))
        for chart in ("#months .chart", "#rates .chart", "#categories"):
            await expect(page.locator(chart)).to_be_in_viewport(ratio=0.99)
        await expect(tiles.last).to_be_in_viewport(ratio=0.99)
        await page.click("text=退出大屏")
        await expect(page.locator("body")).not_to_have_class(re.compile("wall"))


async def test_a_screen_changes_by_itself_after_another_program_commits(
    browser: Browser, real: RealHouse, ids: tuple[int, ...]
) -> None:
    async with open_page(browser, DESK) as window:
        page = await opened(window, real, "w-zhou", "/town")
        await expect(page.locator("#state")).to_have_text("数字跟着变")
        await page.locator("#months-table summary").click()
        await page.locator(f"#v{ids[0]} a").focus()
        await jifen(real, "init", "--town", TOWN, "--village", "新建村")
        tile = page.locator(".tile", has_text="新建村")
        await tile.wait_for(timeout=2_000)
        await expect(tile).to_contain_text("没有花名册")
        await expect(page.locator(".when")).to_contain_text("37个村")
        await expect(page.locator("#months-table")).to_have_attribute("open", "")
        await expect(page.locator(f"#v{ids[0]} a")).to_be_focused()
        assert window.faults == []


async def test_an_officer_who_is_dismissed_is_taken_to_the_door(
    browser: Browser, real: RealHouse, ids: tuple[int, ...]
) -> None:
    async with open_page(browser, DESK) as window:
        page = await opened(window, real, "w-zhou", f"/town/{ids[0]}")
        await expect(page.locator("#state")).to_have_text("数字跟着变")
        await jifen(real, "town", "dismiss", "1", "--reason", "调走了")
        with real.open_books() as books:
            books.households.touch_roster(ids[0])
        await page.wait_for_url("**/enter")


async def test_a_town_is_walked_by_keys_from_the_code_to_a_village_and_back(
    browser: Browser, real: RealHouse, ids: tuple[int, ...]
) -> None:
    told = await jifen(real, "town", "invite", "--town", TOWN, "--json")
    code = re.findall(r'"code": "([0-9A-Z-]+)"', told)[0]
    async with open_page(browser, SMALL) as window:
        page = window.page
        await page.goto(f"{real.address}/enter")
        await page.fill("#code", code)
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/town")
        await page.locator(f"#v{ids[LATE]} a").focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"**/town/{ids[LATE]}")
        await expect(page.locator("h1")).to_have_text("红旗村")
        await page.locator("text=回到白鹤镇").press("Enter")
        await page.wait_for_url("**/town")
        assert window.faults == []


async def test_without_script_the_figures_stand_there_and_say_how_to_get_new_ones(
    browser: Browser, real: RealHouse, ids: tuple[int, ...]
) -> None:
    async with open_page(browser, SMALL, has_script=False) as window:
        page = await opened(window, real, "w-zhou", "/town")
        await expect(page.locator(".tile")).to_have_count(len(ids))
        assert await page.locator("#print").is_hidden()
        await page.click("text=再打开一次")
        await expect(page.locator(".tile")).to_have_count(len(ids))


async def test_a_town_prints_in_black_on_a_few_sheets(
    browser: Browser, real: RealHouse, ids: tuple[int, ...], tmp_path: Path
) -> None:
    async with open_page(browser, DESK) as window:
        page = await opened(window, real, "w-zhou", "/town?wall")
        await page.emulate_media(media="print")
        await expect(page.locator(".wall-top .way")).to_be_hidden()
        ground = "getComputedStyle(document.body).backgroundColor"
        assert await page.evaluate(ground) == "rgb(255, 255, 255)"
        ink = "getComputedStyle(document.querySelector('.tile h3')).color"
        assert await page.evaluate(ink) == "rgb(25, 25, 25)"
        await page.emulate_media(media="screen")
        written = await page.pdf(path=tmp_path / "town.pdf", format="A4", landscape=True)
    assert 0 < len(re.findall(rb"/Type\s*/Page\b", written)) <= PAPER_PAGES_MAX
    assert ids
