"""Where an officer looks (看哪里), and what the pages need of the town hall behind them."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

from bot.web.town_sheet import Sheet
from domain.officer import Level, Officer


@dataclass(frozen=True, slots=True)
class Place:
    """A village, or else a town, or else everything that lies under an officer."""

    town: str = ""
    village: int = 0


def first_place(officer: Officer) -> Place:
    """Return what an officer sees first: the own town, or the district."""
    return Place(officer.area) if officer.level is Level.TOWN else Place()


class Figures(Protocol):
    """The figures of town and district; each call asks whether the place lies under the officer."""

    async def sheet(self, officer: Officer, place: Place) -> Sheet | None:
        """Return the page of a place; None when it does not lie under the officer."""

    def changes(self, officer: Officer, place: Place) -> AsyncGenerator[str]:
        """Yield the stamp of a place now and after each change; "" when all is quiet."""

    def close(self) -> None:
        """Send the open pages away."""
