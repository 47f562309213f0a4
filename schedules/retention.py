"""Forgetting in time (保存期): photos 12 months after the end of their year, talk as well."""

from datetime import timedelta
from typing import Final

from domain.period import village_day
from schedules.jobs import Errand
from storage.outbox import Draft

PHOTO_YEARS: Final = 2
"""Photos of 2026 are kept to the end of 2027: in 2028 those of two years ago are forgotten."""
TALK_KEPT: Final = timedelta(days=365)


def forget_photos(errand: Errand) -> tuple[Draft, ...]:
    """Take the photos off claims whose year ended more than 12 months ago.

    Rows first: from now on they belong to no claim, and the housekeeper drops
    rows and files of photos that belong to none.
    """
    through = village_day(errand.now).year - PHOTO_YEARS
    errand.books.retention.forget_photos(errand.village.id, through=through, at=errand.now)
    return ()


def forget_talk(errand: Errand) -> tuple[Draft, ...]:
    """Drop what was said and answered more than 12 months ago; that it was said stays.

    Messages belong to accounts, not to villages: the first village's job of a
    month does it, the others find nothing left.
    """
    errand.books.retention.forget_talk(errand.now - TALK_KEPT)
    return ()
