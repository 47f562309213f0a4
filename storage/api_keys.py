"""Keys of the HTTP interface as stored: by number, with their keyed digest alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from domain.api_key import ApiKey, Scope
from storage.prepared import Row
from storage.statements import change, first, insert, rows, table_of
from storage.tables.platform import ApiKeyRow

KEY = table_of(ApiKeyRow)
KEYS_MAX = 1_000
DIGITS_MAX = 9
"""A number of more digits is no number of a key, and no database has a column for it."""


@dataclass(frozen=True, slots=True)
class KeyTerms:
    """What an operator grants: what may be read, in one town or all, until which day."""

    scopes: Collection[Scope]
    town: str | None = None
    until: date | None = None


class ApiKeys:
    """The keys repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self) -> int:
        """Return the number of the next key, from 1; none is given twice."""
        last = self._connection.execute(select(func.max(KEY.c.number))).scalar()
        return (last or 0) + 1

    def add(self, number: int, name: str, terms: KeyTerms, *, digest: str, at: datetime) -> ApiKey:
        """Keep a new key whose name is not taken."""
        values = {
            "number": number,
            "name": name,
            "digest": digest,
            "scopes": " ".join(sorted(terms.scopes)),
            "town": terms.town,
            "until": terms.until,
            "created_at": at,
        }
        insert(self._connection, KEY, values)
        found = self.get(number)
        assert found is not None, number
        return found

    def get(self, number: int) -> ApiKey | None:
        """Return the key of a number, whatever its state."""
        row = first(self._connection, KEY, number=number)
        return _key(row) if row else None

    def named(self, name: str) -> ApiKey | None:
        """Return the key of a name, or of a written number."""
        row = first(self._connection, KEY, name=name)
        if row is None and name.isascii() and name.isdecimal() and len(name) <= DIGITS_MAX:
            row = first(self._connection, KEY, number=int(name))
        return _key(row) if row else None

    def all(self) -> tuple[ApiKey, ...]:
        """Return every key by number, at most 1,000."""
        query = select(KEY).order_by(KEY.c.number).limit(KEYS_MAX)
        return tuple(_key(row) for row in rows(self._connection, query))

    def revoke(self, number: int, *, at: datetime) -> bool:
        """Let a key open nothing from now on; False when it is revoked already."""
        found = self.get(number)
        if found is None or found.revoked_at is not None:
            return False
        return change(self._connection, KEY, key={"number": number}, values={"revoked_at": at}) == 1

    def used(self, number: int, *, on: date) -> None:
        """Keep the day on which a key was last used."""
        change(self._connection, KEY, key={"number": number}, values={"last_used_on": on})


def _key(row: Row) -> ApiKey:
    return ApiKey(
        number=row["number"],
        name=row["name"],
        digest=row["digest"],
        scopes=frozenset(Scope(scope) for scope in row["scopes"].split()),
        town=row["town"],
        until=row["until"],
        created_at=row["created_at"],
        revoked_at=row["revoked_at"],
        last_used_on=row["last_used_on"],
    )
