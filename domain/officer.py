"""Officers of town and district (镇、区干部): what lies under them; figures, never names."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """Where an officer sits."""

    TOWN = "town"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody of the town or the district; ``name`` is what the operator calls them.

    ``towns`` are those they see. For a district none named means all of them,
    those that come later as well; for a town it is the one of ``area``.
    """

    number: int
    level: Level
    area: str
    towns: tuple[str, ...] = ()
    name: str = ""

    def sees(self, town: str) -> bool:
        """Return whether a town lies under this officer."""
        if self.level is Level.TOWN:
            return town == self.area
        return not self.towns or town in self.towns
