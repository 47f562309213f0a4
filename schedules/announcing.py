"""Announcing (通知): what the calendar has to say, to whom, and only in the daytime."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from domain.mail import OutboxState
from domain.membership import PersonId, Role
from domain.period import day_start, village_day, village_time
from domain.refusal import Refusal
from schedules.jobs import Errand, NotYet
from storage.doors import Room
from storage.outbox import Draft

QUIET_UNTIL: Final = 8
QUIET_FROM: Final = 20
WEB: Final = "web"
VILLAGERS: Final = "villagers"
COMMITTEE: Final = "committee"


class HeardToday(Refusal):
    """A room hears one quiet notice a day; the next one waits until tomorrow."""

    def __init__(self, purpose: str) -> None:
        super().__init__(purpose)
        self.purpose = purpose


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


def to_rooms(errand: Errand, purpose: str, *results: object, key: str) -> tuple[Draft, ...]:
    """Queue a notice to the village's rooms of a purpose (villagers, committee).

    ``key`` makes it once for each room, whatever happens when.
    """
    text = "\n".join(errand.word(result) for result in results)
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


def to_villagers(errand: Errand, *results: object, key: str) -> tuple[Draft, ...]:
    """Queue a quiet notice to the villagers' rooms, which hear one a day.

    Raises:
        NotYet: They hear something else that day; the next one is early enough.

    """
    if is_told(errand, VILLAGERS, key=key):
        return ()
    check_quiet(errand, VILLAGERS)
    return to_rooms(errand, VILLAGERS, *results, key=key)


def is_told(errand: Errand, purpose: str, *, key: str) -> bool:
    """Return whether every room of a purpose was told something before; rooms there are."""
    village, outbox = errand.village.id, errand.books.outbox
    rooms = errand.books.rooms.of_village(village, purpose)
    return bool(rooms) and all(outbox.is_known(room_key(village, key, room)) for room in rooms)


def check_quiet(errand: Errand, purpose: str) -> None:
    """Refuse to say a second thing on one day to a room of a purpose.

    Raises:
        NotYet: Because of ``HeardToday``.

    """
    if has_heard(errand, purpose):
        raise NotYet from HeardToday(purpose)


def has_heard(errand: Errand, purpose: str) -> bool:
    """Return whether a room of a purpose hears a notice on the day on which one would go now."""
    since = day_start(village_day(next_daytime(errand.now)))
    outbox = errand.books.outbox
    return any(
        outbox.has_noticed(room.account, room.room, since=since)
        for room in errand.books.rooms.of_village(errand.village.id, purpose)
    )


def to_people(
    errand: Errand, people: Iterable[PersonId], *results: object, key: str
) -> tuple[Draft, ...]:
    """Queue a direct notice to each person's latest phone."""
    text = "\n".join(errand.word(result) for result in results)
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


def to_committee(errand: Errand, *results: object, key: str) -> tuple[Draft, ...]:
    """Queue a notice to the committee's rooms; without a room, to each member."""
    village = errand.village.id
    if errand.books.rooms.of_village(village, COMMITTEE):
        return to_rooms(errand, COMMITTEE, *results, key=key)
    members = errand.books.people.holders(village, Role.COMMITTEE, Role.CHAIR)
    return to_people(errand, members, *results, key=key)


def _queued(errand: Errand, drafts: Iterable[Draft]) -> tuple[Draft, ...]:
    """Put drafts into the outbox; on the web page the row itself is the message."""
    not_before = next_daytime(errand.now)
    outbox, every = errand.books.outbox, tuple(drafts)
    if not every:
        errand.unheard.append(errand.period)
    return tuple(
        draft
        for draft in every
        if outbox.put(
            draft,
            at=errand.now,
            not_before=not_before,
            state=OutboxState.SENT if draft.account == WEB else OutboxState.QUEUED,
        )
    )
