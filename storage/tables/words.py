"""Tables of words: a village's aliases, and what nobody could read."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.alias import AliasState
from storage.tables.columns import known


class AliasRow(SQLModel, table=True):
    """A village's own words for an item: suggested, adopted or dropped."""

    __tablename__ = "alias"
    __table_args__ = (known("state", AliasState), UniqueConstraint("village", "words"))

    village: int = Field(primary_key=True, foreign_key="village.village")
    number: int = Field(primary_key=True)
    words: str
    item: str
    state: str
    suggested_at: datetime
    settled_at: datetime | None = None


class UnreadRow(SQLModel, table=True):
    """Words that were meant for the assistant and not understood, without names."""

    __tablename__ = "unread"
    __table_args__ = (Index("ix_unread_said_at", "said_at"),)

    village: int = Field(primary_key=True, foreign_key="village.village")
    number: int = Field(primary_key=True)
    text: str = Field(sa_type=Text)
    scene: str
    said_at: datetime
