"""Small pieces of SQL that every repository uses, alike on both databases.

A statement is built once and run with other values: building it costs more
than running it.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Table,
    TextClause,
    bindparam,
    or_,
    select,
    text,
    update,
)
from sqlmodel import SQLModel

from storage.prepared import Row, run


def table_of(model: type[SQLModel]) -> Table:
    """Return the table behind a SQLModel class."""
    return cast("Table", model.__table__)  # type: ignore[attr-defined]


def one_of(column: Any, values: Iterable[str]) -> ColumnElement[bool]:
    """Return a condition that a column holds one of a few values, without a list parameter."""
    return or_(*(column == value for value in values))


def insert_once(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is taken; return whether it was inserted."""
    statement = _insert_once(table, tuple(values))
    return bool(run(connection, statement, values)[1])


def insert_numbered(connection: Connection, table: Table, values: Mapping[str, Any]) -> int | None:
    """Insert a row unless a key is taken; return the number it was given, None if it was not."""
    statement = _insert_numbered(table, tuple(values))
    found = run(connection, statement, values)[1]
    return int(found[0]["id"]) if found else None


def put(
    connection: Connection, table: Table, *, key: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    """Insert the row of ``key``, or write ``values`` over the one that is there."""
    run(connection, _put(table, tuple(key), tuple(values)), {**key, **values})


def put_all(
    connection: Connection,
    table: Table,
    many: Sequence[Mapping[str, Any]],
    *,
    key: tuple[str, ...],
) -> None:
    """Insert or overwrite rows that all have the same columns, at once."""
    if many:
        names = tuple(name for name in many[0] if name not in key)
        connection.execute(_put(table, key, names), [dict(one) for one in many])


def add_up(
    connection: Connection, table: Table, *, key: Mapping[str, Any], plus: Mapping[str, int]
) -> None:
    """Add numbers to the row of ``key``, creating it when it is the first."""
    run(connection, _add_up(table, tuple(key), tuple(plus)), {**key, **plus})


def add_up_all(
    connection: Connection,
    table: Table,
    many: Sequence[Mapping[str, Any]],
    *,
    key: tuple[str, ...],
) -> None:
    """Add numbers to rows that all have the same columns, at once."""
    names = tuple(name for name in many[0] if name not in key)
    connection.execute(_add_up(table, key, names), [dict(one) for one in many])


def count_on(connection: Connection, table: Table, *, key: Mapping[str, Any], column: str) -> int:
    """Add one to the row of ``key``, creating it at 1, and return what it holds now."""
    [row] = run(connection, _count_on(table, tuple(key), column), {**key, column: 1})[1]
    return int(row[column])


def change(
    connection: Connection, table: Table, *, key: Mapping[str, Any], values: Mapping[str, Any]
) -> int:
    """Write ``values`` to the rows of an equality key; return how many there were."""
    statement = _change(table, tuple(key), tuple(values))
    named = {f"key_{name}": value for name, value in key.items()}
    return run(connection, statement, {**named, **values})[0]


def first(connection: Connection, table: Table, **key: Any) -> Row | None:
    """Return the one row of an equality key, or None."""
    found = run(connection, _first(table, tuple(key)), key)[1]
    return found[0] if found else None


def rows(connection: Connection, query: Any) -> Sequence[Row]:
    """Return all rows of a query that bears a limit of its own."""
    return cast("Sequence[Row]", connection.execute(query).mappings().all())


def read(connection: Connection, query: Executable, values: Mapping[str, Any]) -> list[Row]:
    """Return all rows of a query that is kept by its module and bears a limit of its own."""
    return run(connection, query, values)[1]


def insert(connection: Connection, table: Table, values: Mapping[str, Any]) -> None:
    """Insert a row whose key is known to be free."""
    run(connection, _insert_row(table), values)


@cache
def _insert_once(table: Table, names: tuple[str, ...]) -> TextClause:
    key = next(iter(table.primary_key)).name
    return _insert(table, names, f"DO NOTHING RETURNING {key}")


@cache
def _insert_numbered(table: Table, names: tuple[str, ...]) -> Any:
    return _insert(table, names, "DO NOTHING RETURNING id").columns(table.c.id)


@cache
def _put(table: Table, key: tuple[str, ...], names: tuple[str, ...]) -> TextClause:
    changes = ", ".join(f"{name} = excluded.{name}" for name in names)
    return _insert(table, key + names, f"({', '.join(key)}) DO UPDATE SET {changes}")


@cache
def _add_up(table: Table, key: tuple[str, ...], names: tuple[str, ...]) -> TextClause:
    sums = ", ".join(f"{name} = {table.name}.{name} + excluded.{name}" for name in names)
    return _insert(table, key + names, f"({', '.join(key)}) DO UPDATE SET {sums}")


@cache
def _count_on(table: Table, key: tuple[str, ...], column: str) -> Any:
    sums = f"{column} = {table.name}.{column} + excluded.{column}"
    on_conflict = f"({', '.join(key)}) DO UPDATE SET {sums} RETURNING {column}"
    return _insert(table, (*key, column), on_conflict).columns(table.c[column])


def _insert(table: Table, names: tuple[str, ...], on_conflict: str) -> TextClause:
    """Return an INSERT that both databases read alike.

    As text, because the library does not keep compiled ON CONFLICT statements;
    names come from the tables, values are bound by the columns' types.
    """
    columns = ", ".join(names)
    places = ", ".join(f":{name}" for name in names)
    words = f"INSERT INTO {table.name} ({columns}) VALUES ({places}) ON CONFLICT {on_conflict}"  # noqa: S608 - no value stands in the text
    return text(words).bindparams(*(bindparam(n, type_=table.c[n].type) for n in names))


@cache
def _insert_row(table: Table) -> Any:
    return table.insert()


@cache
def _change(table: Table, key: tuple[str, ...], names: tuple[str, ...]) -> Any:
    condition = (table.c[name] == bindparam(f"key_{name}") for name in key)
    return update(table).where(*condition).values({name: bindparam(name) for name in names})


@cache
def _first(table: Table, names: tuple[str, ...]) -> Any:
    condition = (table.c[name] == bindparam(name) for name in names)
    return select(table).where(*condition).limit(1)
