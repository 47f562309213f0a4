"""What the town sees of its villages (三级联动): a few sums a village, from the totals."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select

from domain.claim import UNDECIDED
from domain.objection import ObjectionState
from domain.participation import Share
from domain.period import Month, Quarter, day_start, parse_month, parse_quarter
from domain.points import Points
from domain.town import Register
from storage.claims import CLAIM
from storage.doors import ADOPTION
from storage.ledger import REVIEW, YEAR
from storage.ledger import VILLAGE as TOTAL
from storage.objections import OBJECTION
from storage.participations import AN_AWARD_STANDS, eligible_on
from storage.publications import PUBLICATION
from storage.statements import rows
from storage.villages import HOUSEHOLD, VILLAGE, VILLAGES_MAX
from storage.years import CLOSE

MONTHS_MAX = VILLAGES_MAX * 24


class Towns:
    """The towns repository; every method runs inside the caller's transaction.

    Each method reads all villages at once; its cost does not grow with the ledger.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def registers(
        self, as_of: date, *, within: Collection[int] | None = None
    ) -> dict[int, Register]:
        """Return what each village's registration rests on, by village; of some, or of all."""
        sums = self._sums(as_of.year)
        with_rules = self._with_rulebook(as_of)
        query = _shares(as_of)
        if within is not None:
            query = query.where(HOUSEHOLD.c.village.in_(list(within)))
        found: dict[int, Register] = {}
        for row in rows(self._connection, query):
            village = row["village"]
            entries, earned, redeemed = sums.get(village, (0, 0, 0))
            found[village] = Register(
                every=Share(row["eligible"], 0, row["taking_part"]),
                stars=Share(row["stars"], 0, row["stars_in"]),
                party=Share(row["party"], 0, row["party_in"]),
                has_rulebook=village in with_rules,
                entries=entries,
                earned=Points(earned),
                redeemed=Points(redeemed),
            )
        return found

    def _sums(self, year: int) -> dict[int, tuple[int, int, int]]:
        """Return entries, earned and redeemed of a year; what its close ended is not redeemed."""
        query = (
            select(
                TOTAL.c.village,
                func.sum(TOTAL.c.entries),
                func.sum(TOTAL.c.earned),
                func.sum(TOTAL.c.redeemed),
            )
            .where(TOTAL.c.month.between(str(Month(year, 1)), str(Month(year, 12))))
            .group_by(TOTAL.c.village)
            .limit(VILLAGES_MAX)
        )
        ended = self._ended(year)
        return {
            village: (int(entries), int(earned), int(redeemed) - ended.get(village, 0))
            for village, entries, earned, redeemed in self._connection.execute(query)
        }

    def _ended(self, year: int) -> dict[int, int]:
        query = select(CLOSE.c.village, CLOSE.c.ended).where(CLOSE.c.year == year)
        found = self._connection.execute(query.limit(VILLAGES_MAX))
        return {row.village: int(row.ended) for row in found}

    def _with_rulebook(self, as_of: date) -> frozenset[int]:
        query = select(ADOPTION.c.village).where(ADOPTION.c.in_force_on <= as_of).distinct()
        return frozenset(self._connection.execute(query.limit(VILLAGES_MAX)).scalars())

    def confirmed(self, since: Month) -> dict[int, frozenset[Month]]:
        """Return the confirmed months from one on, by village."""
        query = (
            select(REVIEW.c.village, REVIEW.c.month)
            .where(REVIEW.c.confirmed_at.is_not(None), REVIEW.c.month >= str(since))
            .limit(MONTHS_MAX)
        )
        found: dict[int, set[Month]] = {}
        for village, month in self._connection.execute(query):
            found.setdefault(village, set()).add(parse_month(month))
        return {village: frozenset(months) for village, months in found.items()}

    def waiting(self) -> dict[int, int]:
        """Return how many claims are undecided, by village; villages without any are missing.

        Asked village by village, so that the index answers without the decided claims.
        """
        theirs = select(func.count()).select_from(CLAIM)
        undecided = theirs.where(CLAIM.c.village == VILLAGE.c.village, CLAIM.c.state.in_(UNDECIDED))
        query = select(VILLAGE.c.village, undecided.correlate(VILLAGE).scalar_subquery())
        found = self._connection.execute(query.limit(VILLAGES_MAX))
        return {village: int(count) for village, count in found if count}

    def spent_in(self, year: int) -> dict[int, Month]:
        """Return the first month of a year in which points were spent, by village.

        What the year's close ends in December is not spent.
        """
        query = (
            select(TOTAL.c.village, TOTAL.c.month, TOTAL.c.redeemed)
            .where(
                TOTAL.c.month.between(str(Month(year, 1)), str(Month(year, 12))),
                TOTAL.c.redeemed > 0,
            )
            .order_by(TOTAL.c.village, TOTAL.c.month)
            .limit(MONTHS_MAX)
        )
        found: dict[int, Month] = {}
        ended = self._ended(year)
        for village, text, redeemed in self._connection.execute(query):
            month = parse_month(text)
            is_close = month == Month(year, 12) and redeemed <= ended.get(village, 0)
            if not is_close:
                found.setdefault(village, month)
        return found

    def published(self, as_of: date) -> dict[int, frozenset[Quarter]]:
        """Return the quarters shown by a day, of its year and the year before, by village."""
        query = (
            select(PUBLICATION.c.village, PUBLICATION.c.quarter)
            .where(
                PUBLICATION.c.quarter >= f"{as_of.year - 1:04d}-Q1",
                PUBLICATION.c.released_at < day_start(as_of + timedelta(days=1)),
            )
            .distinct()
            .limit(VILLAGES_MAX * 8)
        )
        found: dict[int, set[Quarter]] = {}
        for village, quarter in self._connection.execute(query):
            found.setdefault(village, set()).add(parse_quarter(quarter))
        return {village: frozenset(quarters) for village, quarters in found.items()}

    def open_objections(self) -> dict[int, int]:
        """Return the unanswered objections by village; villages without any are missing."""
        query = (
            select(OBJECTION.c.village, func.count())
            .where(OBJECTION.c.state == ObjectionState.RAISED)
            .group_by(OBJECTION.c.village)
            .limit(VILLAGES_MAX)
        )
        return {village: int(count) for village, count in self._connection.execute(query)}


def _shares(as_of: date) -> Select[Any]:
    """Count eligible, star and party households, and those taking part, by village."""
    takes_part = YEAR.c.household.is_not(None)
    star, party = HOUSEHOLD.c.star > 0, HOUSEHOLD.c.is_party
    return (
        select(
            HOUSEHOLD.c.village,
            func.count().label("eligible"),
            func.count().filter(takes_part).label("taking_part"),
            func.count().filter(star).label("stars"),
            func.count().filter(star, takes_part).label("stars_in"),
            func.count().filter(party).label("party"),
            func.count().filter(party, takes_part).label("party_in"),
        )
        .select_from(HOUSEHOLD)
        .outerjoin(
            YEAR,
            (YEAR.c.village == HOUSEHOLD.c.village)
            & (YEAR.c.year == as_of.year)
            & (YEAR.c.household == HOUSEHOLD.c.id)
            & AN_AWARD_STANDS,
        )
        .where(eligible_on(as_of))
        .group_by(HOUSEHOLD.c.village)
        .limit(VILLAGES_MAX)
    )
