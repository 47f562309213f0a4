"""Statements compiled once and run straight on the driver: the hot path of every act.

The library spends several times longer on wrapping a small statement than the
database on running it. Compiling, and the conversion of values by the columns'
types, are still the library's; only the running is ours.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Executable, exc
from sqlalchemy.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any] | None
Row = Mapping[str, Any]


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
        self._constants = {**compiled.params, **defaults}
        self._names = compiled.positiontup
        self._binders = cast("Mapping[str, Callable[[Any], Any]]", compiled._bind_processors)  # noqa: SLF001 - the library's own conversion
        self._columns = [
            (column.keyname, column.type._cached_result_processor(dialect, None))  # noqa: SLF001 - as above
            for column in compiled._result_columns  # noqa: SLF001 - as above
        ]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """Return values as the driver takes them: a tuple, or a mapping."""
        merged = {**self._constants, **values}
        for name, convert in self._binders.items():
            if name in merged:
                merged[name] = convert(merged[name])
        if self._names is None:
            return merged
        return tuple(merged[name] for name in self._names)

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Row]:
        """Return what the driver read, converted, by column name; text names no columns."""
        if not self._columns:
            return [{} for _ in found]
        return [
            {
                name: convert(value) if convert is not None else value
                for (name, convert), value in zip(self._columns, row, strict=True)
            }
            for row in found
        ]


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
    driver = connection.connection.cursor()
    try:
        driver.execute(prepared.sql, prepared.parameters(values))
        found = driver.fetchall() if driver.description else ()
        return driver.rowcount, prepared.rows(found)
    except connection.dialect.loaded_dbapi.Error as error:
        raise exc.DBAPIError.instance(
            prepared.sql,
            None,
            error,
            connection.dialect.loaded_dbapi.Error,
            hide_parameters=True,
            dialect=connection.dialect,
        ) from error
    finally:
        driver.close()


def savepoint(connection: Connection, words: str) -> None:
    """Set, release or go back to a savepoint, straight on the driver."""
    driver = connection.connection.cursor()
    try:
        driver.execute(words)
    finally:
        driver.close()
