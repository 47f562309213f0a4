"""The shelf (细则架): rulebooks in force, parsed once for each text."""

from datetime import date

from bot.papers import rulebook_toml
from domain.rulebook import Rulebook, RulebookMissing
from storage.unit_of_work import Books


class RulebookShelf:
    """Looks up the version in force and keeps what it has parsed."""

    def __init__(self) -> None:
        self._parsed: dict[str, Rulebook] = {}

    def in_force(self, books: Books, village: int, day: date) -> Rulebook:
        """Return the village's rulebook on a day.

        Raises:
            RulebookMissing: None was adopted for that day.
        """
        found = books.rulebooks.in_force(village, day)
        if found is None:
            raise RulebookMissing(str(village))
        version, digest = found
        if digest not in self._parsed:
            stored = books.rulebooks.get(village, version)
            assert stored is not None, version
            rulebook, problems = rulebook_toml.loads(stored.body)
            assert not problems, problems
            self._parsed[digest] = rulebook
        return self._parsed[digest]
