"""Announcing (通知): what the calendar has to say, to whom, and only in the daytime."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from domain.mail import OutboxState
from domain.membership import PersonId, Role
from domain.period import village_time
from schedules.jobs import Errand
from storage.doors import Room
from storage.outbox import Draft

QUIET_UNTIL: Final = 8
QUIET_FROM: Final = 20
WEB: Final = "web"


def is_daytime(instant: datetime) -> bool:
    """Return whether notices may be sent: 8:00 to 20:00 in the village."""
    return QUIET_UNTIL <= village_time(instant).hour < QUIET_FROM


def next_daytime(instant: datetime) -> datetime:
    """Return the instant itself in the daytime, else eight o'clock of the next morning."""
    if is_daytime(instant):
        return instant
    local = village_time(instant)
    morning = local.replace(hour=QUIET_UNTIL, minute=0, second=0, microsecond=0)
    return morning if local.hour < QUIET_UNTIL else morning + timedelta(days=1)


def to_rooms(errand: Errand, purpose: str, result: object, *, key: str) -> tuple[Draft, ...]:
    """Queue a notice to the village's rooms of a purpose (villagers, committee).

    ``key`` makes it once for each room, whatever happens when.
    """
    text = errand.word(result)
    drafts = (
        Draft(
            key=room_key(errand.village.id, key, room),
            account=room.account,
            room=room.room,
            contact=None,
            text=text,
            kind="notice",
            village=errand.village.id,
        )
        for room in errand.books.rooms.of_village(errand.village.id, purpose)
    )
    return _queued(errand, drafts)


def room_key(village: int, key: str, room: Room) -> str:
    """Return the key under which a notice goes to a room, once for ever."""
    return f"notice:{village}:{key}:{room.account}:{room.room}"


def to_people(
    errand: Errand, people: Iterable[PersonId], result: object, *, key: str
) -> tuple[Draft, ...]:
    """Queue a direct notice to each person's latest phone."""
    text = errand.word(result)
    drafts = (
        Draft(
            key=f"notice:{errand.village.id}:{key}:{person}",
            account=contacts[0].account,
            room=None,
            contact=contacts[0].id,
            text=text,
            kind="notice",
            village=errand.village.id,
        )
        for person in people
        if (contacts := errand.books.people.contacts_of(errand.village.id, person))
    )
    return _queued(errand, drafts)


def to_committee(errand: Errand, result: object, *, key: str) -> tuple[Draft, ...]:
    """Queue a notice to the committee's rooms; without a room, to each member."""
    village = errand.village.id
    if errand.books.rooms.of_village(village, "committee"):
        return to_rooms(errand, "committee", result, key=key)
    members = errand.books.people.holders(village, Role.COMMITTEE, Role.CHAIR)
    return to_people(errand, members, result, key=key)


def _queued(errand: Errand, drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Put drafts into the outbox; on the web page the row itself is the message."""
    not_before = next_daytime(errand.now)
    outbox = errand.books.outbox
    return tuple(
        draft
        for draft in drafts
        if outbox.put(
            draft,
            at=errand.now,
            not_before=not_before,
            state=OutboxState.SENT if draft.account == WEB else OutboxState.QUEUED,
        )
    )
