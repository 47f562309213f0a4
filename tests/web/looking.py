"""Looking at pages in a real Chromium: sizes, limits, what is too small, what axe finds."""

from typing import Any

import pytest
from playwright.async_api import Page

from tests.web.browser import Window
from tests.web.real import RealHouse

SMALL, DESK, WALL = (360, 640), (1280, 800), (1920, 1080)
SIZES = pytest.mark.parametrize(
    "size",
    [
        pytest.param(SMALL, id="small"),
        pytest.param(DESK, id="desk", marks=pytest.mark.slow),
        pytest.param(WALL, id="wall", marks=pytest.mark.slow),
    ],
)
"""The phone every day, desk and wall in CI."""
WEIGHT_MAX = 200_000
SERIOUS = ("serious", "critical")
TOO_SMALL = """() => [...document.querySelectorAll("button, a, summary, select, label.tick, input")]
  .filter((e) => e.checkVisibility() && !e.closest(".skip, .away") && e.type !== "hidden")
  .filter((e) => !e.closest("p") && !(e.type === "checkbox" && e.closest("label")))
  .filter((e) => { const b = e.getBoundingClientRect(); return b.width < 44 || b.height < 44; })
  .map((e) => e.outerHTML)"""
WIDER = "document.documentElement.scrollWidth > innerWidth"
SMALLEST_TEXT = """() => Math.min(...[...document.querySelectorAll("body *")]
  .filter((e) => e.checkVisibility())
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((e) => parseFloat(getComputedStyle(e).fontSize)))"""


async def opened(window: Window, real: RealHouse, who: str, path: str) -> Page:
    if who:
        await window.log_in(real.address, real.cookie(who))
    await window.page.goto(real.address + path)
    return window.page


async def problems(page: Page, axe: str) -> list[Any]:
    """Return what axe finds serious, with the first element of each."""
    await page.evaluate(axe)
    found = await page.evaluate("axe.run().then((r) => r.violations)")
    return [
        (one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"])
        for one in found
        if one["impact"] in SERIOUS
    ]


async def assert_at_the_end(page: Page) -> None:
    """Check that the newest line of the talk is seen."""
    gap = "(({scrollHeight, scrollTop, clientHeight}) => scrollHeight - scrollTop - clientHeight)"
    assert await page.evaluate(f"{gap}(document.getElementById('scroll'))") <= 1
