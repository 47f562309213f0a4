"""Sums over the households of a village (汇总), with how many stand behind each.

Months and years come from the totals. By category, and what was spent apart
from a year's close, only the entries know: those of one village and one year
at most are read, by their month.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, Subquery, func, select

from domain.disclosure import Cell
from domain.ledger import EARNING, EntryKind
from domain.period import Month, parse_month
from domain.points import Points
from storage.ledger import ENTRY, MONTH, YEAR
from storage.statements import one_of

SPENDING = (EntryKind.REDEMPTION, EntryKind.REFUND)
OTHER = ""
"""The category of entries that name no item."""
CELLS_MAX = 12 * 40


class Figures:
    """The figures repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def earned(self, village: int, year: int) -> Cell:
        """Return what was earned in a year."""
        query = _cells(
            select(YEAR.c.earned.label("points"))
            .where(YEAR.c.village == village, YEAR.c.year == year, YEAR.c.earned != 0)
            .subquery()
        )
        [row] = self._connection.execute(query.limit(1))
        return _cell(row)

    def earned_by_month(self, village: int, year: int) -> dict[Month, Cell]:
        """Return what was earned in each month of a year; months without anything are missing."""
        months = MONTH.c.month.between(*_bounds(year))
        homes = (
            select(MONTH.c.month, MONTH.c.earned.label("points"))
            .where(MONTH.c.village == village, months, MONTH.c.earned != 0)
            .subquery()
        )
        return self._by_month(_cells(homes, homes.c.month).limit(12))

    def spent(self, village: int, year: int) -> Cell:
        """Return what was redeemed in a year, less what was given back."""
        homes = _homes(village, _bounds(year), SPENDING)
        [row] = self._connection.execute(_cells(homes).limit(1))
        return _cell(row, sign=-1)

    def spent_by_month(self, village: int, year: int) -> dict[Month, Cell]:
        """Return what was redeemed in each month of a year; months without anything are missing."""
        homes = _homes(village, _bounds(year), SPENDING, ENTRY.c.effective_month.label("month"))
        return self._by_month(_cells(homes, homes.c.month).limit(12), sign=-1)

    def by_category(self, village: int, since: Month, until: Month) -> dict[Month, dict[str, Cell]]:
        """Return what was earned by month and category, both months included.

        The category is the item's letter, ``OTHER`` where an entry names no item.
        """
        bounds = str(since), str(until)
        month, letter = ENTRY.c.effective_month.label("month"), func.substr(ENTRY.c.item, 1, 1)
        homes = _homes(village, bounds, tuple(EARNING), month, letter.label("category"))
        query = _cells(homes, homes.c.month, homes.c.category).limit(CELLS_MAX)
        found: dict[Month, dict[str, Cell]] = {}
        for row in self._connection.execute(query):
            found.setdefault(parse_month(row.month), {})[row.category] = _cell(row)
        return found

    def _by_month(self, query: Select[Any], *, sign: int = 1) -> dict[Month, Cell]:
        found = self._connection.execute(query)
        return {parse_month(row.month): _cell(row, sign=sign) for row in found}


def _homes(
    village: int, bounds: tuple[str, str], kinds: Sequence[EntryKind], *parts: Any
) -> Subquery:
    """Return each household's sum of some kinds of entries by ``parts``, where it is not zero."""
    points = func.sum(ENTRY.c.points)
    return (
        select(*parts, points.label("points"))
        .where(
            ENTRY.c.village == village,
            ENTRY.c.effective_month.between(*bounds),
            one_of(ENTRY.c.kind, sorted(kinds)),
        )
        .group_by(ENTRY.c.household, *(part.element for part in parts))
        .having(points != 0)
        .subquery()
    )


def _cells(homes: Subquery, *parts: Any) -> Select[Any]:
    """Return how many households there are and what they have together, by ``parts``."""
    sums = func.count().label("households"), func.coalesce(func.sum(homes.c.points), 0)
    return select(*parts, sums[0], sums[1].label("points")).group_by(*parts)


def _cell(row: Any, *, sign: int = 1) -> Cell:
    return Cell(int(row.households), Points(sign * int(row.points)))


def _bounds(year: int) -> tuple[str, str]:
    return str(Month(year, 1)), str(Month(year, 12))
