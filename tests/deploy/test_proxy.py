"""The real Caddy with our Caddyfile, in front of the real house."""

import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from tests.deploy.test_files import DEPLOY, tool
from tests.gateway.process import free_port
from tests.web.real import RealHouse, real_house

WRONG = "ABCDE-23456"


@contextmanager
def caddy(house: RealHouse, home: Path) -> Iterator[tuple[str, list[str]]]:
    """Run Caddy on plain HTTP; yields its address and, after the block, its log."""
    address = f"http://127.0.0.1:{free_port()}"
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "JIFEN_DOMAIN": address,
        "JIFEN_HTTP_PORT": str(house.server.port),
    }
    log: list[str] = []
    command = [tool("caddy"), "run", "--config", str(DEPLOY / "Caddyfile"), "--adapter"]
    process = subprocess.Popen(
        [*command, "caddyfile"], env=environment, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        log.append(line)
        if "serving initial configuration" in line:
            break
    else:
        pytest.fail("".join(log))
    reading = threading.Thread(target=log.extend, args=(process.stderr,))
    reading.start()  # else Caddy stops at a full pipe
    try:
        yield address, log
    finally:
        process.kill()
        reading.join()
        process.wait()
        process.stderr.close()


async def test_the_proxy_serves_pages_and_keeps_the_inside_inside(tmp_path: Path) -> None:
    async with real_house(tmp_path / "data") as real:
        with caddy(real, tmp_path) as (address, log):
            async with ClientSession(address, cookie_jar=CookieJar(unsafe=True)) as visitor:
                async with visitor.get("/enter/link?token=of-somebody&code=ABC") as answer:
                    assert answer.status == 200
                    assert "default-src" in answer.headers["Content-Security-Policy"]
                    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
                for inside in ("/healthz", "/metrics"):
                    async with visitor.get(inside) as answer:
                        assert answer.status == 404
                        assert "outbox" not in await answer.text()
    text = "\n".join(log)
    assert "/enter/link" in text
    assert "of-somebody" not in text


async def test_the_chat_s_live_connection_passes_the_proxy(tmp_path: Path) -> None:
    async with real_house(tmp_path / "data") as real:
        with caddy(real, tmp_path) as (address, _):
            cookies = {"jifen": real.cookie("zhang")}
            async with (
                ClientSession(address, cookies=cookies) as visitor,
                visitor.ws_connect("/chat/live", headers={"Origin": address}) as live,
            ):
                opened = await live.receive_json(timeout=30)
                assert opened["lines"] == []
                await real.claim("zhang", "我家多少分")
                told = await live.receive_json(timeout=30)
                assert told["lines"]


async def test_a_visitor_cannot_choose_whose_wrong_codes_are_counted(tmp_path: Path) -> None:
    async with real_house(tmp_path / "data") as real:
        with caddy(real, tmp_path) as (address, _):
            statuses = []
            for number in range(32):
                headers = {"X-Forwarded-For": f"10.0.0.{number}"}
                async with ClientSession(address, cookie_jar=CookieJar(unsafe=True)) as visitor:
                    async with visitor.get("/enter", headers=headers) as answer:
                        found = re.search(r'name="csrf" value="([0-9a-f]+)"', await answer.text())
                    assert found is not None
                    form = {"csrf": found[1], "code": WRONG}
                    async with visitor.post("/enter/code", data=form, headers=headers) as answer:
                        statuses.append(answer.status)
    assert statuses == [422] * 30 + [429] * 2
