"""Delivery over real books and a carrier that notes: sent once, or marked unknown."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.mail import OutboxState
from schedules import delivery
from schedules.backlog import ROWS_AHEAD
from schedules.carrying import Undelivered, Unknown
from schedules.delivery import Delivery
from schedules.outcome import RETRY_AFTER, TRIES_MAX
from schedules.pacing import Pace, PaceRules
from schedules.parcel import BETWEEN, ROW_MAX, Parcel, parcels, stretches
from storage.outbox import Draft, Letter
from storage.performer import Act
from storage.unit_of_work import Books, OpenBooks
from tests.builders import ACCOUNT, NOON, a_draft
from tests.cast import COMMITTEE_ROOM, VILLAGE_ROOM
from tests.fakes import FakeCarrier, FixedClock

TURNS = 60


def _perform(
    open_books: OpenBooks, *, failures: list[Exception]
) -> Callable[[Act[Any]], Awaitable[Any]]:
    """Run an act at once, as the performer would; fail as often as there are failures."""

    async def perform(act: Act[Any]) -> Any:
        await asyncio.sleep(0)
        if failures:
            raise failures.pop()
        with open_books() as books:
            return act(books)

    return perform


class Post:
    """One account's delivery, its clock and its carrier."""

    def __init__(
        self,
        open_books: OpenBooks,
        carrier: FakeCarrier,
        *,
        rules: PaceRules | None = None,
    ) -> None:
        self.failures: list[Exception] = []
        self.open_books = open_books
        self.carrier = carrier
        self.clock = FixedClock(NOON)
        self.delivery = Delivery(
            ACCOUNT,
            perform=_perform(open_books, failures=self.failures),
            carrier=carrier,
            pace=Pace(rules, jitter=lambda: 0.0),
            clock=self.clock,
            merges=rules is not None,
        )

    def put(self, *keys: str, **changes: Any) -> None:
        """Queue messages."""
        with self.open_books() as books:
            for key in keys:
                assert books.outbox.put(a_draft(key, **changes), at=self.clock())

    def begin(self, *keys: str) -> None:
        """Mark messages as being sent by another process."""
        with self.open_books() as books:
            due = books.outbox.due(ACCOUNT, now=self.clock(), limit=50)
            assert books.outbox.begin(tuple(x.id for x in due if x.draft.key in keys))

    def states(self) -> dict[str, int]:
        """Count the messages in each state."""
        with self.open_books() as books:
            return books.outbox.counts()

    async def settle(self) -> None:
        """Let the delivery do all that it can do now."""
        for _ in range(TURNS):
            self.delivery.wake()
            await asyncio.sleep(0)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Deliver until the block ends."""
        task = asyncio.create_task(self.delivery.run())
        await self.settle()
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def deliver(self) -> None:
        """Deliver all that may go now."""
        async with self.running():
            await self.settle()


@pytest.fixture
def post(open_books: OpenBooks) -> Post:
    return Post(open_books, FakeCarrier())


async def test_a_message_is_sent_once(post: Post) -> None:
    post.put("a", "b")
    for _ in range(3):
        await post.deliver()
    assert post.carrier.carried == [("zhang", "回复 a"), ("zhang", "回复 b")]
    assert post.states() == {OutboxState.SENT: 2}


async def test_what_is_queued_while_it_runs_is_sent_when_it_is_woken(post: Post) -> None:
    async with post.running():
        post.put("a")
        await post.settle()
    assert [text for _, text in post.carrier.carried] == ["回复 a"]


async def test_a_send_without_an_answer_is_uncertain_and_never_sent_again(post: Post) -> None:
    post.carrier.outcomes = [Unknown()]
    post.put("a")
    for _ in range(3):
        await post.deliver()
        post.clock.advance(minutes=5)
    assert post.carrier.tried == ["回复 a"]
    assert post.states() == {OutboxState.UNCERTAIN: 1}


async def test_what_was_refused_is_tried_again_later_and_not_at_once(post: Post) -> None:
    post.carrier.outcomes = [Undelivered()]
    post.put("a")
    await post.deliver()
    assert post.states() == {OutboxState.QUEUED: 1}
    post.clock.advance(seconds=RETRY_AFTER.total_seconds() - 1)
    await post.deliver()
    assert len(post.carrier.tried) == 1
    post.clock.advance(seconds=1)
    await post.deliver()
    assert post.states() == {OutboxState.SENT: 1}


async def test_what_is_always_refused_is_given_up_in_the_end(post: Post) -> None:
    post.carrier.outcomes = [Undelivered() for _ in range(TRIES_MAX)]
    post.put("a")
    for _ in range(TRIES_MAX + 2):
        await post.deliver()
        post.clock.advance(seconds=RETRY_AFTER.total_seconds())
    assert len(post.carrier.tried) == TRIES_MAX
    assert post.states() == {OutboxState.DEAD: 1}


async def test_a_carrier_that_breaks_leaves_the_message_uncertain(post: Post) -> None:
    post.carrier.outcomes = [FileNotFoundError("the photo is gone")]
    post.put("a", "b")
    await post.deliver()
    assert post.states() == {OutboxState.UNCERTAIN: 1, OutboxState.SENT: 1}


async def test_messages_of_one_target_go_in_order(post: Post) -> None:
    post.put(*"abcde")
    await post.deliver()
    assert [text for _, text in post.carrier.carried] == [f"回复 {key}" for key in "abcde"]


async def test_what_comes_behind_a_refused_message_waits_with_it(post: Post) -> None:
    post.carrier.outcomes = [Undelivered()]
    post.put("a", "b")
    post.put("elsewhere", contact="wang")
    async with post.running():
        await post.settle()
        assert post.carrier.carried == [("wang", "回复 elsewhere")]
        post.clock.advance(seconds=RETRY_AFTER.total_seconds())
        await post.settle()
    assert [text for _, text in post.carrier.carried] == ["回复 elsewhere", "回复 a", "回复 b"]


async def test_replies_go_before_notices(post: Post) -> None:
    post.put("n", kind="notice")
    post.put("r")
    await post.deliver()
    assert [text for _, text in post.carrier.carried] == ["回复 r", "回复 n"]


async def test_nothing_is_tried_while_the_platform_is_away(post: Post) -> None:
    post.carrier.is_up = False
    post.put("a")
    await post.deliver()
    assert post.carrier.tried == []
    assert post.states() == {OutboxState.QUEUED: 1}


async def test_what_a_dead_process_was_sending_is_uncertain_at_the_start(post: Post) -> None:
    post.put("a", "b")
    post.begin("a")
    await post.deliver()
    assert post.carrier.tried == ["回复 b"]
    assert post.states() == {OutboxState.UNCERTAIN: 1, OutboxState.SENT: 1}


async def test_a_receipt_turns_uncertain_into_sent(post: Post) -> None:
    post.carrier.outcomes = [Unknown()]
    post.put("a")
    await post.deliver()
    await post.delivery.echoed(target="wang", text="回复 a", message_id="e1")
    assert post.states() == {OutboxState.UNCERTAIN: 1}
    await post.delivery.echoed(target="zhang", text="回复 a", message_id="e2")
    assert post.states() == {OutboxState.SENT: 1}


async def test_a_receipt_that_comes_before_the_answer_stands(open_books: OpenBooks) -> None:
    class Hasty(FakeCarrier):
        async def carry(self, draft: Draft, *, text: str, mentions: tuple[str, ...]) -> str:
            await post.delivery.echoed(target="zhang", text=text, message_id="e3")
            return await super().carry(draft, text=text, mentions=mentions)

    post = Post(open_books, Hasty([Unknown(), Undelivered()]))
    post.put("a", "b")
    for _ in range(3):
        await post.deliver()
        post.clock.advance(minutes=1)
    assert post.carrier.tried == ["回复 a", "回复 b"]
    assert post.states() == {OutboxState.SENT: 2}


async def test_replies_of_one_room_are_merged_while_the_pace_holds_them_back(
    open_books: OpenBooks,
) -> None:
    post = Post(open_books, FakeCarrier(), rules=PaceRules())
    post.put("a", "b", room=VILLAGE_ROOM, mention="zhang")
    post.put("c", room=VILLAGE_ROOM, contact="wang", mention="wang")
    await post.deliver()
    assert post.carrier.carried == [(VILLAGE_ROOM, BETWEEN.join(f"回复 {k}" for k in "abc"))]
    assert post.carrier.mentions == [("zhang", "wang")]
    assert post.states() == {OutboxState.SENT: 3}


async def test_a_merged_message_coming_back_is_the_receipt_of_each(open_books: OpenBooks) -> None:
    post = Post(open_books, FakeCarrier([Unknown()]), rules=PaceRules())
    post.put("a", "b", room=VILLAGE_ROOM)
    await post.deliver()
    assert post.states() == {OutboxState.UNCERTAIN: 2}
    both = BETWEEN.join(["回复 a", "回复 b"])
    await post.delivery.echoed(target=VILLAGE_ROOM, text=both, message_id="e4")
    assert post.states() == {OutboxState.SENT: 2}


async def test_the_pace_is_kept(open_books: OpenBooks) -> None:
    post = Post(open_books, FakeCarrier(), rules=PaceRules())
    post.put("a", "b")
    await post.deliver()
    assert len(post.carrier.carried) == 1
    async with post.running():
        post.clock.advance(seconds=3)
        await post.settle()
    assert len(post.carrier.carried) == 2


async def test_a_database_that_is_away_is_tried_again(open_books: OpenBooks) -> None:
    post = Post(open_books, FakeCarrier())
    async with post.running():
        post.put("a")
        post.failures.extend([OSError(), OSError()])
        await post.settle()
    assert post.failures == []
    assert post.states() == {OutboxState.SENT: 1}


async def test_of_what_another_process_has_begun_only_the_rest_is_sent(
    open_books: OpenBooks,
) -> None:
    post = Post(open_books, FakeCarrier(), rules=PaceRules())
    post.put("a", "b", room=VILLAGE_ROOM)
    with open_books() as books:
        due = books.outbox.due(ACCOUNT, now=NOON, limit=5)
        [[parcel]] = parcels(due, merges=True)
    assert parcel.of({due[1].id}) == (due[1],)
    assert parcel.of(set()) == ()


def _letter(number: int, **changes: Any) -> Letter:
    return Letter(number, a_draft(str(number), **changes), OutboxState.QUEUED, NOON, NOON, 0, None)


def _packed(*letters: Letter) -> list[list[int]]:
    return [[x.id for x in parcel.letters] for [parcel] in parcels(letters, merges=True)]


def test_when_nothing_is_merged_each_target_has_its_row_in_order() -> None:
    letters = (
        _letter(1, room=VILLAGE_ROOM),
        _letter(2, room=COMMITTEE_ROOM),
        _letter(3, room=VILLAGE_ROOM),
    )
    rows = parcels(letters, merges=False)
    assert [[x.id for p in row for x in p.letters] for row in rows] == [[1, 3], [2]]
    assert all(len(parcel.letters) == 1 for row in rows for parcel in row)
    assert _packed(*letters) == [[1, 3], [2]]


def test_direct_messages_photos_and_notices_are_not_merged_with_replies() -> None:
    assert _packed(_letter(1), _letter(2)) == [[1]]
    room = {"room": VILLAGE_ROOM}
    assert _packed(_letter(1, **room), _letter(2, photo="p", **room)) == [[1]]
    assert _packed(_letter(1, photo="p", **room), _letter(2, **room)) == [[1]]
    assert _packed(_letter(1, **room), _letter(2, kind="notice", **room)) == [[1]]


def test_at_most_five_are_merged() -> None:
    assert _packed(*(_letter(n, room=VILLAGE_ROOM) for n in range(1, 8))) == [[1, 2, 3, 4, 5]]


def _beside(*letters: Letter) -> list[list[int]]:
    row = tuple(Parcel(VILLAGE_ROOM, (letter,)) for letter in letters)
    return [[p.letters[0].id for p in stretch] for stretch in stretches(row)]


def test_only_answers_in_words_to_different_people_of_a_room_go_side_by_side() -> None:
    def told(number: int, person: str | None, **changes: Any) -> Letter:
        return _letter(number, room=VILLAGE_ROOM, mention=person, **changes)

    three = (told(1, "zhang"), told(2, "wang"), told(3, "li"))
    assert _beside(*three) == [[1, 2, 3]]
    assert _beside(*three, told(4, "wang"), told(5, "zhang")) == [[1, 2, 3], [4, 5]]
    assert _beside(told(1, "li"), told(2, None, photo="p"), told(3, "wang")) == [[1], [2], [3]]
    assert _beside(told(1, "li"), told(2, "li", photo="p"), told(3, "wang")) == [[1], [2], [3]]
    assert _beside(told(1, "li"), told(2, None, kind="notice")) == [[1], [2]]
    assert _beside(told(1, None, kind="notice"), told(2, "li"), told(3, "wang")) == [[1], [2, 3]]
    assert _beside(_letter(1, mention="li"), _letter(2, mention="wang")) == [[1], [2]]


def test_merged_answers_go_one_after_the_other() -> None:
    pair = (_letter(1, room=VILLAGE_ROOM, mention="a"), _letter(2, room=VILLAGE_ROOM, mention="b"))
    row = (Parcel(VILLAGE_ROOM, pair), Parcel(VILLAGE_ROOM, pair))
    assert stretches(row) == ((row[0],), (row[1],))


async def test_an_answer_does_not_wait_for_another_person_s_and_later_ones_wait_for_both(
    open_books: OpenBooks,
) -> None:
    gate = asyncio.Event()

    class SlowForZhang(FakeCarrier):
        async def carry(self, draft: Draft, *, text: str, mentions: tuple[str, ...]) -> str:
            if mentions == ("zhang",):
                await gate.wait()
            return await super().carry(draft, text=text, mentions=mentions)

    post = Post(open_books, SlowForZhang())
    post.put("a", room=VILLAGE_ROOM, mention="zhang")
    post.put("b", room=VILLAGE_ROOM, mention="wang")
    post.put("c", room=VILLAGE_ROOM, mention="zhang")
    post.put("d", room=VILLAGE_ROOM, kind="notice")
    async with post.running():
        assert [text for _, text in post.carrier.carried] == ["回复 b"]
        gate.set()
        await post.settle()
    assert [text for _, text in post.carrier.carried] == [f"回复 {key}" for key in "bacd"]


async def test_of_answers_side_by_side_only_the_refused_one_is_tried_again(
    open_books: OpenBooks,
) -> None:
    """The one already under way cannot be held back; what comes behind both is."""
    gate = asyncio.Event()

    class SlowToRefuse(FakeCarrier):
        async def carry(self, draft: Draft, *, text: str, mentions: tuple[str, ...]) -> str:
            if mentions == ("zhang",):
                await gate.wait()
            return await super().carry(draft, text=text, mentions=mentions)

    post = Post(open_books, SlowToRefuse())
    for key, person in {"a": "zhang", "b": "wang", "c": "zhang", "d": "wang"}.items():
        post.put(key, room=VILLAGE_ROOM, mention=person)
    async with post.running():
        post.carrier.outcomes = [Undelivered()]
        gate.set()
        await post.settle()
        assert [text for _, text in post.carrier.carried] == ["回复 b"]
        post.clock.advance(seconds=RETRY_AFTER.total_seconds())
        await post.settle()
    assert [text for _, text in post.carrier.carried] == ["回复 b", "回复 a", "回复 c", "回复 d"]


async def test_what_is_on_its_way_arrives_before_an_ordinary_stop(post: Post) -> None:
    post.carrier.gate = asyncio.Event()
    post.put("a")
    async with post.running():
        assert post.states() == {OutboxState.SENDING: 1}
        asyncio.get_running_loop().call_soon(post.carrier.gate.set)
    assert post.states() == {OutboxState.SENT: 1}


async def _along(post: Post, *keys: str, not_before: datetime | None = None) -> frozenset[str]:
    def act(books: Books) -> None:
        for key in keys:
            books.outbox.put(a_draft(key), at=post.clock(), not_before=not_before)

    perform = _perform(post.open_books, failures=post.failures)
    return (await post.delivery.along(perform, act))[1]


async def test_an_act_takes_its_replies_along_and_what_is_too_much_follows(post: Post) -> None:
    """A row is full at some number; the others are not left behind as being sent."""
    keys = [f"k{number:02}" for number in range(ROW_MAX + 3)]
    async with post.running():
        assert await _along(post, *keys) == frozenset(keys[:ROW_MAX])
        assert post.states() == {"sending": ROW_MAX, "queued": 3}
        await post.settle()
        assert [text for _, text in post.carrier.carried] == [a_draft(key).text for key in keys]
        assert post.states() == {"sent": len(keys)}


async def test_an_act_does_not_take_along_what_waits_for_the_morning(post: Post) -> None:
    async with post.running():
        await _along(post, "quiet", not_before=post.clock() + timedelta(hours=9))
        await post.settle()
        assert (post.states(), post.carrier.carried) == ({"queued": 1}, [])


async def test_what_an_act_queued_before_it_failed_is_not_sent(post: Post) -> None:
    def act(books: Books) -> None:
        books.outbox.put(a_draft("k"), at=post.clock())
        raise OSError("the disk")

    async with post.running():
        with pytest.raises(OSError, match="the disk"):
            await post.delivery.along(_perform(post.open_books, failures=[]), act)
        await post.settle()
        assert (post.states(), post.carrier.carried) == ({}, [])


async def test_a_person_does_not_wait_behind_a_room_that_is_busy(open_books: OpenBooks) -> None:
    """The room's rows stand still; what is said to a person goes past them, none is left."""
    gate = asyncio.Event()

    class SlowRoom(FakeCarrier):
        async def carry(self, draft: Draft, *, text: str, mentions: tuple[str, ...]) -> str:
            if draft.room is not None:
                await gate.wait()
            return await super().carry(draft, text=text, mentions=mentions)

    post = Post(open_books, SlowRoom())
    async with post.running():
        for number in range(50):
            post.put(f"r{number:02}", room=VILLAGE_ROOM)
        await post.settle()
        post.put("mine", contact="zhang")
        post.delivery.queued(a_draft("mine", contact="zhang"))
        await asyncio.sleep(0.05)
        assert post.carrier.carried == [("zhang", a_draft("mine").text)]
        post.put("late", room=VILLAGE_ROOM)
        post.delivery.queued(a_draft("late", room=VILLAGE_ROOM))
        gate.set()
        for _ in range(200):
            await asyncio.sleep(0)
        texts = [text for target, text in post.carrier.carried if target == VILLAGE_ROOM]
        wanted = [*(f"r{number:02}" for number in range(50)), "late"]
        assert texts == [a_draft(key).text for key in wanted]


async def test_acts_performed_together_begin_no_more_than_a_dying_process_may_leave_in_doubt(
    post: Post, open_books: OpenBooks
) -> None:
    """All run before the first is answered; some twice, since one of them fails."""
    waiting: list[asyncio.Future[None]] = []

    async def perform(act: Act[Any]) -> Any:
        with open_books() as books:
            result = act(books)
        waiting.append(asyncio.get_running_loop().create_future())
        await waiting[-1]
        return result

    async def one(number: int) -> None:
        key = f"k{number:02}"

        def act(books: Books) -> None:
            books.outbox.put(a_draft(key), at=post.clock())

        await post.delivery.along(perform, act)

    async with post.running():
        acts = [asyncio.create_task(one(number)) for number in range(30)]
        await asyncio.sleep(0)
        assert post.states() == {"sending": ROWS_AHEAD, "queued": 30 - ROWS_AHEAD}
        for future in waiting:
            future.set_result(None)
        await asyncio.gather(*acts)
        await post.settle()
        assert post.states() == {"sent": 30}
    assert [text for _, text in post.carrier.carried] == [
        a_draft(f"k{number:02}").text for number in range(30)
    ]


async def test_what_was_sent_is_written_down_once_the_database_is_back(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "IDLE_SECONDS", 0.0)
    post.carrier.gate = asyncio.Event()
    post.put("a", "b")
    async with post.running():
        assert post.states() == {"sending": 2}
        post.failures += [OSError("away"), OSError("away")]
        post.carrier.gate.set()
        await post.settle()
        assert (post.failures, post.states()) == ([], {"sent": 2})
    assert [text for _, text in post.carrier.carried] == ["回复 a", "回复 b"]


async def test_a_stop_begins_nothing_more_of_what_waits(post: Post) -> None:
    post.carrier.gate = asyncio.Event()
    keys = [f"k{number:02}" for number in range(5 * ROW_MAX)]
    post.put(*keys, room=VILLAGE_ROOM)
    async with post.running():
        under_way = post.states()["sending"]
        asyncio.get_running_loop().call_soon(post.carrier.gate.set)
    assert post.states() == {"sent": under_way, "queued": len(keys) - under_way}


async def test_a_stop_in_the_midst_of_a_look_leaves_nothing_in_doubt(
    open_books: OpenBooks,
) -> None:
    """What was begun before the stop was known is sent all the same."""
    looked = asyncio.Event()
    committed = asyncio.Event()
    post = Post(open_books, FakeCarrier())

    async def perform(act: Act[Any]) -> Any:
        with open_books() as books:
            result = act(books)
            is_begun = "sending" in books.outbox.counts()
        if is_begun and not committed.is_set():
            looked.set()
            await committed.wait()
        return result

    post.delivery = Delivery(
        ACCOUNT,
        perform=perform,
        carrier=post.carrier,
        pace=Pace(None),
        clock=post.clock,
        merges=False,
    )
    post.put("a", "b")
    task = asyncio.create_task(post.delivery.run())
    await looked.wait()
    task.cancel()
    await asyncio.sleep(0)
    committed.set()
    await asyncio.gather(task, return_exceptions=True)
    assert post.states() == {"sent": 2}
    assert [text for _, text in post.carrier.carried] == ["回复 a", "回复 b"]
