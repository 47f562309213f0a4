"""Tables of the ledger: entries, the chain's head, totals."""

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.ledger import EntryKind
from storage.tables.columns import known, of_village


class EntryRow(SQLModel, table=True):
    """One entry (一笔) of a village's chain; never updated, never deleted."""

    __tablename__ = "entry"
    __table_args__ = (
        of_village("household", "household"),
        known("kind", EntryKind),
        UniqueConstraint("village", "cause"),
        Index("ix_entry_household", "village", "household", "seq"),
        Index("ix_entry_month", "village", "effective_month"),
    )

    village: int = Field(primary_key=True, foreign_key="village.village")
    seq: int = Field(primary_key=True)
    year: int
    household: int
    kind: str
    points: int
    cause: str
    effective_month: str
    item: str = ""
    actors: str
    reason: str = Field(default="", sa_type=Text)
    at: datetime
    previous_hash: str
    hash: str


class LedgerHeadRow(SQLModel, table=True):
    """The end of a village's chain; the row every posting locks first."""

    __tablename__ = "ledger_head"

    village: int = Field(primary_key=True, foreign_key="village.village")
    seq: int = 0
    hash: str


class MonthTotalRow(SQLModel, table=True):
    """What a household earned and redeemed in a month, in tenths."""

    __tablename__ = "month_total"
    __table_args__ = (of_village("household", "household"),)

    village: int = Field(primary_key=True)
    month: str = Field(primary_key=True)
    household: int = Field(primary_key=True)
    earned: int = 0
    redeemed: int = 0
    entries: int = 0


class YearTotalRow(SQLModel, table=True):
    """What a household earned and redeemed in a year, in tenths; ``awards`` that stand."""

    __tablename__ = "year_total"
    __table_args__ = (
        of_village("household", "household"),
        Index("ix_year_total_place", "village", "year", "earned"),
        Index("ix_year_total_taking_part", "village", "year", "household", "awards"),
    )

    village: int = Field(primary_key=True)
    year: int = Field(primary_key=True)
    household: int = Field(primary_key=True)
    earned: int = 0
    redeemed: int = 0
    awards: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})


class VillageTotalRow(SQLModel, table=True):
    """What all households of a village earned and redeemed in a month, in tenths."""

    __tablename__ = "village_total"

    village: int = Field(primary_key=True, foreign_key="village.village")
    month: str = Field(primary_key=True)
    earned: int = 0
    redeemed: int = 0
    entries: int = 0


class MonthReviewRow(SQLModel, table=True):
    """The committee's confirmation of a month (一月一审核).

    ``seed`` and ``drawn_seq`` say how the recheck was drawn: over the awards up
    to that entry. ``reminders`` counts how often a late month was reminded of.
    """

    __tablename__ = "month_review"

    village: int = Field(primary_key=True, foreign_key="village.village")
    month: str = Field(primary_key=True)
    confirmed_at: datetime | None = None
    seed: str | None = None
    drawn_seq: int | None = None
    drawn_at: datetime | None = None
    reminders: int | None = None
    reminded_on: date | None = None
