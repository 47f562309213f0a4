"""A real Chromium for the page: one browser, windows of a phone and of a desk."""

import io
import os
import re
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from PIL import Image, ImageDraw
from playwright.async_api import Browser, ConsoleMessage, FilePayload, Page, async_playwright

from bot.web.server import Site, web_app

PHONE = (360, 740)
DESK = (1280, 800)
SCREENS = Path("var/screens")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NETWORK = re.compile(r"net::ERR_|WebSocket connection|status of 4\d\d|status of 5\d\d")
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error("CSP violation: " + event.violatedDirective + " " + event.blockedURI);
});
"""


def chromium_path() -> str:
    """Skip on a machine without Chromium; where it is required, its lack is a failure."""
    path = shutil.which("chromium")
    if path is None:
        assert not os.environ.get("JIFEN_REQUIRE_BROWSER"), "chromium is missing"
        pytest.skip("browser: chromium is not installed")
    return path


@asynccontextmanager
async def chromium() -> AsyncGenerator[Browser]:
    """Start Chromium; it ends with the block."""
    path = chromium_path()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS])
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Window:
    """An open page and everything it complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """Complaints other than a network that the test itself took away."""
        return [text for text in self.complaints if not NETWORK.search(text)]

    async def play(self, address: str, persona: str) -> None:
        """Enter as a person of the sample village."""
        await self.page.goto(f"{address}/enter")
        await self.page.click(f"[data-persona={persona}]")
        await self.page.wait_for_selector("#send:enabled")

    async def say(self, text: str) -> None:
        """Write a line and send it."""
        await self.page.fill("#words", text)
        await self.page.click("#send")

    async def send_photo(self, photo: bytes, *, name: str = "photo.jpg") -> None:
        """Choose a photo, which sends it."""
        file = FilePayload(name=name, mimeType="image/jpeg", buffer=photo)
        await self.page.set_input_files("#photo", [file])

    async def hears(self, words: str, *, seconds: float = 10) -> None:
        """Wait until the assistant has said something that holds these words."""
        theirs = self.page.locator(".line.theirs", has_text=words)
        await theirs.last.wait_for(timeout=seconds * 1000)

    async def log_in(self, address: str, cookie: str) -> None:
        """Carry the cookie of a session."""
        await self.page.context.add_cookies([{"name": "jifen", "value": cookie, "url": address}])

    async def shot(self, name: str) -> Path:
        """Keep a picture of the window."""
        path = SCREENS / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        await self.page.screenshot(path=path)
        return path


@asynccontextmanager
async def open_page(
    browser: Browser, size: tuple[int, int] = PHONE, *, has_script: bool = True
) -> AsyncGenerator[Window]:
    """Open a window with cookies of its own, wide and tall as told (CSS pixels)."""
    width, height = size
    is_phone = width < 600
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if is_phone else 1,
        has_touch=is_phone,
        is_mobile=is_phone,
        locale="zh-CN",
        java_script_enabled=has_script,
        timezone_id="America/New_York",
    )
    await context.add_init_script(REPORT_VIOLATIONS)
    window = Window(await context.new_page())

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            window.complaints.append(message.text)

    window.page.on("console", heard)
    window.page.on("pageerror", lambda error: window.complaints.append(str(error)))
    try:
        yield window
    finally:
        await context.close()


def photo(width: int = 900, height: int = 1200) -> bytes:
    """Three bins in front of a wall."""
    picture = Image.new("RGB", (width, height), "#b9d3e8")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height * 0.7, width, height), fill="#8d8a80")
    for place, colour in enumerate(("#2f7d4f", "#3c6fb0", "#8a8f94")):
        left = width * (0.08 + 0.3 * place)
        draw.rectangle((left, height * 0.35, left + width * 0.24, height * 0.85), fill=colour)
    encoded = io.BytesIO()
    picture.save(encoded, "JPEG", quality=80)
    return encoded.getvalue()


class Served:
    """A site on a port of this machine that can be stopped and started again."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._runner = web.AppRunner(web_app(self.site), access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        await self._runner.cleanup()


@asynccontextmanager
async def served(site: Site) -> AsyncGenerator[Served]:
    server = Served(site)
    await server.start()
    try:
        yield server
    finally:
        with suppress(RuntimeError):
            await server.stop()
