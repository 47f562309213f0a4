"""The gate (闸): how much one browser may do in a minute; nobody who uses a page notices."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bot.clock import Clock
from bot.web.faults import Fault
from bot.web.pace import Pace


class Act(StrEnum):
    """What is bounded."""

    WORDS = "words"
    PHOTO = "photo"
    BRING = "bring"
    PRINT = "print"
    PLAY = "play"


PER_MINUTE: Final[Mapping[Act, int]] = MappingProxyType(
    {Act.WORDS: 60, Act.PHOTO: 30, Act.BRING: 30, Act.PRINT: 20, Act.PLAY: 60}
)


class Gate:
    """Bounds what somebody does: a contact of the page, or an address at the door."""

    def __init__(self, clock: Clock, per_minute: Mapping[Act, int] = PER_MINUTE) -> None:
        self._clock = clock
        self._paces = {act: Pace(most) for act, most in per_minute.items()}

    def check(self, act: Act, who: str) -> None:
        """Count an act.

        Raises:
            Fault: It is one too many in this minute (429).
        """
        if self._paces[act].take(who, now=self._clock()):
            raise Fault(429, "hurried")
