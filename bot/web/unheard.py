"""What no account could bring to a household's phones (没送到的话), for its own page alone."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bot.commands.case import Case
from domain.mail import OutboxState
from domain.relay import silences
from schedules.announcing import WEB
from storage.outbox import Letter
from storage.people import Contact

SHOWN: Final = timedelta(days=30)
DECISIONS: Final = "decision:"
"""What keys of letters begin with that tell a household what was decided about its points."""
WAYS_IN: Final = "/enter/"
"""A link that logs a person in is for that person alone, also within the household."""


def unheard(case: Case) -> tuple[str, ...]:
    """Return what waits for this household on phones that are not reached now, oldest first.

    Who comes by the slip is another person than the phone's: what was said to one
    of the household is theirs to read. What is said to somebody's office is not:
    of a member with a role only what was decided about points counts, unless the
    page is that member's own.

    Source: decision 0022.
    """
    away = {one.account for one in silences(case.books.relays.seen(case.home.id), now=case.now)}
    found = {
        letter.id: letter.draft.text
        for letter in _private(case)
        if not _may_still_come(letter, away)
    }
    return tuple(dict.fromkeys(found[number] for number in sorted(found)))


def _private(case: Case) -> Iterator[Letter]:
    person, village = case.person, case.home.id
    assert person is not None, "the page is a person's"
    own = case.books.people.contacts_of(village, person.id)
    for contact in own:
        yield from _to(case, contact)
    members = (
        ()
        if person.household is None
        else case.books.people.of_household(village, person.household)
    )
    for contact in members:
        if contact not in own:
            is_villager = not _has_role(case, contact)
            for letter in _to(case, contact):
                is_theirs = is_villager or letter.draft.key.startswith(DECISIONS)
                if is_theirs and WAYS_IN not in letter.draft.text:
                    yield letter


def _to(case: Case, contact: Contact) -> tuple[Letter, ...]:
    if contact.account == WEB:
        return ()
    return case.books.relays.unheard(contact, since=case.now - SHOWN)


def _has_role(case: Case, contact: Contact) -> bool:
    person = case.books.people.bound(case.home.id, contact)
    return person is not None and bool(person.roles)


def _may_still_come(letter: Letter, away: set[str]) -> bool:
    """Return whether the account that has to say it is up and will say it."""
    return letter.state is OutboxState.QUEUED and letter.draft.account not in away
