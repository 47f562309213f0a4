"""What each kind of job does (办什么)."""

from collections.abc import Mapping
from typing import Final

from schedules import (
    basis,
    publication,
    redemption,
    redemption_notices,
    reminding,
    retention,
    year,
)
from schedules.jobs import Work
from schedules.timetable import JobKind

WORKS: Final[Mapping[JobKind, Work]] = {
    JobKind.MONTH_REMINDER_FIRST: reminding.remind_month,
    JobKind.MONTH_REMINDER_SECOND: reminding.remind_month,
    JobKind.QUARTER_PUBLICATION: publication.prepare_due,
    JobKind.PUBLICATION_FINAL: publication.finish_due,
    JobKind.COMMITTEE_DIGEST: reminding.digest,
    JobKind.POLICY_ENDING: basis.warn,
    JobKind.YEAR_CLOSE_REMINDER: year.remind,
    JobKind.COMMENDATION: year.commend,
    JobKind.PHOTOS_FORGOTTEN: retention.forget_photos,
    JobKind.TALK_FORGOTTEN: retention.forget_talk,
    JobKind.REDEMPTION_DAY: redemption.turn_the_day,
    JobKind.REDEMPTION_OPENING: redemption_notices.tell_opening,
    JobKind.REDEMPTION_CLOSING_WEEK: redemption_notices.tell_last_week,
    JobKind.REDEMPTION_CLOSING_DAY: redemption_notices.tell_last_day,
    JobKind.REDEMPTION_COLLECTING: redemption_notices.tell_collecting,
    JobKind.REDEMPTION_DUE: redemption_notices.remind_due,
    JobKind.REDEMPTION_SECOND: redemption_notices.remind_second,
    JobKind.POINTS_ENDING: redemption_notices.tell_points_ending,
}
