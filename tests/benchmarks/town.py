"""The town's report over 36 villages and 36,000 households: 1.7 million entries against 10 thousand.

The two files are asked in turn. The entries are rows like any other, spread evenly over the
households and the months of the year, without their chain: nothing of the report reads the
chain, and the totals are what ``Ledger.post`` would have kept.
"""

import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from domain.period import Month, village_day
from schedules.town import BookSteps, town_report
from storage.engine import open_engine, sqlite_url
from storage.schema import HEAD, prepare
from storage.unit_of_work import books_on
from tests.benchmarks.children import SCRATCH
from tests.benchmarks.measures import Goal, Measure, median, progress, spread

VILLAGES: Final = 36
HOUSES: Final = 1_000
SHORT, LONG, LONG_QUICK = 10_000, 1_700_000, 100_000
TIMES, TIMES_QUICK = 40, 10
WARM: Final = 3
GOAL_MS: Final = Goal(100, of="value")
GOAL_RATIO: Final = Goal(1.3)
BATCH: Final = 50_000


def measure(*, is_quick: bool) -> list[Measure]:
    """Return the report's time, and its ratio to the one over the short ledgers."""
    long = LONG_QUICK if is_quick else LONG
    with progress() as shown:
        task = shown.add_task("town: building the ledgers", total=SHORT + long)
        paths = [_town(n, advance=lambda done: shown.advance(task, done)) for n in (SHORT, long)]
    short, longer = _both(paths, TIMES_QUICK if is_quick else TIMES)
    what = f"Town report, {VILLAGES} villages, {VILLAGES * HOUSES:,} households, {long:,} entries"
    detail = f"long {spread(longer)}; short {spread(short)}; SQLite file"
    return [
        Measure("town_report", what, "ms", median(longer), None, GOAL_MS, detail),
        Measure(
            "town_report_growth",
            f"{what} against {SHORT:,}",
            "ms",
            median(longer),
            median(short),
            GOAL_RATIO,
            detail,
        ),
    ]


def _both(paths: list[Path], times: int) -> tuple[list[float], list[float]]:
    """Ask both files in turn, the first now one and now the other; returns milliseconds."""
    engines = [open_engine(sqlite_url(path)) for path in paths]
    doors = [books_on(engine) for engine in engines]
    taken: tuple[list[float], list[float]] = ([], [])
    today = village_day(datetime.now(UTC))
    for turn in range(WARM + times):
        for which in (0, 1) if turn % 2 else (1, 0):
            with doors[which]() as books:
                begun = time.perf_counter()
                lines = town_report(BookSteps(books, today), today)
                milliseconds = (time.perf_counter() - begun) * 1e3
            assert len(lines) == VILLAGES, len(lines)
            assert all(line.figures.register.every.eligible == HOUSES for line in lines)
            if turn >= WARM:
                taken[which].append(milliseconds)
    for engine in engines:
        engine.dispose()
    return taken


def _town(entries: int, *, advance: Callable[[int], None]) -> Path:
    """Return the file of a town with so many entries, building it when it is not there."""
    today = village_day(datetime.now(UTC))
    path = SCRATCH / f"town-{entries}-{today:%Y-%m}-{HEAD}.db"
    if path.exists():
        advance(entries)
        return path
    SCRATCH.mkdir(parents=True, exist_ok=True)
    for old in SCRATCH.glob(f"town-{entries}-*"):
        old.unlink()
    part = path.with_suffix(".part")
    engine = open_engine(sqlite_url(part))
    prepare(engine)
    now = datetime.now(UTC)
    with books_on(engine)() as books:
        for number in range(1, VILLAGES + 1):
            village = books.villages.add(town="示范镇", name=f"村{number}", at=now).id
            rows = [
                {
                    "group_no": 1 + n % 20,
                    "house_no": str(n),
                    "head": f"户主{n}",
                    "star": 3 if n % 9 == 0 else 0,
                    "is_party": n % 7 == 0,
                }
                for n in range(1, HOUSES + 1)
            ]
            books.households.save(village, rows, since=date(today.year, 1, 1))
    engine.dispose()
    connection = sqlite3.connect(part, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    _fill(connection, entries, today, advance)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return part.rename(path)


def _fill(
    connection: sqlite3.Connection, entries: int, today: date, advance: Callable[[int], None]
) -> None:
    homes = VILLAGES * HOUSES
    insert = (
        "INSERT INTO entry (village, seq, year, household, kind, points, cause, effective_month,"
        " item, actors, reason, at, previous_hash, hash)"
        " VALUES (?, ?, ?, ?, 'award', 10, ?, ?, 'A101', '[1,2]', '', ?, ?, ?)"
    )
    connection.execute("BEGIN IMMEDIATE")
    batch = []
    for number in range(entries):
        turn, place = divmod(number, homes)
        village, household = place % VILLAGES + 1, place // VILLAGES + 1
        month = Month(today.year, 1 + turn % today.month)
        seq = turn * HOUSES + household
        at = f"{month}-02 00:00:00.000000"
        key = (f"claim:{today.year}:{seq}:award", str(month), at, f"{seq:064d}", f"{seq + 1:064d}")
        batch.append((village, seq, today.year, household, *key))
        if len(batch) == BATCH or number + 1 == entries:
            connection.executemany(insert, batch)
            advance(len(batch))
            batch.clear()
    for statement in _TOTALS:
        connection.execute(statement)
    connection.execute("COMMIT")


_TOTALS: Final = (
    """INSERT INTO month_total (village, month, household, earned, redeemed, entries)
       SELECT village, effective_month, household, SUM(points), 0, COUNT(*) FROM entry
       GROUP BY village, effective_month, household""",
    """INSERT INTO year_total (village, year, household, earned, redeemed, awards)
       SELECT village, year, household, SUM(points), 0, COUNT(*) FROM entry
       GROUP BY village, year, household""",
    """INSERT INTO village_total (village, month, earned, redeemed, entries)
       SELECT village, month, SUM(earned), 0, SUM(entries) FROM month_total
       GROUP BY village, month""",
    """INSERT INTO category_total (village, month, category, earned)
       SELECT village, month, 'A', earned FROM village_total""",
)
