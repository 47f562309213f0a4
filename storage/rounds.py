"""Rounds of redemption (兑换批次) and their catalogues as stored."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from domain.membership import PersonId
from domain.money import Cents
from domain.points import Points
from domain.redemption import RedemptionState
from domain.redemption_round import RUNNING, Good, Plan, Round, RoundKey, RoundState
from storage.ledger import YEAR
from storage.prepared import Row
from storage.redemptions import REDEMPTION
from storage.statements import change, first, insert, rows, table_of
from storage.tables.redemption import RedemptionGoodRow, RedemptionRoundRow

ROUND = table_of(RedemptionRoundRow)
GOOD = table_of(RedemptionGoodRow)
GOODS_READ_MAX = 200
CARRIED_THROUGH = (ROUND.c.state == RoundState.ENDED) & (
    select(REDEMPTION.c.number)
    .where(
        REDEMPTION.c.village == ROUND.c.village,
        REDEMPTION.c.year == ROUND.c.year,
        REDEMPTION.c.round == ROUND.c.number,
        REDEMPTION.c.state == RedemptionState.HANDED_OVER,
    )
    .limit(1)
    .exists()
)
"""The condition that a round was held: it is over, and somebody took something home."""


class Rounds:
    """The rounds repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, village: int, round_: Round, *, planned_by: PersonId | None, at: datetime
    ) -> None:
        """Store a new round with its catalogue under the number it bears."""
        key, plan = round_.key, round_.plan
        values = {
            "village": village,
            "year": key.year,
            "number": key.number,
            "state": round_.state,
            "name": plan.name,
            "opens_on": plan.opens_on,
            "closes_on": plan.closes_on,
            "collect_from": plan.collect_from,
            "collect_until": plan.collect_until,
            "hours": plan.hours,
            "place": plan.place,
            "budget": plan.budget,
            "needs_photo": plan.needs_photo,
            "planned_by": planned_by,
            "planned_at": at,
        }
        insert(self._connection, ROUND, values)
        at_round = {"village": village, "year": key.year, "round": key.number}
        for good in plan.goods:
            insert(self._connection, GOOD, at_round | _good_values(good))

    def get(self, village: int, key: RoundKey) -> Round | None:
        """Return a round with its catalogue and what is taken of it."""
        row = first(self._connection, ROUND, village=village, year=key.year, number=key.number)
        return self._whole(row) if row else None

    def running(self, village: int, *, limit: int = 20) -> tuple[Round, ...]:
        """Return the rounds that are planned, open or being collected, by their first day."""
        return self._some(village, ROUND.c.state.in_(RUNNING), limit=limit)

    def of_year(self, village: int, year: int, *, limit: int = 100) -> tuple[Round, ...]:
        """Return every round of a year, by its first day."""
        return self._some(village, ROUND.c.year == year, limit=limit)

    def latest(self, village: int) -> Round | None:
        """Return the round that took orders last, if there was any."""
        query = (
            select(ROUND)
            .where(
                ROUND.c.village == village,
                ROUND.c.state.in_([RoundState.CLOSED, RoundState.ENDED]),
            )
            .order_by(ROUND.c.closes_on.desc())
            .limit(1)
        )
        found = rows(self._connection, query)
        return self._whole(found[0]) if found else None

    def is_carried_through(self, village: int, year: int) -> bool:
        """Return whether a round of the year is over and something was handed over in it."""
        query = select(ROUND.c.number).where(
            ROUND.c.village == village, ROUND.c.year == year, CARRIED_THROUGH
        )
        return self._connection.execute(query.limit(1)).scalar() is not None

    def windows(self, village: int, *, since: date) -> tuple[tuple[date, date], ...]:
        """Return the opening days of rounds that are not over, first and last of each."""
        query = (
            select(ROUND.c.opens_on, ROUND.c.closes_on)
            .where(
                ROUND.c.village == village,
                ROUND.c.state != RoundState.CANCELLED,
                ROUND.c.closes_on >= since,
            )
            .limit(100)
        )
        return tuple((opens, closes) for opens, closes in self._connection.execute(query))

    def set_state(self, village: int, key: RoundKey, state: RoundState) -> None:
        """Keep where a round stands."""
        where = {"village": village, "year": key.year, "number": key.number}
        assert change(self._connection, ROUND, key=where, values={"state": state}) == 1, key

    def take(self, village: int, key: RoundKey, good: int, quantity: int) -> None:
        """Take pieces of a good, or give them back when negative; never beyond the stock.

        The caller holds the village and has looked; the database checks again.
        """
        taken = self._connection.execute(
            update(GOOD)
            .where(
                GOOD.c.village == village,
                GOOD.c.year == key.year,
                GOOD.c.round == key.number,
                GOOD.c.number == good,
            )
            .values(taken=GOOD.c.taken + quantity)
        )
        assert taken.rowcount == 1, (key, good)

    def spendable_total(self, village: int, *, year: int) -> Points:
        """Return what all households together could spend in a year, from the totals."""
        query = select(func.coalesce(func.sum(YEAR.c.earned - YEAR.c.redeemed), 0)).where(
            YEAR.c.village == village, YEAR.c.year == year
        )
        return Points(int(self._connection.execute(query).scalar_one()))

    def _some(self, village: int, condition: Any, *, limit: int) -> tuple[Round, ...]:
        query = (
            select(ROUND)
            .where(ROUND.c.village == village, condition)
            .order_by(ROUND.c.opens_on, ROUND.c.year, ROUND.c.number)
            .limit(limit)
        )
        return tuple(self._whole(row) for row in rows(self._connection, query))

    def _whole(self, row: Row) -> Round:
        query = (
            select(GOOD)
            .where(
                GOOD.c.village == row["village"],
                GOOD.c.year == row["year"],
                GOOD.c.round == row["number"],
            )
            .order_by(GOOD.c.number)
            .limit(GOODS_READ_MAX)
        )
        goods = tuple(_good(good) for good in rows(self._connection, query))
        key = RoundKey(row["year"], row["number"])
        return Round(key, RoundState(row["state"]), replace(_plan(row), goods=goods))


def _plan(row: Row) -> Plan:
    return Plan(
        name=row["name"],
        opens_on=row["opens_on"],
        closes_on=row["closes_on"],
        collect_from=row["collect_from"],
        collect_until=row["collect_until"],
        hours=row["hours"],
        place=row["place"],
        budget=Cents(row["budget"]),
        goods=(),
        needs_photo=row["needs_photo"],
    )


def _good_values(good: Good) -> dict[str, Any]:
    return {
        "number": good.number,
        "name": good.name,
        "unit": good.unit,
        "price": good.price,
        "stock": good.stock,
        "most": good.limit,
        "cost": good.cost,
        "taken": good.taken,
    }


def _good(row: Row) -> Good:
    return Good(
        row["number"],
        row["name"],
        row["unit"],
        Points(row["price"]),
        row["stock"],
        row["most"],
        Cents(row["cost"]),
        row["taken"],
    )
