"""What the town sees of its villages (三级联动): a few sums a village, from the totals."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from domain.claim import UNDECIDED
from domain.participation import Share
from domain.period import Month, Quarter, day_start, month_of, parse_month, parse_quarter
from domain.points import Points
from domain.town import Register
from storage.claims import CLAIM
from storage.doors import ADOPTION
from storage.ledger import REVIEW, YEAR
from storage.ledger import VILLAGE as TOTAL
from storage.objections import OBJECTION
from storage.participations import AN_AWARD_STANDS, eligible_on
from storage.publications import PUBLICATION
from storage.reviews import EVENT
from storage.rounds import CARRIED_THROUGH, ROUND
from storage.statements import rows
from storage.villages import HOUSEHOLD, VILLAGE, VILLAGES_MAX
from storage.years import CLOSE

MONTHS_MAX = VILLAGES_MAX * 24
CLOSED_IN = 12
"""The month in which a year's close ends what was not spent."""
DECIDING = ("approve", "reject", "withdraw", "lapse")
"""What ends a claim's waiting, as its trail names it."""


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
        sums = self._sums(as_of)
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

    def _sums(self, as_of: date) -> dict[int, tuple[int, int, int]]:
        """Return entries, earned and redeemed of a day's year, up to its month.

        What the year's close ended is not redeemed.
        """
        last = month_of(as_of)
        query = (
            select(
                TOTAL.c.village,
                func.sum(TOTAL.c.entries),
                func.sum(TOTAL.c.earned),
                func.sum(TOTAL.c.redeemed),
            )
            .where(TOTAL.c.month.between(str(Month(last.year, 1)), str(last)))
            .group_by(TOTAL.c.village)
            .limit(VILLAGES_MAX)
        )
        ended = self._ended(last.year) if last.month == CLOSED_IN else {}
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

    def confirmed(self, since: Month, *, as_of: date) -> dict[int, frozenset[Month]]:
        """Return the months from one on that were confirmed by a day, by village."""
        query = (
            select(REVIEW.c.village, REVIEW.c.month)
            .where(REVIEW.c.confirmed_at < _end(as_of), REVIEW.c.month >= str(since))
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

    def waited(self, as_of: date) -> dict[int, int]:
        """Return how many claims were undecided at the end of a day that is over, by village.

        From the claims' trails: asked by hand, never for a screen.
        """
        is_decided, is_submitted = _noted(as_of, *DECIDING), _noted(as_of, "submit")
        query = (
            select(CLAIM.c.village, func.count())
            .where(CLAIM.c.year.in_((as_of.year - 1, as_of.year)), is_submitted, ~is_decided)
            .group_by(CLAIM.c.village)
            .limit(VILLAGES_MAX)
        )
        return {village: int(count) for village, count in self._connection.execute(query)}

    def redeemed_on(self, as_of: date) -> dict[int, date]:
        """Return the last day of the year's first round that was held by a day, by village."""
        query = (
            select(ROUND.c.village, func.min(ROUND.c.collect_until))
            .where(ROUND.c.year == as_of.year, ROUND.c.collect_until < as_of, CARRIED_THROUGH)
            .group_by(ROUND.c.village)
            .limit(VILLAGES_MAX)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def published(self, as_of: date) -> dict[int, frozenset[Quarter]]:
        """Return the quarters shown by a day, of its year and the year before, by village."""
        query = (
            select(PUBLICATION.c.village, PUBLICATION.c.quarter)
            .where(
                PUBLICATION.c.quarter >= f"{as_of.year - 1:04d}-Q1",
                PUBLICATION.c.released_at < _end(as_of),
            )
            .distinct()
            .limit(VILLAGES_MAX * 8)
        )
        found: dict[int, set[Quarter]] = {}
        for village, quarter in self._connection.execute(query):
            found.setdefault(village, set()).add(parse_quarter(quarter))
        return {village: frozenset(quarters) for village, quarters in found.items()}

    def open_objections(self, as_of: date) -> dict[int, int]:
        """Return the objections unanswered at a day's end, by village; none is missing."""
        answered_at, end = OBJECTION.c.answered_at, _end(as_of)
        query = (
            select(OBJECTION.c.village, func.count())
            .where(OBJECTION.c.raised_at < end, answered_at.is_(None) | (answered_at >= end))
            .group_by(OBJECTION.c.village)
            .limit(VILLAGES_MAX)
        )
        return {village: int(count) for village, count in self._connection.execute(query)}


def _noted(as_of: date, *actions: str) -> ColumnElement[bool]:
    """Return the condition that a claim's trail had one of some lines at a day's end."""
    trail = select(EVENT.c.seq).where(
        EVENT.c.village == CLAIM.c.village,
        EVENT.c.year == CLAIM.c.year,
        EVENT.c.number == CLAIM.c.number,
        EVENT.c.action.in_(actions),
        EVENT.c.at < _end(as_of),
    )
    return trail.limit(1).exists()


def _end(day: date) -> datetime:
    return day_start(day + timedelta(days=1))


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
