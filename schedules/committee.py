"""The committee's digest (委员会提醒): everything that waits for them, at most once a day."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.calendar import last_working_day, working_days_before, working_days_between
from domain.membership import Role
from domain.objection import REMIND_AFTER, Objection
from domain.period import Month, Quarter, month_of, village_day
from domain.publication import Publication, PublicationState
from schedules.announcing import to_committee, to_people
from schedules.jobs import Errand
from schedules.lacking import missing
from schedules.month import late_months, months_to_remind
from schedules.publication import quarters_waiting
from storage.outbox import Draft

AGAIN_EVERY: Final = 3
"""Working days between two reminders of the same thing."""
AGAIN_MOST: Final = 10
MONTH_REMINDERS: Final = (5, 2)
"""Working days before the month's last on which its own reminder goes out instead."""


@dataclass(frozen=True, slots=True)
class QuarterMissing:
    """Why a quarter cannot be published: months to confirm, claims to decide."""

    quarter: Quarter
    months: tuple[Month, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CommitteeDigest:
    """What waits for the committee today; parts that are not due again are empty."""

    late: tuple[Month, ...]
    missing: QuarterMissing | None
    objections: tuple[Objection, ...]
    release: Publication | None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say today."""
        return not (self.late or self.missing or self.objections or self.release)


def digest(errand: Errand) -> tuple[Draft, ...]:
    """Tell the committee what waits, and the administrators why a quarter is not published.

    Nothing on days off, and nothing on the days of the month's own reminder:
    it waits for the next working day.
    """
    today = village_day(errand.now)
    if not errand.is_working(today) or _is_reminder_day(errand, today):
        return ()
    errand.books.villages.lock(errand.village.id)
    found = _found(errand, today)
    if found.is_empty:
        return ()
    drafts = to_committee(errand, found, key=f"digest:{today}")
    if found.missing is not None:
        people = errand.books.people.holders(errand.village.id, Role.ADMINISTRATOR)
        key = f"missing:{found.missing.quarter}:{today}"
        drafts = (*drafts, *to_people(errand, people, found.missing, key=key))
    _note(errand, found, today, drafts)
    return drafts


def _is_reminder_day(errand: Errand, today: date) -> bool:
    last = last_working_day(month_of(today), errand.is_working)
    days = (working_days_before(last, n, errand.is_working) for n in MONTH_REMINDERS)
    return today in days


def _found(errand: Errand, today: date) -> CommitteeDigest:
    late = late_months(errand.books, errand.village, today=today)
    lacking = _missing(errand, today, late)
    named = lacking.months if lacking else ()
    due = months_to_remind(errand, late)
    return CommitteeDigest(
        late=tuple(m for m in late if m not in named) if due else (),
        missing=lacking,
        objections=_objections(errand, today),
        release=_release(errand, today),
    )


def _missing(errand: Errand, today: date, late: tuple[Month, ...]) -> QuarterMissing | None:
    """Return what the oldest quarter lacks, if it is time to say so (again)."""
    books, village = errand.books, errand.village
    if books.rulebooks.in_force(village.id, today) is None:
        return None
    waiting = quarters_waiting(books, village, today=today)
    if not waiting:
        return None
    months, numbers = missing(books, village, waiting[0], today=today)
    if not (months or numbers):
        return None
    told = books.publications.told_missing(village.id, waiting[0])
    if told and not _is_again(errand, told[0][0], len(told), today):
        return None
    assert set(months) <= set(late), "a month that is missing is late"
    return QuarterMissing(waiting[0], months, numbers)


def _objections(errand: Errand, today: date) -> tuple[Objection, ...]:
    """Return the objections that wait since 3, or since 8, working days."""
    return tuple(
        one
        for one in errand.books.objections.open(errand.village.id)
        if one.reminders < _stage(errand, one, today)
    )


def _stage(errand: Errand, objection: Objection, today: date) -> int:
    raised = village_day(objection.raised_at)
    waited = working_days_between(raised, today, errand.is_working)
    return sum(waited >= days for days in REMIND_AFTER)


def _release(errand: Errand, today: date) -> Publication | None:
    """Return a prepared edition that nobody has released for some days."""
    village = errand.village.id
    for one in errand.books.publications.in_state(village, PublicationState.PREPARED):
        times, last = errand.books.publications.reminders(village, one)
        if _is_again(errand, last or village_day(one.prepared_at), times, today):
            return one
    return None


def _is_again(errand: Errand, last: date, times: int, today: date) -> bool:
    waited = working_days_between(last, today, errand.is_working)
    return waited >= AGAIN_EVERY and times < AGAIN_MOST


def _note(errand: Errand, found: CommitteeDigest, today: date, drafts: tuple[Draft, ...]) -> None:
    """Keep what was said, so that it is said again only after some days."""
    books, village = errand.books, errand.village.id
    lacking = found.missing
    named = lacking.months if lacking else ()
    for month in {*named, *months_to_remind(errand, found.late)}:
        books.month_reviews.reminded(village, month, on=today)
    if lacking is not None:
        books.publications.note_missing(
            village,
            lacking.quarter,
            on=today,
            months=lacking.months,
            numbers=lacking.numbers,
            told=tuple(draft.key for draft in drafts),
        )
    for objection in found.objections:
        times = _stage(errand, objection, today)
        books.objections.reminded(village, objection, times=times)
    if found.release is not None:
        books.publications.reminded(village, found.release, on=today)
