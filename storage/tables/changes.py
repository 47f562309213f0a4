"""Tables of what changed on the roster and among those who hold a role."""

from datetime import date, datetime

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from domain.household_change import ChangeKind
from domain.membership import Role
from storage.tables.columns import known, of_village


class HouseholdChangeRow(SQLModel, table=True):
    """One line of a household's history; only added to."""

    __tablename__ = "household_change"
    __table_args__ = (
        of_village("household", "household"),
        of_village("other", "household"),
        known("kind", ChangeKind),
        Index("ix_household_change_household", "village", "household", "number"),
    )

    village: int = Field(primary_key=True, foreign_key="village.village")
    number: int = Field(primary_key=True)
    kind: str
    household: int
    other: int | None = None
    changed_on: date
    noted_by: int | None = None
    noted_at: datetime
    reason: str = Field(default="", sa_type=Text)
    was: str = ""


class PastRoleRow(SQLModel, table=True):
    """A role that a person held until it was taken back."""

    __tablename__ = "past_role"
    __table_args__ = (of_village("person", "person"), known("role", Role))

    village: int = Field(primary_key=True, foreign_key="village.village")
    person: int = Field(primary_key=True)
    role: str = Field(primary_key=True)
    since: datetime = Field(primary_key=True)
    ended_at: datetime
    reason: str = Field(sa_type=Text)
