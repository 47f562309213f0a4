"""The month (一月一审核): what waits, what stands out, what is drawn for a second look."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.calendar import working_days_between
from domain.claim import ClaimKey
from domain.month_review import Bulk, bulks, months_open, recheck, recheck_seed
from domain.period import Month, month_of, village_day
from schedules.jobs import Errand
from storage.month_reviews import MonthRecord
from storage.unit_of_work import Books
from storage.villages import Village

LATE_EVERY: Final = 3
"""Working days between two reminders of a late month."""
LATE_MOST: Final = 10
"""So often a late month is reminded of; then the town sees it, and the committee is left alone."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MonthReminder:
    """What waits before a month can be confirmed: numbers, never a list of names."""

    month: Month
    waiting: int
    flagged: int = 0


@dataclass(frozen=True, slots=True)
class Flags:
    """What a reviewer should look at twice in a month: hints, never verdicts."""

    same_photo: tuple[ClaimKey, ...]
    like_photo: tuple[ClaimKey, ...]
    late: tuple[ClaimKey, ...]
    bulks: tuple[Bulk, ...]

    @property
    def count(self) -> int:
        """How many claims are pointed out, each once."""
        alone = {*self.same_photo, *self.like_photo, *self.late}
        numbers = {key.number for key in alone}
        return len(numbers.union(*(bulk.numbers for bulk in self.bulks)))


def late_months(books: Books, village: Village, *, today: date) -> tuple[Month, ...]:
    """Return the months that are over and not confirmed, oldest first.

    What the town sees of a village. A village without a rulebook in force has
    nothing to confirm.
    """
    if books.rulebooks.in_force(village.id, today) is None:
        return ()
    first = books.month_reviews.first(village.id, since=month_of(village_day(village.created_at)))
    return months_open(
        first,
        month_of(month_of(today).first_day - _DAY),
        confirmed=books.month_reviews.confirmed(village.id),
        closed_through=village.closed_through,
    )


def months_to_remind(errand: Errand, late: tuple[Month, ...]) -> tuple[Month, ...]:
    """Return the late months of which the committee is reminded again: every 3 working days.

    All of them on the same days, so that two late months are not reminded of twice as often.
    """
    today, village = village_day(errand.now), errand.village.id
    records = [errand.books.month_reviews.get(village, month) for month in late]
    last = max((r.reminded_on for r in records if r.reminded_on), default=date.min)
    return tuple(
        record.month
        for record in records
        if record.reminders < LATE_MOST and _has_waited(errand, max(last, _last(record)), today)
    )


def _last(record: MonthRecord) -> date:
    return record.month.end - _DAY


def _has_waited(errand: Errand, since: date, today: date) -> bool:
    return working_days_between(since, today, errand.is_working) >= LATE_EVERY


def flags(books: Books, village: int, month: Month) -> Flags:
    """Return what stands out in a month: like photos, acts long past, equal bulk records."""
    claims = books.claims.of_month(village, month)
    same = books.month_reviews.same_photos(village, month)
    like = books.month_reviews.like_photos(village, month)
    return Flags(
        same_photo=same,
        like_photo=tuple(key for key in like if key not in same),
        late=tuple(c.key for c in claims if c.is_late),
        bulks=bulks(claims),
    )


def drawn(
    books: Books, village: int, month: Month, *, now: datetime
) -> tuple[str, tuple[ClaimKey, ...]]:
    """Return the seed and the claims of a month's recheck; the first to ask draws them.

    The seed comes from the chain's head at that moment and is kept, with the
    entry up to which awards were in the draw: every later look finds the same.
    """
    kept = drawn_before(books, village, month)
    if kept is not None:
        return kept
    seq, head = books.ledger.head(village)
    seed = recheck_seed(village, month, head)
    books.month_reviews.draw(village, month, seed=seed, seq=seq, at=now)
    return seed, recheck(seed, books.month_reviews.awards(village, month, up_to=seq))


def drawn_before(
    books: Books, village: int, month: Month
) -> tuple[str, tuple[ClaimKey, ...]] | None:
    """Return a month's recheck as it was drawn; None while nobody has."""
    record = books.month_reviews.get(village, month)
    if record.seed is None or record.drawn_seq is None:
        return None
    awards = books.month_reviews.awards(village, month, up_to=record.drawn_seq)
    return record.seed, recheck(record.seed, awards)
