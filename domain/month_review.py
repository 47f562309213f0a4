"""The month review (月审): what is looked at before a month is confirmed, and when it may be."""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.claim import Claim, ClaimKey, ClaimOrigin, ClaimState
from domain.membership import PersonId
from domain.period import Month, month_of
from domain.points import Points
from domain.refusal import Refusal

RECHECK_PERCENT: Final = 5
RECHECK_LEAST: Final = 3
BULK_FROM: Final = 5
"""So many equal records of one person and day are pointed out."""
_SEED_LENGTH: Final = 12


class MonthNotOver(Refusal):
    """A month is confirmed only when it is over."""

    def __init__(self, month: Month) -> None:
        super().__init__(str(month))
        self.month = month


class MonthConfirmed(Refusal):
    """The month was confirmed already."""

    def __init__(self, month: Month) -> None:
        super().__init__(str(month))
        self.month = month


class MonthBlocked(Refusal):
    """Claims that count in the month are undecided; ``numbers`` names them."""

    def __init__(self, month: Month, numbers: tuple[int, ...]) -> None:
        super().__init__(f"{month} {numbers}")
        self.month = month
        self.numbers = numbers


class YearEndStays(Refusal):
    """No later month of the year is open: nothing moves into another year."""

    def __init__(self, number: int, month: Month) -> None:
        super().__init__(f"{number} {month}")
        self.number = number
        self.month = month


class MoveReasonMissing(Refusal):
    """Moving a claim on must say why."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


@dataclass(frozen=True, slots=True)
class Bulk:
    """Equal records by one person on one day: a hint, never a verdict."""

    filer: PersonId
    item: str
    occurred_on: date
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CategorySum:
    """The awards of one category of a month: how many, and their points."""

    category: str
    count: int
    points: Points


def check_over(month: Month, *, today: date) -> None:
    """Refuse to confirm a month that goes on.

    Raises:
        MonthNotOver: Today lies in the month or before it.

    """
    if today < month.end:
        raise MonthNotOver(month)


def next_month(month: Month, *, number: int, confirmed: AbstractSet[Month]) -> Month:
    """Return the month that a claim moves on to: the next of the year that is not confirmed.

    Raises:
        YearEndStays: There is none; December's claims cannot move on at all.

    """
    following = month_of(month.end)
    while following in confirmed and following.year == month.year:
        following = month_of(following.end)
    if following.year != month.year:
        raise YearEndStays(number, month)
    return following


def months_open(
    first: Month, last: Month, *, confirmed: AbstractSet[Month], closed_through: int = 0
) -> tuple[Month, ...]:
    """Return the unconfirmed months from ``first`` up to and with ``last``, in order.

    Months of closed years are over and done.
    """
    found: list[Month] = []
    month = first
    while month <= last:
        if month not in confirmed and month.year > closed_through:
            found.append(month)
        month = month_of(month.end)
    return tuple(found)


def recheck_seed(village: int, month: Month, head: str) -> str:
    """Return the seed of a month's recheck: from village, month and the chain's head."""
    text = f"recheck:{village}:{month}:{head}"
    return hashlib.sha256(text.encode()).hexdigest()[:_SEED_LENGTH]


def recheck(seed: str, awards: Iterable[ClaimKey]) -> tuple[ClaimKey, ...]:
    """Draw the claims to look at again: 5% of a month's awards, at least 3.

    Everybody can draw again: claims are taken in the order of the SHA-256 of
    ``seed:year:number``. The same seed and awards draw the same claims.

    Source: the design's table, "month".
    """

    def lot(key: ClaimKey) -> str:
        return hashlib.sha256(f"{seed}:{key.year}:{key.number}".encode()).hexdigest()

    known = sorted(set(awards), key=lot)
    count = max(RECHECK_LEAST, math.ceil(len(known) * RECHECK_PERCENT / 100))
    return tuple(sorted(known[:count]))


def bulks(claims: Iterable[Claim]) -> tuple[Bulk, ...]:
    """Return equal records of the committee: one person, item, day and amount, five and more."""
    equal: dict[tuple[PersonId, str, date, Points | None], list[int]] = {}
    for claim in claims:
        if claim.origin is ClaimOrigin.RECORD and claim.state is ClaimState.APPROVED:
            alike = (claim.filed_by, claim.act.item, claim.act.occurred_on, claim.points)
            equal.setdefault(alike, []).append(claim.key.number)
    return tuple(
        Bulk(filer, item, day, tuple(sorted(numbers)))
        for (filer, item, day, _), numbers in equal.items()
        if len(numbers) >= BULK_FROM
    )


def by_category(claims: Iterable[Claim]) -> tuple[CategorySum, ...]:
    """Add up the approved awards of a month by category, in the order of the letters."""
    counts: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    for claim in claims:
        is_award = claim.origin is not ClaimOrigin.DEDUCTION
        if claim.state is ClaimState.APPROVED and is_award:
            counts[claim.act.item[0]] += 1
            sums[claim.act.item[0]] += claim.points or 0
    return tuple(CategorySum(c, counts[c], Points(sums[c])) for c in sorted(counts))
