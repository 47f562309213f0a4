"""The board room (公示栏的门): looks up which village an address names, and reads its board."""

from collections.abc import Callable
from typing import TypeVar

from bot.boards import village_in
from bot.clock import Clock
from bot.web.board_sheet import (
    BoardSheet,
    ListSheet,
    Place,
    RulesSheet,
    front,
    listed,
    rules_of,
)
from domain.calendar import IsWorking
from domain.period import Quarter
from schedules.jobs import Shelf
from storage.performer import Perform
from storage.unit_of_work import Books

T = TypeVar("T")


class BoardRoom:
    """The notice boards of all villages; every call is None where the address names none."""

    def __init__(
        self, *, look: Perform, shelf: Shelf, secret: bytes, clock: Clock, is_working: IsWorking
    ) -> None:
        self._look = look
        self._shelf = shelf
        self._secret = secret
        self._clock = clock
        self._is_working = is_working

    async def front(self, name: str) -> BoardSheet | None:
        """Return the front of a board."""
        return await self._read(name, front)

    async def listed(
        self, name: str, quarter: Quarter, *, number: int | None, group: int | None, page: int
    ) -> ListSheet | None:
        """Return a page of an edition; None as well when there is no such edition or page."""
        return await self._read(
            name,
            lambda books, at: listed(books, at, quarter, number=number, group=group, page=page),
        )

    async def rules(self, name: str) -> RulesSheet | None:
        """Return the rules in force."""
        return await self._read(
            name, lambda books, at: RulesSheet(at.village, at.today, rules_of(books, at))
        )

    async def _read(self, name: str, act: Callable[[Books, Place], T]) -> T | None:
        village = village_in(self._secret, name)
        if village is None:
            return None

        def read(books: Books) -> T | None:
            found = books.villages.find(str(village))
            if found is None or found.id != village:
                return None
            return act(books, Place(found, self._clock(), self._shelf, self._is_working))

        return await self._look(read)
