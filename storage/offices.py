"""Who holds which role (任职), and who held it before."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from domain.membership import PersonId, Role
from storage.people import PERSON, ROLE
from storage.statements import first, insert_once, rows, table_of
from storage.tables.changes import PastRoleRow

PAST = table_of(PastRoleRow)


@dataclass(frozen=True, slots=True)
class Office:
    """A role that a person holds; ``ended_at`` and ``reason`` once it was taken back."""

    person: PersonId
    name: str
    role: Role
    since: datetime
    ended_at: datetime | None = None
    reason: str = ""


class Offices:
    """The offices repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def held(self, village: int, *, limit: int = 500) -> tuple[Office, ...]:
        """Return who holds a role now, by role and person."""
        query = (
            select(ROLE, PERSON.c.name)
            .join(PERSON, (PERSON.c.village == ROLE.c.village) & (PERSON.c.id == ROLE.c.person))
            .where(ROLE.c.village == village)
            .order_by(ROLE.c.role, ROLE.c.person)
            .limit(limit)
        )
        return tuple(
            Office(PersonId(row["person"]), row["name"], Role(row["role"]), row["since"])
            for row in rows(self._connection, query)
        )

    def past(self, village: int, *, limit: int = 500) -> tuple[Office, ...]:
        """Return who held a role before, oldest first."""
        query = (
            select(PAST, PERSON.c.name)
            .join(PERSON, (PERSON.c.village == PAST.c.village) & (PERSON.c.id == PAST.c.person))
            .where(PAST.c.village == village)
            .order_by(PAST.c.ended_at, PAST.c.person)
            .limit(limit)
        )
        return tuple(
            Office(
                PersonId(row["person"]),
                row["name"],
                Role(row["role"]),
                row["since"],
                row["ended_at"],
                row["reason"],
            )
            for row in rows(self._connection, query)
        )

    def take_back(
        self, village: int, person: PersonId, role: Role, *, reason: str, at: datetime
    ) -> bool:
        """Take a role back and keep that it was held; False when the person does not hold it."""
        row = first(self._connection, ROLE, village=village, person=person, role=role)
        if row is None:
            return False
        values = {
            "village": village,
            "person": person,
            "role": role,
            "since": row["since"],
            "ended_at": at,
            "reason": reason,
        }
        insert_once(self._connection, PAST, values)
        self._connection.execute(
            delete(ROLE).where(
                ROLE.c.village == village, ROLE.c.person == person, ROLE.c.role == role
            )
        )
        return True
