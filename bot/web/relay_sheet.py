"""What the relay page shows (代发): what waits for a hand, by room and person, and to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.mail import OutboxState
from domain.membership import PersonId
from domain.relay import (
    HAND,
    UNDO_WITHIN,
    Silence,
    is_by_hand,
    is_gone,
    person_by_hand,
    silences,
)
from storage.doors import Room
from storage.outbox import Letter
from storage.people import Contact
from storage.unit_of_work import Books
from storage.villages import Household, Village


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who of the committee looks, and their village."""

    village: Village
    person: PersonId


@dataclass(frozen=True, slots=True)
class Slip:
    """A letter with the name of whom it answers, "" for everybody, and who carried it."""

    letter: Letter
    to: str
    carried_by: str = ""

    @property
    def is_given_up(self) -> bool:
        """Whether an account tried to send it and gave up."""
        return self.letter.state is OutboxState.DEAD


@dataclass(frozen=True, slots=True)
class Group:
    """What waits for one room or one person, oldest first; ``room`` None is face to face."""

    room: Room | None
    name: str
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """What waits for one person alone: how much, since when; the words are not shown."""

    name: str
    household: Household | None
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a message may come from; ``key`` stands in the form."""

    key: str
    name: str
    household: Household


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a message that was just brought in: its state and its answers."""

    state: str
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class RelaySheet:
    """The page of one village for somebody of its committee.

    ``names`` are those of rooms; ``readable`` are letters of ``done`` whose words
    may be shown, ``gone`` the accounts whose rooms may be given up.
    """

    now: datetime
    silences: tuple[Silence, ...]
    groups: tuple[Group, ...]
    closed: tuple[Closed, ...]
    doubtful: tuple[Slip, ...]
    done: tuple[Slip, ...]
    rooms: tuple[Room, ...]
    names: Mapping[tuple[str, str], str]
    readable: frozenset[int]
    gone: frozenset[str]

    @property
    def count(self) -> int:
        """How many letters can be carried by whoever looks."""
        return sum(len(group.slips) for group in self.groups)

    @property
    def has_gateway(self) -> bool:
        """Whether any room of the village is reached by an account."""
        return any(room.account != HAND for room in self.rooms)

    def name_of(self, letter: Letter) -> str:
        """Return the name of a letter's room, "" if it goes to a person or nobody knows it."""
        return self.names.get((letter.draft.account, letter.draft.room or ""), "")


def relay_sheet(
    books: Books, viewer: Viewer, *, names: tuple[str, str], now: datetime
) -> RelaySheet:
    """Return the page as it stands.

    ``names`` are what unnamed rooms are called: of villagers, of the committee.
    """
    village = viewer.village.id
    seen = books.relays.seen(village)
    away = silences(seen, now=now)
    accounts = tuple(one.account for one in away)
    rooms = books.relays.rooms(village)
    called = _room_names(rooms, names)
    waiting = books.relays.waiting(village, accounts, accounts=tuple(seen), now=now)
    ours = {letter.draft.account for letter in waiting} | {room.account for room in rooms}
    groups, closed = _sorted_out(books, viewer, waiting, rooms=rooms, called=called)
    doubtful = books.relays.in_doubt(village, tuple(seen), now=now)
    done = books.relays.relayed(village, tuple(seen), since=now - UNDO_WITHIN)
    return RelaySheet(
        now=now,
        silences=tuple(one for one in away if one.since and one.account in ours),
        groups=groups,
        closed=closed,
        doubtful=tuple(slip_of(books, viewer, letter) for letter in doubtful),
        done=tuple(slip_of(books, viewer, letter) for letter in done),
        rooms=rooms,
        names=called,
        gone=frozenset(one.account for one in away if is_gone(one.since, now=now)),
        readable=frozenset(x.id for x in done if may_read(books, viewer, x)),
    )


def count_by_hand(books: Books, village: int, *, now: datetime) -> int:
    """Return how many letters of a village only a hand can carry now."""
    seen = books.relays.seen(village)
    away = tuple(one.account for one in silences(seen, now=now))
    return books.relays.count(village, away, accounts=tuple(seen), now=now)


def may_read(books: Books, viewer: Viewer, letter: Letter) -> bool:
    """Return whether a letter's words are for whoever looks.

    What goes to a room is, and what they are told themselves; what answers a
    message brought in by hand is, since nothing but what the committee may see
    can be asked for that way. Everything else is the person's alone.
    """
    draft = letter.draft
    if draft.room is not None or draft.account == HAND:
        return True
    person = books.people.bound(viewer.village.id, Contact(draft.account, draft.contact or ""))
    return person is not None and person.id == viewer.person


def slip_of(books: Books, viewer: Viewer, letter: Letter) -> Slip:
    """Return a letter with the names of those it concerns."""
    by = letter.relayed_by
    carrier = books.people.find(viewer.village.id, by) if by is not None else None
    return Slip(letter, _addressee(books, viewer, letter), carrier.name if carrier else "")


def _addressee(books: Books, viewer: Viewer, letter: Letter) -> str:
    """Return who a letter answers; "" for everybody, and for people nobody knows."""
    contact, village = letter.draft.contact or "", viewer.village.id
    if not is_by_hand(contact):
        person = books.people.bound(village, Contact(letter.draft.account, contact))
    else:
        number = person_by_hand(contact)
        person = books.people.find(village, number) if number is not None else None
    return person.name if person else ""


def _sorted_out(
    books: Books,
    viewer: Viewer,
    letters: tuple[Letter, ...],
    *,
    rooms: tuple[Room, ...],
    called: Mapping[tuple[str, str], str],
) -> tuple[tuple[Group, ...], tuple[Closed, ...]]:
    """Group letters by room and person; what waits longest stands first."""
    known = {(room.account, room.room): room for room in rooms}
    groups: dict[tuple[str, str], list[Slip]] = {}
    closed: dict[tuple[str, str], list[Letter]] = {}
    for letter in letters:
        draft = letter.draft
        target = (draft.account, draft.room or draft.contact or "")
        if may_read(books, viewer, letter):
            groups.setdefault(target, []).append(slip_of(books, viewer, letter))
        else:
            closed.setdefault(target, []).append(letter)
    return (
        tuple(
            Group(known.get(target), called.get(target, "") or _to(slips[0]), tuple(slips))
            for target, slips in groups.items()
        ),
        tuple(_closed(books, viewer, tuple(some)) for some in closed.values()),
    )


def _to(slip: Slip) -> str:
    return "" if slip.letter.draft.room else slip.to


def _closed(books: Books, viewer: Viewer, letters: tuple[Letter, ...]) -> Closed:
    draft = letters[0].draft
    village = viewer.village.id
    person = books.people.bound(village, Contact(draft.account, draft.contact or ""))
    if person is None or person.household is None:
        return Closed(person.name if person else "", None, letters)
    return Closed(person.name, books.households.get(village, person.household), letters)


def _room_names(rooms: tuple[Room, ...], names: tuple[str, str]) -> Mapping[tuple[str, str], str]:
    """Return what each room is called; unnamed ones of one purpose are numbered."""
    found: dict[tuple[str, str], str] = {}
    count = {"villagers": 0, "committee": 0}
    for room in rooms:
        if room.name:
            found[room.account, room.room] = room.name
            continue
        count[room.purpose] += 1
        number = count[room.purpose]
        plain = names[0] if room.purpose == "villagers" else names[1]
        found[room.account, room.room] = plain if number == 1 else f"{plain} {number}"
    return found
