"""Whatever the clock does and wherever a job dies: once, in time, and never for a kind that is off."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial

from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.replies.results import word
from bot.workdays import is_working
from domain.ledger import EntryKind
from domain.membership import HouseholdId
from domain.period import Month
from domain.points import Points
from schedules.due import Occasion
from schedules.jobs import Errand, NotYet, do, look, skip
from schedules.reminding import CARRIERS
from schedules.timetable import TIMETABLE, JobKind
from schedules.works import WORKS
from storage.jobs import PERIOD, JobSetting
from storage.outbox import OUTBOX
from storage.unit_of_work import OpenBooks
from storage.villages import Village
from tests.builders import a_posting
from tests.cast import SHELF, memory_books

BEGINS = datetime(2026, 9, 16, 2, tzinfo=UTC)
HOURS = st.one_of(st.integers(-30, 30), st.integers(4, 100), st.just(40 * 24))
DEATHS = st.one_of(st.none(), st.integers(1, 3))
TICKS = st.lists(st.tuples(HOURS, DEATHS), min_size=4, max_size=14)
WAITING = {JobKind.QUARTER_PUBLICATION, JobKind.YEAR_CLOSE_REMINDER, *CARRIERS}
"""What stays due: no month is ever confirmed here, and the committee hears one thing a day."""
OFF = st.sets(st.sampled_from(sorted(JobKind)), max_size=4)


class Died(Exception):  # noqa: N818 - the process is gone, nobody is told
    """The process died in the middle of a job."""


class Sayer:
    """Words a notice, and dies at the ``at``-th one."""

    def __init__(self, at: int | None) -> None:
        self._left = at

    def __call__(self, result: object) -> str:
        if self._left is not None:
            self._left -= 1
            if self._left <= 0:
                raise Died
        return word((result,))


def tick(open_books: OpenBooks, now: datetime, say: Sayer) -> None:
    """Tick as the timekeeper does; a death ends the tick."""
    with open_books() as books:
        village = books.villages.get(1)
        agenda = look(books, village, now=now, is_working=is_working)
    for occasion in agenda.missed:
        with open_books() as books:
            skip(books, village, occasion, now=now)
    for occasion in agenda.due:
        _work(open_books, village, occasion, now=now, say=say)


def _work(
    open_books: OpenBooks, village: Village, occasion: Occasion, *, now: datetime, say: Sayer
) -> None:
    try:
        with open_books() as books:
            errand = Errand(books, village, occasion.period, now, say, is_working, SHELF)
            do(errand, occasion, works=WORKS)
    except NotYet:
        return


def live(open_books: OpenBooks, ticks: list[tuple[int, int | None]], off: set[JobKind]) -> datetime:
    """Let time pass in steps, some backwards; return the last instant, at which all is caught up."""
    now = BEGINS
    with open_books() as books:
        for kind in off:
            books.jobs.set(1, kind, JobSetting(is_on=False))
        posting = a_posting(
            "test:1",
            household=HouseholdId(1),
            kind=EntryKind.AWARD,
            points=Points(300),
            effective_month=Month(2026, 9),
        )
        books.ledger.post(1, posting, at=BEGINS)
    for hours, death in ticks:
        now = max(BEGINS, now + timedelta(hours=hours))
        try:
            tick(open_books, now, Sayer(death))
        except Died:
            continue
    now += timedelta(days=1)
    tick(open_books, now, Sayer(None))
    return now


@settings(max_examples=8)
@given(TICKS, OFF)
@example([(12, 1), (1, None), (-20, 2), (40 * 24, 1), (1, None)], {JobKind.MONTH_REMINDER_FIRST})
def test_every_job_is_settled_once_and_told_once(
    ticks: list[tuple[int, int | None]], off: set[JobKind]
) -> None:
    with memory_books() as open_books:
        now = live(open_books, ticks, off)
        with open_books() as books:
            connection = books.connection
            rows = [dict(row) for row in connection.execute(select(PERIOD)).mappings()]
            keys = Counter(connection.execute(select(OUTBOX.c.key)).scalars())
            left = look(books, books.villages.get(1), now=now, is_working=is_working)
    assert not {row["kind"] for row in rows} & off
    assert max(keys.values(), default=1) == 1
    assert {one.kind for one in left.due} <= WAITING
    assert left.missed == ()
    slots = {slot.kind: slot for slot in TIMETABLE}
    for row in rows:
        late = row["settled_at"] - row["due_at"]
        assert late >= timedelta(0)
        assert row["state"] == "skipped" or late <= slots[row["kind"]].look_back
    months = Counter(key.split(":")[3] for key in keys if ":month:" in key)
    done = Counter(row["period"] for row in rows if row["kind"].startswith("month-reminder"))
    assert all(count <= done[month] for month, count in months.items())


def test_what_died_half_way_left_nothing_and_is_done_at_the_next_tick() -> None:
    day = datetime(2026, 9, 22, 2, tzinfo=UTC)
    with memory_books() as open_books:
        with open_books() as books:
            books.jobs.set(1, JobKind.REDEMPTION_DUE, JobSetting(is_on=False))
        _dies(partial(tick, open_books, day, Sayer(1)))
        with open_books() as books:
            assert books.jobs.record_of(1, JobKind.MONTH_REMINDER_FIRST, "2026-09") is None
            assert not books.connection.execute(select(OUTBOX.c.key)).scalars().all()
        tick(open_books, day, Sayer(None))
        with open_books() as books:
            record = books.jobs.record_of(1, JobKind.MONTH_REMINDER_FIRST, "2026-09")
            assert record is not None
            assert record.state == "done"
            keys = books.connection.execute(select(OUTBOX.c.key)).scalars().all()
    assert len([key for key in keys if ":month:2026-09:" in key]) == 1


def _dies(work: object) -> None:
    try:
        work()  # type: ignore[operator]
    except Died:
        return
    raise AssertionError("nothing was said, so nothing died")
