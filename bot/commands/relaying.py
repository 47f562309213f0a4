"""Relaying (代转): what may be said in somebody's name by whoever brings it in by hand."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.commands.case import Case
from bot.gateways.message import Relayed
from bot.understanding.reading import Intent, Reading
from domain.membership import Person
from domain.relay import HAND, OwnWordOnly
from storage.doors import Room
from storage.people import Contact
from storage.unit_of_work import Books

PASTED_WITHIN: Final = timedelta(days=2)
PASTED_LETTERS: Final = 12
"""Shorter words are a reviewer's own: no letter of ours that names a claim is so short."""
RELAYABLE: Final = frozenset(
    {
        Intent.CLAIM,
        Intent.AMEND,
        Intent.WITHDRAW_CLAIM,
        Intent.CLAIM_STATUS,
        Intent.BALANCE,
        Intent.RANKING,
        Intent.HISTORY,
        Intent.RULES,
        Intent.HELP,
        Intent.OBJECTION,
        Intent.PUBLICATION,
        Intent.REDEEM_LIST,
        Intent.PARTICIPATION,
        Intent.CHOICE,
        Intent.CANCEL,
    }
)
"""What a neighbour might pass on. Consents, codes, leaving and every word of an office are
one's own; goods for people without a phone have an act of their own (代兑换)."""


def check_relayable(reading: Reading) -> None:
    """Refuse what nobody says in another's name.

    Raises:
        OwnWordOnly: The person has to say it, on the page or with a phone of their own.

    """
    for act in reading.acts or (reading,):
        if act.intent is not None and act.intent not in RELAYABLE:
            raise OwnWordOnly


def own_words(case: Case, text: str) -> str:
    """Return a text without the words of ours that a reviewer pasted into a room before it.

    A receipt names claims and how to amend them: read as a command it would act.
    """
    if case.room is None or case.person is None or not case.person.reviews:
        return text
    said = text.lstrip()
    if len(said) < PASTED_LETTERS:
        return text
    since = case.now - PASTED_WITHIN
    ours = case.books.relays.ours_in(case.contact.account, said, since=since)
    return said.removeprefix(ours) if len(ours) >= PASTED_LETTERS else text


def speaker(
    books: Books, village: int | None, contact: Contact, relayed: Relayed | None
) -> Person | None:
    """Return who speaks; whoever is spoken for acts as a villager, whatever their office."""
    if village is None:
        return None
    if relayed is None:
        return books.people.bound(village, contact)
    known = books.people.find(village, relayed.person) if relayed.person is not None else None
    return replace(known, roles=frozenset()) if known else None


def open_room(books: Books, village: int, name: str, purpose: str, *, at: datetime) -> Room:
    """Keep a group that is served by hand; the same name for the same purpose is the same group."""
    for known in books.relays.rooms(village):
        if (known.account, known.name, known.purpose) == (HAND, name, purpose):
            return known
    books.villages.lock(village)
    number = books.villages.next_number(village, "room")
    room = Room(village, HAND, f"{village}.{number}", purpose, name)
    books.rooms.bind(room, at=at)
    return room
