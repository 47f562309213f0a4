"""What people are called in a room (群昵称), remembered for a while."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Lookup = Callable[[str | None, str], Awaitable["Names"]]
Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Names:
    """The alias in one room and the nickname everywhere; either may be empty."""

    alias: str = ""
    nickname: str = ""

    @property
    def shown(self) -> str:
        """The name that the others see."""
        return self.alias or self.nickname


class NameBook:
    """Remembers names for ``seconds``, at most ``size`` of them; failures for a shorter time.

    Two questions for the same name at the same time ask the gateway once. A name
    that cannot be had is empty: nobody waits for it twice.
    """

    def __init__(
        self,
        lookup: Lookup,
        *,
        size: int = 4096,
        seconds: float = 3600.0,
        failure_seconds: float = 30.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lookup = lookup
        self._size = size
        self._seconds = seconds
        self._failure_seconds = failure_seconds
        self._monotonic = monotonic
        self._known: OrderedDict[Key, tuple[float, Names]] = OrderedDict()
        self._asking: dict[Key, asyncio.Task[Names]] = {}

    async def find(self, room: str | None, person: str) -> Names:
        """Return what a person is called in a room, or anywhere when ``room`` is None."""
        key = (room, person)
        known = self._known.get(key)
        if known is not None and known[0] > self._monotonic():
            self._known.move_to_end(key)
            return known[1]
        task = self._asking.get(key)
        if task is None:
            task = asyncio.create_task(self._ask(key))
            self._asking[key] = task
        return await asyncio.shield(task)

    def forget(self, changed_id: str) -> None:
        """Forget everything about a person or a room that changed."""
        for key in [key for key in self._known if changed_id in key]:
            del self._known[key]

    async def _ask(self, key: Key) -> Names:
        try:
            names = await self._lookup(*key)
            lasting = self._seconds if names.shown else self._failure_seconds
        except Exception:  # noqa: BLE001 - a name is a courtesy, its lack stops nothing
            names, lasting = Names(), self._failure_seconds
        finally:
            self._asking.pop(key, None)
        self._known[key] = (self._monotonic() + lasting, names)
        self._known.move_to_end(key)
        while len(self._known) > self._size:
            self._known.popitem(last=False)
        return names
