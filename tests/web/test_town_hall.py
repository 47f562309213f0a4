"""The town hall: how often the figures are read when many look and much changes."""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.web.town_hall import TownHall
from bot.web.town_place import first_place
from bot.web.town_sheet import Sheet, TownSheet
from schedules.announcing import WEB
from storage.people import Contact
from storage.reading import looking_on
from storage.unit_of_work import Books
from tests.cast import SHELF
from tests.web.real import RealHouse
from tests.web.towns import TOWN, fill_town, seat

SCREENS = 20


def tiles(sheet: Sheet | None) -> int:
    assert isinstance(sheet, TownSheet)
    return len(sheet.tiles)


async def test_who_asks_while_figures_are_read_shares_the_next_reading(real: RealHouse) -> None:
    """However fast the villages change: each sheet was read after it was asked for."""
    with real.open_books() as books:
        fill_town(books, names=["青龙", "白云"])
        officer = seat(books, Contact(WEB, "w-zhou"))
    look, readings = looking_on(real.house.ground.engine), 0

    async def looked(act: Callable[[Books], Any]) -> Any:
        nonlocal readings
        readings += 1
        found = await look(act)
        name = f"新村{readings}"
        real.read(lambda books: books.villages.add(town=TOWN, name=name, at=real.clock.now))
        return found

    hall = TownHall(look=looked, shelf=SHELF, clock=real.clock)
    place = first_place(officer)
    sheets = await asyncio.gather(*(hall.sheet(officer, place) for _ in range(SCREENS)))
    assert readings == 2
    assert [tiles(sheet) for sheet in sheets] == [2, *[3] * (SCREENS - 1)]
    assert tiles(await hall.sheet(officer, place)) == 4
