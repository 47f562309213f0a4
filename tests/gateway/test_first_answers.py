"""A call is answered by its message; what follows the message is let come."""

import asyncio
import gc
from typing import Any

import pytest
from grpclib.const import Status
from grpclib.events import RecvMessage
from grpclib.exceptions import GRPCError, StreamTerminatedError

from bot.gateways import first_answers
from bot.gateways.first_answers import first_answer


async def come(message: object) -> None:
    """Let a message come within a call, as the channel tells of it."""
    event = RecvMessage.__new__(RecvMessage)
    event.message = message
    await first_answers._received(event)  # noqa: SLF001 - what the channel calls


async def test_the_answer_is_there_with_the_message_and_the_call_ends_later() -> None:
    end = asyncio.Event()
    ended: list[str] = []

    async def call() -> str:
        await come("early")
        await end.wait()
        ended.append("call")
        return "late"

    assert await first_answer(call()) == "early"
    assert ended == []
    end.set()
    await asyncio.sleep(0.01)
    assert ended == ["call"]


async def test_of_several_calls_each_gets_its_own_message() -> None:
    async def call(number: int) -> int:
        await asyncio.sleep(0.001 * (5 - number))
        await come(number)
        await asyncio.sleep(0.01)
        return -1

    assert await asyncio.gather(*(first_answer(call(n)) for n in range(5))) == list(range(5))


async def test_a_call_without_a_message_ends_in_what_it_returns_or_raises() -> None:
    async def returns() -> str:
        await asyncio.sleep(0)
        return "plain"

    async def refused() -> str:
        await asyncio.sleep(0)
        raise GRPCError(Status.INTERNAL, "no")

    async def cut() -> str:
        raise asyncio.CancelledError

    assert await first_answer(returns()) == "plain"
    with pytest.raises(GRPCError):
        await first_answer(refused())
    with pytest.raises(StreamTerminatedError):
        await first_answer(cut())


async def test_a_failure_behind_the_message_changes_nothing_and_is_not_complained_of() -> None:
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, told: complaints.append(told))

    async def call() -> str:
        await come("good")
        raise StreamTerminatedError("gone")

    assert await first_answer(call()) == "good"
    await asyncio.sleep(0.01)
    gc.collect()
    assert complaints == []


async def test_who_stops_waiting_stops_the_call() -> None:
    stopped: list[str] = []

    async def call() -> str:
        try:
            await asyncio.sleep(60)
        finally:
            stopped.append("call")
        return "never"

    waiting = asyncio.create_task(first_answer(call()))
    await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert stopped == ["call"]
