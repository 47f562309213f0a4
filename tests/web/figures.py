"""Two towns with entries of every kind, and the same sums worked out entry by entry."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from domain.api_key import Scope, fingerprint, new_key
from domain.ledger import EARNING, Entry, EntryKind, Posting
from domain.membership import HouseholdId
from domain.period import Month
from domain.points import Points
from storage.api_keys import KeyTerms
from storage.unit_of_work import Books
from tests.builders import a_posting
from tests.web.real import SECRET

ALL: Final = tuple(Scope)
SPENDING: Final = {EntryKind.REDEMPTION, EntryKind.REFUND}
Sums = dict[tuple[str, ...], dict[HouseholdId, int]]


def a_key(
    books: Books,
    *scopes: Scope,
    at: datetime,
    town: str | None = None,
    until: date | None = None,
    secret: str = SECRET,
) -> str:
    """Make a key as the operator does and return it."""
    number = books.api_keys.next_number()
    key = new_key(number)
    terms = KeyTerms(scopes or ALL, town, until)
    digest = fingerprint(secret.encode(), key)
    books.api_keys.add(number, f"平台{number}", terms, digest=digest, at=at)
    return key


def fill(books: Books, village: int, *, at: datetime) -> None:
    """Enter awards of several categories, a deduction, a reversal, redemptions, a transfer."""
    for number, (home, month, item, points) in enumerate(_awards(), start=1):
        posting = a_posting(
            f"claim:2026:{number}:award",
            household=HouseholdId(home),
            effective_month=Month(2026, month),
            item=item,
            points=Points(points),
        )
        books.ledger.post(village, posting, at=at)
    for posting in _others():
        books.ledger.post(village, posting, at=at)


def _awards() -> Iterable[tuple[int, int, str, int]]:
    """Household, month, item and tenths: a lone household, few, and enough of them."""
    yield 1, 1, "A101", 35
    yield from ((home, 2, "A101", 10) for home in (1, 2))
    yield from ((home, 3, "A101", 15) for home in (1, 2, 3, 4))
    yield from ((home, 3, "B201", 20) for home in (2, 3, 4))
    yield from ((home, 3, "C301", 5) for home in (4, 5))
    yield from ((home, 3, "D401", 25) for home in (1, 2, 3, 4, 5))
    yield from ((home, 4, "A101", 10) for home in (3, 4, 6))
    yield from ((home, 9, "A101", 40) for home in range(1, 7))


def _others() -> Iterable[Posting]:
    def entry(cause: str, home: int, month: int, kind: EntryKind, points: int) -> Posting:
        is_earning = kind in EARNING
        return a_posting(
            cause,
            household=HouseholdId(home),
            effective_month=Month(2026, month),
            kind=kind,
            points=Points(points),
            item="A101" if is_earning and kind is not EntryKind.ADJUSTMENT else "",
        )

    yield entry("claim:2026:90:deduction", 2, 9, EntryKind.DEDUCTION, -15)
    yield entry("claim:2026:1:reversal", 1, 9, EntryKind.REVERSAL, -40)
    yield entry("objection:1", 3, 9, EntryKind.ADJUSTMENT, 7)
    for home in (1, 2, 3, 4):
        yield entry(f"redemption:2026:{home}", home, 9, EntryKind.REDEMPTION, -20)
    yield entry("refund:2026:4", 4, 9, EntryKind.REFUND, 20)
    yield entry("transfer:1:out", 5, 9, EntryKind.TRANSFER, -10)
    yield entry("transfer:1:in", 6, 9, EntryKind.TRANSFER, 10)


def sums(entries: Iterable[Entry], *, year: int = 2026) -> tuple[Sums, Sums]:
    """Add up what each household earned and spent: of the year, by month, by month and category."""
    earned: Sums = defaultdict(lambda: defaultdict(int))
    spent: Sums = defaultdict(lambda: defaultdict(int))
    for one in entries:
        posting = one.posting
        if posting.effective_month.year != year:
            continue
        month, home = str(posting.effective_month), posting.household
        if posting.kind in EARNING:
            for part in ((), (month,), (month, posting.item[:1])):
                earned[part][home] += posting.points
        elif posting.kind in SPENDING:
            for part in ((), (month,)):
                spent[part][home] -= posting.points
    return earned, spent


def counted(sums_of: dict[HouseholdId, int]) -> tuple[int, int]:
    """Return for how many households a sum is not zero, and the sum in tenths."""
    return sum(1 for points in sums_of.values() if points), sum(sums_of.values())
