"""The stage on which dialogues are played."""

from collections.abc import Iterator

import pytest

from storage.engine import open_engine
from storage.unit_of_work import OpenBooks, books_on
from tests.cast import memory_books, settle_in
from tests.conftest import Postgres
from tests.journeys.calendar import CalendarStage
from tests.journeys.stage import Stage

ANYWHERE = [
    "memory",
    pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.slow]),
]
"""Every dialogue is played in memory every day, and on PostgreSQL too in CI."""


@pytest.fixture(params=ANYWHERE)
def settled_books(request: pytest.FixtureRequest) -> Iterator[OpenBooks]:
    """Books with the village in them."""
    if request.param == "memory":
        with memory_books() as open_books:
            yield open_books
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create(is_prepared=True)
    engine = open_engine(url)
    open_books = books_on(engine)
    with open_books() as books:
        settle_in(books)
    yield open_books
    engine.dispose()
    server.drop(url)


@pytest.fixture
def stage(settled_books: OpenBooks) -> Iterator[Stage]:
    """A stage; after the play the books must be clean."""
    played = Stage(settled_books)
    yield played
    _prove(played)


@pytest.fixture
def stage_on_both(open_books: OpenBooks) -> Iterator[Stage]:
    """A stage over a real file and over PostgreSQL."""
    with open_books() as books:
        settle_in(books)
    played = Stage(open_books)
    yield played
    _prove(played)


@pytest.fixture
def calendar(settled_books: OpenBooks) -> Iterator[CalendarStage]:
    """A stage on which days pass and the calendar works."""
    played = CalendarStage(settled_books)
    yield played
    _prove(played)


@pytest.fixture
def calendar_on_both(open_books: OpenBooks) -> Iterator[CalendarStage]:
    """The same over a real file and over PostgreSQL."""
    with open_books() as books:
        settle_in(books)
    played = CalendarStage(open_books)
    yield played
    _prove(played)


def _prove(stage: Stage) -> None:
    """Every message is settled, and the ledger is whole."""
    with stage.open_books() as books:
        assert books.inbox.count(stage.account) == 0
        assert books.audit.verify(1) == ()
