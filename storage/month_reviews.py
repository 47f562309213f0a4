"""Month reviews (月审) as stored: confirmed months, drawn rechecks, and what stands out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, select

from domain.claim import UNDECIDED, ClaimKey
from domain.ledger import EntryKind
from domain.membership import PersonId
from domain.period import Month, parse_month
from storage.claims import CLAIM, PHOTO
from storage.evidence import EVIDENCE, SIMILAR_BITS_MAX
from storage.ledger import ENTRY, REVIEW, VILLAGE
from storage.prepared import Row
from storage.reviews import EVENT
from storage.statements import first, put, rows

PHOTOS_MAX: Final = 2_000
"""So many photos of a month are compared with each other."""
_DECIDING: Final = ("approve", "reject", "adjust")


@dataclass(frozen=True, slots=True)
class MonthRecord:
    """What is kept of a month: its confirmation, its recheck, how often it was reminded of."""

    month: Month
    confirmed_at: datetime | None = None
    seed: str | None = None
    drawn_seq: int | None = None
    reminders: int = 0
    reminded_on: date | None = None


class MonthReviews:
    """The month reviews repository; every method runs inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, village: int, month: Month) -> MonthRecord:
        """Return what is kept of a month; a month nobody touched is bare."""
        row = first(self._connection, REVIEW, village=village, month=str(month))
        return _record(row) if row else MonthRecord(month)

    def draw(self, village: int, month: Month, *, seed: str, seq: int, at: datetime) -> None:
        """Keep how the recheck was drawn."""
        self._write(village, month, seed=seed, drawn_seq=seq, drawn_at=at)

    def confirm(self, village: int, month: Month, *, at: datetime) -> None:
        """Keep that the committee confirmed the month."""
        self._write(village, month, confirmed_at=at)

    def reminded(self, village: int, month: Month, *, on: date) -> None:
        """Count one more reminder of a late month."""
        times = self.get(village, month).reminders + 1
        self._write(village, month, reminders=times, reminded_on=on)

    def _write(self, village: int, month: Month, **values: object) -> None:
        key = {"village": village, "month": str(month)}
        put(self._connection, REVIEW, key=key, values=values)

    def first(self, village: int, *, since: Month) -> Month:
        """Return the first month that the committee has to look at.

        The month in which the village began, or an earlier one in which entries
        or undecided claims count.
        """
        entries = select(func.min(VILLAGE.c.month)).where(VILLAGE.c.village == village)
        waiting = select(func.min(CLAIM.c.effective_month)).where(
            CLAIM.c.village == village, CLAIM.c.state.in_(UNDECIDED)
        )
        found = (self._connection.execute(query).scalar() for query in (entries, waiting))
        return min((since, *(parse_month(month) for month in found if month)))

    def awards(
        self, village: int, month: Month, *, up_to: int, limit: int = 20_000
    ) -> tuple[ClaimKey, ...]:
        """Return the claims whose awards stood in a month up to an entry, for the recheck."""
        query = (
            select(ENTRY.c.cause)
            .where(
                ENTRY.c.village == village,
                ENTRY.c.year == month.year,
                ENTRY.c.effective_month == str(month),
                ENTRY.c.kind == EntryKind.AWARD,
                ENTRY.c.seq <= up_to,
            )
            .order_by(ENTRY.c.seq)
            .limit(limit)
        )
        causes = (cause.split(":") for cause in self._connection.execute(query).scalars())
        return tuple(ClaimKey(int(c[1]), int(c[2])) for c in causes if c[0] == "claim")

    def same_photos(self, village: int, month: Month, *, limit: int = 100) -> tuple[ClaimKey, ...]:
        """Return the month's claims that show a photo which another claim shows as well."""
        other = PHOTO.alias()
        is_other = (other.c.year != PHOTO.c.year) | (other.c.number != PHOTO.c.number)
        query = (
            select(PHOTO.c.year, PHOTO.c.number)
            .join(CLAIM, _of_claim(PHOTO.c))
            .join(other, (other.c.village == PHOTO.c.village) & (other.c.sha256 == PHOTO.c.sha256))
            .where(*_in(village, month), is_other)
            .distinct()
            .order_by(PHOTO.c.year, PHOTO.c.number)
            .limit(limit)
        )
        return tuple(ClaimKey(y, n) for y, n in self._connection.execute(query))

    def like_photos(self, village: int, month: Month) -> tuple[ClaimKey, ...]:
        """Return the month's claims whose photos look alike without being the same."""
        import numpy as np  # noqa: PLC0415 - half a tenth of a second nobody needs at the start

        query = (
            select(PHOTO.c.year, PHOTO.c.number, EVIDENCE.c.perceptual)
            .join(CLAIM, _of_claim(PHOTO.c))
            .join(
                EVIDENCE,
                (EVIDENCE.c.village == PHOTO.c.village) & (EVIDENCE.c.sha256 == PHOTO.c.sha256),
            )
            .where(*_in(village, month))
            .order_by(PHOTO.c.added_at.desc())
            .limit(PHOTOS_MAX)
        )
        found = self._connection.execute(query).all()
        keys = [ClaimKey(year, number) for year, number, _ in found]
        hashes = np.array([h for _, _, h in found], dtype=np.int64).view(np.uint64)
        alike: set[ClaimKey] = set()
        for at, key in enumerate(keys):
            bits = np.bitwise_count(hashes ^ hashes[at])
            near = np.flatnonzero((bits > 0) & (bits <= SIMILAR_BITS_MAX))
            alike |= {keys[i] for i in near if keys[i] != key}
        return tuple(sorted(alike))

    def reviewers(self, village: int, month: Month) -> tuple[tuple[PersonId, str, int], ...]:
        """Return how often each person approved, rejected or adjusted claims of the month."""
        query = (
            select(EVENT.c.person, EVENT.c.action, func.count())
            .join(CLAIM, _of_claim(EVENT.c))
            .where(*_in(village, month), EVENT.c.action.in_(_DECIDING))
            .group_by(EVENT.c.person, EVENT.c.action)
            .order_by(EVENT.c.person, EVENT.c.action)
            .limit(300)
        )
        return tuple((PersonId(p), action, n) for p, action, n in self._connection.execute(query))

    def confirmed(self, village: int, *, limit: int = 120) -> frozenset[Month]:
        """Return every confirmed month."""
        query = (
            select(REVIEW)
            .where(REVIEW.c.village == village, REVIEW.c.confirmed_at.is_not(None))
            .order_by(REVIEW.c.month.desc())
            .limit(limit)
        )
        return frozenset(_record(row).month for row in rows(self._connection, query))


def _in(village: int, month: Month) -> tuple[ColumnElement[bool], ...]:
    return (
        CLAIM.c.village == village,
        CLAIM.c.year.in_((month.year, month.year + 1)),
        CLAIM.c.effective_month == str(month),
    )


def _of_claim(columns: object) -> ColumnElement[bool]:
    """Return the join of a claim with what belongs to it."""
    held = columns
    condition: ColumnElement[bool] = (
        (CLAIM.c.village == held.village)  # type: ignore[attr-defined]
        & (CLAIM.c.year == held.year)  # type: ignore[attr-defined]
        & (CLAIM.c.number == held.number)  # type: ignore[attr-defined]
    )
    return condition


def _record(row: Row) -> MonthRecord:
    return MonthRecord(
        parse_month(row["month"]),
        row["confirmed_at"],
        row["seed"],
        row["drawn_seq"],
        row["reminders"] or 0,
        row["reminded_on"],
    )
