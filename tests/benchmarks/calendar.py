"""The calendar: a publication of 1,000 households, and a tick over 36 villages with nothing due.

The villages have been at it for months: what was settled in the last 120 days is looked through.
"""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.assistant import Exits
from bot.timekeeper import Timekeeper
from bot.workdays import is_working
from domain.ledger import EntryKind, Posting
from domain.membership import HouseholdId, PersonId
from domain.period import Quarter, month_of, village_day
from domain.points import Points
from schedules import publication
from schedules.due import agenda
from schedules.jobs import LOOK_BACK_MOST, Errand
from schedules.timetable import TIMETABLE
from storage.engine import open_engine, sqlite_url
from storage.jobs import JobRecord
from storage.ledger import REVIEW
from storage.performer import performer_on
from storage.schema import prepare
from storage.unit_of_work import Books, OpenBooks, books_on
from storage.villages import HOUSEHOLD
from tests.benchmarks.children import SCRATCH
from tests.benchmarks.measures import Goal, Measure, median, spread
from tests.cast import SHELF
from tests.fakes import FixedClock
from tests.gateway.village import settle

MANY, FEW = 1_000, 100
VILLAGES: Final = 36
TIMES, TIMES_QUICK = 30, 6
WARM: Final = 3
GOAL_PUBLICATION: Final = Goal(1_000, of="value")
GOAL_PUBLICATION_GROWTH: Final = Goal(15)
GOAL_TICK: Final = Goal(50, of="value")
GOAL_TICK_GROWTH: Final = Goal(40)


def measure(*, is_quick: bool) -> list[Measure]:
    """Return both times, each against a smaller one of its kind."""
    SCRATCH.mkdir(parents=True, exist_ok=True)
    times = TIMES_QUICK if is_quick else TIMES
    many, few = (_publications(n, times) for n in (MANY, FEW))
    town, village = (_ticks(n, times) for n in (VILLAGES, 1))
    shown = f"Publication of {MANY:,} households: figures, places, digest, lines"
    ticked = f"Tick over {VILLAGES} villages with nothing due"
    detail = f"{MANY:,}: {spread(many)}; {FEW}: {spread(few)}; SQLite file"
    ticks = f"{VILLAGES}: {spread(town)}; 1: {spread(village)}; SQLite file"
    return [
        Measure("publication", shown, "ms", median(many), None, GOAL_PUBLICATION, detail),
        Measure(
            "publication_growth",
            f"{shown}, against {FEW}",
            "ms",
            median(many),
            median(few),
            GOAL_PUBLICATION_GROWTH,
            detail,
        ),
        Measure("tick", ticked, "ms", median(town), None, GOAL_TICK, ticks),
        Measure(
            "tick_growth",
            f"{ticked}, against 1",
            "ms",
            median(town),
            median(village),
            GOAL_TICK_GROWTH,
            ticks,
        ),
    ]


def _fresh(name: str) -> Path:
    path = SCRATCH / f"calendar-{name}.db"
    for old in SCRATCH.glob(f"calendar-{name}.db*"):
        old.unlink()
    return path


def _publications(households: int, times: int) -> list[float]:
    """Prepare the publication of last quarter again and again; returns milliseconds."""
    url = sqlite_url(_fresh(f"publication-{households}"))
    village = settle(url, households=households)
    engine = open_engine(url)
    open_books = books_on(engine)
    now = datetime.now(UTC)
    quarter = month_of(village_day(now)).quarter.previous()
    with open_books() as books:
        _earn(books, village, quarter, now)
    taken = []
    for turn in range(WARM + times):
        begun = time.perf_counter()
        lines = _published(open_books, village, quarter, now)
        if turn >= WARM:
            taken.append((time.perf_counter() - begun) * 1e3)
        assert lines > households, lines
        with open_books() as books:
            newest = books.publications.newest(village, quarter)
            assert newest is not None
            books.publications.drop_unseen(village, newest)
    engine.dispose()
    return taken


def _earn(books: Books, village: int, quarter: Quarter, now: datetime) -> None:
    """Let every household have an award in each month of the quarter, and confirm the months."""
    since = quarter.months[0].first_day
    books.connection.execute(HOUSEHOLD.update().values(eligible_since=since))
    for month in quarter.months:
        row = {"village": village, "month": str(month), "confirmed_at": now}
        books.connection.execute(REVIEW.insert().values(row))
    for home in books.households.all(village):
        for month in quarter.months:
            posting = Posting(
                household=HouseholdId(home.id),
                kind=EntryKind.AWARD,
                points=Points(5 + home.id * 31 % 400),
                cause=f"bench:{home.id}:{month}",
                effective_month=month,
                actors=(PersonId(1),),
                reason="",
                item="A101",
            )
            books.ledger.post(village, posting, at=now)


def _published(open_books: OpenBooks, village: int, quarter: Quarter, now: datetime) -> int:
    with open_books() as books:
        errand = Errand(books, books.villages.get(village), "", now, str, is_working, SHELF)
        edition, is_new = publication.prepare(errand, quarter)
    assert is_new
    assert edition.snapshot.participating == edition.snapshot.eligible
    return len(edition.snapshot.lines)


def _ticks(villages: int, times: int) -> list[float]:
    """Tick over villages whose calendar is settled; returns milliseconds."""
    engine = open_engine(sqlite_url(_fresh(f"ticks-{villages}")))
    prepare(engine)
    now = datetime.now(UTC)
    with books_on(engine)() as books:
        for number in range(1, villages + 1):
            began = now - timedelta(days=300)
            village = books.villages.add(town="示范镇", name=f"村{number}", at=began).id
            _settle_calendar(books, village, now)
    taken = asyncio.run(_tick(engine_url=str(engine.url), now=now, times=times))
    engine.dispose()
    return taken


def _settle_calendar(books: Books, village: int, now: datetime) -> None:
    """Note as done whatever was due in the days that a tick looks back to."""
    since = now - LOOK_BACK_MOST
    at = since
    settled: set[tuple[str, str]] = set()
    while True:
        found = agenda(TIMETABLE, {}, now=at, since=since, settled=settled, is_working=is_working)
        for one in (*found.due, *found.missed):
            settled.add(one.key)
            record = JobRecord(one.kind, one.period, "done", one.at, at, "")
            books.jobs.settle(village, record)
        if at >= now:
            return
        at = min(now, at + timedelta(hours=12))


async def _tick(*, engine_url: str, now: datetime, times: int) -> list[float]:
    engine = open_engine(engine_url)
    performer = performer_on(engine)
    keeper = Timekeeper(performer.perform, Exits({}, lambda _: None), FixedClock(now), SHELF)
    taken = []
    for turn in range(WARM + times):
        begun = time.perf_counter()
        await keeper.tick()
        if turn >= WARM:
            taken.append((time.perf_counter() - begun) * 1e3)
    performer.close()
    engine.dispose()
    return taken
