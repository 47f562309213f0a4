"""The bottom line (底线) as stored: a year's deductions, and vetoes that were lifted."""

import json
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, Exists, Table, select

from domain.claim import Claim, ClaimKey, ClaimOrigin, ClaimState
from domain.membership import PersonId
from storage.claim_rows import claim_of
from storage.claims import CLAIM
from storage.reviews import APPROVAL
from storage.statements import insert_once, rows, table_of
from storage.tables.years import VetoLiftRow

LIFT = table_of(VetoLiftRow)


def _has(table: Table, *conditions: ColumnElement[bool]) -> Exists:
    """Return the condition that a claim has a row of its own in a table."""
    same = (table.c[name] == CLAIM.c[name] for name in ("village", "year", "number"))
    return select(table.c.number).where(*same, *conditions).limit(1).exists()


IS_LIFTED: Final = _has(LIFT)
_WAS_WORTH_SOMETHING = _has(APPROVAL, APPROVAL.c.kind == "award", APPROVAL.c.points < 0)
"""What was approved, before the caps and the balance; a forecast of the day it was noted is not
asked, since which act is the first reminder shows only when they are decided."""
_FOUND_NOTHING = (CLAIM.c.points == 0) & (CLAIM.c.adjustments == 0) & _WAS_WORTH_SOMETHING
TAKES: Final = (
    (CLAIM.c.state == ClaimState.APPROVED)
    & (CLAIM.c.origin == ClaimOrigin.DEDUCTION)
    & ((CLAIM.c.points < 0) | _FOUND_NOTHING)
)
"""The condition of a deduction that took points, or found none to take.

One that was taken back later, and a reminder worth nothing, is not among them.
"""


class BottomLines:
    """The bottom lines repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def deductions(self, village: int, *, year: int, limit: int = 5_000) -> tuple[Claim, ...]:
        """Return a year's approved deductions that took points, or found none to take."""
        query = (
            select(CLAIM)
            .where(CLAIM.c.village == village, CLAIM.c.year == year, TAKES)
            .order_by(CLAIM.c.number)
            .limit(limit)
        )
        return tuple(claim_of(row) for row in rows(self._connection, query))

    def lifted(self, village: int, *, year: int) -> frozenset[ClaimKey]:
        """Return the claims of a year whose veto was lifted."""
        query = select(LIFT.c.number).where(LIFT.c.village == village, LIFT.c.year == year)
        numbers = self._connection.execute(query.limit(5_000)).scalars()
        return frozenset(ClaimKey(year, number) for number in numbers)

    def lift(
        self,
        village: int,
        key: ClaimKey,
        *,
        reason: str,
        actors: tuple[PersonId, ...],
        at: datetime,
    ) -> bool:
        """Keep that two people lifted a veto; False when it is lifted already."""
        values = {
            "village": village,
            "year": key.year,
            "number": key.number,
            "reason": reason,
            "actors": json.dumps(actors),
            "lifted_at": at,
        }
        return insert_once(self._connection, LIFT, values)
