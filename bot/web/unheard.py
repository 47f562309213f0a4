"""What no account could bring to a person's phone (没送到的话), for their own page alone."""

from datetime import timedelta
from typing import Final

from bot.commands.case import Case
from domain.mail import OutboxState
from domain.relay import silences
from schedules.announcing import WEB
from storage.outbox import Letter

SHOWN: Final = timedelta(days=30)


def unheard(case: Case) -> tuple[str, ...]:
    """Return what waits for this very person on a phone that is not reached now."""
    assert case.person is not None, "the page is a person's"
    village = case.home.id
    away = {one.account for one in silences(case.books.relays.seen(village), now=case.now)}
    contacts = case.books.people.contacts_of(village, case.person.id)
    return tuple(
        letter.draft.text
        for contact in contacts
        if contact.account != WEB
        for letter in case.books.relays.unheard(contact, since=case.now - SHOWN)
        if not _may_still_come(letter, away)
    )


def _may_still_come(letter: Letter, away: set[str]) -> bool:
    """Return whether the account that has to say it is up and will say it."""
    return letter.state is OutboxState.QUEUED and letter.draft.account not in away
