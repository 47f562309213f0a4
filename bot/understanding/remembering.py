"""A reader that remembers (记住): most messages are the same few words, day after day."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.understanding.reading import Reader, Reading, Scene, Surroundings, Utterance
from domain.period import village_day
from domain.rulebook import Rulebook

LONGEST: Final = 40
"""Characters: longer messages are hardly ever said twice."""
SIZE: Final = 2_000
PLACES: Final = 100

Key = tuple[str, Scene, str, bool, str | None, date]


class RememberingReader:
    """Reads the same words in the same place on the same day once.

    Readings are values, and a reader is pure, so remembering changes nothing but
    the time it takes.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._places: dict[
            tuple[int, int], tuple[Rulebook | None, Mapping[str, str], dict[Key, Reading]]
        ] = {}

    def read(self, utterance: Utterance, around: Surroundings) -> Reading:
        """Return what is understood, from memory if it was read before."""
        if len(utterance.text) > LONGEST:
            return self._reader.read(utterance, around)
        known = self._known(around)
        key = (
            utterance.text,
            utterance.scene,
            utterance.role,
            utterance.is_mentioned,
            utterance.open_dialogue,
            village_day(utterance.now),
        )
        found = known.get(key)
        if found is None:
            found = self._reader.read(utterance, around)
            if len(known) >= SIZE:
                known.clear()
            known[key] = found
        return found

    def _known(self, around: Surroundings) -> dict[Key, Reading]:
        """Return what was read in these surroundings; they are kept, so that they stay themselves."""
        place = id(around.rulebook), id(around.heads)
        if place not in self._places:
            if len(self._places) >= PLACES:
                self._places.clear()
            self._places[place] = around.rulebook, around.heads, {}
        return self._places[place][2]
