"""The stage on which dialogues are played."""

from collections.abc import Iterator

import pytest

from storage.unit_of_work import OpenBooks
from tests.cast import memory_books, settle_in
from tests.journeys.calendar import CalendarStage
from tests.journeys.stage import Stage


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A stage over books in memory; after the play the books must be clean."""
    with memory_books() as open_books:
        played = Stage(open_books)
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
def calendar() -> Iterator[CalendarStage]:
    """A stage on which days pass and the calendar works."""
    with memory_books() as open_books:
        played = CalendarStage(open_books)
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
