"""What waits for the committee (委员会提醒): late months, quarters, objections, a release."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.calendar import working_days_between
from domain.objection import REMIND_AFTER, Objection
from domain.period import Month, Quarter, village_day
from domain.publication import NotPublishable, Publication, PublicationState
from domain.rulebook import RulebookMissing
from schedules.due import USUAL
from schedules.jobs import LOOK_BACK_MOST, Errand
from schedules.lacking import missing
from schedules.month import late_months, months_to_remind
from schedules.publication import prepare, quarters_waiting
from schedules.timetable import JobKind
from storage.outbox import Draft

AGAIN_EVERY: Final = 3
"""Working days between two reminders of the same thing."""
AGAIN_MOST: Final = 10


@dataclass(frozen=True, slots=True)
class QuarterMissing:
    """Why a quarter cannot be published: months to confirm, claims to decide."""

    quarter: Quarter
    months: tuple[Month, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QuartersMissing:
    """Which quarters cannot be published, oldest first."""

    quarters: tuple[QuarterMissing, ...] = ()

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that they lack."""
        return tuple(month for one in self.quarters for month in one.months)


@dataclass(frozen=True, slots=True)
class CommitteeDigest:
    """What waits for the committee on a day; parts that are not due again are empty."""

    on: date
    late: tuple[Month, ...] = ()
    missing: QuartersMissing = QuartersMissing()
    objections: tuple[Objection, ...] = ()
    release: Publication | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say today."""
        return not (self.late or self.missing.quarters or self.objections or self.release)


def waiting_for(errand: Errand) -> CommitteeDigest:
    """Return what the committee is reminded of today; nothing on days off.

    Late months and quarters that lack something come up together, every third
    working day; each so often, then the town sees it and the committee is left alone.
    """
    today = village_day(errand.now)
    if not errand.is_working(today):
        return CommitteeDigest(today)
    late = late_months(errand.books, errand.village, today=today)
    lacking = _missing(errand, today)
    due = months_to_remind(errand, late)
    return CommitteeDigest(
        today,
        late=tuple(month for month in due if month not in lacking.months),
        missing=lacking,
        objections=_objections(errand, today),
        release=_release(errand, today),
    )


def _missing(errand: Errand, today: date) -> QuartersMissing:
    """Return what each quarter that waits lacks, if it is time to say so (again)."""
    books, village = errand.books, errand.village
    if books.rulebooks.in_force(village.id, today) is None:
        return QuartersMissing()
    found: list[QuarterMissing] = []
    for quarter in quarters_waiting(books, village, today=today):
        told = books.publications.told_missing(village.id, quarter)
        if told and not _has_waited(errand, told[0][0], today):
            return QuartersMissing()
        months, numbers = missing(books, village, quarter, today=today)
        if (months or numbers) and len(told) < AGAIN_MOST:
            found.append(QuarterMissing(quarter, months, numbers))
    return QuartersMissing(tuple(found))


def _objections(errand: Errand, today: date) -> tuple[Objection, ...]:
    """Return the objections that wait since 3, since 8, and since every 3 working days more."""
    return tuple(
        one
        for one in errand.books.objections.open(errand.village.id)
        if one.reminders < _stage(errand, one, today)
    )


def _stage(errand: Errand, objection: Objection, today: date) -> int:
    raised = village_day(objection.raised_at)
    waited = working_days_between(raised, today, errand.is_working)
    again = max(0, waited - REMIND_AFTER[-1]) // AGAIN_EVERY
    return sum(waited >= days for days in REMIND_AFTER) + again


def _release(errand: Errand, today: date) -> Publication | None:
    """Return the prepared edition that nobody has released for some days.

    Of the oldest quarter, since that is released first. Where the calendar's own job came too
    early, because the quarter was ready months after its end, it is prepared here.
    """
    books, village = errand.books, errand.village
    waiting = quarters_waiting(books, village, today=today)
    if not waiting or any(missing(books, village, waiting[0], today=today)):
        return None
    known = books.publications.newest(village.id, waiting[0])
    if known is None:
        return _prepared_late(errand, waiting[0], today)
    assert known.state is PublicationState.PREPARED, known.quarter
    times, last = books.publications.reminders(village.id, known)
    is_due = _has_waited(errand, last or village_day(known.prepared_at), today)
    return known if is_due and times < AGAIN_MOST else None


def _prepared_late(errand: Errand, quarter: Quarter, today: date) -> Publication | None:
    jobs, kind = errand.books.jobs, JobKind.QUARTER_PUBLICATION
    is_past = quarter.months[-1].end + LOOK_BACK_MOST <= today
    is_settled = jobs.record_of(errand.village.id, kind, str(quarter)) is not None
    is_on = jobs.settings(errand.village.id).get(kind, USUAL).is_on
    if not is_on or not (is_past or is_settled):
        return None
    try:
        return prepare(errand, quarter)[0]
    except (NotPublishable, RulebookMissing):
        return None


def _has_waited(errand: Errand, last: date, today: date) -> bool:
    return working_days_between(last, today, errand.is_working) >= AGAIN_EVERY


def note(errand: Errand, found: CommitteeDigest, drafts: tuple[Draft, ...]) -> None:
    """Keep what was said, and to whom, so that it is said again only after some days."""
    books, village, today = errand.books, errand.village.id, found.on
    for month in (*found.missing.months, *found.late):
        books.month_reviews.reminded(village, month, on=today)
    for one in found.missing.quarters:
        books.publications.note_missing(
            village,
            one.quarter,
            on=today,
            months=one.months,
            numbers=one.numbers,
            told=tuple(draft.key for draft in drafts),
        )
    for objection in found.objections:
        times = _stage(errand, objection, today)
        books.objections.reminded(village, objection, times=times)
    if found.release is not None:
        books.publications.reminded(village, found.release, on=today)
