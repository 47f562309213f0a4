"""The proof of a move (搬家核对): two databases hold the same, row for row and sum for sum."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, func, select
from sqlmodel import SQLModel

from storage.audit import Fault
from storage.ledger import ENTRY, HEAD, MONTH
from storage.mail import INBOX
from storage.outbox import OUTBOX
from storage.portable import Count
from storage.villages import VILLAGE, VILLAGES_MAX

CHUNK: Final = 2_000
WHOLE: Final = 1 << 256


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows a table has, and a digest of them all that no order of rows changes."""

    table: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Account:
    """A village's ledger in figures: entries, the chain's head, totals in tenths.

    ``totals`` counts the households' months; ``earned`` and ``redeemed`` are their sums.
    """

    village: int
    name: str
    entries: int
    head: str
    totals: int
    earned: int
    redeemed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What a database holds: every table, every village's ledger, messages by state."""

    tallies: tuple[Tally, ...]
    accounts: tuple[Account, ...]
    inbox: dict[str, int]
    outbox: dict[str, int]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(tally.rows for tally in self.tallies)


def standing(connection: Connection, *, on_rows: Count) -> Standing:
    """Read a whole database once and say what it holds."""
    return Standing(
        tuple(_tally(connection, t, on_rows) for t in SQLModel.metadata.sorted_tables),
        accounts(connection),
        _by_state(connection, INBOX),
        _by_state(connection, OUTBOX),
    )


def differences(one: Standing, other: Standing) -> tuple[Fault, ...]:
    """Return where two databases do not hold the same; empty is the proof."""
    tables = {t.table: t for t in one.tallies}.items() ^ {t.table: t for t in other.tallies}.items()
    ledgers = {a.village: a for a in one.accounts}.items() ^ {
        a.village: a for a in other.accounts
    }.items()
    faults = [Fault("table", name) for name in sorted({name for name, _ in tables})]
    faults += [Fault("ledger", str(village)) for village in sorted({v for v, _ in ledgers})]
    for kind, here, there in (
        ("inbox", one.inbox, other.inbox),
        ("outbox", one.outbox, other.outbox),
    ):
        faults += [Fault(kind, state) for state in sorted(dict(here.items() ^ there.items()))]
    return tuple(faults)


def count_rows(connection: Connection) -> int:
    """Return how many rows a database has in all its tables."""
    return sum(
        int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in SQLModel.metadata.sorted_tables
    )


def _tally(connection: Connection, table: Table, on_rows: Count) -> Tally:
    """Add up the digests of all rows, so that neither database has to sort them."""
    total, seen = 0, 0
    found = connection.execute(select(table).execution_options(yield_per=CHUNK))
    for rows in found.partitions(CHUNK):
        for row in rows:
            total += int.from_bytes(hashlib.sha256(_plain_row(row)).digest(), "big")
        seen += len(rows)
        on_rows(len(rows))
    return Tally(table.name, seen, f"{total % WHOLE:064x}")


def _plain_row(row: Any) -> bytes:
    return repr([_plain(value) for value in row]).encode()


def _plain(value: Any) -> Any:
    """Write an instant in one zone, whichever the database answers in."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def accounts(connection: Connection) -> tuple[Account, ...]:
    """Return every village's ledger in figures."""

    def by_village(query: Any) -> dict[int, tuple[Any, ...]]:
        return {row[0]: tuple(row)[1:] for row in connection.execute(query)}

    entries = by_village(select(ENTRY.c.village, func.count()).group_by(ENTRY.c.village))
    heads = by_village(select(HEAD.c.village, HEAD.c.seq, HEAD.c.hash).limit(VILLAGES_MAX))
    sums = by_village(
        select(
            MONTH.c.village,
            func.count(),
            func.sum(MONTH.c.earned),
            func.sum(MONTH.c.redeemed),
        ).group_by(MONTH.c.village)
    )
    villages = select(VILLAGE.c.village, VILLAGE.c.name).order_by(VILLAGE.c.village)
    return tuple(
        Account(
            village,
            name,
            int(entries.get(village, (0,))[0]),
            ":".join(map(str, heads.get(village, ()))),
            *map(int, sums.get(village, (0, 0, 0))),
        )
        for village, name in connection.execute(villages.limit(VILLAGES_MAX))
    )


def _by_state(connection: Connection, table: Table) -> dict[str, int]:
    counted = select(table.c.state, func.count()).group_by(table.c.state)
    return {str(state): int(count) for state, count in connection.execute(counted)}
