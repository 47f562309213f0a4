"""What a delivery knows of its targets: how much it reads, and what may go at once."""

from collections import deque
from datetime import timedelta

from domain.mail import OutboxState
from schedules.backlog import BATCH_MAX, ROWS_AHEAD, Backlog
from schedules.parcel import ROW_MAX, parcels, target_of
from storage.outbox import Letter
from tests.builders import NOON, a_draft

ROOM, OTHER = "village@room", "committee@room"


def letters(*rooms: str) -> tuple[Letter, ...]:
    return tuple(
        Letter(n, a_draft(f"k{n}", room=room), OutboxState.QUEUED, NOON, NOON, 0, None)
        for n, room in enumerate(rooms)
    )


def looked(backlog: Backlog, *rooms: str, going: int) -> None:
    due = letters(*rooms)
    backlog.looked(due, tuple(one.id for one in due[:going]), busy=frozenset())


def test_of_one_busy_room_no_more_is_read_than_a_row_takes() -> None:
    backlog = Backlog(merges=False)
    assert backlog.limit == BATCH_MAX
    looked(backlog, *[ROOM] * BATCH_MAX, going=ROW_MAX)
    assert backlog.limit == ROW_MAX
    looked(backlog, ROOM, OTHER, going=2)
    assert backlog.limit == BATCH_MAX


def test_where_a_pace_merges_messages_all_that_waits_is_read() -> None:
    backlog = Backlog(merges=True)
    looked(backlog, *[ROOM] * BATCH_MAX, going=ROW_MAX)
    assert backlog.limit == BATCH_MAX


def test_what_is_new_goes_at_once_unless_something_is_before_it() -> None:
    backlog = Backlog(merges=False)
    target = target_of(a_draft("k", room=ROOM))
    other = target_of(a_draft("k", room=OTHER))
    assert not backlog.is_free(target, now=NOON)  # nobody looked yet
    looked(backlog, *[ROOM] * (ROW_MAX + 1), going=ROW_MAX)
    assert not backlog.is_free(target, now=NOON)
    assert backlog.is_free(other, now=NOON)
    looked(backlog, going=0)
    assert backlog.is_free(target, now=NOON)


def test_what_failed_holds_up_its_own_target_for_a_while() -> None:
    backlog = Backlog(merges=False)
    looked(backlog, going=0)
    backlog.hold(ROOM, until=NOON + timedelta(minutes=1))
    assert backlog.busy(now=NOON) == {ROOM}
    assert not backlog.is_free(ROOM, now=NOON)
    assert backlog.is_free(OTHER, now=NOON)
    later = NOON + timedelta(minutes=2)
    assert backlog.busy(now=later) == frozenset()
    assert backlog.is_free(ROOM, now=later)


def test_a_target_with_its_rows_full_is_busy() -> None:
    backlog = Backlog(merges=False)
    looked(backlog, going=0)
    for _ in range(ROWS_AHEAD):
        assert not backlog.is_full(ROOM)
        row = parcels(letters(ROOM), merges=False)[0]
        backlog.rows.setdefault(ROOM, deque()).append(row)
    assert backlog.is_full(ROOM)
    assert backlog.busy(now=NOON) == {ROOM}
