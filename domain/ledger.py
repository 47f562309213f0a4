"""The ledger (台账): entries that are only ever added, chained by hash."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.membership import HouseholdId, PersonId
from domain.period import Month
from domain.points import Points
from domain.refusal import Refusal

GENESIS: Final = "0" * 64
"""The hash before the first entry of a village."""


class EntryKind(StrEnum):
    """What an entry does."""

    AWARD = "award"
    DEDUCTION = "deduction"
    ADJUSTMENT = "adjustment"
    REVERSAL = "reversal"
    REDEMPTION = "redemption"
    REFUND = "refund"
    YEAR_CLOSE = "year-close"
    TRANSFER = "transfer"


EARNING: Final = frozenset(
    {EntryKind.AWARD, EntryKind.DEDUCTION, EntryKind.ADJUSTMENT, EntryKind.REVERSAL}
)
"""Kinds that count towards a ranking; the others only change what can be spent."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What is to be entered, before it has a place in the chain.

    ``cause`` is the natural key: one cause is entered once in a village.
    """

    household: HouseholdId
    kind: EntryKind
    points: Points
    cause: str
    effective_month: Month
    actors: tuple[PersonId, ...]
    reason: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry (一笔) in its place: sequence number, instant, hash before, own hash."""

    seq: int
    posting: Posting
    at: datetime
    previous_hash: str
    hash: str


def category_of(posting: Posting) -> str:
    """Return the category letter an entry counts in: ``A`` of ``A101``; "" without an item."""
    return posting.item[:1]


class BalanceTooLow(Refusal):
    """The entry would leave less than nothing to spend."""

    def __init__(self, spendable: Points, points: Points) -> None:
        super().__init__(f"{spendable} {points}")
        self.spendable = spendable
        self.points = points


@dataclass(frozen=True, slots=True)
class Balance:
    """What a household has in a year: earned (ranking) and redeemed (spent, positive)."""

    earned: Points = Points(0)
    redeemed: Points = Points(0)

    @property
    def spendable(self) -> Points:
        """What can still be redeemed."""
        return Points(self.earned - self.redeemed)

    def after(self, posting: Posting) -> "Balance":
        """Return the balance with one more entry."""
        if posting.kind in EARNING:
            return Balance(Points(self.earned + posting.points), self.redeemed)
        return Balance(self.earned, Points(self.redeemed - posting.points))


def chain_hash(posting: Posting, *, seq: int, at: datetime, previous_hash: str) -> str:
    """Return the SHA-256 over the entry and the hash before it (64 hex digits).

    Canonical form: a JSON list in a fixed order, UTF-8, no spaces; the instant
    in UTC to the microsecond.
    """
    parts = [
        seq,
        posting.household,
        posting.kind,
        posting.points,
        posting.cause,
        str(posting.effective_month),
        list(posting.actors),
        posting.reason,
        posting.item,
        at.isoformat(timespec="microseconds"),
        previous_hash,
    ]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def chain(posting: Posting, *, seq: int, at: datetime, previous_hash: str) -> Entry:
    """Give a posting its place behind ``previous_hash``."""
    digest = chain_hash(posting, seq=seq, at=at, previous_hash=previous_hash)
    return Entry(seq, posting, at, previous_hash, digest)


def check_posting(balance: Balance, posting: Posting) -> None:
    """Refuse an entry after which less than nothing could be spent.

    Raises:
        BalanceTooLow: By any kind of entry; deductions are cut before posting.

    """
    if posting.points < 0 and balance.after(posting).spendable < 0:
        raise BalanceTooLow(balance.spendable, posting.points)


def cut_deduction(points: Points, *, balance: Balance) -> Points:
    """Return as much of a deduction as the year's total bears (never below 0).

    A household with 3 points that should lose 5 loses 3. What it has redeemed
    already stays redeemed, so the spendable points bound the cut as well.

    Source: the design's table, "deductions".
    """
    bearable = max(0, min(balance.earned, balance.spendable))
    return Points(max(points, -bearable))


def broken_links(entries: Iterable[Entry], *, previous_hash: str = GENESIS) -> Iterable[int]:
    """Yield the sequence numbers whose hash or predecessor does not fit, in order."""
    expected = previous_hash
    for entry in entries:
        digest = chain_hash(
            entry.posting, seq=entry.seq, at=entry.at, previous_hash=entry.previous_hash
        )
        if entry.previous_hash != expected or entry.hash != digest:
            yield entry.seq
        expected = entry.hash
