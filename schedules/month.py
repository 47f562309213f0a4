"""The month (一月一审核): what waits, what stands out, what is drawn for a second look."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.calendar import working_days_between
from domain.claim import ClaimKey
from domain.month_review import Bulk, bulks, months_open, recheck, recheck_seed
from domain.period import Month, month_of, parse_month, village_day
from schedules.announcing import to_committee
from schedules.jobs import Errand
from storage.outbox import Draft
from storage.unit_of_work import Books
from storage.villages import Village

LATE_EVERY: Final = 3
"""Working days between two reminders of a late month."""
LATE_MOST: Final = 10
"""So often a late month is reminded of; then the town sees it, and the committee is left alone."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MonthReminder:
    """What waits before a month can be confirmed: numbers, never a list of names.

    ``late`` are earlier months that still are not confirmed.
    """

    month: Month
    waiting: int
    flagged: int = 0
    late: tuple[Month, ...] = ()


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
    """Return the late months of which the committee is reminded again: every 3 working days."""
    today = village_day(errand.now)
    due = []
    for month in late:
        record = errand.books.month_reviews.get(errand.village.id, month)
        since = record.reminded_on or month.end - _DAY
        waited = working_days_between(since, today, errand.is_working)
        if waited >= LATE_EVERY and record.reminders < LATE_MOST:
            due.append(month)
    return tuple(due)


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


def remind(errand: Errand) -> tuple[Draft, ...]:
    """Tell the committee what waits in the month and what stands out.

    Nothing once it is confirmed, or over: then it is late, and the digest says so.
    """
    month, village = parse_month(errand.period), errand.village.id
    books, today = errand.books, village_day(errand.now)
    is_confirmed = month in books.ledger.confirmed_months(village, year=month.year)
    if is_confirmed or today >= month.end:
        return ()
    result = MonthReminder(
        month,
        len(books.claims.open_in(village, (month,))),
        flags(books, village, month).count,
        tuple(m for m in late_months(books, errand.village, today=today) if m != month),
    )
    return to_committee(errand, result, key=f"month:{month}:{today}")
