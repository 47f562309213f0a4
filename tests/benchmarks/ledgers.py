"""A village of 1,000 households with a long ledger, built fast: real chained entries.

The entries are the domain's own (``chain``), inserted with executemany into the schema
of the product; the totals are added up on the way and inserted once: what
``Ledger.post`` would have kept, which ``_check`` compares with the sums of the entries.
A long ledger goes back in time, up to ten years, and ends in the present month. Built
files are kept under ``var/bench``: reading does not change them.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from domain.ledger import GENESIS, Entry, EntryKind, Posting, chain
from domain.membership import HouseholdId, PersonId
from domain.period import Month, month_of, parse_month, village_day
from domain.points import Points
from storage.engine import sqlite_url
from storage.schema import HEAD
from tests.benchmarks.children import SCRATCH
from tests.gateway.village import settle

HOUSEHOLDS: Final = 1_000
MONTHS_MAX: Final = 120
BATCH: Final = 20_000
ITEM: Final = "A101"
INSERT: Final = (
    "INSERT INTO entry (village, seq, year, household, kind, points, cause, effective_month,"
    " item, actors, reason, at, previous_hash, hash) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)


def ledger(entries: int, *, advance: Callable[[int], None]) -> Path:
    """Return the file of a village with so many entries, building it when it is not there."""
    present = month_of(village_day(datetime.now(UTC)))
    path = SCRATCH / f"ledger-{entries}-{present}-{HEAD}.db"
    if path.exists():
        advance(entries)
        return path
    SCRATCH.mkdir(parents=True, exist_ok=True)
    for old in SCRATCH.glob(f"ledger-{entries}-*"):
        old.unlink()
    part = path.with_suffix(".part")
    village = settle(sqlite_url(part), households=HOUSEHOLDS)
    connection = sqlite3.connect(part, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    try:
        _fill(connection, village, entries, advance)
        _check(connection, entries)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    return part.rename(path)


def _fill(
    connection: sqlite3.Connection, village: int, entries: int, advance: Callable[[int], None]
) -> None:
    found = connection.execute("SELECT id FROM household WHERE group_no = 1 ORDER BY id")
    households = [HouseholdId(row[0]) for row in found]
    totals: Counter[tuple[str, int]] = Counter()
    counts: Counter[tuple[str, int]] = Counter()
    batch: list[tuple[Any, ...]] = []
    last: Entry | None = None
    connection.execute("BEGIN IMMEDIATE")
    for last in _entries(households, entries):
        posting = last.posting
        key = (str(posting.effective_month), posting.household)
        totals[key] += posting.points
        counts[key] += 1
        batch.append(_row(village, last))
        if len(batch) == BATCH or last.seq == entries:
            connection.executemany(INSERT, batch)
            advance(len(batch))
            batch.clear()
    assert last is not None, "a ledger has entries"
    _write_totals(connection, village, totals, counts)
    connection.execute(
        "UPDATE ledger_head SET seq = ?, hash = ? WHERE village = ?", (last.seq, last.hash, village)
    )
    connection.execute("COMMIT")


def _entries(households: list[HouseholdId], entries: int) -> Iterator[Entry]:
    """Yield awards in turn for every household, evenly over the months, chained."""
    turns = -(-entries // len(households))
    months = _months(min(turns, MONTHS_MAX))
    previous = GENESIS
    for seq in range(1, entries + 1):
        turn, place = divmod(seq - 1, len(households))
        month = months[turn * len(months) // turns]
        at = datetime.combine(month.first_day, time(4), UTC) + timedelta(microseconds=seq)
        posting = Posting(
            household=households[place],
            kind=EntryKind.AWARD,
            points=Points(5 + (place * 31 + turn * 17) % 40),
            cause=f"claim:{month.year}:{seq}:award",
            effective_month=month,
            actors=(PersonId(1001),),
            reason="",
            item=ITEM,
        )
        entry = chain(posting, seq=seq, at=at, previous_hash=previous)
        previous = entry.hash
        yield entry


def _months(count: int) -> list[Month]:
    """Return the last months up to the present one, oldest first."""
    months = [month_of(village_day(datetime.now(UTC)))]
    while len(months) < count:
        months.append(month_of(months[-1].first_day - timedelta(days=1)))
    return months[::-1]


def _row(village: int, entry: Entry) -> tuple[Any, ...]:
    posting = entry.posting
    return (
        village,
        entry.seq,
        posting.effective_month.year,
        posting.household,
        posting.kind.value,
        posting.points,
        posting.cause,
        str(posting.effective_month),
        posting.item,
        json.dumps(posting.actors),
        posting.reason,
        entry.at.replace(tzinfo=None).isoformat(" ", "microseconds"),
        entry.previous_hash,
        entry.hash,
    )


def _write_totals(
    connection: sqlite3.Connection,
    village: int,
    totals: Counter[tuple[str, int]],
    counts: Counter[tuple[str, int]],
) -> None:
    years: Counter[tuple[int, int]] = Counter()
    awards: Counter[tuple[int, int]] = Counter()
    for (month, household), points in totals.items():
        years[parse_month(month).year, household] += points
        awards[parse_month(month).year, household] += counts[month, household]
    connection.executemany(
        "INSERT INTO month_total (village, month, household, earned, redeemed, entries)"
        " VALUES (?, ?, ?, ?, 0, ?)",
        [(village, m, h, points, counts[m, h]) for (m, h), points in totals.items()],
    )
    connection.executemany(
        "INSERT INTO year_total (village, year, household, earned, redeemed, awards)"
        " VALUES (?, ?, ?, ?, 0, ?)",
        [(village, y, household, p, awards[y, household]) for (y, household), p in years.items()],
    )
    connection.execute(
        "INSERT INTO village_total (village, month, earned, redeemed, entries)"
        " SELECT village, month, SUM(earned), 0, SUM(entries) FROM month_total"
        " GROUP BY village, month"
    )
    connection.execute(
        "INSERT INTO category_total (village, month, category, earned)"
        " SELECT village, effective_month, substr(item, 1, 1), SUM(points) FROM entry"
        " GROUP BY village, effective_month, substr(item, 1, 1)"
    )


def _check(connection: sqlite3.Connection, entries: int) -> None:
    """Compare every total with the sum of its entries."""
    summed = (
        "SELECT village, effective_month, household, SUM(points), 0, COUNT(*) FROM entry"
        " GROUP BY village, effective_month, household"
    )
    kept = "SELECT village, month, household, earned, redeemed, entries FROM month_total"
    for one, other in ((summed, kept), (kept, summed)):
        wrong = connection.execute(f"SELECT COUNT(*) FROM ({one} EXCEPT {other})").fetchone()[0]
        assert wrong == 0, f"{wrong} totals do not fit"
    sums = connection.execute(
        "SELECT (SELECT SUM(points) FROM entry), (SELECT SUM(earned) FROM year_total),"
        " (SELECT SUM(earned) FROM village_total), (SELECT COUNT(*) FROM entry)"
    ).fetchone()
    assert sums[0] == sums[1] == sums[2], sums
    assert sums[3] == entries, sums
