"""The picture behind a publication's notice: to the rooms that were told, once, in the daytime."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.claim import Sha256
from domain.publication import PublicationState
from schedules.announcing import room_key
from schedules.publication_picture import Edition, queue_picture, unpictured
from storage.doors import Room
from storage.outbox import OUTBOX, Draft
from storage.statements import rows
from storage.unit_of_work import Books, OpenBooks
from tests.bot.papers.archive import OCTOBER, Q3, archive
from tests.builders import ACCOUNT
from tests.cast import VILLAGE_ROOM

PICTURE = Sha256("a" * 64)
EDITION = Edition(1, Q3, 1)


@pytest.fixture
def told(open_books: OpenBooks) -> OpenBooks:
    with open_books() as books:
        archive(books)
    return open_books


def _queued(books: Books, now: datetime = OCTOBER) -> tuple[Draft, ...]:
    return queue_picture(books, EDITION, PICTURE, now=now)


def test_a_room_that_was_told_gets_the_picture_behind_the_words_once(told: OpenBooks) -> None:
    with told() as books:
        assert unpictured(books, now=OCTOBER) == (EDITION,)
        [draft] = _queued(books)
    assert (draft.room, draft.photo, draft.text, draft.kind) == (
        VILLAGE_ROOM,
        PICTURE,
        "",
        "notice",
    )
    with told() as books:
        assert unpictured(books, now=OCTOBER) == ()
        assert _queued(books) == ()
        due = books.outbox.due(ACCOUNT, now=OCTOBER, limit=10)
        about = [one.draft for one in due if one.draft.room == VILLAGE_ROOM]
    assert [bool(one.photo) for one in about] == [False, True]
    assert "2026年三季度积分公示" in about[0].text


def test_a_room_bound_afterwards_is_not_told_of_old_news(told: OpenBooks) -> None:
    with told() as books:
        books.rooms.bind(Room(1, ACCOUNT, "later@chatroom", "villagers"), at=OCTOBER)
        assert [draft.room for draft in _queued(books)] == [VILLAGE_ROOM]


def test_every_account_s_room_gets_its_own(told: OpenBooks) -> None:
    with told() as books:
        room = Room(1, "second", "village@chatroom", "villagers")
        books.rooms.bind(room, at=OCTOBER)
        words = Draft(room_key(1, "publication:2026-Q3:1", room), "second", room.room, None, "公示")
        books.outbox.put(words, at=OCTOBER)
        assert {draft.account for draft in _queued(books)} == {ACCOUNT, "second"}


def test_at_night_the_picture_waits_with_the_words(told: OpenBooks) -> None:
    night = datetime(2026, 10, 12, 13, 30, tzinfo=UTC)
    with told() as books:
        [draft] = _queued(books, now=night)
        [row] = [r for r in rows(books.connection, OUTBOX.select()) if r["key"] == draft.key]
    assert row["not_before"] == datetime(2026, 10, 13, 0, 0, tzinfo=UTC)


def test_old_editions_and_corrected_ones_get_none(told: OpenBooks) -> None:
    with told() as books:
        assert unpictured(books, now=OCTOBER + timedelta(days=3)) == ()
        shown = books.publications.newest(1, Q3)
        assert shown is not None
        books.publications.save_state(1, replace(shown, state=PublicationState.CORRECTED))
        assert unpictured(books, now=OCTOBER) == ()
