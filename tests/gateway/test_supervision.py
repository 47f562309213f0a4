"""The parts of supervision that need no gateway: order, pauses, presence, names."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.gateways.arrivals import Arrivals, Deliver
from bot.gateways.supervisor import Backoff, Presence, keep_alive, reason_of
from bot.gateways.wechaty_names import NameBook, Names


class Fake:
    """Messages that load when told to."""

    def __init__(self) -> None:
        self.gates: dict[str, asyncio.Event] = {}
        self.delivered: list[str] = []
        self.errors: list[Exception] = []

    async def prepare(self, name: str, *, is_open: bool = True) -> Deliver | None:
        gate = self.gates.setdefault(name, asyncio.Event())
        if not is_open:
            await gate.wait()
        if name == "broken":
            raise OSError(name)

        async def deliver() -> None:
            self.delivered.append(name)

        return None if name == "twin" else deliver


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_what_loads_late_is_still_delivered_first() -> None:
    fake = Fake()
    arrivals = Arrivals(bound=8, patience=5, failed=fake.errors.append)
    await arrivals.admit(lambda: fake.prepare("first", is_open=False))
    for name in ("twin", "broken", "second"):
        await arrivals.admit(lambda name=name: fake.prepare(name))  # type: ignore[misc]
    await settle()
    assert fake.delivered == []
    fake.gates["first"].set()
    await settle()
    assert fake.delivered == ["first", "second"]
    assert [str(error) for error in fake.errors] == ["broken"]
    assert arrivals.waiting == 0


async def test_after_some_patience_the_others_pass() -> None:
    fake = Fake()
    arrivals = Arrivals(bound=8, patience=0.01, failed=fake.errors.append)
    await arrivals.admit(lambda: fake.prepare("stuck", is_open=False))
    await arrivals.admit(lambda: fake.prepare("second"))
    await arrivals.admit(lambda: fake.prepare("third"))
    await asyncio.sleep(0.1)
    assert fake.delivered == ["second", "third"]
    fake.gates["stuck"].set()
    await settle()
    assert fake.delivered == ["second", "third", "stuck"]


async def test_the_window_is_bounded_and_closing_gives_up_the_rest() -> None:
    fake = Fake()
    arrivals = Arrivals(bound=2, patience=5, failed=fake.errors.append)
    await arrivals.admit(lambda: fake.prepare("a", is_open=False))
    await arrivals.admit(lambda: fake.prepare("b", is_open=False))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await arrivals.admit(lambda: fake.prepare("c"))
    await arrivals.close()
    await settle()
    assert (arrivals.waiting, fake.delivered, fake.errors) == (0, [], [])


def test_pauses_grow_to_a_minute_and_begin_again() -> None:
    backoff = Backoff(jitter=lambda: 1.0)
    assert [backoff.next() for _ in range(9)] == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]
    backoff.reset()
    assert backoff.next() == 0.5


def test_pauses_are_never_shorter_than_half_a_second() -> None:
    backoff = Backoff(jitter=lambda: 0.0)
    assert {backoff.next() for _ in range(9)} == {0.5}


def test_an_outage_runs_from_the_last_sign_of_life_to_the_next_connection() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    presence = Presence(lambda: now)
    assert presence.connected() is None
    presence.sign()
    began = now
    now += timedelta(minutes=1)
    presence.lost()
    now += timedelta(minutes=9)
    presence.lost()
    assert not presence.is_up
    assert presence.connected() == (began, began + timedelta(minutes=10))
    assert presence.connected() is None


def test_an_outage_ends_only_when_connected_and_logged_in() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    presence = Presence(lambda: now)
    presence.connected()
    presence.logged_out()
    presence.lost()
    assert presence.connected() is None
    assert (presence.is_connected, presence.is_up) == (True, False)
    assert presence.logged_in() == (now, now)
    assert presence.is_up


async def test_every_end_of_a_session_leads_to_the_next() -> None:
    ends: list[str] = []

    async def session() -> None:
        if len(ends) == 1:
            raise ExceptionGroup("both", [OSError("secret")])
        if len(ends) == 3:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await keep_alive(
            session, backoff=Backoff(low=0, high=0), ended=lambda: ends.append("ended")
        )
    assert len(ends) == 4


async def test_a_session_that_takes_the_stop_for_a_broken_line_is_stopped_all_the_same() -> None:
    begun = asyncio.Event()

    async def session() -> None:
        is_first = not begun.is_set()
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            if is_first:
                raise OSError from None
            raise

    backoff = Backoff(low=0, high=0)
    living = asyncio.create_task(keep_alive(session, backoff=backoff, ended=lambda: None))
    await begun.wait()
    living.cancel()
    done, _ = await asyncio.wait({living}, timeout=5)
    assert done
    assert living.cancelled()


def test_the_reason_in_the_log_holds_no_text_of_the_exception() -> None:
    assert reason_of(ExceptionGroup("both", [OSError("secret")])) == "OSError"


async def test_a_name_is_asked_for_once_and_forgotten_in_time() -> None:
    asked: list[str] = []
    now = 0.0

    async def look_up(room: str | None, person: str) -> Names:
        asked.append(person)
        await asyncio.sleep(0)
        if person == "ghost":
            raise OSError
        return Names("", f"name of {person} in {room}")

    book = NameBook(look_up, size=2, seconds=10, failure_seconds=1, monotonic=lambda: now)
    found = await asyncio.gather(*(book.find("r@c", "a") for _ in range(5)))
    assert {names.shown for names in found} == {"name of a in r@c"}
    assert asked == ["a"]
    assert (await book.find("r@c", "ghost")).shown == ""
    now = 2
    await book.find("r@c", "a")
    await book.find("r@c", "ghost")
    assert asked == ["a", "ghost", "ghost"]
    book.forget("a")
    await book.find("r@c", "a")
    await book.find(None, "b")
    await book.find("r@c", "ghost")
    assert asked == ["a", "ghost", "ghost", "a", "b", "ghost"]
