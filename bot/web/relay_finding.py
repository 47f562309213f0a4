"""Finding whom a message comes from (找人): by name, by address, or by the house number alone."""

from typing import Final

from bot.understanding.addresses import canonical, find_address, head_of, house_alone
from bot.web.relay_sheet import Candidate
from domain.membership import HouseholdId
from storage.unit_of_work import Books

CANDIDATES_MAX: Final = 12


def candidates(books: Books, village: int, words: str) -> tuple[Candidate, ...]:
    """Return who may be meant, household by household; nobody when nothing was written.

    Known members stand by their names; a head who is not known yet as a person
    stands for the household.
    """
    words = words.strip()
    homes = _households(books, village, words) if words else ()
    found: list[Candidate] = []
    by_name = words if not any(c.isdigit() for c in words) else ""
    members = books.relays.members(village, homes, name=by_name) if words else ()
    for home in dict.fromkeys((*homes, *(member[2] for member in members))):
        household = books.households.get(village, home)
        theirs = [member for member in members if member[2] == home]
        found += [Candidate(f"p{number}", name, household) for number, name, _ in theirs]
        if all(name != household.head for _, name, _ in theirs):
            found.append(Candidate(f"h{home}", household.head, household))
    return tuple(found[:CANDIDATES_MAX])


def _households(books: Books, village: int, words: str) -> tuple[HouseholdId, ...]:
    addressed = find_address(words)
    if addressed is not None:
        at = canonical(addressed.household)
        found = books.households.at(village, at.group, at.house_no)
        return (found.id,) if found else ()
    house = house_alone(words)
    if house is not None:
        return books.relays.houses(village, house)
    return tuple(one.id for one in books.households.headed(village, head_of(words)))
