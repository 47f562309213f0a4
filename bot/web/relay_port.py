"""What the relay page needs of the house behind it."""

from typing import Protocol

from bot.web.relay_entry import Entry
from bot.web.relay_sheet import Candidate, Entered, RelaySheet, Slip


class Relay(Protocol):
    """Carrying by hand; every call asks anew whether the contact is of the committee.

    Each raises ``NotAllowed`` for somebody who is not.
    """

    async def sheet(self, contact: str) -> RelaySheet:
        """Return what waits."""

    async def candidates(self, contact: str, words: str) -> tuple[Candidate, ...]:
        """Return who may be meant by a name or a house number."""

    async def letters(self, contact: str, ids: tuple[int, ...]) -> tuple[Slip, ...]:
        """Return how some letters of the village stand."""

    async def tick(self, contact: str, ids: tuple[int, ...]) -> None:
        """Keep that letters were carried."""

    async def take_back(self, contact: str, letter: int) -> None:
        """Let a letter wait again that was ticked by mistake."""

    async def picture(self, contact: str, letter: int) -> tuple[bytes, str] | None:
        """Return bytes and media type of a letter's picture."""

    async def add_room(self, contact: str, *, name: str, purpose: str) -> None:
        """Let a group be served by hand."""

    async def change_room(self, contact: str, key: str, *, name: str | None) -> None:
        """Rename a room, or close it."""

    async def enter(self, contact: str, entry: Entry) -> None:
        """Bring in a message."""

    async def entered(self, contact: str, form_id: str) -> Entered | None:
        """Return what became of a message that was brought in."""
