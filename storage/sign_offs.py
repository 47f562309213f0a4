"""Agreements of two people (会签) as stored, by matter."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from domain.membership import HouseholdId, PersonId
from domain.sign_off import SIGNING, SignOff
from storage.people import PERSON, ROLE
from storage.statements import put, rows, table_of
from storage.tables.schedule import SignOffRow

SIGN_OFF = table_of(SignOffRow)


class SignOffs:
    """The sign-offs repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def standing(self, village: int, matter: str) -> tuple[SignOff, ...]:
        """Return who agreed to a matter and still may, in order of time.

        An agreement stands as long as who gave it sits on the committee.
        """
        holds_role = (
            select(ROLE.c.person)
            .where(
                ROLE.c.village == SIGN_OFF.c.village,
                ROLE.c.person == SIGN_OFF.c.person,
                ROLE.c.role.in_(SIGNING),
            )
            .exists()
        )
        query = (
            select(SIGN_OFF.c.person, SIGN_OFF.c.stance, PERSON.c.household)
            .join(
                PERSON,
                (PERSON.c.village == SIGN_OFF.c.village) & (PERSON.c.id == SIGN_OFF.c.person),
            )
            .where(SIGN_OFF.c.village == village, SIGN_OFF.c.matter == matter, holds_role)
            .order_by(SIGN_OFF.c.signed_at, SIGN_OFF.c.person)
            .limit(20)
        )
        return tuple(
            SignOff(
                PersonId(row["person"]),
                None if row["household"] is None else HouseholdId(row["household"]),
                row["stance"],
            )
            for row in rows(self._connection, query)
        )

    def keep(
        self, village: int, matter: str, standing: tuple[SignOff, ...], *, at: datetime
    ) -> None:
        """Keep the agreements that stand now; the last of them was given at ``at``."""
        kept = [one.person for one in standing]
        self._connection.execute(
            delete(SIGN_OFF).where(
                SIGN_OFF.c.village == village,
                SIGN_OFF.c.matter == matter,
                SIGN_OFF.c.person.not_in(kept),
            )
        )
        last = standing[-1]
        key = {"village": village, "matter": matter, "person": last.person}
        put(self._connection, SIGN_OFF, key=key, values={"stance": last.stance, "signed_at": at})

    def clear(self, village: int, matter: str) -> None:
        """Let nobody's agreement stand: what they agreed to has changed."""
        self._connection.execute(
            delete(SIGN_OFF).where(SIGN_OFF.c.village == village, SIGN_OFF.c.matter == matter)
        )
