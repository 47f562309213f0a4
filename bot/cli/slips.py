"""The households' slips (小纸条): codes made from the secret, so that they print again."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cli.office import CommandFailed, Office, WrongUse, office, village_named
from bot.replies import cli as words
from bot.understanding.addresses import find_address
from domain.code import derived_code, digest, shown
from storage.unit_of_work import Books
from storage.villages import Household


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed on a household's slip."""

    household: str
    head: str
    code: str


def slips(village: str, *, renew: str | None) -> tuple[Slip, ...]:
    """Return the slips of a village by address, or the new one of one household.

    Households that take part no longer have none.

    Raises:
        CommandFailed: No such village or household, or no household at all.

    """
    with office() as at, at.open_books() as books:
        found = village_named(books, village)
        homes = tuple(h for h in books.households.all(found.id) if h.eligible_until is None)
        if not homes:
            raise CommandFailed(words.CODES_NONE.format(village=found.name))
        if renew is not None:
            home = _at(homes, renew)
            books.households.renew_slip(found.id, home.id)
            homes = (books.households.get(found.id, home.id),)
        return keep_slips(at, books, found.id, homes)


def keep_slips(
    at: Office, books: Books, village: int, homes: Sequence[Household]
) -> tuple[Slip, ...]:
    """Keep the digest of every household's code and return what is printed."""
    secret = at.settings.secret()
    codes = [derived_code(secret, "slip", village, h.id, h.slip_generation) for h in homes]
    kept = [
        (home.id, digest(secret, code), home.slip_generation)
        for home, code in zip(homes, codes, strict=True)
    ]
    books.codes.set_slips(village, kept)
    return tuple(
        Slip(words.address(home.group_no, home.house_no), home.head, shown(code))
        for home, code in zip(homes, codes, strict=True)
    )


def _at(homes: Sequence[Household], text: str) -> Household:
    wanted = {"".join(text.split())}
    read = find_address(text)
    if read is not None:
        wanted.add(read.household)
    for home in homes:
        if words.address(home.group_no, home.house_no) in wanted:
            return home
    raise WrongUse(words.HOUSEHOLD_UNKNOWN.format(text=text))
