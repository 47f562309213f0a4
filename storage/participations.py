"""Who takes part (参与) as the totals tell it; the entries themselves are not read."""

from datetime import date

from sqlalchemy import BindParameter, ColumnElement, Connection, select

from domain.membership import HouseholdId
from domain.participation import Home
from domain.points import Points
from storage.ledger import YEAR
from storage.people import BINDING, PERSON
from storage.statements import rows
from storage.villages import HOUSEHOLD, HOUSEHOLDS_MAX

AN_AWARD_STANDS = YEAR.c.awards > 0
"""The condition that a household takes part; ``ix_year_total_taking_part`` answers it alone."""


class Participations:
    """The participations repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def homes(self, village: int, as_of: date) -> tuple[Home, ...]:
        """Return the households that are eligible on a day, by group and number.

        The day says who is eligible and which year's awards count.
        """
        enrolled = self._enrolled(village)
        query = (
            select(HOUSEHOLD, YEAR.c.household.is_not(None).label("takes_part"))
            .select_from(HOUSEHOLD)
            .outerjoin(
                YEAR,
                (YEAR.c.village == HOUSEHOLD.c.village)
                & (YEAR.c.year == as_of.year)
                & (YEAR.c.household == HOUSEHOLD.c.id)
                & AN_AWARD_STANDS,
            )
            .where(HOUSEHOLD.c.village == village, eligible_on(as_of))
            .order_by(HOUSEHOLD.c.group_no, HOUSEHOLD.c.id)
            .limit(HOUSEHOLDS_MAX)
        )
        return tuple(
            Home(
                household=HouseholdId(row["id"]),
                group_no=row["group_no"],
                is_star=row["star"] > 0,
                is_party=row["is_party"],
                is_enrolled=row["id"] in enrolled,
                takes_part=bool(row["takes_part"]),
            )
            for row in rows(self._connection, query)
        )

    def earned(self, village: int, as_of: date) -> dict[HouseholdId, Points]:
        """Return the points of the year of every eligible household that takes part."""
        query = (
            select(YEAR.c.household, YEAR.c.earned)
            .join(
                HOUSEHOLD,
                (HOUSEHOLD.c.village == YEAR.c.village) & (HOUSEHOLD.c.id == YEAR.c.household),
            )
            .where(
                YEAR.c.village == village,
                YEAR.c.year == as_of.year,
                AN_AWARD_STANDS,
                eligible_on(as_of),
            )
            .limit(HOUSEHOLDS_MAX)
        )
        return {HouseholdId(h): Points(p) for h, p in self._connection.execute(query)}

    def _enrolled(self, village: int) -> set[int]:
        """Return the households with a phone that is bound."""
        query = (
            select(PERSON.c.household)
            .join(
                BINDING,
                (BINDING.c.village == PERSON.c.village) & (BINDING.c.person == PERSON.c.id),
            )
            .where(
                PERSON.c.village == village,
                PERSON.c.household.is_not(None),
                BINDING.c.ended_at.is_(None),
            )
            .distinct()
            .limit(HOUSEHOLDS_MAX)
        )
        return set(self._connection.execute(query).scalars())


def eligible_on(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """Return the condition that a household is eligible on a day."""
    is_open = HOUSEHOLD.c.eligible_until.is_(None) | (HOUSEHOLD.c.eligible_until > day)
    return (HOUSEHOLD.c.eligible_since <= day) & is_open
