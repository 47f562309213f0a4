"""Putting a rulebook version in force (通过细则)."""

import hashlib

from bot.cli.office import CommandFailed, Office, WrongUse, office, village_named
from bot.papers.rulebook_toml import draft, dumps
from bot.replies import cli as words
from domain.rulebook import Adoption, check_adoption
from storage.doors import StoredRulebook
from storage.unit_of_work import Books
from storage.villages import Village


def put_in_force(adoption: Adoption, *, village: str) -> tuple[str, bool]:
    """Keep the adoption record of a stored version; the shipped draft is stored with it.

    Returns:
        The village's name, and False when the version was recorded before.

    Raises:
        WrongUse: No such village or version, a day to come, or one that is too early.
        CommandFailed: The day is taken, or the version was adopted by another record.
        AdoptionRefused: No meeting can have produced the record.

    """
    check_adoption(adoption)
    if adoption.in_force_on < adoption.published_on:
        raise WrongUse(words.IN_FORCE_EARLY)
    with office() as at, at.open_books() as books:
        if max(adoption.held_on, adoption.published_on) > at.today:
            raise WrongUse(words.ADOPT_FUTURE.format(today=at.today.isoformat()))
        found = village_named(books, village)
        known = books.rulebooks.adoption_of(found.id, adoption.version)
        if known is not None:
            return _known(found, known, adoption)
        if books.rulebooks.get(found.id, adoption.version) is None:
            _store_draft(at, books, found, adoption.version)
        if books.rulebooks.adopt(found.id, adoption, at=at.now):
            return found.name, True
        raise CommandFailed(words.ADOPTED_OTHER.format(day=adoption.in_force_on.isoformat()))


def _known(village: Village, known: Adoption, adoption: Adoption) -> tuple[str, bool]:
    """Answer a record once more; what was recorded is not changed by another one."""
    if known != adoption:
        told = {"village": village.name, "version": known.version}
        days = {"held": known.held_on.isoformat(), "day": known.in_force_on.isoformat()}
        raise CommandFailed(words.ADOPTED_DIFFERENTLY.format(**told, **days))
    return village.name, False


def _store_draft(at: Office, books: Books, village: Village, version: str) -> None:
    rulebook = draft()
    if version != rulebook.version:
        raise WrongUse(words.RULEBOOK_UNKNOWN.format(village=village.name, version=version))
    body = dumps(rulebook)
    stored = StoredRulebook(village.id, version, body, hashlib.sha256(body.encode()).hexdigest())
    books.rulebooks.store(stored, at=at.now)
