"""The roll (参评户): who is listed in a publication, who takes part, who is under a veto."""

from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from domain.ledger import EntryKind
from domain.membership import HouseholdId
from domain.names import public_name
from domain.period import Month, Quarter
from domain.publication import Account
from storage.bottom_lines import LIFT, TAKES
from storage.claims import CLAIM
from storage.ledger import ENTRY
from storage.prepared import Row
from storage.statements import rows
from storage.villages import HOUSEHOLD, HOUSEHOLDS_MAX


@dataclass(frozen=True, slots=True)
class Roll:
    """The households of a quarter: those that are eligible, and those to be listed."""

    eligible: frozenset[HouseholdId]
    accounts: tuple[Account, ...]


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

    def roll(self, village: int, quarter: Quarter) -> Roll:
        """Return the households eligible at a quarter's end, and those with entries besides."""
        last = quarter.months[-1].end
        query = (
            select(HOUSEHOLD)
            .where(HOUSEHOLD.c.village == village)
            .order_by(HOUSEHOLD.c.id)
            .limit(HOUSEHOLDS_MAX)
        )
        active = self.taking_part(village, quarter)
        found = rows(self._connection, query)
        eligible = frozenset(
            HouseholdId(row["id"])
            for row in found
            if row["eligible_since"] < last
            and (row["eligible_until"] is None or row["eligible_until"] >= last)
        )
        accounts = tuple(
            _account(row) for row in found if row["id"] in eligible or row["id"] in active
        )
        return Roll(eligible, accounts)

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
        is_lifted = (
            select(LIFT.c.number)
            .where(
                LIFT.c.village == CLAIM.c.village,
                LIFT.c.year == CLAIM.c.year,
                LIFT.c.number == CLAIM.c.number,
            )
            .exists()
        )
        query = (
            select(CLAIM.c.household)
            .where(
                CLAIM.c.village == village,
                CLAIM.c.year == quarter.year,
                CLAIM.c.item.in_(items),
                TAKES,
                ~is_lifted,
                CLAIM.c.effective_month <= str(quarter.months[-1]),
            )
            .distinct()
            .limit(HOUSEHOLDS_MAX)
        )
        return frozenset(HouseholdId(h) for h in self._connection.execute(query).scalars())
