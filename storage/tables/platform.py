"""Tables of the platforms that read over HTTP: their keys."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class ApiKeyRow(SQLModel, table=True):
    """A key of a platform; it belongs to no village, and only its keyed digest is kept."""

    __tablename__ = "api_key"
    __table_args__ = (UniqueConstraint("name"),)

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str
    digest: str
    scopes: str
    town: str | None = None
    until: date | None = None
    created_at: datetime
    revoked_at: datetime | None = None
    last_used_on: date | None = None
