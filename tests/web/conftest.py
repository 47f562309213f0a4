"""A house of fakes, and visits to it."""

import shutil
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Browser

from bot.web.server import web_app
from tests.gateway.process import HERE, GatewayUnavailable, install
from tests.web.browser import chromium
from tests.web.fakes import FakeHouse
from tests.web.real import RealHouse, real_house
from tests.web.visit import OpenClient, Visit


@pytest.fixture
async def visiting() -> AsyncIterator[OpenClient]:
    clients: list[TestClient[web.Request, web.Application]] = []

    async def open_client(house: FakeHouse) -> Visit:
        client = TestClient(TestServer(web_app(house.site)))
        await client.start_server()
        clients.append(client)
        return Visit(client)

    yield open_client
    for client in clients:
        await client.close()


@pytest.fixture
def house() -> FakeHouse:
    return FakeHouse(poll_every=0.05)


@pytest.fixture
async def visit(house: FakeHouse, visiting: OpenClient) -> Visit:
    return await visiting(house)


@pytest.fixture
async def real(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[RealHouse]:
    """A real house over a SQLite file."""
    (tmp_path / "var").mkdir()
    shutil.copy(sqlite_template, tmp_path / "var" / "jifen.db")
    async with real_house(tmp_path / "var") as opened:
        yield opened


@pytest.fixture
async def real_on_both(tmp_path: Path, database_url: str) -> AsyncIterator[RealHouse]:
    """A real house over a SQLite file, and over PostgreSQL."""
    async with real_house(tmp_path / "var", database_url) as opened:
        yield opened


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    async with chromium() as running:
        yield running


@pytest.fixture
def axe() -> str:
    try:
        install()
    except GatewayUnavailable as missing:
        pytest.skip(f"axe: {missing}")
    return (HERE / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
