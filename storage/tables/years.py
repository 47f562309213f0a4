"""Tables of the year's end: honours, lifted vetoes, closed years, forgotten photos."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Text
from sqlmodel import Field, SQLModel

from storage.tables.columns import of_village


class HonourRow(SQLModel, table=True):
    """An honour that a household was given; kept as history, never changed."""

    __tablename__ = "honour"
    __table_args__ = (of_village("household", "household"),)

    village: int = Field(primary_key=True, foreign_key="village.village")
    year: int = Field(primary_key=True)
    name: str = Field(primary_key=True)
    household: int = Field(primary_key=True)
    place: int | None = None
    points: int
    note: str = Field(default="", sa_type=Text)
    given_at: datetime


class VetoLiftRow(SQLModel, table=True):
    """A veto that two people lifted, by the claim that bore it."""

    __tablename__ = "veto_lift"
    __table_args__ = (
        ForeignKeyConstraint(
            ["village", "year", "number"], ["claim.village", "claim.year", "claim.number"]
        ),
    )

    village: int = Field(primary_key=True)
    year: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    reason: str = Field(sa_type=Text)
    actors: str
    lifted_at: datetime


class YearCloseRow(SQLModel, table=True):
    """A year that is closed: who closed it, and the sums as they stood, frozen."""

    __tablename__ = "year_close"

    village: int = Field(primary_key=True, foreign_key="village.village")
    year: int = Field(primary_key=True)
    eligible: int
    taking_part: int
    earned: int
    redeemed: int
    ended: int
    households_ended: int
    actors: str
    closed_at: datetime
    head_seq: int
    head_hash: str


class ForgottenPhotoRow(SQLModel, table=True):
    """How many photos of a claim were forgotten because their time was over."""

    __tablename__ = "forgotten_photo"
    __table_args__ = (
        ForeignKeyConstraint(
            ["village", "year", "number"], ["claim.village", "claim.year", "claim.number"]
        ),
    )

    village: int = Field(primary_key=True)
    year: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    photos: int
    forgotten_at: datetime
