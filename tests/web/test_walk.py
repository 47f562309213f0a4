"""The walk of a newcomer: the sample village in a phone-sized window, from claim to balance."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gateway.process import free_port
from tests.pictures import jpeg
from tests.web.browser import PHONE, chromium, open_page

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 40

pytestmark = pytest.mark.browser


@pytest.fixture
def sample_village(tmp_path: Path) -> Iterator[str]:
    """`jifen run` without any setting, as `make run` starts it."""
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("JIFEN_")}
    environment |= {"JIFEN_HTTP_PORT": str(port), "JIFEN_DATA_DIR": str(tmp_path / "var")}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.cli.main", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    address = f"http://127.0.0.1:{port}"
    assert address in line
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            if answer.status == 200:
                break
    yield address
    process.terminate()
    process.wait(timeout=20)
    process.stdout.close()
    shutil.rmtree(tmp_path / "var", ignore_errors=True)


async def test_a_newcomer_claims_approves_and_asks_in_the_sample_village(
    sample_village: str,
) -> None:
    async with chromium() as browser:
        async with open_page(browser, PHONE) as zhang:
            await zhang.play(sample_village, "zhang")
            await zhang.say("申报 垃圾分类")
            await zhang.hears("还差1张照片")
            await zhang.send_photo(jpeg(5, kilobytes=120))
            await zhang.hears("收到,张三家 #1")
            await zhang.shot("walk-1-claim")
        async with open_page(browser, PHONE) as li:
            await li.play(sample_village, "li")
            await li.say("待审")
            await li.hears("待审1条")
            await li.say("看图 1")
            await li.page.wait_for_selector(".line.theirs img")
            await li.say("通过 1")
            await li.hears("#1 张三家 生活垃圾分类投放 已通过 +1分")
            await li.shot("walk-2-approve")
        async with open_page(browser, PHONE) as zhang:
            await zhang.play(sample_village, "zhang")
            await zhang.hears("审核通过,+1分")
            await zhang.say("我家多少分")
            await zhang.hears("共1分")
            await zhang.hears("排第1名")
            await zhang.shot("walk-3-balance")
            assert zhang.complaints == []
