"""The shelf (细则架): rulebooks in force, parsed once for each text."""

from dataclasses import replace
from datetime import date

from bot.papers import rulebook_toml
from domain.alias import Alias, AliasState
from domain.rulebook import Rulebook, RulebookMissing
from storage.unit_of_work import Books


class RulebookShelf:
    """Looks up the version in force and keeps what it has parsed."""

    def __init__(self) -> None:
        self._parsed: dict[str, Rulebook] = {}
        self._spoken: dict[tuple[int, str, int], Rulebook] = {}

    def in_force(self, books: Books, village: int, day: date) -> Rulebook:
        """Return the village's rulebook on a day, with the village's own aliases.

        Raises:
            RulebookMissing: None was adopted for that day.
        """
        found = books.rulebooks.in_force(village, day)
        if found is None:
            raise RulebookMissing(str(village))
        if found.digest not in self._parsed:
            self._parsed[found.digest] = _parsed(books, village, found.version)
        if not found.words:
            return self._parsed[found.digest]
        key = village, found.digest, found.words
        if key not in self._spoken:
            adopted = books.words.aliases(village, AliasState.ADOPTED)
            self._spoken[key] = with_aliases(self._parsed[found.digest], adopted)
        return self._spoken[key]


def _parsed(books: Books, village: int, version: str) -> Rulebook:
    stored = books.rulebooks.get(village, version)
    assert stored is not None, version
    rulebook, problems = rulebook_toml.loads(stored.body)
    assert not problems, problems
    return rulebook


def with_aliases(rulebook: Rulebook, aliases: tuple[Alias, ...]) -> Rulebook:
    """Return a rulebook whose items are called by a village's own words as well."""
    called: dict[str, list[str]] = {}
    for alias in aliases:
        called.setdefault(alias.item, []).append(alias.words)
    items = (
        replace(item, aliases=(*item.aliases, *called[item.code])) if item.code in called else item
        for item in rulebook.items
    )
    return replace(rulebook, items=tuple(items))
