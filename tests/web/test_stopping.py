"""A stop: nobody who sent a form waits for work that is left to the next start."""

import asyncio

from bot.web.forms import Wish
from schedules.announcing import WEB
from tests.web.real import RealHouse


async def test_a_form_sent_while_it_stops_is_kept_and_holds_nobody_up(real: RealHouse) -> None:
    await real.house.assistant.close()
    async with asyncio.timeout(10):
        await real.house.parlour.do("visitor", Wish("w1", "我家多少分"))
    left = real.read(lambda books: books.inbox.unfinished(WEB, limit=9))
    assert [message_id for message_id, _ in left] == ["visitor:w1"]


async def test_a_form_that_waits_behind_others_is_let_go_by_the_stop(real: RealHouse) -> None:
    assistant = real.house.assistant
    first = asyncio.create_task(real.house.parlour.do("visitor", Wish("w1", "我家多少分")))
    second = asyncio.create_task(real.house.parlour.do("visitor", Wish("w2", "明细")))
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await assistant.close()
        await asyncio.gather(first, second)
