"""One task looks for everybody who watches, and only while somebody does."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from bot.web.pulse import Pulse


class Source:
    """Something small that changes; counts how often it was read, and lets a test wait for it."""

    def __init__(self) -> None:
        self.value = "a"
        self.reads = 0
        self.fails = False
        self._read = asyncio.Condition()

    async def __call__(self) -> str:
        async with self._read:
            self.reads += 1
            self._read.notify_all()
        if self.fails:
            raise OSError("the database is away")
        return self.value

    async def read_again(self, times: int = 2) -> None:
        """Wait until it was read so many times more."""
        until = self.reads + times
        async with self._read:
            await self._read.wait_for(lambda: self.reads >= until)


async def nexts(many: list[AsyncGenerator[str | None]]) -> list[str | None]:
    return list(await asyncio.gather(*(anext(one) for one in many)))


async def closed(many: list[AsyncGenerator[str | None]]) -> None:
    for one in many:
        await one.aclose()


async def test_twenty_who_watch_are_told_by_one_reading() -> None:
    source = Source()
    pulse = Pulse(source, every=3600)
    many = [pulse.beats(quiet=60) for _ in range(20)]
    assert await nexts(many) == ["a"] * 20
    assert source.reads == 1
    await closed(many)


async def test_everybody_is_told_of_a_change_and_nobody_of_the_same_again() -> None:
    source = Source()
    pulse = Pulse(source, every=0)
    many = [pulse.beats(quiet=60) for _ in range(20)]
    await nexts(many)
    waiting = asyncio.create_task(nexts(many))
    await source.read_again()
    assert not waiting.done()
    source.value = "b"
    assert await waiting == ["b"] * 20
    await closed(many)


async def test_nothing_is_read_before_somebody_watches_and_after_the_last_has_left() -> None:
    source = Source()
    pulse = Pulse(source, every=0)
    many = [pulse.beats(quiet=60) for _ in range(2)]
    assert source.reads == 0
    await nexts(many)
    await many[0].aclose()
    await source.read_again()
    await many[1].aclose()
    after = source.reads
    for _ in range(20):
        await asyncio.sleep(0)
    assert source.reads == after


async def test_who_comes_back_is_told_the_present_and_not_what_was_before() -> None:
    source = Source()
    pulse = Pulse(source, every=0)
    async with aclosing(pulse.beats(quiet=60)) as first:
        assert await anext(first) == "a"
    source.value = "b"
    async with aclosing(pulse.beats(quiet=60)) as again, aclosing(pulse.beats(quiet=60)) as other:
        assert await nexts([again, other]) == ["b", "b"]


async def test_who_comes_later_is_told_at_once() -> None:
    source = Source()
    pulse = Pulse(source, every=3600)
    async with aclosing(pulse.beats(quiet=60)) as first, aclosing(pulse.beats(quiet=60)) as later:
        assert await anext(first) == "a"
        assert await anext(later) == "a"
    assert source.reads == 1


async def test_a_quiet_while_is_a_sign_of_life() -> None:
    pulse = Pulse(Source(), every=3600)
    async with aclosing(pulse.beats(quiet=0.01)) as beats:
        assert [await anext(beats) for _ in range(3)] == ["a", None, None]


async def test_a_failed_reading_is_tried_again(capsys: pytest.CaptureFixture[str]) -> None:
    source = Source()
    source.fails = True
    pulse = Pulse(source, every=0)
    async with aclosing(pulse.beats(quiet=60)) as beats:
        waiting = asyncio.ensure_future(anext(beats))
        await asyncio.sleep(0)
        await source.read_again()
        source.fails = False
        assert await waiting == "a"
    assert "pulse failed" in capsys.readouterr().out


async def test_closing_sends_everybody_away() -> None:
    pulse = Pulse(Source(), every=0)
    beats = pulse.beats(quiet=60)
    assert await anext(beats) == "a"
    waiting = asyncio.ensure_future(anext(beats))
    await asyncio.sleep(0)
    pulse.close()
    with pytest.raises(StopAsyncIteration):
        await waiting
