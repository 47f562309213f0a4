"""What each kind of job does (办什么)."""

from collections.abc import Mapping
from typing import Final

from schedules import month, retention, year
from schedules.jobs import Work
from schedules.timetable import JobKind

WORKS: Final[Mapping[JobKind, Work]] = {
    JobKind.MONTH_REMINDER_FIRST: month.remind,
    JobKind.MONTH_REMINDER_SECOND: month.remind,
    JobKind.YEAR_CLOSE_REMINDER: year.remind,
    JobKind.COMMENDATION: year.commend,
    JobKind.PHOTOS_FORGOTTEN: retention.forget_photos,
    JobKind.TALK_FORGOTTEN: retention.forget_talk,
}
