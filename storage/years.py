"""Honours and closed years (荣誉、年终结算) as stored."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from domain.honours import Honour
from domain.membership import HouseholdId, PersonId
from domain.points import Points
from storage.prepared import Row
from storage.statements import first, insert_once, rows, table_of
from storage.tables.years import HonourRow, YearCloseRow

HONOUR = table_of(HonourRow)
CLOSE = table_of(YearCloseRow)


@dataclass(frozen=True, slots=True)
class YearClose:
    """A closed year: its sums as they stood, in tenths, and the chain's head behind the close.

    ``redeemed`` is what was spent before, ``ended`` what the close took away
    from ``households_ended`` households.
    """

    year: int
    eligible: int
    taking_part: int
    earned: Points
    redeemed: Points
    ended: Points
    households_ended: int
    actors: tuple[PersonId, ...]
    closed_at: datetime
    head: tuple[int, str]


class Years:
    """The years repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def give(self, village: int, honour: Honour, *, at: datetime) -> bool:
        """Keep an honour; False when the household has it already."""
        values = {
            "village": village,
            "year": honour.year,
            "name": honour.name,
            "household": honour.household,
            "place": honour.place,
            "points": honour.points,
            "note": honour.note,
            "given_at": at,
        }
        return insert_once(self._connection, HONOUR, values)

    def honours(
        self, village: int, *, year: int, name: str | None = None, limit: int = 2_000
    ) -> tuple[Honour, ...]:
        """Return the honours of a year by name and place."""
        query = select(HONOUR).where(HONOUR.c.village == village, HONOUR.c.year == year)
        if name is not None:
            query = query.where(HONOUR.c.name == name)
        order = (HONOUR.c.name, HONOUR.c.place, HONOUR.c.household)
        found = rows(self._connection, query.order_by(*order).limit(limit))
        return tuple(_honour(row) for row in found)

    def given(
        self, village: int, *, year: int, limit: int = 2_000
    ) -> tuple[tuple[Honour, datetime], ...]:
        """Return the honours of a year with when each was given, the earliest first."""
        query = select(HONOUR).where(HONOUR.c.village == village, HONOUR.c.year == year)
        order = (HONOUR.c.given_at, HONOUR.c.name, HONOUR.c.place, HONOUR.c.household)
        found = rows(self._connection, query.order_by(*order).limit(limit))
        return tuple((_honour(row), row["given_at"]) for row in found)

    def honours_of(
        self, village: int, household: HouseholdId, *, limit: int = 50
    ) -> tuple[Honour, ...]:
        """Return a household's honours, latest first."""
        query = select(HONOUR).where(HONOUR.c.village == village, HONOUR.c.household == household)
        order = (HONOUR.c.year.desc(), HONOUR.c.name)
        found = rows(self._connection, query.order_by(*order).limit(limit))
        return tuple(_honour(row) for row in found)

    def closed(self, village: int, year: int) -> YearClose | None:
        """Return a year's close, None while it is open."""
        row = first(self._connection, CLOSE, village=village, year=year)
        return _close(row) if row else None

    def keep_close(self, village: int, close: YearClose) -> bool:
        """Keep a year's close; False when the year is closed already."""
        values = {
            "village": village,
            "year": close.year,
            "eligible": close.eligible,
            "taking_part": close.taking_part,
            "earned": close.earned,
            "redeemed": close.redeemed,
            "ended": close.ended,
            "households_ended": close.households_ended,
            "actors": json.dumps(close.actors),
            "closed_at": close.closed_at,
            "head_seq": close.head[0],
            "head_hash": close.head[1],
        }
        return insert_once(self._connection, CLOSE, values)


def _honour(row: Row) -> Honour:
    return Honour(
        row["year"],
        row["name"],
        HouseholdId(row["household"]),
        row["place"],
        Points(row["points"]),
        row["note"],
    )


def _close(row: Row) -> YearClose:
    return YearClose(
        year=row["year"],
        eligible=row["eligible"],
        taking_part=row["taking_part"],
        earned=Points(row["earned"]),
        redeemed=Points(row["redeemed"]),
        ended=Points(row["ended"]),
        households_ended=row["households_ended"],
        actors=tuple(PersonId(a) for a in json.loads(row["actors"])),
        closed_at=row["closed_at"],
        head=(row["head_seq"], row["head_hash"]),
    )
