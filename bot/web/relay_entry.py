"""Entering by hand (代录入): a form becomes a message like any other, with who brought it in."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.gateways.message import Message, MessageKind, Relayed
from bot.web.relay_sheet import Viewer
from domain.mail import InboxState
from domain.membership import PersonId
from domain.relay import HAND, hand_contact
from storage.doors import Room
from storage.mail import Received
from storage.unit_of_work import Books

PHOTOS_MAX: Final = 4
NAME_MAX: Final = 20
ID_DIGITS_MAX: Final = 9
DIGEST: Final = 12
DIRECT: Final = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A message as it stands in the form.

    ``form_id`` is the same for a second click. ``who`` is a candidate's key, or
    "x" for somebody nobody knows; ``room`` is ``account|room``, "" for face to face.
    """

    form_id: str
    who: str
    name: str
    room: str
    sent_at: datetime | None
    text: str
    photos: tuple[bytes, ...]


class EntryWrong(Exception):  # noqa: N818 - an answer to the page
    """The form names a person or a room that this village does not have."""


def room_named(books: Books, village: int, key: str) -> Room:
    """Return the room of a key in a form.

    Raises:
        EntryWrong: The village has no such room.
    """
    account, _, number = key.partition("|")
    for room in books.relays.rooms(village):
        if (room.account, room.room) == (account, number):
            return room
    raise EntryWrong(key)


def message_of(books: Books, viewer: Viewer, entry: Entry, *, now: datetime) -> Message:
    """Return the message of a form: who speaks, where, when, and by whom it comes.

    Raises:
        EntryWrong: The form names nobody, or no room.
    """
    village = viewer.village.id
    room = room_named(books, village, entry.room) if entry.room != DIRECT else None
    person, name = _speaker(books, village, entry, now=now)
    who = f"p{person}" if person is not None else f"x{_digest(name)}"
    account = room.account if room else HAND
    return Message(
        account=HAND,
        id="",
        kind=MessageKind.TEXT,
        person=hand_contact(village, who),
        person_name=name,
        room=room.room if room else None,
        sent_at=entry.sent_at or now,
        text=entry.text,
        is_mentioned=True,
        relayed=Relayed(village, viewer.person, person, account),
    )


def _speaker(
    books: Books, village: int, entry: Entry, *, now: datetime
) -> tuple[PersonId | None, str]:
    """Return the person of a candidate's key and their name; a new one of a household is kept."""
    kind, number = entry.who[:1], entry.who[1:]
    if kind == "x" and not number:
        return None, entry.name
    if not number.isdecimal() or len(number) > ID_DIGITS_MAX:
        raise EntryWrong(entry.who)
    if kind == "p":
        person = books.people.find(village, int(number))
        if person is not None:
            return person.id, person.name
    household = books.relays.household(village, int(number)) if kind == "h" else None
    if household is None:
        raise EntryWrong(entry.who)
    name = entry.name or books.households.get(village, household).head
    for known, called, home in books.relays.members(village, (household,)):
        if (called, home) == (name, household):
            return known, name
    books.villages.lock(village)
    return books.people.add(village, name=name, household=household, at=now), name


def _digest(name: str) -> str:
    """Return what tells strangers apart; their names are not kept."""
    return hashlib.sha256(name.encode()).hexdigest()[:DIGEST]


def receive(books: Books, message: Message, *, now: datetime) -> bool:
    """Write the durable inbox row; False when the form was sent before."""
    relayed = message.relayed
    assert relayed is not None, "brought in by hand"
    body: dict[str, Any] = {
        "kind": message.kind,
        "text": message.text,
        "name": message.person_name,
        "room": message.room,
        "relayed": {
            "village": relayed.village,
            "by": relayed.by,
            "person": relayed.person,
            "account": relayed.account,
        },
    }
    received = Received(
        HAND, message.id, message.room, message.person, message.sent_at, "", json.dumps(body)
    )
    return books.inbox.receive(received, at=now)


def progress(states: list[InboxState | None]) -> str:
    """Return how far a form's message got: working, twice, or done."""
    if InboxState.RECEIVED in states:
        return "working"
    return "twice" if InboxState.DUPLICATE in states else "done"
