"""The illustrator draws the publication's picture with the real press, and it goes out once."""

import struct
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Engine

from bot.assistant import Exits
from bot.boards import Boards
from bot.illustrator import Illustrator
from schedules.publication_picture import unpictured
from storage.outbox import Draft
from storage.performer import Perform, performer_on
from storage.photo_store import PhotoStore
from storage.unit_of_work import Books, books_on
from tests.bot.papers.archive import OCTOBER, archive
from tests.builders import ACCOUNT
from tests.cast import VILLAGE_ROOM
from tests.fakes import FixedClock

PICTURE_BYTES_MAX = 1_000_000
T = TypeVar("T")


class Crashing:
    """Performs until its last act, which the process does not live to see."""

    def __init__(self, perform: Perform, *, acts: int) -> None:
        self._perform = perform
        self._left = acts

    async def __call__(self, act: Callable[[Books], T]) -> T:
        if not self._left:
            raise KeyboardInterrupt
        self._left -= 1
        return await self._perform(act)


@pytest.fixture
async def perform(engine: Engine) -> AsyncIterator[Perform]:
    with books_on(engine)() as books:
        archive(books)
    performer = performer_on(engine)
    yield performer.perform
    performer.close()


def _illustrator(perform: Perform, folder: Path) -> Illustrator:
    exits = Exits({}, lambda _contact: None)
    return Illustrator(
        perform,
        exits,
        PhotoStore(folder),
        FixedClock(OCTOBER),
        Boards("https://p.example", b"secret", is_reachable=True),
    )


async def _pictures(perform: Perform) -> list[Draft]:
    due = await perform(
        lambda books: books.outbox.due(ACCOUNT, now=OCTOBER + timedelta(days=1), limit=20)
    )
    return [letter.draft for letter in due if letter.draft.photo]


async def test_the_picture_is_drawn_stored_and_queued_once(
    perform: Perform, tmp_path: Path
) -> None:
    illustrator = _illustrator(perform, tmp_path)
    await illustrator.draw()
    await illustrator.draw()
    await _illustrator(perform, tmp_path).draw()
    [draft] = await _pictures(perform)
    assert draft.room == VILLAGE_ROOM
    assert draft.photo is not None
    content = PhotoStore(tmp_path).read_for_sending(draft.photo)
    assert len(content) < PICTURE_BYTES_MAX
    assert struct.unpack(">I", content[16:20]) == (1080,)


async def test_a_crash_between_drawing_and_queueing_only_draws_again(
    perform: Perform, tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        await _illustrator(Crashing(perform, acts=2), tmp_path).draw()
    assert await _pictures(perform) == []
    await _illustrator(perform, tmp_path).draw()
    assert len(await _pictures(perform)) == 1
    assert await perform(lambda books: unpictured(books, now=OCTOBER)) == ()
