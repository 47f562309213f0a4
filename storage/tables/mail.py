"""Tables of messages in and out, open dialogues and web sessions."""

from datetime import datetime

from sqlalchemy import Index, Integer, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.mail import InboxState, OutboxState
from storage.tables.columns import known


class InboxRow(SQLModel, table=True):
    """One message of a platform, written before anything else is done with it."""

    __tablename__ = "inbox"
    __table_args__ = (
        known("state", InboxState),
        Index("ix_inbox_twin", "account", "contact", "digest"),
        Index("ix_inbox_state", "account", "state"),
    )

    account: str = Field(primary_key=True)
    message_id: str = Field(primary_key=True)
    state: str
    announced_at: datetime
    sent_at: datetime | None = None
    room: str = ""
    contact: str = ""
    digest: str = ""
    body: str | None = Field(default=None, sa_type=Text)


class OutboxRow(SQLModel, table=True):
    """One message of ours, from the transaction that caused it to its receipt.

    ``relayed_by`` is who of ``village`` says that they carried it by hand.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        known("state", OutboxState),
        known("kind", ("reply", "notice")),
        UniqueConstraint("key"),
        Index("ix_outbox_state", "account", "state", "kind", "id"),
        Index("ix_outbox_target", "account", "contact", "id"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Integer)
    key: str
    account: str
    room: str | None = None
    contact: str | None = None
    mention: str | None = None
    kind: str
    text: str = Field(default="", sa_type=Text)
    village: int | None = None
    photo: str | None = None
    state: str
    queued_at: datetime
    not_before: datetime
    attempts: int = 0
    settled_at: datetime | None = None
    platform_id: str = ""
    relayed_by: int | None = None


class DialogueRow(SQLModel, table=True):
    """What the assistant waits for from one person in one room."""

    __tablename__ = "dialogue"

    account: str = Field(primary_key=True)
    room: str = Field(primary_key=True)
    contact: str = Field(primary_key=True)
    kind: str
    body: str = Field(sa_type=Text)
    expires_at: datetime


class WebSessionRow(SQLModel, table=True):
    """A browser logged in as a contact of the web page; the cookie's digest is kept."""

    __tablename__ = "web_session"

    digest: str = Field(primary_key=True)
    contact: str
    created_at: datetime
    expires_at: datetime


class UsedLinkRow(SQLModel, table=True):
    """A signed link that was used; a link opens one session."""

    __tablename__ = "used_link"

    digest: str = Field(primary_key=True)
    used_at: datetime


class PresenceRow(SQLModel, table=True):
    """When an account was last known to receive messages; tells how long a gap was."""

    __tablename__ = "presence"

    account: str = Field(primary_key=True)
    seen_at: datetime
