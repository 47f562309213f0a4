"""The web sessions (登录): which browser is which contact, and links that were used."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from storage.statements import change, first, insert_once, one_of, table_of
from storage.tables.mail import UsedLinkRow, WebSessionRow

SESSION = table_of(WebSessionRow)
LINK = table_of(UsedLinkRow)
EXTENDED_EVERY = timedelta(days=1)


class Sessions:
    """The web sessions; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, digest: str, contact: str, *, at: datetime, until: datetime) -> None:
        """Keep a browser's session under its cookie's digest."""
        self._connection.execute(
            SESSION.insert().values(digest=digest, contact=contact, created_at=at, expires_at=until)
        )

    def contact(self, digest: str, *, now: datetime) -> str | None:
        """Return the contact behind a cookie's digest, unless it has run out."""
        row = first(self._connection, SESSION, digest=digest)
        return str(row["contact"]) if row and row["expires_at"] > now else None

    def visit(self, digest: str, *, now: datetime, until: datetime) -> str | None:
        """Return the contact like ``contact``; a session in use lasts until then.

        Its new end is written once a day, not at every request.
        """
        row = first(self._connection, SESSION, digest=digest)
        if row is None or row["expires_at"] <= now:
            return None
        if row["expires_at"] <= until - EXTENDED_EVERY:
            change(self._connection, SESSION, key={"digest": digest}, values={"expires_at": until})
        return str(row["contact"])

    def signed_in(self, contacts: Collection[str], *, now: datetime) -> frozenset[str]:
        """Return which of some contacts have a session that has not run out."""
        if not contacts:
            return frozenset()
        query = (
            select(SESSION.c.contact)
            .where(one_of(SESSION.c.contact, contacts), SESSION.c.expires_at > now)
            .distinct()
            .limit(len(contacts))
        )
        return frozenset(self._connection.execute(query).scalars())

    def close(self, digest: str) -> None:
        """End a session."""
        self._connection.execute(delete(SESSION).where(SESSION.c.digest == digest))

    def use_link(self, digest: str, *, at: datetime) -> bool:
        """Use a signed link up; False when it was used before."""
        return insert_once(self._connection, LINK, {"digest": digest, "used_at": at})

    def forget(self, now: datetime) -> None:
        """Drop sessions and used links that are out of date."""
        self._connection.execute(delete(SESSION).where(SESSION.c.expires_at <= now))
        self._connection.execute(delete(LINK).where(LINK.c.used_at <= now - timedelta(days=2)))
