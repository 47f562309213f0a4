"""The ledger as stored: entries are added, never changed; totals follow in the same step."""

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from domain.claim import YearClosed
from domain.ledger import (
    EARNING,
    Balance,
    Entry,
    EntryKind,
    Posting,
    category_of,
    chain,
    check_posting,
)
from domain.membership import HouseholdId, PersonId
from domain.participation import award_change
from domain.period import Month, parse_month
from domain.points import Points
from storage.prepared import Row
from storage.statements import add_up, change, first, insert, read, rows, table_of
from storage.tables.ledger import (
    EntryRow,
    LedgerHeadRow,
    MonthReviewRow,
    MonthTotalRow,
    VillageTotalRow,
    YearTotalRow,
)
from storage.tables.officers import CategoryTotalRow
from storage.tables.people import VillageRow

ENTRY = table_of(EntryRow)
HEAD = table_of(LedgerHeadRow)
MONTH = table_of(MonthTotalRow)
YEAR = table_of(YearTotalRow)
VILLAGE = table_of(VillageTotalRow)
CATEGORY = table_of(CategoryTotalRow)
REVIEW = table_of(MonthReviewRow)
_HOME = table_of(VillageRow)
PAGE = 5_000
_HEAD = (
    select(HEAD.c.seq, HEAD.c.hash, _HOME.c.closed_through)
    .join(_HOME, _HOME.c.village == HEAD.c.village)
    .where(HEAD.c.village == bindparam("village"))
    .with_for_update(key_share=True)
)
"""Both rows are locked, the head first: who waited for a year's close sees that it is closed."""
_MONTHS = (
    select(MONTH.c.month, MONTH.c.earned, MONTH.c.redeemed)
    .where(
        MONTH.c.village == bindparam("village"),
        MONTH.c.household == bindparam("household"),
        MONTH.c.month.in_([bindparam(f"m{month}") for month in range(1, 13)]),
    )
    .limit(12)
)
_CONFIRMED = (
    select(REVIEW.c.month)
    .where(
        REVIEW.c.village == bindparam("village"),
        REVIEW.c.confirmed_at.is_not(None),
        REVIEW.c.month >= bindparam("since"),
        REVIEW.c.month < bindparam("until"),
    )
    .limit(12)
)


class Ledger:
    """The ledger repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def post(self, village: int, posting: Posting, *, at: datetime) -> Entry:
        """Enter a posting behind the chain's head and add it to the totals.

        Entering the same cause again returns the entry that is there.

        Raises:
            BalanceTooLow: The year's spendable points would fall below zero.
            YearClosed: The year it counts in is closed; its totals are frozen.

        """
        [head] = read(self._connection, _HEAD, {"village": village})
        known = first(self._connection, ENTRY, village=village, cause=posting.cause)
        if known:
            return _entry(known)
        year = posting.effective_month.year
        if year <= head["closed_through"]:
            raise YearClosed(year)
        check_posting(self.balance(village, posting.household, year=year), posting)
        entry = chain(posting, seq=head["seq"] + 1, at=at, previous_hash=head["hash"])
        insert(self._connection, ENTRY, {"village": village, **values_of(entry)})
        new_head = {"seq": entry.seq, "hash": entry.hash}
        change(self._connection, HEAD, key={"village": village}, values=new_head)
        self._total(village, posting)
        return entry

    def _total(self, village: int, posting: Posting) -> None:
        earns = posting.kind in EARNING
        plus = {
            "earned": posting.points if earns else 0,
            "redeemed": 0 if earns else -posting.points,
        }
        month = {"village": village, "month": str(posting.effective_month)}
        year = {"village": village, "year": posting.effective_month.year}
        house = {"household": posting.household}
        counted = plus | {"entries": 1}
        awards = award_change(posting)
        add_up(self._connection, MONTH, key=month | house, plus=counted)
        add_up(self._connection, YEAR, key=year | house, plus=plus | {"awards": awards})
        add_up(self._connection, VILLAGE, key=month, plus=counted)
        if earns:
            kept = month | {"category": category_of(posting)}
            add_up(self._connection, CATEGORY, key=kept, plus={"earned": posting.points})

    def balance(self, village: int, household: HouseholdId, *, year: int) -> Balance:
        """Return what a household earned and redeemed in a year, from the totals."""
        row = first(self._connection, YEAR, village=village, year=year, household=household)
        if row is None:
            return Balance()
        return Balance(Points(row["earned"]), Points(row["redeemed"]))

    def balances(
        self, village: int, *, year: int, limit: int = 20_000
    ) -> dict[HouseholdId, Balance]:
        """Return what every household with entries has in a year, from the totals."""
        query = (
            select(YEAR.c.household, YEAR.c.earned, YEAR.c.redeemed)
            .where(YEAR.c.village == village, YEAR.c.year == year)
            .limit(limit)
        )
        return {
            HouseholdId(household): Balance(Points(earned), Points(redeemed))
            for household, earned, redeemed in self._connection.execute(query)
        }

    def months(
        self, village: int, household: HouseholdId, *, year: int
    ) -> dict[Month, tuple[Points, Points]]:
        """Return earned and redeemed points by month of a year."""
        months = {f"m{month}": str(Month(year, month)) for month in range(1, 13)}
        values = {"village": village, "household": household, **months}
        return {
            parse_month(row["month"]): (Points(row["earned"]), Points(row["redeemed"]))
            for row in read(self._connection, _MONTHS, values)
        }

    def confirmed_months(self, village: int, *, year: int) -> frozenset[Month]:
        """Return the months of a year that the committee has confirmed."""
        values = {"village": village, "since": f"{year:04d}", "until": f"{year + 1:04d}"}
        found = read(self._connection, _CONFIRMED, values)
        return frozenset(parse_month(row["month"]) for row in found)

    def months_with_entries(self, village: int, *, year: int) -> frozenset[Month]:
        """Return the months of a year in which something was entered, from the totals."""
        query = select(VILLAGE.c.month).where(
            VILLAGE.c.village == village, VILLAGE.c.month.like(f"{year:04d}-%")
        )
        found = self._connection.execute(query.limit(12)).scalars()
        return frozenset(parse_month(month) for month in found)

    def earned(
        self, village: int, months: tuple[Month, ...], *, limit: int = 20_000
    ) -> dict[HouseholdId, Points]:
        """Return what each household with entries earned over some months."""
        query = (
            select(MONTH.c.household, func.sum(MONTH.c.earned))
            .where(MONTH.c.village == village, MONTH.c.month.in_([str(m) for m in months]))
            .group_by(MONTH.c.household)
            .limit(limit)
        )
        found = self._connection.execute(query)
        return {HouseholdId(household): Points(int(earned)) for household, earned in found}

    def of_household(
        self, village: int, household: HouseholdId, *, limit: int
    ) -> tuple[Entry, ...]:
        """Return a household's latest entries, newest first."""
        query = (
            select(ENTRY)
            .where(ENTRY.c.village == village, ENTRY.c.household == household)
            .order_by(ENTRY.c.seq.desc())
            .limit(limit)
        )
        return tuple(_entry(row) for row in rows(self._connection, query))

    def caused_by(self, village: int, cause: str) -> Entry | None:
        """Return the entry of a cause."""
        row = first(self._connection, ENTRY, village=village, cause=cause)
        return _entry(row) if row else None

    def head(self, village: int) -> tuple[int, str]:
        """Return the last sequence number and hash of the chain."""
        row = first(self._connection, HEAD, village=village)
        assert row, f"no chain for village {village}"
        return row["seq"], row["hash"]

    def count(self, village: int, *, year: int) -> int:
        """Return how many entries a year has."""
        query = select(func.count()).where(ENTRY.c.village == village, ENTRY.c.year == year)
        return int(self._connection.execute(query).scalar_one())

    def walk(self, village: int, *, year: int | None = None) -> Iterator[Entry]:
        """Yield the entries in order, 5,000 at a time."""
        seq = 0
        while True:
            query = select(ENTRY).where(ENTRY.c.village == village, ENTRY.c.seq > seq)
            if year is not None:
                query = query.where(ENTRY.c.year == year)
            page = rows(self._connection, query.order_by(ENTRY.c.seq).limit(PAGE))
            yield from (_entry(row) for row in page)
            if len(page) < PAGE:
                return
            seq = page[-1]["seq"]


def values_of(entry: Entry) -> dict[str, object]:
    """Return an entry as its row holds it, without the village."""
    posting = entry.posting
    return {
        "seq": entry.seq,
        "year": posting.effective_month.year,
        "household": posting.household,
        "kind": posting.kind,
        "points": posting.points,
        "cause": posting.cause,
        "effective_month": str(posting.effective_month),
        "item": posting.item,
        "actors": json.dumps(posting.actors),
        "reason": posting.reason,
        "at": entry.at,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }


def _entry(row: Row) -> Entry:
    posting = Posting(
        household=HouseholdId(row["household"]),
        kind=EntryKind(row["kind"]),
        points=Points(row["points"]),
        cause=row["cause"],
        effective_month=parse_month(row["effective_month"]),
        actors=tuple(PersonId(a) for a in json.loads(row["actors"])),
        reason=row["reason"],
        item=row["item"],
    )
    return Entry(row["seq"], posting, row["at"], row["previous_hash"], row["hash"])
