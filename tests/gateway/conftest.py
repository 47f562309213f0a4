"""The real npm gateway, skipped by name where Node is not there."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import pytest

from bot.gateways.supervisor import Timing
from bot.gateways.wechaty import WechatyGateway
from tests.gateway.process import GatewayUnavailable, NpmGateway, install
from tests.gateway.recorder import RecordingIntake

QUICK = Timing(
    ding_every=0.3,
    ding_deadline=2.0,
    call_deadline=3.0,
    name_deadline=2.0,
    photo_deadline=15.0,
    photo_silence=1.5,
    payload_pauses=(0.1, 0.2),
    patience=1.0,
    retry_low=0.05,
    retry_high=0.5,
)


def needs_npm() -> None:
    """Skip on a machine without Node; where it is required, its lack is a failure."""
    try:
        install()
    except GatewayUnavailable as missing:
        if os.environ.get("JIFEN_REQUIRE_GATEWAY"):
            raise
        pytest.skip(f"npm gateway: {missing}")


@pytest.fixture
def npm() -> Iterator[NpmGateway]:
    needs_npm()
    with NpmGateway() as gateway:
        yield gateway


@pytest.fixture
def intake() -> RecordingIntake:
    return RecordingIntake()


def client_of(npm: NpmGateway, **changes: object) -> WechatyGateway:
    settings: dict[str, object] = {
        "endpoint": npm.endpoint,
        "token": npm.token,
        "tls": "off",
        "clock": lambda: datetime.now(UTC),
        "timing": QUICK,
        **changes,
    }
    return WechatyGateway(**settings)  # type: ignore[arg-type]


@asynccontextmanager
async def running(gateway: WechatyGateway, intake: RecordingIntake) -> AsyncIterator[None]:
    task = asyncio.create_task(gateway.run(intake))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def wechat(npm: NpmGateway, intake: RecordingIntake) -> AsyncIterator[WechatyGateway]:
    gateway = client_of(npm)
    async with running(gateway, intake):
        await intake.until(lambda: gateway.is_up)
        yield gateway
