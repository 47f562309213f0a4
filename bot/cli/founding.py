"""Founding villages (建村) and giving out codes of one use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.cli.office import CommandFailed, Office, WrongUse, office
from bot.papers.roster_cells import core_of
from bot.replies import cli as words
from domain.code import digest, new_code, shown
from domain.membership import Role
from storage.doors import Invitation
from storage.unit_of_work import Books

LIFE: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Founded:
    """A village and the code of its administrator."""

    id: int
    town: str
    name: str
    admin_code: str
    is_new: bool


def found(town: str, names: Sequence[str]) -> tuple[Founded, ...]:
    """Store the villages that are missing and give each an administrator's code.

    Raises:
        WrongUse: A name is empty, a number, or a known village's in other words.
        CommandFailed: A village of the name lies in another town.

    """
    town, *cleaned = [name.strip() for name in (town, *dict.fromkeys(names))]
    if not all((town, *cleaned)):
        raise WrongUse(words.NAME_EMPTY)
    for name in cleaned:
        if name.isdecimal():
            raise WrongUse(words.NAME_NUMBER.format(name=name))
    with office() as at, at.open_books() as books:
        return tuple(_found_one(at, books, town, name) for name in dict.fromkeys(cleaned))


def _found_one(at: Office, books: Books, town: str, name: str) -> Founded:
    known = {village.name: village for village in books.villages.all()}
    if name not in known:
        like = next((one for one in known if core_of(one) == core_of(name)), None)
        if like:
            raise WrongUse(words.NAME_LIKE.format(name=name, like=like))
    village = known.get(name) or books.villages.add(town=town, name=name, at=at.now)
    if village.town != town:
        raise CommandFailed(words.TOWN_OTHER.format(village=name, town=village.town))
    code = invite(at, books, village.id, kind="role", grants=Role.ADMINISTRATOR)
    return Founded(village.id, town, name, code, name not in known)


def invite(at: Office, books: Books, village: int, *, kind: str, grants: str) -> str:
    """Keep a new code of one use and return it as printed."""
    code = new_code()
    kept = Invitation(
        village=village,
        digest=digest(at.settings.secret(), code),
        kind=kind,
        grants=grants,
        expires_at=at.now + LIFE,
        used_at=None,
    )
    books.codes.invite(kept, at=at.now)
    return shown(code)
