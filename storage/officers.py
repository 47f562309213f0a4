"""Officers of town and district as stored: who they are, and what let them in."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from domain.officer import Level, Officer
from storage.people import Contact
from storage.prepared import Row
from storage.statements import change, first, insert, rows, table_of
from storage.tables.officers import OfficerPassRow, OfficerRow

OFFICER = table_of(OfficerRow)
PASS = table_of(OfficerPassRow)
OFFICERS_MAX = 1_000


@dataclass(frozen=True, slots=True)
class Seat:
    """An officer as the operator looks at them: from when to when, on how many phones."""

    officer: Officer
    since: datetime
    ended_at: datetime | None
    reason: str
    phones: int


class Officers:
    """The officers repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, level: Level, area: str, *, towns: Sequence[str], name: str, at: datetime
    ) -> Officer:
        """Store an officer, who gets the next number."""
        last = self._connection.execute(select(func.max(OFFICER.c.number))).scalar()
        officer = Officer((last or 0) + 1, level, area, tuple(towns), name)
        values = {
            "number": officer.number,
            "level": level,
            "area": area,
            "towns": json.dumps(towns, ensure_ascii=False),
            "name": name,
            "since": at,
        }
        insert(self._connection, OFFICER, values | {"ended_at": None, "reason": ""})
        return officer

    def get(self, number: int) -> Officer | None:
        """Return an officer who has not ended."""
        row = first(self._connection, OFFICER, number=number)
        return _officer(row) if row and row["ended_at"] is None else None

    def invite(self, officer: Officer, digest: str, *, at: datetime, until: datetime) -> None:
        """Keep what lets an officer in once, until an instant."""
        values = {"digest": digest, "officer": officer.number, "made_at": at, "expires_at": until}
        fresh = {"used_at": None, "account": "", "contact": ""}
        insert(self._connection, PASS, values | fresh)

    def use(self, digest: str, contact: Contact, *, at: datetime) -> Officer | None:
        """Let a contact in as the officer of a digest; None when it opens nothing (any more)."""
        taken = self._connection.execute(
            update(PASS)
            .where(PASS.c.digest == digest, PASS.c.used_at.is_(None), PASS.c.expires_at > at)
            .values(used_at=at, account=contact.account, contact=contact.id)
        )
        return self.of(contact) if taken.rowcount == 1 else None

    def let_in(self, officer: Officer, digest: str, contact: Contact, *, at: datetime) -> None:
        """Let a contact in as an officer by a link that is good for once."""
        self.invite(officer, digest, at=at, until=at)
        taken = {"used_at": at, "account": contact.account, "contact": contact.id}
        change(self._connection, PASS, key={"digest": digest}, values=taken)

    def of(self, contact: Contact) -> Officer | None:
        """Return which officer a contact is, the latest pass first; None when nobody or ended."""
        query = (
            select(OFFICER)
            .join(PASS, PASS.c.officer == OFFICER.c.number)
            .where(
                PASS.c.account == contact.account,
                PASS.c.contact == contact.id,
                OFFICER.c.ended_at.is_(None),
            )
            .order_by(PASS.c.used_at.desc())
            .limit(1)
        )
        found = rows(self._connection, query)
        return _officer(found[0]) if found else None

    def all(self) -> tuple[Seat, ...]:
        """Return every officer there is or was, by number."""
        phones = func.count(PASS.c.used_at)
        query = (
            select(OFFICER, phones.label("phones"))
            .outerjoin(PASS, PASS.c.officer == OFFICER.c.number)
            .group_by(*OFFICER.c)
            .order_by(OFFICER.c.number)
            .limit(OFFICERS_MAX)
        )
        return tuple(
            Seat(_officer(row), row["since"], row["ended_at"], row["reason"], row["phones"])
            for row in rows(self._connection, query)
        )

    def end(self, number: int, *, reason: str, at: datetime) -> None:
        """Let an officer see nothing from now on; that they did is kept."""
        values = {"ended_at": at, "reason": reason}
        change(self._connection, OFFICER, key={"number": number}, values=values)


def _officer(row: Row) -> Officer:
    towns = tuple(json.loads(row["towns"]))
    return Officer(row["number"], Level(row["level"]), row["area"], towns, row["name"])
