"""A house of fakes, and visits to it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.web.server import web_app
from tests.web.fakes import FakeHouse
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
