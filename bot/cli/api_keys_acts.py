"""Making, listing and revoking the keys of the HTTP interface."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from bot.cli.office import CommandFailed, WrongUse, office
from bot.replies import api_cli as words
from bot.replies import cli
from domain.api_key import ApiKey, Scope, fingerprint, new_key
from domain.period import village_day
from storage.api_keys import KeyTerms
from storage.unit_of_work import Books

NAME_MAX: Final = 50


def made(
    name: str, scopes: Sequence[Scope], *, town: str | None, until: str | None
) -> dict[str, Any]:
    """Make a key; this is the only time that it is told.

    Raises:
        CommandFailed: No name, or one that is taken; an unknown town; a day that is over.
    """
    called = _name(name)
    with office() as desk, desk.open_books() as books:
        if books.api_keys.named(called):
            raise CommandFailed(words.NAME_TAKEN.format(name=called))
        terms = KeyTerms(frozenset(scopes), _town(books, town), _until(until, desk.today))
        number = books.api_keys.next_number()
        key = new_key(number)
        digest = fingerprint(desk.settings.secret(), key)
        kept = books.api_keys.add(number, called, terms, digest=digest, at=desk.now)
        facts = _facts(kept, desk.today)
    told = ("number", "name", "scopes", "town", "until")
    return {**{part: facts[part] for part in told}, "key": key}


def listed() -> list[dict[str, Any]]:
    """Return every key that was made, by number."""
    with office() as desk, desk.reading() as books:
        return [_facts(one, desk.today) for one in books.api_keys.all()]


def revoked(which: str) -> dict[str, Any]:
    """Revoke the key of a number or a name.

    Raises:
        CommandFailed: There is none, or it is revoked already.
    """
    with office() as desk, desk.open_books() as books:
        found = books.api_keys.named(which.strip())
        if found is None:
            raise WrongUse(words.UNKNOWN.format(name=which))
        if not books.api_keys.revoke(found.number, at=desk.now):
            before = words.REVOKED_BEFORE.format(number=found.number, name=found.name)
            raise CommandFailed(before)
        return {"number": found.number, "name": found.name, "state": "revoked"}


def _name(name: str) -> str:
    called = name.strip()
    if not called:
        raise WrongUse(words.NAME_EMPTY)
    if len(called) > NAME_MAX:
        raise WrongUse(words.NAME_LONG)
    if called.isdecimal():
        raise WrongUse(words.NAME_NUMBER)
    return called


def _town(books: Books, town: str | None) -> str | None:
    if town is None:
        return None
    known = sorted({v.town for v in books.villages.all() if not v.is_sample})
    if town.strip() not in known:
        raise WrongUse(words.town_unknown(town, known))
    return town.strip()


def _until(text: str | None, today: date) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise WrongUse(cli.DATE_UNREADABLE.format(text=text)) from None
    if day < today:
        raise WrongUse(words.UNTIL_PAST.format(day=day.isoformat()))
    return day


def _facts(key: ApiKey, today: date) -> dict[str, Any]:
    return {
        "number": key.number,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "town": key.town,
        "until": key.until.isoformat() if key.until else None,
        "state": key.state(today).value,
        "created_on": village_day(key.created_at).isoformat(),
        "last_used_on": key.last_used_on.isoformat() if key.last_used_on else None,
        "revoked_on": village_day(key.revoked_at).isoformat() if key.revoked_at else None,
    }
