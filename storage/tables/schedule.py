"""Tables of the calendar: what was done when, how a village moved it, who signed what."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from storage.tables.columns import known, of_village


class JobPeriodRow(SQLModel, table=True):
    """One job of the calendar for one period of a village, settled once."""

    __tablename__ = "job_period"
    __table_args__ = (known("state", ("done", "skipped")),)

    village: int = Field(primary_key=True, foreign_key="village.village")
    kind: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    state: str
    due_at: datetime
    settled_at: datetime
    remark: str = Field(default="", sa_type=Text)


class JobSettingRow(SQLModel, table=True):
    """How a village has a kind of job: off, at another hour, some days earlier or later."""

    __tablename__ = "job_setting"
    __table_args__ = (CheckConstraint("hour BETWEEN 0 AND 23", name="hour_of_day"),)

    village: int = Field(primary_key=True, foreign_key="village.village")
    kind: str = Field(primary_key=True)
    is_on: bool = True
    hour: int | None = None
    shift_days: int = 0


class SignOffRow(SQLModel, table=True):
    """One person's agreement to a matter that takes two (会签)."""

    __tablename__ = "sign_off"
    __table_args__ = (of_village("person", "person"),)

    village: int = Field(primary_key=True, foreign_key="village.village")
    matter: str = Field(primary_key=True)
    person: int = Field(primary_key=True)
    stance: str = Field(default="", sa_type=Text)
    signed_at: datetime
