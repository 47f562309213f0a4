"""The one door for acts: committed together, undone alone, answered after the commit."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

from domain.membership import PersonId, Role
from domain.refusal import Refusal
from storage.engine import is_sqlite, open_engine
from storage.performer import Act, Performer, SingleWriter, Workers, performer_on
from storage.unit_of_work import Books, OpenBooks, books_on
from tests.builders import ACCOUNT, NOON, a_posting
from tests.cast import settle_in


class Told(Refusal):
    """A refusal of this test."""


@pytest.fixture
def performer(engine: Engine) -> Iterator[Performer]:
    with books_on(engine)() as books:
        settle_in(books, has_rulebook=False)
    opened = performer_on(engine)
    yield opened
    opened.close()


def _announce(number: int) -> Act[Any]:
    return lambda books: books.inbox.announce(ACCOUNT, f"m{number}", at=NOON)


def _fails(books: Books) -> None:
    books.inbox.announce(ACCOUNT, "undone", at=NOON)
    raise Told


async def test_the_door_is_chosen_by_the_database(engine: Engine, performer: Performer) -> None:
    assert isinstance(performer, SingleWriter if is_sqlite(engine) else Workers)


async def test_an_act_is_done_when_it_is_answered(
    performer: Performer, open_books: OpenBooks
) -> None:
    assert await performer.perform(_announce(1)) is True
    with open_books() as books:
        assert books.inbox.count(ACCOUNT) == 1
    assert await performer.perform(_announce(1)) is False


async def test_a_failing_act_undoes_itself_and_is_raised_where_it_is_awaited(
    performer: Performer, open_books: OpenBooks
) -> None:
    with pytest.raises(Told):
        await performer.perform(_fails)
    with open_books() as books:
        assert books.inbox.count(ACCOUNT) == 0


async def test_among_many_acts_a_failing_one_undoes_only_itself(
    performer: Performer, open_books: OpenBooks
) -> None:
    acts = [_fails if n % 5 == 0 else _announce(n) for n in range(40)]
    results = await asyncio.gather(*(performer.perform(a) for a in acts), return_exceptions=True)
    assert [isinstance(r, Told) for r in results] == [n % 5 == 0 for n in range(40)]
    with open_books() as books:
        assert books.inbox.count(ACCOUNT) == 32
        assert books.inbox.state(ACCOUNT, "undone") is None


async def test_postings_of_many_at_once_make_one_chain(
    performer: Performer, open_books: OpenBooks
) -> None:
    await asyncio.gather(
        *(
            performer.perform(
                lambda books, n=n: books.ledger.post(1, a_posting(f"c{n % 20}"), at=NOON)
            )
            for n in range(40)
        )
    )
    with open_books() as books:
        assert books.ledger.head(1)[0] == 20
        assert books.audit.verify(1) == ()


async def test_numbers_given_out_at_once_are_all_different(performer: Performer) -> None:
    numbers = await asyncio.gather(
        *(
            performer.perform(lambda books: books.villages.next_number(1, "claim", 2026))
            for _ in range(40)
        )
    )
    assert sorted(numbers) == list(range(1, 41))


async def test_a_code_is_used_once_by_many_at_once(
    performer: Performer, open_books: OpenBooks
) -> None:
    from storage.doors import Invitation

    invitation = Invitation(1, "d" * 64, "role", Role.COMMITTEE, NOON, None)
    with open_books() as books:
        books.codes.invite(invitation, at=NOON)
    used = await asyncio.gather(
        *(performer.perform(lambda books: books.codes.use(invitation, at=NOON)) for _ in range(10))
    )
    assert sorted(used) == [False] * 9 + [True]


class Gate:
    """Holds the writer inside an act until the test lets it go on."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.go_on = threading.Event()

    def act(self, books: Books) -> None:
        """Wait inside the transaction."""
        self.entered.set()
        assert self.go_on.wait(10)


@pytest.fixture
def memory() -> Iterator[Engine]:
    from tests.cast import memory_engine

    with memory_engine() as engine:
        yield engine


async def test_acts_that_wait_are_committed_together(memory: Engine) -> None:
    commits: list[object] = []
    event.listen(memory, "commit", commits.append)
    writer, gate = SingleWriter(memory), Gate()
    held = asyncio.ensure_future(writer.perform(gate.act))
    await asyncio.to_thread(gate.entered.wait, 10)
    waiting = [asyncio.ensure_future(writer.perform(_announce(n))) for n in range(10)]
    await asyncio.sleep(0)
    gate.go_on.set()
    await asyncio.gather(held, *waiting)
    writer.close()
    assert len(commits) == 2


async def test_acts_committed_together_have_books_of_their_own(performer: Performer) -> None:
    boxes = await asyncio.gather(
        *(performer.perform(lambda books: books.outbox) for _ in range(20))
    )
    assert len({id(box) for box in boxes}) == 20


async def test_an_attempt_within_an_attempt_undoes_only_itself(performer: Performer) -> None:
    def act(books: Books) -> list[bool]:
        with books.attempt():
            books.inbox.announce(ACCOUNT, "kept", at=NOON)
            with pytest.raises(Told), books.attempt():
                _fails(books)
            with books.attempt():
                books.inbox.announce(ACCOUNT, "also kept", at=NOON)
        keys = ("kept", "undone", "also kept")
        return [books.inbox.announce(ACCOUNT, key, at=NOON) for key in keys]

    assert await performer.perform(act) == [False, True, False]


async def test_nobody_is_answered_when_the_commit_fails(memory: Engine) -> None:
    class DiskFull(Exception):  # noqa: N818
        """The commit did not happen."""

    def refuse(_connection: object) -> None:
        raise DiskFull

    writer, gate = SingleWriter(memory), Gate()
    held = asyncio.ensure_future(writer.perform(gate.act))
    await asyncio.to_thread(gate.entered.wait, 10)
    waiting = [asyncio.ensure_future(writer.perform(_announce(n))) for n in range(3)]
    await asyncio.sleep(0)
    event.listen(memory, "commit", refuse)
    gate.go_on.set()
    results = await asyncio.gather(held, *waiting, return_exceptions=True)
    event.remove(memory, "commit", refuse)
    assert [type(r) for r in results] == [DiskFull] * 4
    assert await writer.perform(lambda books: books.inbox.count(ACCOUNT)) == 0
    writer.close()


async def test_what_waits_is_finished_before_the_writer_closes(memory: Engine) -> None:
    writer, gate = SingleWriter(memory), Gate()
    held = asyncio.ensure_future(writer.perform(gate.act))
    await asyncio.to_thread(gate.entered.wait, 10)
    waiting = asyncio.ensure_future(writer.perform(_announce(1)))
    await asyncio.sleep(0)
    closing = asyncio.ensure_future(asyncio.to_thread(writer.close))
    gate.go_on.set()
    await closing
    await held
    assert await waiting is True


async def test_who_no_longer_waits_is_not_answered_and_the_act_stands(memory: Engine) -> None:
    writer, gate = SingleWriter(memory), Gate()
    held = asyncio.ensure_future(writer.perform(gate.act))
    await asyncio.to_thread(gate.entered.wait, 10)
    given_up = asyncio.ensure_future(writer.perform(_announce(1)))
    await asyncio.sleep(0)
    given_up.cancel()
    gate.go_on.set()
    await held
    assert await writer.perform(lambda books: books.inbox.count(ACCOUNT)) == 1
    writer.close()


@pytest.mark.postgresql
async def test_the_loser_of_a_deadlock_tries_again(
    request: pytest.FixtureRequest,
) -> None:
    server = request.getfixturevalue("postgres")
    url = server.create(is_prepared=True)
    engine = open_engine(url)
    with books_on(engine)() as books:
        cast = settle_in(books, has_rulebook=False)
    workers = Workers(engine)
    meet = threading.Barrier(2, timeout=10)
    tries: list[int] = []

    def crossing(first: PersonId, second: PersonId, number: int) -> Act[Any]:
        def act(books: Books) -> int:
            tries.append(number)
            books.people.rename(1, first, f"名{number}")
            if len(tries) <= 2:
                meet.wait()
            books.people.rename(1, second, f"名{number}")
            return number

        return act

    done = await asyncio.gather(
        workers.perform(crossing(cast.zhang, cast.wang, 1)),
        workers.perform(crossing(cast.wang, cast.zhang, 2)),
    )
    workers.close()
    engine.dispose()
    server.drop(url)
    assert done == [1, 2]
    assert len(tries) > 2
