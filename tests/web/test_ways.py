"""The ways in the frame (去哪一页): everybody finds their pages, and none that is shut to them."""

import re

import pytest
from playwright.async_api import Browser

from domain.membership import Role
from schedules.announcing import WEB
from storage.people import Contact
from storage.unit_of_work import Books
from tests.web.browser import open_page
from tests.web.hung import a_month_to_confirm
from tests.web.looking import SIZES, TOO_SMALL, WIDER, opened, problems
from tests.web.real import RealHouse
from tests.web.relaying import a_full_relay

WAY = re.compile(r'<a href="([^"]+)"')
LINK = re.compile(r'href="(/[^"#]*)"')
PHOTO = re.compile(r'(?:src|href)="(/photos/[^"]+)"')


def somebody(real: RealHouse, contact: str, *roles: Role) -> None:
    """Let there be somebody with roles and without a household."""

    def add(books: Books) -> None:
        village, now = real.cast.village, real.clock.now
        person = books.people.add(village, name="周监督", household=None, at=now)
        books.people.bind(village, Contact(WEB, contact), person, at=now)
        for role in roles:
            books.people.grant(village, person, role, at=now)

    real.read(add)


def ways(text: str) -> list[str]:
    """Return the ways above a page, the board's without its secret."""
    inside = text.partition('class="ways"')[2].partition("</nav>")[0]
    return [re.sub(r"^/v/.+", "/v", one) for one in WAY.findall(inside)]


@pytest.mark.parametrize(
    ("roles", "there"),
    [
        ((Role.SUPERVISOR,), ["/chat", "/review", "/report", "/v"]),
        ((Role.ADMINISTRATOR,), ["/chat", "/report", "/v"]),
        ((Role.COMMITTEE,), ["/chat", "/review", "/relay", "/report", "/v"]),
    ],
)
async def test_who_has_no_household_finds_the_pages_of_the_role(
    real: RealHouse, roles: tuple[Role, ...], there: list[str]
) -> None:
    somebody(real, "zhou", *roles)
    zhou = await real.person("zhou")
    text = await zhou.page("/chat")
    assert ways(text) == there
    for path in LINK.findall(text):
        await zhou.page(path)


async def test_a_villager_is_shown_no_files(real: RealHouse) -> None:
    assert ways(await (await real.person("zhang")).page("/me")) == ["/chat", "/me", "/v"]


async def test_what_a_supervisor_is_shown_of_a_month_opens(real: RealHouse) -> None:
    await a_month_to_confirm(real)
    somebody(real, "zhou", Role.SUPERVISOR)
    zhou = await real.person("zhou")
    text = await zhou.page("/review/month")
    assert len(PHOTO.findall(text)) > 2
    for path in {*PHOTO.findall(text), *LINK.findall(text)}:
        async with zhou.client.get(path) as answer:
            assert answer.status == 200, path
    assert 'href="/review"' in text


async def test_an_administrator_is_shown_no_photo(real: RealHouse) -> None:
    await a_month_to_confirm(real)
    somebody(real, "zhou", Role.ADMINISTRATOR)
    zhou = await real.person("zhou")
    async with zhou.client.get(real.photos_of(1)[0]) as answer:
        assert answer.status == 404


@pytest.mark.browser
@SIZES
async def test_the_ways_stand_in_one_line(
    browser: Browser, real: RealHouse, axe: str, size: tuple[int, int]
) -> None:
    await a_month_to_confirm(real)
    a_full_relay(real)
    somebody(real, "zhou", Role.SUPERVISOR)
    async with open_page(browser, size) as window:
        for who in ("li", "zhou"):
            page = await opened(window, real, who, "/review/month")
            await window.shot(f"ways-{who}-{size[0]}")
            tops = "[...document.querySelectorAll('.ways a')].map((a) => a.offsetTop)"
            assert ("代发 " in await page.locator(".ways").inner_text()) == (who == "li")
            assert len(set(await page.evaluate(tops))) == 1
            assert await page.evaluate(TOO_SMALL) == []
            assert not await page.evaluate(WIDER)
            assert await problems(page, axe) == []
            await page.context.clear_cookies()
