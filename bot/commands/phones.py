"""The phones (手机) of a household that are in use: what a slip has bound, and who comes back."""

from datetime import datetime
from typing import Final

from domain.membership import HouseholdId, PersonId, SlipFull
from schedules.announcing import WEB
from storage.people import Contact
from storage.unit_of_work import Books

SLIP_USES_MAX: Final = 6


def in_use(
    books: Books, village: int, household: HouseholdId, *, now: datetime
) -> tuple[Contact, ...]:
    """Return a household's phones, the latest binding first.

    A browser that was left, or not used until its session ran out, is none: it
    comes back by the slip.

    Source: decision 0006.
    """
    contacts = books.people.of_household(village, household)
    away = _signed_out(books, contacts, now=now)
    return tuple(one for one in contacts if one not in away)


def check_free(books: Books, village: int, household: HouseholdId, *, now: datetime) -> None:
    """Refuse a slip one more phone than it may have.

    Raises:
        SlipFull: Six phones are in use.
    """
    if len(in_use(books, village, household, now=now)) >= SLIP_USES_MAX:
        raise SlipFull(SLIP_USES_MAX)


def back_by_slip(
    books: Books, village: int, household: HouseholdId, *, known: str, now: datetime
) -> str | None:
    """Return which web contact of a household comes back by its slip, None for a new one.

    The browser's own contact, else of those signed out the one bound last whose
    person has no phone but browsers. A slip is the household's: it never opens
    what somebody with a role may do, nor whom a phone of their own lets in.
    """
    contacts = books.people.of_household(village, household)
    if Contact(WEB, known) in contacts and not _has_role(books, village, Contact(WEB, known)):
        return known
    away = _signed_out(books, contacts, now=now)
    for contact in contacts:
        if contact in away and _is_only_webs(books, village, contact):
            return contact.id
    return None


def back_by_link(
    books: Books, village: int, person: PersonId, *, known: str, now: datetime
) -> str | None:
    """Return which web contact of a person comes back by their own link, None for a new one."""
    contacts = books.people.contacts_of(village, person)
    if Contact(WEB, known) in contacts:
        return known
    away = _signed_out(books, contacts, now=now)
    return next((contact.id for contact in contacts if contact in away), None)


def _signed_out(
    books: Books, contacts: tuple[Contact, ...], *, now: datetime
) -> frozenset[Contact]:
    browsers = [contact.id for contact in contacts if contact.account == WEB]
    signed_in = books.sessions.signed_in(browsers, now=now)
    return frozenset(Contact(WEB, one) for one in browsers if one not in signed_in)


def _has_role(books: Books, village: int, contact: Contact) -> bool:
    person = books.people.bound(village, contact)
    return person is not None and bool(person.roles)


def _is_only_webs(books: Books, village: int, contact: Contact) -> bool:
    """Return whether its person has no role and no phone but browsers."""
    person = books.people.bound(village, contact)
    if person is None or person.roles:
        return False
    return all(one.account == WEB for one in books.people.contacts_of(village, person.id))
