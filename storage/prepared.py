"""Statements compiled once and run straight on the driver: the hot path of every act.

The library spends several times longer on wrapping a small statement than the
database on running it. Compiling, and the conversion of values by the columns'
types, are still the library's; only the running is ours.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Executable, exc
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel.sql.sqltypes import UTCDateTime

Convert = Callable[[Any], Any] | None
Row = Mapping[str, Any]


def as_text(value: datetime | None) -> str | None:
    """Return an instant as the library writes it to SQLite: in UTC, to the microsecond.

    Raises:
        ValueError: It has no time zone.

    """
    if value is None:
        return None
    if value.tzinfo is not UTC:
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone")
        value = value.astimezone(UTC)
    return value.isoformat(" ", "microseconds")[:26]


def as_time(text: str | None) -> datetime | None:
    """Return the instant that ``as_text`` wrote."""
    return None if text is None else datetime.fromisoformat(text + "+00:00")


def _is_time_text(kind: Any, dialect: Dialect) -> bool:
    return dialect.name == "sqlite" and isinstance(kind, UTCDateTime)


def _reader(kind: Any, dialect: Dialect) -> Convert:
    if _is_time_text(kind, dialect):
        return as_time
    return cast("Convert", kind._cached_result_processor(dialect, None))  # noqa: SLF001 - the library's own conversion


class Prepared:
    """One statement for one database, for one set of parameter names."""

    def __init__(self, statement: Executable, dialect: Dialect, names: tuple[str, ...]) -> None:
        compiled = statement.compile(  # type: ignore[attr-defined]
            dialect=dialect,
            column_keys=list(names),
        )
        assert isinstance(compiled, SQLCompiler)
        self.sql = compiled.string
        defaults = {c.key: getattr(c.default, "arg", None) for c in compiled.insert_prefetch}
        known = {**compiled.params, **defaults}
        self._constants = {name: value for name, value in known.items() if name not in names}
        binders = cast("Mapping[str, Callable[[Any], Any]]", compiled._bind_processors)  # noqa: SLF001 - the library's own conversion
        types = {name: bind.type for name, bind in compiled.binds.items()}
        self._is_positional = compiled.positiontup is not None
        places = compiled.positiontup or list(known)
        self._places = tuple(
            (name, as_text if _is_time_text(types.get(name), dialect) else binders.get(name))
            for name in places
        )
        columns = [
            (column.keyname, _reader(column.type, dialect))
            for column in compiled._result_columns  # noqa: SLF001 - as above
        ]
        self._columns = tuple(name for name, _ in columns)
        self._readers = tuple((name, convert) for name, convert in columns if convert is not None)

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """Return values as the driver takes them: a list in order, or a mapping."""
        given = {**self._constants, **values} if self._constants else values
        if not self._is_positional:
            return {n: given[n] if bind is None else bind(given[n]) for n, bind in self._places}
        return [given[n] if bind is None else bind(given[n]) for n, bind in self._places]

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Row]:
        """Return what the driver read, converted, by column name; text names no columns."""
        read = [dict(zip(self._columns, row, strict=False)) for row in found]
        for name, convert in self._readers:
            for row in read:
                row[name] = convert(row[name])
        return cast("list[Row]", read)


_PREPARED: dict[tuple[int, str, tuple[str, ...]], tuple[Executable, Prepared]] = {}


def run(
    connection: Connection, statement: Executable, values: Mapping[str, Any]
) -> tuple[int, list[Row]]:
    """Run a statement kept by its module; return rows affected and rows read.

    Args:
        connection: In a transaction.
        statement: Built once and never let go: it is known by its identity. No
            lists for IN among the parameters.
        values: A value for every parameter.

    Raises:
        sqlalchemy.exc.DBAPIError: As the library itself would raise it.
    """
    names = tuple(values)
    key = (id(statement), connection.dialect.name, names)
    known = _PREPARED.get(key)
    if known is None:
        known = statement, Prepared(statement, connection.dialect, names)
        _PREPARED[key] = known
    prepared = known[1]
    try:
        done = _driver(connection).execute(prepared.sql, prepared.parameters(values))
        if done.description is None:
            return done.rowcount, []
        found = done.fetchall()
        return done.rowcount, prepared.rows(found) if found else []
    except connection.dialect.loaded_dbapi.Error as error:
        raise exc.DBAPIError.instance(
            prepared.sql,
            None,
            error,
            connection.dialect.loaded_dbapi.Error,
            hide_parameters=True,
            dialect=connection.dialect,
        ) from error


def savepoint(connection: Connection, words: str) -> None:
    """Set, release or go back to a savepoint, straight on the driver."""
    _driver(connection).execute(words)


def _driver(connection: Connection) -> Any:
    """Return the driver's own connection; both drivers run a statement on a cursor of its own."""
    return connection.connection.dbapi_connection
