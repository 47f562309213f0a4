"""A short unary call is answered by its message, and every other end of it is told apart."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvloop
from grpclib.const import Cardinality, Handler, Status
from grpclib.exceptions import GRPCError, StreamTerminatedError
from grpclib.server import Server
from wechaty_grpc.wechaty import PuppetStub
from wechaty_grpc.wechaty.puppet import MessageSendTextRequest, MessageSendTextResponse

from bot.gateways.flat_codec import FlatCodec
from bot.gateways.unary_calls import UnaryChannel, _check
from tests.gateway.process import free_port

ROUTE = "/wechaty.Puppet/MessageSendText"
Serve = Callable[[Any], Awaitable[None]]


class Service:
    """Answers one call as the test says."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve

    def __mapping__(self) -> dict[str, Handler]:
        """Return what a grpclib server asks for."""
        kinds = (MessageSendTextRequest, MessageSendTextResponse)
        return {ROUTE: Handler(self._serve, Cardinality.UNARY_UNARY, *kinds)}


@asynccontextmanager
async def talking(serve: Serve) -> AsyncGenerator[tuple[Server, UnaryChannel]]:
    """Give a server on a port of its own and a channel to it."""
    port = free_port()
    server = Server([Service(serve)])
    await server.start("127.0.0.1", port)
    channel = UnaryChannel("127.0.0.1", port, codec=FlatCodec())
    try:
        yield server, channel
    finally:
        channel.close()
        server.close()
        await server.wait_closed()


async def say(channel: UnaryChannel, text: str, *, within: float | None = None) -> str:
    """Call the server with some words; return the id it answers with."""
    stub = PuppetStub(channel, timeout=within, metadata={"authorization": "of the tests"})
    sent = await stub.message_send_text(conversation_id="room", text=text, mentonal_ids=[])
    return str(sent.id)


async def echo(stream: Any) -> None:
    """Answer with the words that came."""
    asked = await stream.recv_message()
    await stream.send_message(MessageSendTextResponse(id=asked.text))


async def test_the_answer_is_used_before_the_call_ends() -> None:
    end = asyncio.Event()
    ended: list[str] = []

    async def slowly(stream: Any) -> None:
        await echo(stream)
        await end.wait()
        ended.append("call")

    async with talking(slowly) as (_, channel):
        assert await say(channel, "early") == "early"
        assert ended == []
        end.set()
        await asyncio.sleep(0.05)
        assert ended == ["call"]
        assert await say(channel, "again") == "again"


async def test_of_many_calls_at_once_each_gets_its_own_answer() -> None:
    async with talking(echo) as (_, channel):
        words = [f"第{n}句" for n in range(300)]
        assert await asyncio.gather(*(say(channel, one) for one in words)) == words


async def test_more_calls_than_the_server_takes_at_once_wait_for_those_that_end() -> None:
    async def late(stream: Any) -> None:
        await echo(stream)
        await asyncio.sleep(0.2)

    async with talking(late) as (_, channel), asyncio.timeout(20):
        words = [f"{n}" for n in range(250)]
        assert await asyncio.gather(*(say(channel, one) for one in words)) == words


def test_the_loop_of_the_server_carries_them_as_well() -> None:
    async def ask() -> list[str]:
        async with talking(echo) as (_, channel):
            return await asyncio.gather(*(say(channel, f"{n}") for n in range(50)))

    assert uvloop.run(ask()) == [f"{n}" for n in range(50)]


async def test_long_words_go_through_the_windows_of_the_line() -> None:
    async with talking(echo) as (_, channel):
        words = "长" * 900_000
        assert await say(channel, words) == words


@pytest.mark.parametrize("status", [Status.UNAUTHENTICATED, Status.INTERNAL, Status.UNAVAILABLE])
async def test_a_refusal_is_told_with_its_status(status: Status) -> None:
    async def refuse(stream: Any) -> None:
        await stream.recv_message()
        raise GRPCError(status, "不行")

    async with talking(refuse) as (_, channel):
        with pytest.raises(GRPCError) as refused:
            await say(channel, "请")
        assert (refused.value.status, refused.value.message) == (status, "不行")


async def test_an_unknown_method_is_refused_and_the_line_lives_on() -> None:
    async with talking(echo) as (_, channel):
        with pytest.raises(GRPCError) as refused:
            await PuppetStub(channel).message_payload(id="1")
        assert refused.value.status is Status.UNIMPLEMENTED
        assert await say(channel, "还在") == "还在"


async def test_a_call_that_ends_well_without_an_answer_is_no_answer() -> None:
    async def silent(stream: Any) -> None:
        await stream.recv_message()
        line = stream._stream  # noqa: SLF001 - grpclib's server does not let one do this
        await line.send_headers([(":status", "200"), ("content-type", "application/grpc")])
        await line.send_headers([("grpc-status", "0")], end_stream=True)
        await asyncio.Event().wait()

    async with talking(silent) as (_, channel):
        with pytest.raises(AssertionError):
            await say(channel, "喂")


async def test_a_call_that_the_server_takes_back_ends_as_broken() -> None:
    async def take_back(stream: Any) -> None:
        await stream.recv_message()
        await stream.cancel()

    async with talking(take_back) as (_, channel):
        with pytest.raises(StreamTerminatedError):
            await say(channel, "喂")


async def hang(stream: Any) -> None:
    """Hear the question and never answer."""
    await stream.recv_message()
    await asyncio.Event().wait()


async def test_a_line_that_breaks_ends_every_call_on_it_at_once() -> None:
    async with talking(hang) as (_, channel):
        calls = [asyncio.create_task(say(channel, "喂")) for _ in range(5)]
        await asyncio.sleep(0.1)
        begun = time.monotonic()
        channel.close()
        ends = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(end) for end in ends] == [StreamTerminatedError] * 5
        assert all(call.cancelling() == 0 for call in calls)
        assert time.monotonic() - begun < 5


async def test_who_is_stopped_while_the_line_breaks_stays_stopped() -> None:
    async with talking(hang) as (_, channel):
        for first in ("break", "stop"):
            call = asyncio.create_task(say(channel, "喂"))
            await asyncio.sleep(0.1)
            if first == "stop":
                call.cancel()
            channel.close()
            if first == "break":
                call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call


async def test_a_deadline_around_a_call_on_a_broken_line_is_not_left_behind() -> None:
    async with talking(hang) as (_, channel):

        async def ask() -> str:
            async with asyncio.timeout(30):
                return await say(channel, "喂")

        call = asyncio.create_task(ask())
        await asyncio.sleep(0.1)
        channel.close()
        with pytest.raises(StreamTerminatedError):
            await call


async def test_who_stops_waiting_lets_the_server_know() -> None:
    heard: list[str] = []

    async def watch(stream: Any) -> None:
        try:
            await hang(stream)
        except asyncio.CancelledError:
            heard.append("stopped")
            raise

    async with talking(watch) as (_, channel):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await say(channel, "喂")
        await asyncio.sleep(0.1)
        assert heard == ["stopped"]


async def test_a_call_with_a_deadline_of_its_own_goes_the_long_way() -> None:
    async with talking(hang) as (_, channel):
        with pytest.raises(asyncio.TimeoutError):
            await say(channel, "喂", within=0.1)
    async with talking(echo) as (_, channel):
        assert await say(channel, "到", within=10) == "到"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({":status": "502"}, Status.UNAVAILABLE),
        ({":status": "404"}, Status.UNKNOWN),
        ({}, Status.UNKNOWN),
        ({":status": "200", "content-type": "text/html"}, Status.UNKNOWN),
        (
            {":status": "200", "content-type": "application/grpc", "grpc-status": "99"},
            Status.UNKNOWN,
        ),
        (
            {":status": "200", "content-type": "application/grpc", "grpc-status": "14"},
            Status.UNAVAILABLE,
        ),
    ],
)
def test_what_is_no_answer_of_a_grpc_server_is_refused(
    headers: dict[str, str], status: Status
) -> None:
    with pytest.raises(GRPCError) as refused:
        _check(headers)
    assert refused.value.status is status


def test_what_went_well_passes() -> None:
    _check({":status": "200", "content-type": "application/grpc+proto"})
