"""Column helpers shared by the tables."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import SQLModel


def known(column: str, values: type[StrEnum] | Iterable[str]) -> CheckConstraint:
    """Return a CHECK that a column holds one of the known values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"known_{column}")


def of_village(column: str, to: str) -> ForeignKeyConstraint:
    """Return a foreign key from (village, column) to a table keyed (village, id)."""
    return ForeignKeyConstraint(["village", column], [f"{to}.village", f"{to}.id"])


SQLModel.model_config["defer_build"] = True  # rows are never validated by pydantic: no validators

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
