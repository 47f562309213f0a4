"""Tables of publications, their lines, what was missing, and objections."""

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, Text
from sqlmodel import Field, SQLModel

from domain.objection import ObjectionState
from domain.publication import PublicationState
from storage.tables.columns import known, of_village


class PublicationRow(SQLModel, table=True):
    """One edition of a quarter's publication; never changed once it was released."""

    __tablename__ = "publication"
    __table_args__ = (
        known("state", PublicationState),
        Index("ix_publication_state", "village", "state"),
    )

    village: int = Field(primary_key=True, foreign_key="village.village")
    quarter: str = Field(primary_key=True)
    edition: int = Field(primary_key=True)
    state: str
    eligible: int
    participating: int
    rulebook_version: str
    adopted_title: str = Field(sa_type=Text)
    adopted_on: date
    basis_title: str = Field(sa_type=Text)
    basis_since: date
    basis_until: date | None = None
    chain_seq: int
    chain_head: str
    digest: str
    prepared_at: datetime
    released_at: datetime | None = None
    final_at: datetime | None = None
    reminders: int = 0
    reminded_on: date | None = None


class PublicationLineRow(SQLModel, table=True):
    """One household's line of an edition, as it is printed."""

    __tablename__ = "publication_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["village", "quarter", "edition"],
            ["publication.village", "publication.quarter", "publication.edition"],
        ),
        of_village("household", "household"),
    )

    village: int = Field(primary_key=True)
    quarter: str = Field(primary_key=True)
    edition: int = Field(primary_key=True)
    household: int = Field(primary_key=True)
    position: int
    group_no: int
    name: str
    quarter_points: int
    year_points: int
    quarter_place: int | None = None
    year_place: int | None = None


class PublicationMissingRow(SQLModel, table=True):
    """That a quarter could not be published on a day: what was missing, and who was told."""

    __tablename__ = "publication_missing"

    village: int = Field(primary_key=True, foreign_key="village.village")
    quarter: str = Field(primary_key=True)
    told_on: date = Field(primary_key=True)
    months: str
    claims: str = Field(sa_type=Text)
    told: str = Field(sa_type=Text)


class ObjectionRow(SQLModel, table=True):
    """An objection to a household's total or to one claim, and how it ended."""

    __tablename__ = "objection"
    __table_args__ = (
        of_village("household", "household"),
        of_village("person", "person"),
        ForeignKeyConstraint(
            ["village", "claim_year", "claim_number"],
            ["claim.village", "claim.year", "claim.number"],
        ),
        known("state", ObjectionState),
        Index("ix_objection_state", "village", "state"),
        Index("ix_objection_household", "village", "household", "quarter"),
    )

    village: int = Field(primary_key=True, foreign_key="village.village")
    year: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    household: int
    claim_year: int | None = None
    claim_number: int | None = None
    quarter: str
    person: int
    words: str = Field(sa_type=Text)
    state: str
    account: str
    contact: str
    raised_at: datetime
    due_on: date
    reminders: int = 0
    answered_at: datetime | None = None
    reason: str = Field(default="", sa_type=Text)
    points: int | None = None
