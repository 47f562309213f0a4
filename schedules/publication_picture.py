"""The picture that follows a publication's notice (公示图): who lacks it, and queueing it once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.claim import Sha256
from domain.mail import OutboxState
from domain.period import Quarter
from schedules.announcing import WEB, next_daytime, room_key
from schedules.publication import notice_key
from storage.doors import Room
from storage.outbox import Draft
from storage.unit_of_work import Books

PICTURED_WITHIN: Final = timedelta(days=2)
"""An edition shown longer ago gets no picture any more: nobody wonders where it is."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a village that villagers were shown."""

    village: int
    quarter: Quarter
    edition: int


def unpictured(books: Books, *, now: datetime) -> tuple[Edition, ...]:
    """Return the editions that were told of and whose picture is not queued yet.

    Read from the outbox, so that a crash between the notice and its picture
    leaves nothing out, and a corrected edition never brings back the first.
    """
    fresh = books.publications.fresh(since=now - PICTURED_WITHIN)
    editions = (Edition(*one) for one in fresh)
    return tuple(one for one in editions if any(True for _ in _rooms(books, one)))


def queue_picture(
    books: Books, edition: Edition, picture: Sha256, *, now: datetime
) -> tuple[Draft, ...]:
    """Queue a drawn picture behind the notice in each room that has it, once for ever."""
    drafts = tuple(
        Draft(
            key=_picture_key(edition, room),
            account=room.account,
            room=room.room,
            contact=None,
            text="",
            kind="notice",
            village=edition.village,
            photo=picture,
        )
        for room in _rooms(books, edition)
    )
    not_before = next_daytime(now)
    return tuple(
        draft
        for draft in drafts
        if books.outbox.put(
            draft,
            at=now,
            not_before=not_before,
            state=OutboxState.SENT if draft.account == WEB else OutboxState.QUEUED,
        )
    )


def _rooms(books: Books, edition: Edition) -> Iterable[Room]:
    """Yield the rooms that were told of an edition and have no picture of it yet."""
    key = notice_key(edition.quarter, edition.edition)
    for room in books.rooms.of_village(edition.village, "villagers"):
        is_told = books.outbox.is_known(room_key(edition.village, key, room))
        if is_told and not books.outbox.is_known(_picture_key(edition, room)):
            yield room


def _picture_key(edition: Edition, room: Room) -> str:
    key = notice_key(edition.quarter, edition.edition)
    return room_key(edition.village, f"{key}:picture", room)
