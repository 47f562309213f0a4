"""The schema on both databases: made by the revisions, equal to the tables, made once."""

import multiprocessing
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlmodel import SQLModel

from storage import schema
from storage.engine import open_engine
from storage.schema import SchemaState, SchemaTooNew


@pytest.fixture
def bare(bare_url: str) -> Iterator[Engine]:
    opened = open_engine(bare_url)
    yield opened
    opened.dispose()


def test_the_named_head_is_the_last_revision() -> None:
    assert ScriptDirectory.from_config(schema.config()).get_current_head() == schema.HEAD


def test_revisions_give_exactly_the_tables(bare: Engine) -> None:
    schema.prepare(bare)
    with bare.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_revisions_give_the_same_checks_keys_and_indexes_as_the_tables(bare: Engine) -> None:
    schema.prepare(bare)
    with bare.begin() as connection:
        migrated = _facts(connection)
        SQLModel.metadata.drop_all(connection)
        SQLModel.metadata.create_all(connection)
        assert _facts(connection) == migrated


def _facts(connection: Connection) -> dict[str, set[tuple[str, ...]]]:
    seen = inspect(connection)
    tables = sorted(set(seen.get_table_names()) - {schema.VERSION_TABLE})
    return {
        "checks": {
            (t, str(c["name"]), c["sqltext"]) for t in tables for c in seen.get_check_constraints(t)
        },
        "uniques": {
            (t, str(u["name"]), *u["column_names"])
            for t in tables
            for u in seen.get_unique_constraints(t)
        },
        "foreign": {
            (t, str(f["name"]), f["referred_table"], *f["constrained_columns"])
            for t in tables
            for f in seen.get_foreign_keys(t)
        },
        "primary": {(t, *seen.get_pk_constraint(t)["constrained_columns"]) for t in tables},
        "indexes": {
            (t, str(i["name"]), str(i["unique"]), *map(str, i["column_names"]))
            for t in tables
            for i in seen.get_indexes(t)
        },
        "columns": {
            (t, c["name"], str(c["type"]), str(c["nullable"]), str(c["default"]))
            for t in tables
            for c in seen.get_columns(t)
        },
    }


def test_preparing_again_changes_nothing_and_tells_where_it_stands(bare: Engine) -> None:
    assert schema.look(bare) is SchemaState.EMPTY
    schema.prepare(bare)
    schema.prepare(bare)
    assert schema.look(bare) is SchemaState.CURRENT


def test_a_later_program_s_database_is_refused(bare: Engine) -> None:
    schema.prepare(bare)
    with bare.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert schema.look(bare) is SchemaState.AHEAD
    with pytest.raises(SchemaTooNew) as refused:
        schema.prepare(bare)
    assert refused.value.version == "9999"


def test_an_older_database_is_upgraded(bare: Engine) -> None:
    with bare.begin() as connection:
        command.upgrade(schema.config(connection), "0002")
    assert schema.look(bare) is SchemaState.BEHIND
    schema.prepare(bare)
    assert schema.look(bare) is SchemaState.CURRENT


def test_a_failed_upgrade_leaves_nothing_behind(bare: Engine) -> None:
    with bare.begin() as connection:
        connection.execute(text("CREATE TABLE ledger_head (x INTEGER)"))
    with pytest.raises(Exception, match="ledger_head"):
        schema.prepare(bare)
    assert schema.look(bare) is SchemaState.EMPTY
    assert inspect(bare).get_table_names() == ["ledger_head"]


def _prepare(url: str) -> None:
    opened = open_engine(url)
    schema.prepare(opened)
    opened.dispose()


def test_four_programs_that_start_at_once_all_find_it_prepared(bare_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    programs = [spawn.Process(target=_prepare, args=(bare_url,)) for _ in range(4)]
    for program in programs:
        program.start()
    for program in programs:
        program.join(60)
    assert [program.exitcode for program in programs] == [0, 0, 0, 0]
