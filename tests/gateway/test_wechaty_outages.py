"""The Wechaty adapter when the gateway is away, frozen, killed or somebody else's."""

import asyncio
import shutil
import subprocess
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.gateways.message import Outgoing, PhotoGone, SendFailed, SendUncertain
from bot.gateways.wechaty import WechatyGateway
from bot.gateways.wechaty_client import PuppetClient
from tests.gateway.conftest import client_of, needs_npm, running
from tests.gateway.process import TOKEN, NpmGateway, shipped_authority
from tests.gateway.recorder import RecordingIntake

pytestmark = pytest.mark.gateway

ROOM = "village@chatroom"


async def test_a_killed_gateway_is_noticed_and_found_again(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.say(ROOM, "zhang", "一")
    await intake.until(lambda: intake.texts == ["一"])
    npm.kill()
    await intake.until(lambda: not wechat.is_up)
    with pytest.raises(SendFailed):
        await wechat.send(Outgoing(ROOM, None, "收到"))
    with pytest.raises(PhotoGone):
        await wechat.photo("any")
    npm.start()
    await intake.until(lambda: wechat.is_up and len(intake.outages) == 1)
    down_from, down_to = intake.outages[0]
    assert down_from < down_to
    npm.say(ROOM, "zhang", "二")
    await intake.until(lambda: intake.texts == ["一", "二"])
    assert wechat.reconnects == 1


async def test_a_frozen_gateway_is_noticed_and_comes_back_when_it_thaws(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.room(ROOM)
    npm.freeze()
    try:
        await intake.until(lambda: not wechat.is_up, 5)
        await asyncio.sleep(1.5)
    finally:
        npm.thaw()
    await intake.until(lambda: wechat.is_up and len(intake.outages) == 1)
    await asyncio.sleep(0.5)
    assert wechat.is_up
    npm.say(ROOM, "zhang", "扫地")
    await intake.until(lambda: intake.texts == ["扫地"])


async def test_a_short_standstill_is_no_outage(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.stall(400)
    npm.say(ROOM, "zhang", "扫地")
    await intake.until(lambda: intake.texts == ["扫地"])
    assert wechat.is_up
    assert intake.outages == []


async def test_a_send_into_a_frozen_gateway_is_uncertain_and_may_arrive_later(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.room(ROOM)
    npm.freeze()
    try:
        with pytest.raises(SendUncertain):
            await wechat.send(Outgoing(ROOM, None, "收到"))
        await intake.until(lambda: not wechat.is_up)
        with pytest.raises(SendFailed):
            await wechat.send(Outgoing(ROOM, None, "再次"))
    finally:
        npm.thaw()
    await intake.until(lambda: wechat.is_up)
    assert [sent["text"] for sent in npm.sent()] in ([], ["收到"])


async def test_without_a_gateway_it_waits_and_the_first_wait_counts_as_an_outage(
    npm: NpmGateway, intake: RecordingIntake
) -> None:
    npm.stop()
    gateway = client_of(npm)
    async with running(gateway, intake):
        await asyncio.sleep(0.5)
        assert not gateway.is_up
        npm.start()
        await intake.until(lambda: gateway.is_up and len(intake.outages) == 1)


async def test_an_ordinary_start_is_no_outage(
    wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    assert wechat.is_up
    assert intake.outages == []
    assert wechat.reconnects == 0
    assert wechat.last_event_at is not None


async def test_a_wrong_token_stays_down_and_keeps_trying(
    npm: NpmGateway, intake: RecordingIntake
) -> None:
    gateway = client_of(npm, token="wrong-token")
    with capture_logs() as logs:
        async with running(gateway, intake):
            await asyncio.sleep(1)
            assert not gateway.is_up
            with pytest.raises(SendFailed):
                await gateway.send(Outgoing(ROOM, None, "收到"))
    reasons = [line["reason"] for line in logs]
    assert len(reasons) >= 2
    assert set(reasons) == {"Refused: UNAUTHENTICATED"}
    assert "wrong-token" not in str(logs)


async def test_a_second_client_takes_over_when_the_first_is_gone(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    second, other = client_of(npm, name="second"), RecordingIntake()
    async with running(second, other):
        await asyncio.sleep(0.5)
        assert not second.is_up
        assert wechat.is_up


async def test_messages_that_came_before_the_stream_broke_are_not_lost(
    npm: NpmGateway, wechat: WechatyGateway, intake: RecordingIntake
) -> None:
    npm.payload("late", "slow", ms=600)
    npm.say(ROOM, "zhang", "扫地", id="late")
    await intake.until(lambda: intake.announcements == ["late"])
    npm.kill()
    await intake.until(lambda: intake.lost == ["late"])


async def test_a_stop_at_the_moment_the_line_breaks_is_a_stop(npm: NpmGateway) -> None:
    """grpclib then has two reasons to wake the caller, and keeps only its own."""
    client = PuppetClient(npm.endpoint, TOKEN, context=None)
    await client.start(5)
    npm.freeze()
    try:
        asking = asyncio.create_task(client.contact_name("zhang", 30))
        await asyncio.sleep(0.2)
        client.close()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    finally:
        npm.thaw()


async def test_tls_with_the_shipped_authority(tmp_path: Path, intake: RecordingIntake) -> None:
    needs_npm()
    authority = tmp_path / "ca.pem"
    authority.write_text(shipped_authority())
    with NpmGateway(tls=True) as npm:
        gateway = client_of(npm, tls=str(authority))
        async with running(gateway, intake):
            await intake.until(lambda: gateway.is_up)
            npm.say(ROOM, "zhang", "扫地")
            await intake.until(lambda: intake.texts == ["扫地"])


async def test_tls_refuses_a_gateway_that_the_authorities_do_not_know(
    tmp_path: Path, intake: RecordingIntake
) -> None:
    needs_npm()
    with NpmGateway(tls=True) as npm:
        for tls in ("on", "off"):
            gateway = client_of(npm, tls=tls)
            async with running(gateway, intake):
                await asyncio.sleep(0.5)
                assert not gateway.is_up


async def test_tls_with_a_certificate_of_ones_own(tmp_path: Path, intake: RecordingIntake) -> None:
    needs_npm()
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    certificate, key = _self_signed(tmp_path)
    pair = (certificate.read_text(), key.read_text())
    with NpmGateway(tls=True, certificate=pair) as npm:
        gateway = client_of(npm, tls=str(certificate))
        async with running(gateway, intake):
            await intake.until(lambda: gateway.is_up)


def _self_signed(folder: Path) -> tuple[Path, Path]:
    certificate, key = folder / "own.pem", folder / "own.key"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=gateway"
    command += " -addext subjectAltName=IP:127.0.0.1"
    subprocess.run(
        [*command.split(), "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    return certificate, key
