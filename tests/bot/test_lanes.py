"""Lanes: in order within one, and nothing more once closed."""

import asyncio

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
    await lanes.put(ONE, "cut off")
    waiting = asyncio.create_task(lanes.put(ONE, "no room yet"))
    await asyncio.sleep(0)
    await lanes.close()
    await lanes.put(OTHER, "too late")
    await lanes.idle()
    assert done == []
    waiting.cancel()
