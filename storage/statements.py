"""Small pieces of SQL that every repository uses, alike on both databases."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

Row = Mapping[str, Any]
"""One row as read: column name to value."""


def table_of(model: type[SQLModel]) -> Table:
    """Return the table behind a SQLModel class."""
    return cast("Table", model.__table__)  # type: ignore[attr-defined]


def upsert(connection: Connection, table: Table) -> Any:
    """Return an INSERT that offers ``on_conflict_do_*`` on the database at hand."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def insert_once(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is taken; return whether it was inserted."""
    statement = upsert(connection, table).values(**values).on_conflict_do_nothing()
    key = next(iter(table.primary_key))
    return connection.execute(statement.returning(key)).first() is not None


def add_up(
    connection: Connection, table: Table, *, key: Mapping[str, Any], plus: Mapping[str, int]
) -> None:
    """Add numbers to the row of ``key``, creating it when it is the first."""
    statement = upsert(connection, table).values(**key, **plus)
    columns = {name: table.c[name] + getattr(statement.excluded, name) for name in plus}
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=columns))


def first(connection: Connection, table: Table, **key: Any) -> Row | None:
    """Return the one row of an equality key, or None."""
    query = select(table).where(*(table.c[name] == value for name, value in key.items()))
    return cast("Row | None", connection.execute(query.limit(1)).mappings().first())


def rows(connection: Connection, query: Any) -> Sequence[Row]:
    """Return all rows of a query that bears a limit of its own."""
    return cast("Sequence[Row]", connection.execute(query).mappings().all())
