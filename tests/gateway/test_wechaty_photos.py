"""Photos fetched early are asked for once, and what failed early is asked for again."""

import asyncio
from typing import Any, cast

import pytest

from bot.gateways.message import PhotoGone
from bot.gateways.supervisor import Timing
from bot.gateways.wechaty_client import CallFailed, PuppetClient
from bot.gateways.wechaty_photos import AHEAD_MOST, Photos


class Line:
    """Stands where the client does: gives what was laid down, and counts what was asked for."""

    def __init__(self, *answers: bytes | CallFailed) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def image(self, message_id: str, *_: Any, **__: Any) -> bytes:
        self.asked.append(message_id)
        await self.gate.wait()
        answer = self.answers.pop(0) if self.answers else b"picture"
        if isinstance(answer, CallFailed):
            raise answer
        return answer


def photos_on(line: Line) -> Photos:
    return Photos(line=lambda: cast("PuppetClient", line), timing=Timing())


async def test_what_is_fetched_early_is_fetched_once() -> None:
    line = Line()
    photos = photos_on(line)
    photos.begin("m1")
    photos.begin("m1")
    assert await photos.get("m1") == b"picture"
    assert line.asked == ["m1"]
    assert await photos.get("m1") == b"picture"  # asked for again after a crash
    assert line.asked == ["m1", "m1"]


async def test_what_failed_too_early_is_fetched_again() -> None:
    line = Line(CallFailed("not yet"), CallFailed("not yet"))
    photos = photos_on(line)
    photos.begin("m1")
    assert await photos.get("m1") == b"picture"


async def test_a_photo_that_is_gone_is_told() -> None:
    line = Line(*(CallFailed("gone") for _ in range(4)))
    photos = photos_on(line)
    photos.begin("m1")
    with pytest.raises(PhotoGone):
        await photos.get("m1")


async def test_only_a_few_wait_in_memory() -> None:
    line = Line()
    line.gate.clear()
    photos = photos_on(line)
    for number in range(AHEAD_MOST + 3):
        photos.begin(f"m{number}")
    await asyncio.sleep(0)
    assert len(line.asked) == AHEAD_MOST
    photos.drop("m0")
    photos.begin("m9")
    await asyncio.sleep(0)
    assert line.asked[-1] == "m9"
    line.gate.set()
    photos.close()
    assert await photos.get("m1") == b"picture"


async def test_whoever_is_cancelled_while_waiting_leaves_nothing_behind() -> None:
    line = Line()
    line.gate.clear()
    photos = photos_on(line)
    photos.begin("m1")
    waiting = asyncio.create_task(photos.get("m1"))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.sleep(0)
    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []
