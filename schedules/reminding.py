"""Reminding the committee (提醒): one message a day, with everything in it that waits."""

from datetime import timedelta
from typing import Final

from domain.membership import Role
from domain.period import day_start, parse_month, village_day
from schedules.announcing import COMMITTEE, check_quiet, has_heard, is_told, to_committee, to_people
from schedules.committee import CommitteeDigest, note, waiting_for
from schedules.due import USUAL
from schedules.jobs import Errand, TooLate, look
from schedules.month import MonthReminder, flags
from schedules.timetable import JobKind
from storage.outbox import Draft

CARRIERS: Final = frozenset(
    {
        JobKind.MONTH_REMINDER_FIRST,
        JobKind.MONTH_REMINDER_SECOND,
        JobKind.REDEMPTION_DUE,
        JobKind.REDEMPTION_SECOND,
    }
)
"""Reminders with days of their own; on those days the digest goes with them."""


def tell(errand: Errand, own: object | None, *, key: str) -> tuple[Draft, ...]:
    """Tell the committee a reminder of its own, and with it what else waits today.

    ``own`` None leaves the digest alone, ``key`` is then the digest's.

    Raises:
        NotYet: The committee's room hears something else today.

    """
    if own is not None and is_told(errand, COMMITTEE, key=key):
        return ()
    errand.books.villages.lock(errand.village.id)
    found = _digest(errand)
    results = tuple(one for one in (own, None if found.is_empty else found) if one)
    if not results:
        return ()
    check_quiet(errand, COMMITTEE)
    drafts = to_committee(errand, *results, key=key if own else _digest_key(found))
    if found.missing.quarters:
        first = found.missing.quarters[0].quarter
        people = errand.books.people.holders(errand.village.id, Role.ADMINISTRATOR)
        missing_key = f"missing:{first}:{found.on}"
        drafts = (*drafts, *to_people(errand, people, found.missing, key=missing_key))
    if drafts:
        note(errand, found, drafts)
    return drafts


def _digest(errand: Errand) -> CommitteeDigest:
    """Return what waits; nothing where the village has switched the digest off."""
    settings = errand.books.jobs.settings(errand.village.id)
    if settings.get(JobKind.COMMITTEE_DIGEST, USUAL).is_on:
        return waiting_for(errand)
    return CommitteeDigest(village_day(errand.now))


def _digest_key(found: CommitteeDigest) -> str:
    return f"digest:{found.on}"


def digest(errand: Errand) -> tuple[Draft, ...]:
    """Tell the committee what waits, and the administrators why a quarter is not published.

    Not on a day on which the room hears another notice: one that is to come takes
    the digest along, after one that went it waits for the next working day.
    """
    if has_heard(errand, COMMITTEE) or _goes_along(errand):
        return ()
    return tell(errand, None, key="")


def _goes_along(errand: Errand) -> bool:
    """Return whether a reminder with a day of its own is still to come today."""
    end = day_start(village_day(errand.now) + timedelta(days=1)) - timedelta(seconds=1)
    agenda = look(errand.books, errand.village, now=end, is_working=errand.is_working)
    return any(one.kind in CARRIERS for one in agenda.due)


def remind_month(errand: Errand) -> tuple[Draft, ...]:
    """Tell the committee what waits in the month and what stands out.

    Nothing of a month that is confirmed.

    Raises:
        TooLate: It is over: then it is late, and the digest says so.
        NotYet: The committee's room hears something else today.

    """
    month, village = parse_month(errand.period), errand.village.id
    books, today = errand.books, village_day(errand.now)
    if today >= month.end:
        raise TooLate
    key = f"month:{month}:{today}"
    if month in books.ledger.confirmed_months(village, year=month.year):
        return tell(errand, None, key=key)
    waiting = len(books.claims.open_in(village, (month,)))
    own = MonthReminder(month, waiting, flags(books, village, month).count)
    return tell(errand, own, key=key)
