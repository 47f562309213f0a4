"""Reservations and vouchers (预留、凭证) as stored."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from domain.claim import Sha256
from domain.membership import HouseholdId, PersonId
from domain.points import Points
from domain.redemption import TAKES_STOCK, Redemption, RedemptionKey, RedemptionState
from domain.redemption_round import RoundKey
from storage.people import PERSON
from storage.prepared import Row
from storage.statements import change, first, insert, rows, table_of
from storage.tables.redemption import RedemptionRow

REDEMPTION = table_of(RedemptionRow)


class Redemptions:
    """The redemptions repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, village: int, redemption: Redemption, *, code_digest: str) -> None:
        """Store a new reservation under the digest of its code."""
        values = _values(redemption) | {"village": village, "code_digest": code_digest}
        insert(self._connection, REDEMPTION, values)

    def save(self, village: int, redemption: Redemption, *, at: datetime) -> Redemption:
        """Write back what became of a reservation, settled at an instant."""
        key = {
            "village": village,
            "year": redemption.key.year,
            "number": redemption.key.number,
        }
        values = {
            "state": redemption.state,
            "settled_by": redemption.settled_by,
            "settled_at": at,
            "photo": redemption.photo,
        }
        assert change(self._connection, REDEMPTION, key=key, values=values) == 1, redemption.key
        stored = self.get(village, redemption.key)
        assert stored is not None, redemption.key
        return stored

    def get(self, village: int, key: RedemptionKey) -> Redemption | None:
        """Return one redemption."""
        row = first(self._connection, REDEMPTION, village=village, year=key.year, number=key.number)
        return _redemption(row) if row else None

    def with_code(self, village: int, digest: str) -> Redemption | None:
        """Return the redemption of a code's digest, whatever became of it."""
        row = first(self._connection, REDEMPTION, village=village, code_digest=digest)
        return _redemption(row) if row else None

    def digest_of(self, village: int, key: RedemptionKey) -> str:
        """Return the digest of a redemption's code."""
        row = first(self._connection, REDEMPTION, village=village, year=key.year, number=key.number)
        assert row, key
        return str(row["code_digest"])

    def held(self, village: int, round_: RoundKey, *, good: int, household: HouseholdId) -> int:
        """Return how many of a good a household has reserved or been handed in a round."""
        query = select(func.coalesce(func.sum(REDEMPTION.c.quantity), 0)).where(
            REDEMPTION.c.village == village,
            REDEMPTION.c.year == round_.year,
            REDEMPTION.c.round == round_.number,
            REDEMPTION.c.good == good,
            REDEMPTION.c.household == household,
            REDEMPTION.c.state.in_(TAKES_STOCK),
        )
        return int(self._connection.execute(query).scalar_one())

    def of_household(
        self, village: int, household: HouseholdId, *, year: int, limit: int
    ) -> tuple[Redemption, ...]:
        """Return a household's redemptions of a year, newest first."""
        query = (
            select(REDEMPTION)
            .where(
                REDEMPTION.c.village == village,
                REDEMPTION.c.household == household,
                REDEMPTION.c.year == year,
            )
            .order_by(REDEMPTION.c.number.desc())
            .limit(limit)
        )
        return tuple(_redemption(row) for row in rows(self._connection, query))

    def of_round(
        self, village: int, round_: RoundKey, *, state: RedemptionState | None = None, limit: int
    ) -> tuple[Redemption, ...]:
        """Return the redemptions of a round, oldest first; all of them without a state."""
        wanted: Any = REDEMPTION.c.state == state if state else REDEMPTION.c.number > 0
        query = (
            select(REDEMPTION)
            .where(
                REDEMPTION.c.village == village,
                REDEMPTION.c.year == round_.year,
                REDEMPTION.c.round == round_.number,
                wanted,
            )
            .order_by(REDEMPTION.c.number)
            .limit(limit)
        )
        return tuple(_redemption(row) for row in rows(self._connection, query))

    def members(self, village: int, household: HouseholdId) -> tuple[PersonId, ...]:
        """Return the persons of a household, by id."""
        query = (
            select(PERSON.c.id)
            .where(PERSON.c.village == village, PERSON.c.household == household)
            .order_by(PERSON.c.id)
            .limit(20)
        )
        return tuple(PersonId(person) for person in self._connection.execute(query).scalars())

    def count_waiting(self, village: int, household: HouseholdId) -> int:
        """Return how many orders of a household are neither collected nor given back."""
        query = select(func.count()).where(
            REDEMPTION.c.village == village,
            REDEMPTION.c.household == household,
            REDEMPTION.c.state == RedemptionState.RESERVED,
        )
        return int(self._connection.execute(query).scalar_one())

    def count_reserved(self, village: int, *, year: int) -> int:
        """Return how many reservations of a year are neither collected nor given back."""
        query = select(func.count()).where(
            REDEMPTION.c.village == village,
            REDEMPTION.c.year == year,
            REDEMPTION.c.state == RedemptionState.RESERVED,
        )
        return int(self._connection.execute(query).scalar_one())


def _values(redemption: Redemption) -> dict[str, Any]:
    return {
        "year": redemption.key.year,
        "number": redemption.key.number,
        "round": redemption.round.number,
        "good": redemption.good,
        "household": redemption.household,
        "quantity": redemption.quantity,
        "points": redemption.points,
        "state": redemption.state,
        "reserved_by": redemption.reserved_by,
        "reserved_at": redemption.reserved_at,
        "settled_by": redemption.settled_by,
        "settled_at": redemption.settled_at,
        "photo": redemption.photo,
    }


def _redemption(row: Row) -> Redemption:
    year = row["year"]
    return Redemption(
        key=RedemptionKey(year, row["number"]),
        round=RoundKey(year, row["round"]),
        good=row["good"],
        household=HouseholdId(row["household"]),
        quantity=row["quantity"],
        points=Points(row["points"]),
        state=RedemptionState(row["state"]),
        reserved_by=PersonId(row["reserved_by"]),
        reserved_at=row["reserved_at"],
        settled_by=None if row["settled_by"] is None else PersonId(row["settled_by"]),
        settled_at=row["settled_at"],
        photo=None if row["photo"] is None else Sha256(row["photo"]),
    )
