"""Rooms that are served by hand (手工发的群), from the command line."""

from bot.cli.office import WrongUse, office, village_named
from bot.commands.relaying import open_room
from bot.replies import cli as words
from bot.web.forms import one_line
from bot.web.relay_entry import NAME_MAX
from storage.doors import Room


def add(village: str, *, name: str, purpose: str) -> tuple[Room, str]:
    """Keep a room by hand, or return the one of this name; with the village's name.

    Raises:
        CommandFailed: The name is empty, or there is no such village.

    """
    called = one_line(name, NAME_MAX)
    if not called:
        raise WrongUse(words.ROOM_UNNAMED)
    with office() as at, at.open_books() as books:
        found = village_named(books, village)
        return open_room(books, found.id, called, purpose, at=at.now), found.name
