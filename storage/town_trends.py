"""What the town sees over the year (看板): months, categories, objections, redemptions.

From totals and from lists that stay short; nothing here reads the ledger or the claims.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from domain.objection import ObjectionState
from domain.period import Month, Quarter, parse_month, parse_quarter
from domain.points import ZERO, Points
from domain.publication import PublicationState
from domain.redemption import RedemptionState
from domain.redemption_round import RoundState
from storage.ledger import CATEGORY, REVIEW
from storage.ledger import VILLAGE as TOTAL
from storage.objections import OBJECTION
from storage.publications import PUBLICATION
from storage.redemptions import REDEMPTION
from storage.rounds import ROUND
from storage.statements import rows
from storage.towns import MONTHS_MAX
from storage.villages import VILLAGES_MAX
from storage.years import CLOSE

CATEGORIES_MAX = 40
ROUNDS_MAX = 20
STATES_MAX = 8


@dataclass(frozen=True, slots=True)
class MonthPoints:
    """What villages earned and redeemed in a month."""

    earned: Points = ZERO
    redeemed: Points = ZERO


@dataclass(frozen=True, slots=True)
class Shown:
    """The latest edition of a quarter that villagers were shown, and who took part by then."""

    quarter: Quarter
    edition: int
    state: PublicationState
    eligible: int
    participating: int
    released_at: datetime


@dataclass(frozen=True, slots=True)
class Objected:
    """Objections of a year by how they ended, and those not answered in time."""

    states: Counter[ObjectionState]
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round of a year without its catalogue."""

    number: int
    name: str
    state: RoundState
    opens_on: date
    collect_until: date


class TownTrends:
    """The trends repository; every method answers for all villages that are named at once."""

    def __init__(self, connection: Connection, villages: Collection[int]) -> None:
        self._connection = connection
        self._villages = list(villages)

    def months(self, year: int) -> dict[int, dict[Month, MonthPoints]]:
        """Return points by village and month; what the year's close ended is not redeemed."""
        query = (
            select(TOTAL.c.village, TOTAL.c.month, TOTAL.c.earned, TOTAL.c.redeemed)
            .where(TOTAL.c.village.in_(self._villages), TOTAL.c.month.between(*_span(year)))
            .limit(MONTHS_MAX)
        )
        ended = self._ended(year)
        found: dict[int, dict[Month, MonthPoints]] = {}
        for village, text, earned, redeemed in self._connection.execute(query):
            month = parse_month(text)
            closing = ended.get(village, 0) if month == Month(year, 12) else 0
            points = MonthPoints(Points(earned), Points(redeemed - closing))
            found.setdefault(village, {})[month] = points
        return found

    def _ended(self, year: int) -> dict[int, int]:
        query = select(CLOSE.c.village, CLOSE.c.ended).where(CLOSE.c.year == year)
        found = self._connection.execute(query.limit(VILLAGES_MAX))
        return {row.village: int(row.ended) for row in found}

    def categories(self, year: int) -> dict[int, dict[str, Points]]:
        """Return what was earned in a year by village and category letter."""
        query = (
            select(CATEGORY.c.village, CATEGORY.c.category, func.sum(CATEGORY.c.earned))
            .where(CATEGORY.c.village.in_(self._villages), CATEGORY.c.month.between(*_span(year)))
            .group_by(CATEGORY.c.village, CATEGORY.c.category)
            .limit(VILLAGES_MAX * CATEGORIES_MAX)
        )
        found: dict[int, dict[str, Points]] = {}
        for village, category, earned in self._connection.execute(query):
            found.setdefault(village, {})[category] = Points(int(earned))
        return found

    def confirmed(self, year: int) -> dict[int, dict[Month, datetime]]:
        """Return when the months of a year were confirmed, by village."""
        query = (
            select(REVIEW.c.village, REVIEW.c.month, REVIEW.c.confirmed_at)
            .where(
                REVIEW.c.village.in_(self._villages),
                REVIEW.c.month.between(*_span(year)),
                REVIEW.c.confirmed_at.is_not(None),
            )
            .limit(MONTHS_MAX)
        )
        found: dict[int, dict[Month, datetime]] = {}
        for row in rows(self._connection, query):
            months = found.setdefault(row["village"], {})
            months[parse_month(row["month"])] = row["confirmed_at"]
        return found

    def shown(self, year: int) -> dict[int, tuple[Shown, ...]]:
        """Return the latest released edition of each quarter of a year, by village."""
        query = (
            select(PUBLICATION)
            .where(
                PUBLICATION.c.village.in_(self._villages),
                PUBLICATION.c.quarter.between(f"{year:04d}-Q1", f"{year:04d}-Q4"),
                PUBLICATION.c.released_at.is_not(None),
            )
            .order_by(PUBLICATION.c.quarter, PUBLICATION.c.edition)
            .limit(MONTHS_MAX)
        )
        latest: dict[int, dict[Quarter, Shown]] = {}
        for row in rows(self._connection, query):
            quarter = parse_quarter(row["quarter"])
            latest.setdefault(row["village"], {})[quarter] = Shown(
                quarter,
                row["edition"],
                PublicationState(row["state"]),
                row["eligible"],
                row["participating"],
                row["released_at"],
            )
        return {village: tuple(of.values()) for village, of in latest.items()}

    def objected(self, as_of: date) -> dict[int, Objected]:
        """Return the objections of a day's year by village; villages without any are missing."""
        late = (OBJECTION.c.state == ObjectionState.RAISED) & (OBJECTION.c.due_on < as_of)
        query = (
            select(
                OBJECTION.c.village,
                OBJECTION.c.state,
                func.count().label("count"),
                func.count().filter(late).label("late"),
            )
            .where(OBJECTION.c.village.in_(self._villages), OBJECTION.c.year == as_of.year)
            .group_by(OBJECTION.c.village, OBJECTION.c.state)
            .limit(VILLAGES_MAX * STATES_MAX)
        )
        states: dict[int, Counter[ObjectionState]] = {}
        overdue: Counter[int] = Counter()
        for row in rows(self._connection, query):
            village = row["village"]
            states.setdefault(village, Counter())[ObjectionState(row["state"])] = row["count"]
            overdue[village] += row["late"]
        return {village: Objected(of, overdue[village]) for village, of in states.items()}

    def vouchers(self, year: int) -> dict[int, Counter[RedemptionState]]:
        """Return how many orders of a year stand how, by village."""
        query = (
            select(REDEMPTION.c.village, REDEMPTION.c.state, func.count().label("count"))
            .where(REDEMPTION.c.village.in_(self._villages), REDEMPTION.c.year == year)
            .group_by(REDEMPTION.c.village, REDEMPTION.c.state)
            .limit(VILLAGES_MAX * STATES_MAX)
        )
        found: dict[int, Counter[RedemptionState]] = {}
        for row in rows(self._connection, query):
            states = found.setdefault(row["village"], Counter())
            states[RedemptionState(row["state"])] = row["count"]
        return found

    def rounds(self, year: int) -> dict[int, tuple[RoundLine, ...]]:
        """Return the rounds of a year by village; drafts that were cancelled are left out."""
        query = (
            select(ROUND)
            .where(
                ROUND.c.village.in_(self._villages),
                ROUND.c.year == year,
                ROUND.c.state != RoundState.CANCELLED,
            )
            .order_by(ROUND.c.village, ROUND.c.number)
            .limit(VILLAGES_MAX * ROUNDS_MAX)
        )
        found: dict[int, tuple[RoundLine, ...]] = {}
        for row in rows(self._connection, query):
            line = RoundLine(
                row["number"],
                row["name"],
                RoundState(row["state"]),
                row["opens_on"],
                row["collect_until"],
            )
            found[row["village"]] = (*found.get(row["village"], ()), line)
        return found


def _span(year: int) -> tuple[str, str]:
    return str(Month(year, 1)), str(Month(year, 12))
