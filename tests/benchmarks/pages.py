"""First paint of each main page in a real Chromium of 360 x 640, served by the real house.

Every visit is a first one: a new window with an empty cache. The pages take turns and the best
of a few visits counts, since the machine has other things to do as well. Beside it the same browser shows one line of text
from the same house.
"""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.async_api import Browser
from rich.progress import Progress

from schedules.announcing import WEB
from storage.people import Contact
from tests.benchmarks.children import scratch
from tests.benchmarks.measures import Goal, Measure, median, progress, spread
from tests.web.browser import chromium, open_page
from tests.web.hung import a_full_board, a_month_to_confirm, board
from tests.web.real import RealHouse, a_full_page, real_house
from tests.web.relaying import a_full_relay
from tests.web.towns import Filling, fill_town, seat

SMALL: Final = (360, 640)
VISITS, VISITS_QUICK = 8, 2
GOAL: Final = Goal(300, of="value")
BOARD: Final = "/v/…"
FLOOR: Final = "/healthz"
SEEN: Final = """() => [
  performance.getEntriesByType("navigation")[0].responseEnd,
  performance.getEntriesByName("first-contentful-paint")[0].startTime,
]"""


@dataclass(frozen=True)
class Visit:
    """Milliseconds from setting out until the page has come, and until it is painted."""

    answered: float
    painted: float


@dataclass(frozen=True)
class Sight:
    """A page, who looks at it, and what stands on it."""

    path: str
    who: str
    there: str


async def a_town(real: RealHouse) -> None:
    """Let there be 36 villages, and an officer of their town."""
    with real.open_books() as books:
        fill_town(books, filling=Filling(homes=10))
        seat(books, Contact(WEB, "w-zhou"))


async def a_relay(real: RealHouse) -> None:
    """Let there be letters of every sort to carry."""
    a_full_relay(real)


Settle = Callable[[RealHouse], Awaitable[None]]
SIGHTS: Final[dict[Settle, tuple[Sight, ...]]] = {
    a_full_page: (
        Sight(FLOOR, "", "pre"),
        Sight("/chat", "zhang", "#send:enabled"),
        Sight("/me", "zhang", "#entries"),
        Sight("/review", "li", "#c-2026-2"),
    ),
    a_month_to_confirm: (Sight("/review/month", "li", "#recheck"),),
    a_full_board: (
        Sight("/review/objections", "wang", ".quote"),
        Sight(BOARD, "", "#rules"),
    ),
    a_relay: (Sight("/relay", "li", "#waiting"),),
    a_town: (Sight("/town", "w-zhou", ".tile"),),
}
"""The pages by what is in the house when they are looked at."""


def measure(*, is_quick: bool) -> list[Measure]:
    """Return the slowest page, and a line for each."""
    if shutil.which("chromium") is None:
        slowest = Measure("pages_slowest", "First paint of the slowest page", "ms", goal=GOAL)
        return [slowest.because("chromium is not installed")]
    with scratch() as folder, progress() as shown:
        return _lines(asyncio.run(_looked(folder, VISITS_QUICK if is_quick else VISITS, shown)))


async def _looked(folder: Path, visits: int, shown: Progress) -> dict[str, list[Visit]]:
    """Return the visits of each page."""
    seen: dict[str, list[Visit]] = {}
    async with AsyncExitStack() as stack:
        browser = await stack.enter_async_context(chromium())
        at = []
        for settle, sights in SIGHTS.items():
            real = await stack.enter_async_context(real_house(folder / settle.__name__))
            await settle(real)
            at += [(real, sight) for sight in sights]
        task = shown.add_task("pages: visits", total=visits * len(at))
        for _ in range(visits):
            for real, sight in at:
                seen.setdefault(sight.path, []).append(await _visit(browser, real, sight))
                shown.advance(task)
    return seen


async def _visit(browser: Browser, real: RealHouse, sight: Sight) -> Visit:
    path = board(real) if sight.path == BOARD else sight.path
    async with open_page(browser, SMALL) as window:
        if sight.who:
            await window.log_in(real.address, real.cookie(sight.who))
        await window.page.goto(real.address + path)
        await window.page.locator(sight.there).first.wait_for()
        return Visit(*await window.page.evaluate(SEEN))


def _lines(seen: dict[str, list[Visit]]) -> list[Measure]:
    floor = min(one.painted for one in seen.pop(FLOOR))
    best = {path: min(one.painted for one in visits) for path, visits in seen.items()}
    slowest = max(best, key=lambda path: best[path])
    what = f"First paint of the slowest of {len(best)} pages: {slowest}"
    where = f"best of {len(seen[slowest])} first visits, 360 x 640; beside: a line of text"
    return [
        Measure("pages_slowest", what, "ms", best[slowest], floor, GOAL, where),
        *(
            Measure(
                f"pages{path.replace('/', '_').rstrip('_…')}",
                f"First paint of {path}",
                "ms",
                best[path],
                floor,
                GOAL,
                f"{spread([one.painted for one in visits])}; "
                f"the page had come after {median([one.answered for one in visits]):.0f}",
            )
            for path, visits in seen.items()
        ),
    ]
