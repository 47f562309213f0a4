"""The doctor's look at the database (数据库体检): reached, of this version, writable, in time."""

import sqlite3
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.cli.finding import Finding, failed, good
from bot.replies import cli
from bot.replies import cli_doctor as words
from bot.settings import Settings
from storage.engine import open_engine, sqlite_path
from storage.schema import SchemaState, look

DRIFT_MAX: Final = 60


def check_database(settings: Settings, now: datetime) -> Finding:
    """Look at the database without changing it; one that is not there yet is well."""
    mend = words.DATABASE_MEND
    engine: Engine | None = None
    try:
        engine = open_engine(settings.database)
        path = sqlite_path(engine)
        if path is not None:
            mend = words.DATABASE_SQLITE_MEND.format(path=path)
            if not path.exists():
                return good("database", words.DATABASE_FRESH.format(kind="SQLite"))
        return _look(engine, now)
    except ArgumentError:
        return failed("database", cli.DATABASE_ADDRESS, mend)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
        return failed("database", cli.DATABASE_FAILED.format(reason=reason), mend)
    finally:
        if engine is not None:
            engine.dispose()


def _look(engine: Engine, now: datetime) -> Finding:
    kind = "SQLite" if sqlite_path(engine) else "PostgreSQL"
    state = look(engine)
    if state is SchemaState.AHEAD:
        said = cli.DATABASE_TOO_NEW.format(version=kind)
        return failed("database", said, words.DATABASE_TOO_NEW_MEND)
    drift = _write_and_take_back(engine, now)
    if drift > DRIFT_MAX:
        said = words.CLOCK_DRIFT.format(seconds=round(drift))
        return failed("database", said, words.CLOCK_MEND)
    sentence = {
        SchemaState.CURRENT: words.DATABASE_GOOD,
        SchemaState.BEHIND: words.DATABASE_BEHIND,
        SchemaState.EMPTY: words.DATABASE_FRESH,
    }[state]
    return good("database", sentence.format(kind=kind))


def _write_and_take_back(engine: Engine, now: datetime) -> float:
    """Create a table and take it back; return how far the database's clock is from ours."""
    with engine.connect() as connection, connection.begin() as transaction:
        connection.execute(text("CREATE TABLE jifen_doctor (x INTEGER)"))
        told = connection.execute(select(func.current_timestamp())).scalar_one()
        transaction.rollback()
    at = told if isinstance(told, datetime) else datetime.fromisoformat(str(told))
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return abs((at - now).total_seconds())
