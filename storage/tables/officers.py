"""Tables of town and district (镇、区): officers, what lets them in, points by category."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from domain.officer import Level
from storage.tables.columns import known


class OfficerRow(SQLModel, table=True):
    """Somebody of a town or district; ``towns`` is a JSON list, empty for all."""

    __tablename__ = "officer"
    __table_args__ = (known("level", Level),)

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    level: str
    area: str
    towns: str = Field(sa_type=Text)
    name: str
    since: datetime
    ended_at: datetime | None = None
    reason: str = Field(default="", sa_type=Text)


class OfficerPassRow(SQLModel, table=True):
    """What lets an officer in once: the keyed digest of a code or link, and who used it."""

    __tablename__ = "officer_pass"
    __table_args__ = (Index("ix_officer_pass_contact", "account", "contact"),)

    digest: str = Field(primary_key=True)
    officer: int = Field(foreign_key="officer.number")
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    account: str = ""
    contact: str = ""


class CategoryTotalRow(SQLModel, table=True):
    """What a village earned in a month under one category of its rulebook, in tenths."""

    __tablename__ = "category_total"

    village: int = Field(primary_key=True, foreign_key="village.village")
    month: str = Field(primary_key=True)
    category: str = Field(primary_key=True)
    earned: int = 0
