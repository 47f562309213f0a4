"""Messages in (收), since when accounts hear, open dialogues."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from domain.mail import INBOX_STEPS, InboxAction, InboxState, states_before
from storage.people import Contact
from storage.prepared import Row, run
from storage.statements import change, first, insert_once, one_of, put, read, rows, table_of
from storage.tables.mail import DialogueRow, InboxRow, PresenceRow

INBOX = table_of(InboxRow)
DIALOGUE = table_of(DialogueRow)
PRESENCE = table_of(PresenceRow)
TWIN_WINDOW = timedelta(seconds=10)
OPEN = states_before(INBOX_STEPS, InboxAction.SETTLE)
_TWIN = (
    select(INBOX.c.message_id)
    .where(
        INBOX.c.account == bindparam("account"),
        INBOX.c.contact == bindparam("contact"),
        INBOX.c.digest == bindparam("digest"),
        INBOX.c.room == bindparam("room"),
        INBOX.c.message_id != bindparam("message_id"),
        INBOX.c.state == InboxState.DONE,
        INBOX.c.sent_at >= bindparam("since"),
        INBOX.c.sent_at <= bindparam("until"),
    )
    .limit(1)
)
_SETTLE = (
    update(INBOX)
    .where(
        INBOX.c.account == bindparam("key_account"),
        INBOX.c.message_id == bindparam("key_message_id"),
        one_of(INBOX.c.state, OPEN),
    )
    .values({n: bindparam(n) for n in ("sent_at", "room", "contact", "digest", "body", "state")})
)
_UNREAD = object()
_CLOSE = delete(DIALOGUE).where(
    DIALOGUE.c.account == bindparam("account"),
    DIALOGUE.c.room == bindparam("room"),
    DIALOGUE.c.contact == bindparam("contact"),
)


@dataclass(frozen=True, slots=True)
class Received:
    """What the inbox keeps of a message until it is done; ``body`` is the gateway's JSON."""

    account: str
    message_id: str
    room: str | None
    contact: str
    sent_at: datetime
    digest: str
    body: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What is waited for from a person in a room, until ``expires_at``."""

    kind: str
    body: dict[str, Any]
    expires_at: datetime


class Inbox:
    """The inbox repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def announce(self, account: str, message_id: str, *, at: datetime) -> bool:
        """Write the first row of a message; False when it was seen before."""
        values = {
            "account": account,
            "message_id": message_id,
            "state": InboxState.ANNOUNCED,
            "announced_at": at,
            "room": "",
            "contact": "",
            "digest": "",
        }
        return insert_once(self._connection, INBOX, values)

    def receive(self, received: Received, *, at: datetime) -> bool:
        """Write a message whose content is known at once; False when it was seen before."""
        values = _content(received) | {
            "account": received.account,
            "message_id": received.message_id,
            "state": InboxState.RECEIVED,
            "announced_at": at,
        }
        return insert_once(self._connection, INBOX, values)

    def state(self, account: str, message_id: str) -> InboxState | None:
        """Return how far a message got; None when it was never seen."""
        row = first(self._connection, INBOX, account=account, message_id=message_id)
        return InboxState(row["state"]) if row else None

    def body(self, account: str, message_id: str) -> tuple[str, datetime, str] | None:
        """Return contact, instant and body of a message whose content is kept."""
        row = first(self._connection, INBOX, account=account, message_id=message_id)
        if row is None or row["body"] is None:
            return None
        return row["contact"], row["sent_at"], row["body"]

    def has_twin(self, received: Received) -> bool:
        """Return whether the same content came from the person within 10 s under another id."""
        like = {
            "account": received.account,
            "contact": received.contact,
            "digest": received.digest,
            "room": received.room or "",
            "message_id": received.message_id,
            "since": received.sent_at - TWIN_WINDOW,
            "until": received.sent_at + TWIN_WINDOW,
        }
        return bool(read(self._connection, _TWIN, like))

    def settle(self, received: Received, *, state: InboxState, keeps_body: bool = False) -> bool:
        """Mark a message as worked off; False when it was already.

        Its words are dropped, unless it came from the web page, which shows
        people their own side of the talk.
        """
        values = _content(received) | {"state": state}
        if not keeps_body:
            values["body"] = None
        key = {"key_account": received.account, "key_message_id": received.message_id}
        return run(self._connection, _SETTLE, values | key)[0] == 1

    def lose(self, account: str, message_id: str) -> None:
        """Mark a message whose content the platform could not give."""
        key = {"account": account, "message_id": message_id, "state": InboxState.ANNOUNCED}
        change(self._connection, INBOX, key=key, values={"state": InboxState.LOST})

    def unfinished(self, account: str, *, limit: int) -> Sequence[tuple[str, str | None]]:
        """Return ids and bodies of messages not worked off, oldest first.

        A body of None means that the platform has to be asked again.
        """
        query = (
            select(INBOX.c.message_id, INBOX.c.body)
            .where(
                INBOX.c.account == account,
                INBOX.c.state.in_([InboxState.ANNOUNCED, InboxState.RECEIVED]),
            )
            .order_by(INBOX.c.announced_at)
            .limit(limit)
        )
        return [(message_id, body) for message_id, body in self._connection.execute(query)]

    def said_by(self, contact: Contact, *, limit: int) -> tuple[Received, ...]:
        """Return what a contact wrote (kept bodies only), newest first."""
        query = (
            select(INBOX)
            .where(
                INBOX.c.account == contact.account,
                INBOX.c.contact == contact.id,
                INBOX.c.body.is_not(None),
            )
            .order_by(INBOX.c.announced_at.desc())
            .limit(limit)
        )
        return tuple(_received(row) for row in rows(self._connection, query))

    def count(self, account: str) -> int:
        """Return how many messages of the account are not worked off."""
        query = select(func.count()).where(INBOX.c.account == account, one_of(INBOX.c.state, OPEN))
        return int(self._connection.execute(query).scalar_one())


class Presence:
    """Since when an account hears nothing; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def seen_at(self, account: str) -> datetime | None:
        """Return when the account was last known to hear."""
        row = first(self._connection, PRESENCE, account=account)
        return row["seen_at"] if row else None

    def seen(self, account: str, *, at: datetime) -> None:
        """Keep that the account hears now."""
        put(self._connection, PRESENCE, key={"account": account}, values={"seen_at": at})


class Dialogues:
    """The open dialogues; every method runs inside the caller's transaction.

    What was read is remembered until it is changed, for as long as the books are open.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[tuple[Contact, str | None], Dialogue | None] = {}

    def get(self, contact: Contact, room: str | None, *, now: datetime) -> Dialogue | None:
        """Return what is waited for from a person in a room, unless its time is over."""
        if (contact, room) not in self._read:
            self._read[contact, room] = self._find(contact, room)
        known = self._read[contact, room]
        return None if known is None or known.expires_at <= now else known

    def _find(self, contact: Contact, room: str | None) -> Dialogue | None:
        key = {"account": contact.account, "room": room or "", "contact": contact.id}
        row = first(self._connection, DIALOGUE, **key)
        return Dialogue(row["kind"], json.loads(row["body"]), row["expires_at"]) if row else None

    def open(self, contact: Contact, room: str | None, dialogue: Dialogue) -> None:
        """Wait for something from a person, in place of what was waited for before."""
        changed = {
            "kind": dialogue.kind,
            "body": json.dumps(dialogue.body, ensure_ascii=False),
            "expires_at": dialogue.expires_at,
        }
        key = {"account": contact.account, "room": room or "", "contact": contact.id}
        self._read.pop((contact, room), None)
        put(self._connection, DIALOGUE, key=key, values=changed)

    def close(self, contact: Contact, room: str | None) -> None:
        """Wait no longer."""
        if self._read.pop((contact, room), _UNREAD) is None:
            return
        key = {"account": contact.account, "room": room or "", "contact": contact.id}
        run(self._connection, _CLOSE, key)

    def forget(self, now: datetime) -> None:
        """Drop dialogues whose time is over."""
        self._connection.execute(delete(DIALOGUE).where(DIALOGUE.c.expires_at <= now))


def _content(received: Received) -> dict[str, Any]:
    return {
        "sent_at": received.sent_at,
        "room": received.room or "",
        "contact": received.contact,
        "digest": received.digest,
        "body": received.body,
    }


def _received(row: Row) -> Received:
    return Received(
        row["account"],
        row["message_id"],
        row["room"] or None,
        row["contact"],
        row["sent_at"],
        row["digest"],
        row["body"],
    )
