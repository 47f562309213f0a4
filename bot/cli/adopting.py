"""Putting a rulebook version in force (通过细则)."""

import hashlib

from bot.cli.office import CommandFailed, Office, office, village_named
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
        CommandFailed: No such village or version, or the day is taken or too early.
        AdoptionRefused: No meeting can have produced the record.

    """
    check_adoption(adoption)
    if adoption.in_force_on < adoption.published_on:
        raise CommandFailed(words.IN_FORCE_EARLY)
    with office() as at, at.open_books() as books:
        found = village_named(books, village)
        if books.rulebooks.get(found.id, adoption.version) is None:
            _store_draft(at, books, found, adoption.version)
        if books.rulebooks.adopt(found.id, adoption, at=at.now):
            return found.name, True
        known = books.rulebooks.in_force(found.id, adoption.in_force_on)
        if known is None or known[0] != adoption.version:
            raise CommandFailed(words.ADOPTED_OTHER.format(day=adoption.in_force_on.isoformat()))
        return found.name, False


def _store_draft(at: Office, books: Books, village: Village, version: str) -> None:
    rulebook = draft()
    if version != rulebook.version:
        raise CommandFailed(words.RULEBOOK_UNKNOWN.format(village=village.name, version=version))
    body = dumps(rulebook)
    stored = StoredRulebook(village.id, version, body, hashlib.sha256(body.encode()).hexdigest())
    books.rulebooks.store(stored, at=at.now)
