"""The timetable (日程表): every kind of job, on which days it falls, how late it may be done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.calendar import (
    IsWorking,
    last_working_day,
    working_days_after,
    working_days_before,
)
from domain.period import Month, Quarter

Days = Callable[[int, IsWorking], Iterator[tuple[str, date]]]
"""Yields (period, village day) of one year, in order."""

MORNING: Final = 9
NIGHT: Final = 4
WEEKS_TWO: Final = timedelta(days=14)
MONTHS_THREE: Final = timedelta(days=90)


class JobKind(StrEnum):
    """A kind of job; the value is its name in ``jifen jobs``."""

    MONTH_REMINDER_FIRST = "month-reminder-5"
    MONTH_REMINDER_SECOND = "month-reminder-2"
    QUARTER_PUBLICATION = "quarter-publication"
    PUBLICATION_FINAL = "publication-final"
    COMMITTEE_DIGEST = "committee-digest"
    POLICY_ENDING = "policy-ending"
    YEAR_CLOSE_REMINDER = "year-close-reminder"
    COMMENDATION = "commendation"
    PHOTOS_FORGOTTEN = "photos-forgotten"
    TALK_FORGOTTEN = "talk-forgotten"
    REDEMPTION_DAY = "redemption-day"
    REDEMPTION_OPENING = "redemption-opening"
    REDEMPTION_CLOSING_WEEK = "redemption-closing-7"
    REDEMPTION_CLOSING_DAY = "redemption-closing-1"
    REDEMPTION_COLLECTING = "redemption-collecting"
    REDEMPTION_DUE = "redemption-due"
    REDEMPTION_SECOND = "redemption-second"
    POINTS_ENDING = "points-ending"


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of the timetable, in village time.

    ``look_back`` is how late the job may still be done; what is older when it
    is found is skipped and shown. With ``is_daily`` only the latest day's job
    is done, since it looks at everything that is open; days further back than
    its look-back are not even shown.
    """

    kind: JobKind
    days: Days
    hour: int = MORNING
    look_back: timedelta = WEEKS_TWO
    is_daily: bool = False


def before_month_end(count: int) -> Days:
    """Return the days ``count`` working days before the last working day of each month."""

    def days(year: int, is_working: IsWorking) -> Iterator[tuple[str, date]]:
        for number in range(1, 13):
            month = Month(year, number)
            last = last_working_day(month, is_working)
            yield str(month), working_days_before(last, count, is_working)

    return days


def on_days(*days: tuple[int, int]) -> Days:
    """Return the same days of every year, each a (month, day)."""

    def found(year: int, _is_working: IsWorking) -> Iterator[tuple[str, date]]:
        for month, day in days:
            on = date(year, month, day)
            yield on.isoformat(), on

    return found


def after_quarters(year: int, is_working: IsWorking) -> Iterator[tuple[str, date]]:
    """Yield the first working day after each quarter that ended before it."""
    ended = Quarter(year - 1, 4)
    for number in range(1, 5):
        last = ended.months[-1].end - timedelta(days=1)
        yield str(ended), working_days_after(last, 1, is_working)
        ended = Quarter(year, number)


def monthly(day: int) -> Days:
    """Return the same day of every month."""
    return on_days(*((month, day) for month in range(1, 13)))


def before_year_end(*counts: int) -> Days:
    """Return the days so many days before the last day of each year."""

    def found(year: int, _is_working: IsWorking) -> Iterator[tuple[str, date]]:
        for count in counts:
            yield f"{year}-{count}", date(year, 12, 31) - timedelta(days=count)

    return found


def every_day(year: int, _is_working: IsWorking) -> Iterator[tuple[str, date]]:
    """Yield every day of the year."""
    day = date(year, 1, 1)
    while day.year == year:
        yield day.isoformat(), day
        day += timedelta(days=1)


def daily(kind: JobKind, *, hour: int = MORNING) -> Slot:
    """Return the line of a job that looks at everything open, once a day."""
    return Slot(kind, every_day, hour=hour, look_back=timedelta(days=2), is_daily=True)


TIMETABLE: Final = (
    Slot(JobKind.MONTH_REMINDER_FIRST, before_month_end(5)),
    Slot(JobKind.MONTH_REMINDER_SECOND, before_month_end(2)),
    Slot(JobKind.QUARTER_PUBLICATION, after_quarters, look_back=MONTHS_THREE),
    daily(JobKind.PUBLICATION_FINAL),
    daily(JobKind.COMMITTEE_DIGEST),
    daily(JobKind.POLICY_ENDING),
    Slot(JobKind.YEAR_CLOSE_REMINDER, on_days((1, 12)), look_back=MONTHS_THREE),
    daily(JobKind.COMMENDATION),
    Slot(JobKind.PHOTOS_FORGOTTEN, on_days((1, 2)), hour=NIGHT, look_back=MONTHS_THREE),
    Slot(JobKind.TALK_FORGOTTEN, monthly(2), hour=NIGHT),
    daily(JobKind.REDEMPTION_DAY, hour=0),
    daily(JobKind.REDEMPTION_OPENING),
    daily(JobKind.REDEMPTION_CLOSING_WEEK),
    daily(JobKind.REDEMPTION_CLOSING_DAY),
    daily(JobKind.REDEMPTION_COLLECTING),
    Slot(JobKind.REDEMPTION_DUE, on_days((7, 1), (8, 1), (9, 1), (9, 20))),
    Slot(JobKind.REDEMPTION_SECOND, on_days((11, 25))),
    Slot(JobKind.POINTS_ENDING, before_year_end(60, 30, 7), hour=10, look_back=timedelta(days=5)),
)
"""Every kind of job has one line; a test proves that each has its work as well."""
