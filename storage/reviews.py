"""What reviewers did to a claim: standing approvals, and the trail (审计)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select

from domain.claim import ClaimKey
from domain.membership import PersonId
from domain.points import Points
from storage.prepared import run
from storage.statements import insert_once, read, table_of
from storage.tables.claims import ApprovalRow, ClaimEventRow

APPROVAL = table_of(ApprovalRow)
EVENT = table_of(ClaimEventRow)
_APPROVALS = (
    select(APPROVAL.c.person, APPROVAL.c.points)
    .where(
        APPROVAL.c.village == bindparam("village"),
        APPROVAL.c.year == bindparam("year"),
        APPROVAL.c.number == bindparam("number"),
        APPROVAL.c.kind == bindparam("kind"),
    )
    .order_by(APPROVAL.c.at, APPROVAL.c.person)
    .limit(20)
)
_NOTED = ("village", "year", "number", "action", "person", "at", "points", "reason")
_NOTE = EVENT.insert().from_select(
    [*_NOTED, "seq"],
    select(
        *(bindparam(name, type_=EVENT.c[name].type).label(name) for name in _NOTED),
        func.coalesce(func.max(EVENT.c.seq), 0) + 1,
    ).where(
        EVENT.c.village == bindparam("village"),
        EVENT.c.year == bindparam("year"),
        EVENT.c.number == bindparam("number"),
    ),
)
"""The next line of a claim's trail, numbered by the statement itself."""


class Reviews:
    """The reviews repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def approvals(
        self, village: int, key: ClaimKey, *, kind: str = "award"
    ) -> tuple[tuple[PersonId, Points], ...]:
        """Return who approved which amount, in order of time."""
        found = read(self._connection, _APPROVALS, _key(village, key) | {"kind": kind})
        return tuple((PersonId(row["person"]), Points(row["points"])) for row in found)

    def add_approval(
        self,
        village: int,
        key: ClaimKey,
        *,
        person: PersonId,
        points: Points,
        at: datetime,
        kind: str = "award",
    ) -> bool:
        """Keep one person's approval; False when that person's stands already."""
        values = _key(village, key) | {"kind": kind, "person": person, "points": points}
        return insert_once(self._connection, APPROVAL, values | {"at": at})

    def clear_approvals(self, village: int, key: ClaimKey, *, kind: str = "award") -> None:
        """Drop the standing approvals, because what they approved has changed."""
        self._connection.execute(
            delete(APPROVAL).where(
                APPROVAL.c.village == village,
                APPROVAL.c.year == key.year,
                APPROVAL.c.number == key.number,
                APPROVAL.c.kind == kind,
            )
        )

    def note(
        self,
        village: int,
        key: ClaimKey,
        *,
        action: str,
        person: PersonId,
        at: datetime,
        points: Points | None = None,
        reason: str = "",
    ) -> None:
        """Add a line to the claim's trail."""
        values = _key(village, key) | {"action": action, "person": person, "at": at}
        run(self._connection, _NOTE, values | {"points": points, "reason": reason})

    def decider(self, village: int, key: ClaimKey) -> tuple[PersonId, str] | None:
        """Return the person behind the last line of the trail, and the reason."""
        query = (
            select(EVENT.c.person, EVENT.c.reason)
            .where(
                EVENT.c.village == village, EVENT.c.year == key.year, EVENT.c.number == key.number
            )
            .order_by(EVENT.c.seq.desc())
            .limit(1)
        )
        found = self._connection.execute(query).first()
        return (PersonId(found[0]), found[1]) if found else None

    def involved(self, village: int, key: ClaimKey) -> frozenset[PersonId]:
        """Return everybody who ever did something to the claim."""
        query = (
            select(EVENT.c.person)
            .where(
                EVENT.c.village == village, EVENT.c.year == key.year, EVENT.c.number == key.number
            )
            .distinct()
            .limit(100)
        )
        return frozenset(PersonId(p) for p in self._connection.execute(query).scalars())


def _key(village: int, key: ClaimKey) -> dict[str, Any]:
    return {"village": village, "year": key.year, "number": key.number}
