"""Objections (异议) as stored."""

from collections import Counter
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, Integer, bindparam, func, select

from domain.claim import ClaimKey
from domain.membership import HouseholdId, PersonId
from domain.objection import Objection, ObjectionState
from domain.period import Quarter, parse_quarter
from domain.points import Points
from storage.people import Contact
from storage.prepared import Row
from storage.statements import change, first, insert, read, rows, table_of
from storage.tables.publication import ObjectionRow

OBJECTION = table_of(ObjectionRow)
OPEN_MAX: Final = 500
_OF_HOUSEHOLD: Final = (
    select(OBJECTION)
    .where(
        OBJECTION.c.village == bindparam("village"),
        OBJECTION.c.household == bindparam("household"),
    )
    .order_by(OBJECTION.c.year.desc(), OBJECTION.c.number.desc())
    .limit(bindparam("most", type_=Integer))
)


class Objections:
    """The objections repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, village: int, objection: Objection, contact: Contact) -> None:
        """Store a new objection and where its answer goes."""
        told = {"village": village, "account": contact.account, "contact": contact.id}
        insert(self._connection, OBJECTION, told | _values(objection))

    def save(self, village: int, objection: Objection) -> None:
        """Write back an objection already stored."""
        key = {"village": village, "year": objection.year, "number": objection.number}
        values = {n: v for n, v in _values(objection).items() if n not in key}
        assert change(self._connection, OBJECTION, key=key, values=values) == 1, key

    def find(self, village: int, number: int, *, years: tuple[int, ...]) -> tuple[Objection, ...]:
        """Return the objections behind a bare number, at most one of each year, in their order."""
        found = (
            first(self._connection, OBJECTION, village=village, year=year, number=number)
            for year in years
        )
        return tuple(_objection(row) for row in found if row)

    def contact(self, village: int, objection: Objection) -> Contact:
        """Return where an objection was raised."""
        row = first(
            self._connection,
            OBJECTION,
            village=village,
            year=objection.year,
            number=objection.number,
        )
        assert row, objection.matter
        return Contact(row["account"], row["contact"])

    def open(self, village: int, *, limit: int = OPEN_MAX) -> tuple[Objection, ...]:
        """Return the objections that wait for an answer, oldest first."""
        query = (
            select(OBJECTION)
            .where(OBJECTION.c.village == village, OBJECTION.c.state == ObjectionState.RAISED)
            .order_by(OBJECTION.c.year, OBJECTION.c.number)
            .limit(limit)
        )
        return tuple(_objection(row) for row in rows(self._connection, query))

    def of_household(
        self, village: int, household: HouseholdId, *, limit: int = 200
    ) -> tuple[Objection, ...]:
        """Return a household's objections, latest first."""
        values = {"village": village, "household": household, "most": limit}
        return tuple(_objection(row) for row in read(self._connection, _OF_HOUSEHOLD, values))

    def count(self, village: int, quarter: Quarter) -> Counter[ObjectionState]:
        """Return how many objections to a quarter stand in each state."""
        query = (
            select(OBJECTION.c.state, func.count())
            .where(OBJECTION.c.village == village, OBJECTION.c.quarter == str(quarter))
            .group_by(OBJECTION.c.state)
        )
        return Counter({ObjectionState(s): n for s, n in self._connection.execute(query)})

    def reminded(self, village: int, objection: Objection, *, times: int) -> None:
        """Keep how often the committee was reminded of an objection."""
        self.save(village, replace(objection, reminders=times))


def _values(objection: Objection) -> dict[str, Any]:
    claim = objection.claim
    return {
        "year": objection.year,
        "number": objection.number,
        "household": objection.household,
        "claim_year": claim.year if claim else None,
        "claim_number": claim.number if claim else None,
        "quarter": str(objection.quarter),
        "person": objection.person,
        "words": objection.words,
        "state": objection.state,
        "raised_at": objection.raised_at,
        "due_on": objection.due_on,
        "reminders": objection.reminders,
        "answered_at": objection.answered_at,
        "reason": objection.reason,
        "points": objection.points,
    }


def _objection(row: Row) -> Objection:
    has_claim = row["claim_year"] is not None
    return Objection(
        year=row["year"],
        number=row["number"],
        household=HouseholdId(row["household"]),
        claim=ClaimKey(row["claim_year"], row["claim_number"]) if has_claim else None,
        quarter=parse_quarter(row["quarter"]),
        person=PersonId(row["person"]),
        words=row["words"],
        state=ObjectionState(row["state"]),
        raised_at=row["raised_at"],
        due_on=row["due_on"],
        reminders=row["reminders"],
        answered_at=row["answered_at"],
        reason=row["reason"],
        points=None if row["points"] is None else Points(row["points"]),
    )
