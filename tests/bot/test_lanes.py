"""Lanes: in order within one, and nothing more is begun once closed."""

import asyncio

import pytest

from bot import lanes as module
from bot.lanes import Lanes

ONE, OTHER = ("wechat", "room", "a"), ("wechat", "room", "b")


async def test_a_lane_keeps_the_order_and_others_pass_by() -> None:
    done: list[str] = []
    door = asyncio.Event()

    async def work(item: str) -> None:
        if item == "first":
            await door.wait()
        done.append(item)

    lanes = Lanes(work, at_once=2, waiting=10)
    for key, item in ((ONE, "first"), (ONE, "second"), (OTHER, "quick")):
        await lanes.put(key, item)
    for _ in range(5):
        await asyncio.sleep(0)
    assert done == ["quick"]
    door.set()
    await lanes.idle()
    assert done == ["quick", "first", "second"]


async def test_closed_lanes_take_no_more() -> None:
    done: list[str] = []

    async def work(item: str) -> None:
        await asyncio.sleep(0)
        done.append(item)

    lanes = Lanes(work, at_once=2, waiting=1)
    await lanes.put(ONE, "in work")
    waiting = asyncio.create_task(lanes.put(ONE, "no room yet"))
    await asyncio.sleep(0)
    await lanes.close()
    await lanes.put(OTHER, "too late")
    await lanes.idle()
    assert done == ["in work"]
    waiting.cancel()


async def test_what_is_in_work_ends_before_lanes_close_unless_it_takes_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "FINISH_SECONDS", 0.05)
    done: list[str] = []

    async def work(item: str) -> None:
        await asyncio.sleep(0.01 if item == "short" else 60)
        done.append(item)

    lanes = Lanes(work, at_once=2, waiting=10)
    for key, item in ((ONE, "short"), (ONE, "behind it"), (OTHER, "long")):
        await lanes.put(key, item)
    await asyncio.sleep(0)
    await lanes.close()
    assert done == ["short"]
