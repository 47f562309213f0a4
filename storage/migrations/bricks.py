"""The bricks of revisions: columns and constraints, named once and for all."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import op


def number(
    name: str, *, nullable: bool = False, autoincrement: Literal["auto"] | bool = "auto"
) -> sa.Column[Any]:
    """Return a column of whole numbers."""
    return sa.Column(name, sa.Integer(), nullable=nullable, autoincrement=autoincrement)


def big_number(name: str) -> sa.Column[Any]:
    """Return a column of 64-bit numbers."""
    return sa.Column(name, sa.BigInteger(), nullable=False)


def words(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Return a column of short text."""
    return sa.Column(name, sa.String(), nullable=nullable)


def prose(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Return a column of long text."""
    return sa.Column(name, sa.Text(), nullable=nullable)


def instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Return a column of instants in UTC."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def day(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    """Return a column of village days."""
    return sa.Column(name, sa.Date(), nullable=nullable)


def yes_no(name: str) -> sa.Column[Any]:
    """Return a column of yes or no."""
    return sa.Column(name, sa.Boolean(), nullable=False)


def primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """Return the primary key of a table."""
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def unique(name: str, *columns: str) -> sa.UniqueConstraint:
    """Return a natural key."""
    return sa.UniqueConstraint(*columns, name=op.f(name))


def check(name: str, holds: str) -> sa.CheckConstraint:
    """Return a condition that every row fulfils."""
    return sa.CheckConstraint(holds, name=op.f(name))


def among(name: str, column: str, values: str) -> sa.CheckConstraint:
    """Return a condition that a column holds one of the values, which are parted by spaces."""
    listed = ", ".join(f"'{value}'" for value in values.split())
    return check(name, f"{column} IN ({listed})")


def refers(name: str, columns: tuple[str, ...], to: tuple[str, ...]) -> sa.ForeignKeyConstraint:
    """Return a foreign key to ``table.column`` names."""
    return sa.ForeignKeyConstraint(columns, to, name=op.f(name))
