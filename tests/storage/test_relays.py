"""What is carried by hand, on both databases: one tick or one sending, never both."""

import threading
from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from alembic import command
from sqlalchemy import text

from domain.mail import OUTBOX_STEPS, OutboxAction, OutboxState
from domain.membership import HouseholdId, PersonId
from domain.relay import HAND, silences
from storage import schema
from storage.doors import Room
from storage.engine import open_engine
from storage.outbox import Letter
from storage.people import Contact
from storage.unit_of_work import Books, OpenBooks
from tests.builders import ACCOUNT, NOON, a_draft
from tests.cast import COMMITTEE_ROOM, VILLAGE_ROOM, settle_in

VILLAGE = 1
LI, CHEN = PersonId(3), PersonId(4)
LATER = NOON + timedelta(minutes=12)
ROUNDS = 12


@pytest.fixture(autouse=True)
def _village(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books, now=NOON, has_rulebook=False)


def _queue(open_books: OpenBooks, *keys: str, **changes: object) -> list[int]:
    values: dict[str, object] = {"room": VILLAGE_ROOM, "village": VILLAGE}
    with open_books() as books:
        for key in keys:
            assert books.outbox.put(a_draft(key, **(values | changes)), at=NOON)
        return [x.id for x in books.relays.by_keys(VILLAGE, keys)]


def _letter(books: Books, number: int) -> Letter:
    [found] = books.relays.some(VILLAGE, (number,))
    return found


def _waiting(books: Books, *, now: object = LATER) -> list[str]:
    seen = books.relays.seen(VILLAGE)
    away = tuple(one.account for one in silences(seen, now=now))  # type: ignore[arg-type]
    found = books.relays.waiting(VILLAGE, away, accounts=tuple(seen), now=now)  # type: ignore[arg-type]
    return [letter.draft.key for letter in found]


def _bring_to(books: Books, number: int, state: OutboxState) -> None:
    """Lead a queued letter to a state by the ways there are."""
    if state is OutboxState.QUEUED:
        return
    if state is OutboxState.RELAYED:
        assert books.relays.relay(VILLAGE, (number,), by=LI, at=NOON) == (number,)
        return
    assert books.outbox.begin((number,)) == (number,)
    if state is not OutboxState.SENDING:
        books.outbox.settle(number, state, at=NOON)


ACTS: dict[OutboxAction, Callable[[Books, int], object]] = {
    OutboxAction.BEGIN: lambda b, n: b.outbox.begin((n,)),
    OutboxAction.CONFIRM: lambda b, n: b.outbox.settle(n, OutboxState.SENT, at=LATER),
    OutboxAction.DOUBT: lambda b, _: b.outbox.orphaned(ACCOUNT, at=LATER),
    OutboxAction.RETRY: lambda b, n: b.outbox.retry(n, not_before=LATER),
    OutboxAction.RELAY: lambda b, n: b.relays.relay(VILLAGE, (n,), by=CHEN, at=LATER),
    OutboxAction.TAKE_BACK: lambda b, n: b.relays.take_back(VILLAGE, n, at=LATER, since=NOON),
}
"""The acts that change a stored letter; burying is settling, as confirming is."""


@pytest.mark.parametrize(("state", "action"), list(product(OutboxState, ACTS)))
def test_stored_letters_take_only_the_steps_of_the_table(
    open_books: OpenBooks, state: OutboxState, action: OutboxAction
) -> None:
    [number] = _queue(open_books, "a")
    with open_books() as books:
        _bring_to(books, number, state)
        ACTS[action](books, number)
        assert _letter(books, number).state is OUTBOX_STEPS.get((state, action), state)


def test_letters_wait_for_a_hand_once_the_account_is_silent_for_ten_minutes(
    open_books: OpenBooks,
) -> None:
    _queue(open_books, "a", "b")
    with open_books() as books:
        books.presence.seen(ACCOUNT, at=NOON)
        assert _waiting(books, now=NOON + timedelta(minutes=9)) == []
        assert _waiting(books, now=NOON + timedelta(minutes=10)) == ["a", "b"]
        books.presence.seen(ACCOUNT, at=LATER)
        assert _waiting(books, now=LATER) == []


def test_an_account_never_heard_counts_from_its_oldest_letter(open_books: OpenBooks) -> None:
    with open_books() as books:
        assert books.relays.seen(VILLAGE) == {HAND: None}
    _queue(open_books, "a")
    with open_books() as books:
        assert books.relays.seen(VILLAGE) == {HAND: None, ACCOUNT: NOON}
        assert _waiting(books) == ["a"]


def test_rooms_by_hand_need_no_account_at_all(open_books: OpenBooks) -> None:
    with open_books() as books:
        room = Room(VILLAGE, HAND, "1.1", "villagers", "大群")
        books.rooms.bind(room, at=NOON)
        assert room in books.relays.rooms(VILLAGE)
        served = books.rooms.of_village(VILLAGE, "villagers")
        assert {one.room for one in served} == {VILLAGE_ROOM, "1.1"}
    _queue(open_books, "a", account=HAND, room="1.1")
    with open_books() as books:
        assert _waiting(books, now=NOON) == ["a"]
        books.relays.name_room(room, "幸福村大群")
        assert books.rooms.get(HAND, "1.1") == Room(VILLAGE, HAND, "1.1", "villagers", "幸福村大群")
        books.relays.close_room(room)
        assert books.rooms.get(HAND, "1.1") is None
        assert len(books.relays.rooms(VILLAGE)) == 2


def test_binding_a_room_again_keeps_its_name(open_books: OpenBooks) -> None:
    with open_books() as books:
        room = Room(VILLAGE, ACCOUNT, COMMITTEE_ROOM, "committee")
        books.relays.name_room(room, "老委员群")
        books.rooms.bind(room, at=LATER)
        found = books.rooms.get(ACCOUNT, COMMITTEE_ROOM)
        assert found is not None
        assert found.name == "老委员群"


def test_what_is_quiet_until_morning_is_not_carried_at_night(open_books: OpenBooks) -> None:
    with open_books() as books:
        draft = a_draft("a", room=VILLAGE_ROOM, village=VILLAGE)
        books.outbox.put(draft, at=NOON, not_before=LATER + timedelta(hours=8))
        books.presence.seen(ACCOUNT, at=NOON)
        assert _waiting(books) == []


def test_what_was_given_up_is_carried_though_the_account_is_up(open_books: OpenBooks) -> None:
    given_up, _ = _queue(open_books, "a", "b")
    with open_books() as books:
        books.presence.seen(ACCOUNT, at=LATER)
        _bring_to(books, given_up, OutboxState.DEAD)
        assert _waiting(books) == ["a"]
        assert _waiting(books, now=LATER + timedelta(days=31)) != ["a"]


def test_what_is_in_doubt_is_told_and_never_carried(open_books: OpenBooks) -> None:
    [number] = _queue(open_books, "a")
    with open_books() as books:
        _bring_to(books, number, OutboxState.UNCERTAIN)
        books.presence.seen(ACCOUNT, at=NOON)
        assert _waiting(books) == []
        assert [x.id for x in books.relays.in_doubt(VILLAGE, (ACCOUNT,), now=LATER)] == [number]
        later = LATER + timedelta(days=1)
        assert books.relays.in_doubt(VILLAGE, (ACCOUNT,), now=later) == ()
        assert books.relays.relay(VILLAGE, (number,), by=LI, at=LATER) == ()


def test_another_village_sees_and_ticks_nothing(open_books: OpenBooks) -> None:
    [number] = _queue(open_books, "a")
    with open_books() as books:
        assert books.relays.waiting(2, (ACCOUNT,), accounts=(ACCOUNT,), now=LATER) == ()
        assert books.relays.some(2, (number,)) == ()
        assert books.relays.by_keys(2, ("a",)) == ()
        assert books.relays.relay(2, (number,), by=LI, at=LATER) == ()
        assert books.relays.relay(VILLAGE, (number,), by=LI, at=LATER) == (number,)
        assert not books.relays.take_back(2, number, at=LATER, since=NOON)


def test_a_tick_says_who_and_when_and_is_taken_back_in_time(open_books: OpenBooks) -> None:
    [number] = _queue(open_books, "a")
    with open_books() as books:
        books.presence.seen(ACCOUNT, at=NOON)
        books.relays.relay(VILLAGE, (number,), by=LI, at=LATER)
        assert books.relays.relay(VILLAGE, (number,), by=CHEN, at=LATER) == ()
        [done] = books.relays.relayed(VILLAGE, (ACCOUNT,), since=NOON)
        assert (done.relayed_by, done.settled_at) == (LI, LATER)
        assert _waiting(books) == []
        too_late = LATER + timedelta(seconds=1)
        assert not books.relays.take_back(VILLAGE, number, at=too_late, since=too_late)
        assert books.relays.take_back(VILLAGE, number, at=LATER, since=NOON)
        assert not books.relays.take_back(VILLAGE, number, at=LATER, since=NOON)
        again = _letter(books, number)
        assert (again.state, again.relayed_by, again.settled_at) == (
            OutboxState.QUEUED,
            None,
            None,
        )
        assert _waiting(books) == ["a"]


def test_a_receipt_does_not_touch_what_was_carried(open_books: OpenBooks) -> None:
    [number] = _queue(open_books, "a", text="收到")
    with open_books() as books:
        books.relays.relay(VILLAGE, (number,), by=LI, at=LATER)
        window = timedelta(minutes=30)
        assert not books.outbox.receipt(
            ACCOUNT, target=VILLAGE_ROOM, text="收到", at=LATER, window=window
        )
        assert _letter(books, number).state is OutboxState.RELAYED


def test_only_letters_to_rooms_and_by_hand_are_counted(open_books: OpenBooks) -> None:
    _queue(open_books, "a", "b")
    _queue(open_books, "own", room=None)
    _queue(open_books, "hand", account=HAND, room=None, contact="hand:1:p1")
    with open_books() as books:
        accounts = (ACCOUNT, HAND)
        assert books.relays.count(VILLAGE, accounts, accounts=accounts, now=LATER) == 3


def test_a_person_finds_what_could_not_be_brought_to_the_phone(open_books: OpenBooks) -> None:
    [number] = _queue(open_books, "own", room=None)
    _queue(open_books, "room")
    zhang = Contact(ACCOUNT, "zhang")
    with open_books() as books:
        assert [x.draft.key for x in books.relays.unheard(zhang, since=NOON)] == ["own"]
        books.relays.relay(VILLAGE, (number,), by=LI, at=LATER)
        assert len(books.relays.unheard(zhang, since=NOON)) == 1
        assert books.relays.unheard(zhang, since=LATER) == ()
        assert books.relays.unheard(Contact(ACCOUNT, "wang"), since=NOON) == ()


def test_people_are_found_by_household_and_by_name(open_books: OpenBooks) -> None:
    with open_books() as books:
        relays = books.relays
        assert relays.members(VILLAGE, (HouseholdId(1),)) == ((1, "张三", 1),)
        assert relays.members(VILLAGE, (), name="王阿婆") == ((2, "王阿婆", 2),)
        assert relays.members(2, (HouseholdId(1),), name="王阿婆") == ()
        assert relays.houses(VILLAGE, "12") == (1,)
        assert relays.houses(2, "12") == ()
        assert relays.household(VILLAGE, 7) == 7
        assert relays.household(VILLAGE, 8) is None


def test_either_the_tick_wins_or_the_sending_and_never_both(open_books: OpenBooks) -> None:
    """The gateway comes back while somebody ticks: each letter is won by exactly one."""
    for number in range(ROUNDS):
        letters = _queue(open_books, *(f"{number}.{n}" for n in range(5)))
        start = threading.Barrier(3)
        won: dict[str, tuple[int, ...]] = {}
        faults: list[BaseException] = []

        def take(
            name: str,
            act: Callable[[Books], tuple[int, ...]],
            start: threading.Barrier = start,
            won: dict[str, tuple[int, ...]] = won,
            faults: list[BaseException] = faults,
        ) -> None:
            try:
                start.wait(10)
                with open_books() as books:
                    won[name] = act(books)
            except BaseException as fault:  # noqa: BLE001 - told to the test
                faults.append(fault)

        ids = tuple(letters)
        racers = [
            threading.Thread(target=take, args=("sending", lambda b, i=ids: b.outbox.begin(i))),
            *(
                threading.Thread(
                    target=take,
                    args=(
                        str(by),
                        lambda b, i=ids, by=by: b.relays.relay(VILLAGE, i, by=by, at=LATER),
                    ),
                )
                for by in (LI, CHEN)
            ),
        ]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join(30)
        assert faults == []
        assert sorted(n for some in won.values() for n in some) == sorted(letters)
        with open_books() as books:
            for letter in books.relays.some(VILLAGE, letters):
                expected = (
                    OutboxState.SENDING if letter.id in won["sending"] else OutboxState.RELAYED
                )
                assert letter.state is expected
                assert letter.relayed_by == next(
                    (by for by in (LI, CHEN) if letter.id in won[str(by)]), None
                )


def test_letters_that_waited_before_the_upgrade_tell_their_village(bare_url: str) -> None:
    """An older program left the village of replies out; those to a room are found by it."""
    engine = open_engine(bare_url)
    with engine.begin() as connection:
        command.upgrade(schema.config(connection), "0009")
        columns = (
            "id, key, account, room, contact, kind, text, state, queued_at, not_before, attempts,"
            " platform_id"
        )
        at = "'2026-09-16 02:00:00'"
        connection.execute(text(f"INSERT INTO village VALUES (1, 't', 'v', {at}, 0, false)"))
        connection.execute(
            text(
                "INSERT INTO room (village, account, room, purpose, bound_at)"
                f" VALUES (1, 'wechaty:bot', 'r', 'villagers', {at})"
            )
        )
        for number, (room, state) in enumerate(
            (("'r'", "queued"), ("'r'", "sent"), ("NULL", "queued"), ("'r'", "dead")), 1
        ):
            connection.execute(
                text(
                    f"INSERT INTO outbox ({columns}) VALUES ({number}, 'k{number}', 'wechaty:bot',"
                    f" {room}, 'c', 'reply', 'x', '{state}', {at}, {at}, 0, '')"
                )
            )
    schema.prepare(engine)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT id, village, relayed_by FROM outbox ORDER BY id"))
        assert [tuple(row) for row in found] == [
            (1, 1, None),
            (2, None, None),
            (3, None, None),
            (4, 1, None),
        ]
    engine.dispose()
