"""Leaving (退出): the chat identity is taken out wherever the village keeps it."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, Table, delete, func, update

from domain.mail import OutboxState
from domain.membership import PersonId, alias_of
from storage.claims import CLAIM
from storage.evidence import LOOSE
from storage.mail import DIALOGUE, INBOX
from storage.objections import OBJECTION
from storage.outbox import OUTBOX
from storage.people import BINDING, REQUEST, Contact
from storage.retention import SETTLED

_ORIGINS: Final = (CLAIM, OBJECTION)
"""Tables that keep where an answer goes; the ledger names nobody but persons by number."""


class Leavings:
    """The leavings repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def forget(self, village: int, contact: Contact, person: PersonId, *, at: datetime) -> None:
        """End a contact's binding and put a number of ours where its id was kept.

        What was decided, by whom and when stays; only the platform's id goes, and the
        name of a request to be bound.
        """
        alias = alias_of(person)
        binding = update(BINDING).where(*_of(BINDING, contact, village))
        self._connection.execute(binding.where(BINDING.c.ended_at.is_(None)).values(ended_at=at))
        for table in (BINDING, *_ORIGINS):
            theirs = update(table).where(*_of(table, contact, village))
            self._connection.execute(theirs.values(contact=alias))
        asked = update(REQUEST).where(*_of(REQUEST, contact, village))
        self._connection.execute(asked.values(contact=alias, name=""))

    def forget_mail(self, village: int, contact: Contact, person: PersonId) -> None:
        """Drop what waits for a contact directly; take its id off what was said."""
        alias = alias_of(person)
        theirs = _of(OUTBOX, contact, village)
        waits = (OUTBOX.c.state == OutboxState.QUEUED, OUTBOX.c.room.is_(None))
        self._connection.execute(delete(OUTBOX).where(*theirs, *waits))
        self._connection.execute(
            update(OUTBOX)
            .where(*theirs, OUTBOX.c.state.not_in((OutboxState.QUEUED, OutboxState.SENDING)))
            .values(contact=alias, mention=None, key=func.replace(OUTBOX.c.key, contact.id, alias))
        )

    def forget_talk(self, contact: Contact) -> None:
        """Take a contact that is bound nowhere any more off what it said, and what it was asked."""
        for table in (DIALOGUE, LOOSE):
            self._connection.execute(delete(table).where(*_of(table, contact)))
        said = update(INBOX).where(*_of(INBOX, contact), INBOX.c.state.in_(SETTLED))
        self._connection.execute(said.values(contact="", body=None))


def _of(table: Table, contact: Contact, village: int | None = None) -> list[ColumnElement[bool]]:
    """Return the condition that a row is a contact's, in one village or wherever it is."""
    mine = [table.c.account == contact.account, table.c.contact == contact.id]
    return mine if village is None else [*mine, table.c.village == village]
