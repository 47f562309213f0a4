"""The shelf (细则架): rulebooks in force, parsed once for each text."""

from dataclasses import replace
from datetime import date

from bot.papers import rulebook_toml
from bot.understanding.addresses import written
from domain.alias import Alias, AliasState
from domain.rulebook import Rulebook, RulebookMissing
from storage.unit_of_work import Books
from storage.villages import Household


class RulebookShelf:
    """Looks up the version in force and keeps what it has parsed."""

    def __init__(self) -> None:
        self._parsed: dict[str, Rulebook] = {}
        self._spoken: dict[tuple[int, str, int], Rulebook] = {}
        self._heads: dict[int, tuple[int, dict[str, str]]] = {}

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

    def heads(self, books: Books, village: int, day: date) -> dict[str, str]:
        """Return the heads of the village by name, each with the address as it is written.

        A name that several heads bear has no address. Read once for each change
        of the roster.
        """
        found = books.rulebooks.in_force(village, day)
        revision = found.roster if found else 0
        known = self._heads.get(village)
        if known is None or known[0] != revision:
            known = revision, _addresses(books.households.all(village))
            self._heads[village] = known
        return known[1]


def _addresses(households: tuple[Household, ...]) -> dict[str, str]:
    heads: dict[str, str] = {}
    for household in households:
        address = written(household.group_no, household.house_no)
        heads[household.head] = "" if household.head in heads else address
    return heads


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
