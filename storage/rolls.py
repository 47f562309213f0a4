"""The roll (参评户): who is listed in a publication, who takes part, who is under a veto."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, func, select

from domain.ledger import EntryKind
from domain.membership import HouseholdId
from domain.names import public_name
from domain.period import Month, Quarter
from domain.points import Points
from domain.publication import Account
from storage.bottom_lines import IS_LIFTED, TAKES
from storage.claims import CLAIM
from storage.ledger import ENTRY, YEAR
from storage.participations import eligible_on
from storage.prepared import Row
from storage.statements import read, rows
from storage.villages import HOUSEHOLD, HOUSEHOLDS_MAX

_AHEAD = select(func.count().label("ahead")).where(
    YEAR.c.village == bindparam("village"),
    YEAR.c.year == bindparam("year"),
    YEAR.c.earned > bindparam("earned"),
)
_GONE = (
    select(HOUSEHOLD.c.id)
    .where(
        HOUSEHOLD.c.village == bindparam("village"), HOUSEHOLD.c.eligible_until <= bindparam("day")
    )
    .limit(HOUSEHOLDS_MAX)
)
_GONE_AHEAD = _AHEAD.where(YEAR.c.household.in_(_GONE))


def _count(until: ColumnElement[bool]) -> Select[tuple[int]]:
    return select(func.count().label("homes")).where(
        HOUSEHOLD.c.village == bindparam("village"),
        HOUSEHOLD.c.eligible_since <= bindparam("day"),
        until,
    )


_STAYING = _count(HOUSEHOLD.c.eligible_until.is_(None))
_LEAVING_LATER = _count(HOUSEHOLD.c.eligible_until > bindparam("day"))
"""``eligible_on`` in two, so that ``ix_household_eligible`` alone answers each."""


@dataclass(frozen=True, slots=True)
class Place:
    """A household's place among those that are here; those without any entry share the last."""

    place: int
    of: int


def _account(row: Row) -> Account:
    """Return a household as it is printed: named only as far as it agreed."""
    name = public_name(
        row["head"],
        is_named=bool(row["consents_name"]),
        is_anonymous=row["anonymous_since"] is not None,
    )
    return Account(HouseholdId(row["id"]), row["group_no"], name)


class Rolls:
    """Reads the roll of a quarter; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def accounts(self, village: int, quarter: Quarter) -> tuple[Account, ...]:
        """Return the households eligible at a quarter's end, by id; who has left is not listed."""
        last_day = quarter.months[-1].end - timedelta(days=1)
        query = (
            select(HOUSEHOLD)
            .where(HOUSEHOLD.c.village == village, eligible_on(last_day))
            .order_by(HOUSEHOLD.c.id)
            .limit(HOUSEHOLDS_MAX)
        )
        return tuple(_account(row) for row in rows(self._connection, query))

    def place(self, village: int, earned: Points, *, on: date) -> Place:
        """Return the place of a household with ``earned`` points in a day's year.

        One more than those ahead. Households that have left are neither counted nor ahead;
        by points alone, as a veto costs its place in the publication only.
        """
        values = {"village": village, "year": on.year, "earned": earned}
        [ahead] = read(self._connection, _AHEAD, values)
        [gone] = read(self._connection, _GONE_AHEAD, values | {"day": on})
        here = sum(
            int(read(self._connection, query, {"village": village, "day": on})[0]["homes"])
            for query in (_STAYING, _LEAVING_LATER)
        )
        return Place(ahead["ahead"] - gone["ahead"] + 1, here)

    def taking_part(self, village: int, quarter: Quarter) -> frozenset[HouseholdId]:
        """Return the households with an award that stands in the year up to the quarter's end.

        The rule of 参与率 (``award_change``); the year's totals know no quarters, so the
        entries are counted.
        """
        months = [str(Month(quarter.year, n)) for n in range(1, quarter.quarter * 3 + 1)]
        is_taken_back = (ENTRY.c.kind == EntryKind.REVERSAL) & (ENTRY.c.points < 0)
        change = case((ENTRY.c.kind == EntryKind.AWARD, 1), (is_taken_back, -1), else_=0)
        query = (
            select(ENTRY.c.household)
            .where(ENTRY.c.village == village, ENTRY.c.effective_month.in_(months))
            .group_by(ENTRY.c.household)
            .having(func.sum(change) > 0)
            .limit(HOUSEHOLDS_MAX)
        )
        return frozenset(HouseholdId(h) for h in self._connection.execute(query).scalars())

    def barred(
        self, village: int, quarter: Quarter, *, items: tuple[str, ...]
    ) -> frozenset[HouseholdId]:
        """Return the households whose deductions of the year cross a bottom line.

        The same ones that bar from the year's honours: no reminder worth nothing,
        nothing that was taken back, and no veto that two people have lifted.
        """
        query = (
            select(CLAIM.c.household)
            .where(
                CLAIM.c.village == village,
                CLAIM.c.year == quarter.year,
                CLAIM.c.item.in_(items),
                TAKES,
                ~IS_LIFTED,
                CLAIM.c.effective_month <= str(quarter.months[-1]),
            )
            .distinct()
            .limit(HOUSEHOLDS_MAX)
        )
        return frozenset(HouseholdId(h) for h in self._connection.execute(query).scalars())
