"""Changes of the roster (住户变更): each a line of history, never an edit of the past."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ledger import Balance, EntryKind, Posting
from domain.membership import HouseholdId, PersonId
from domain.period import month_of
from domain.points import Points
from domain.refusal import Refusal


class ChangeKind(StrEnum):
    """What happened to a household."""

    LEFT = "left"
    ADMITTED = "admitted"
    MERGED = "merged"
    SPLIT = "split"
    HEAD = "head"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class HouseholdChange:
    """One line of a household's history.

    ``other`` is the household it was merged into, or the new one of a split;
    ``was`` is what stood before (the head's name). ``by`` is None for the
    operator at the terminal.
    """

    number: int
    kind: ChangeKind
    household: HouseholdId
    changed_on: date
    reason: str
    other: HouseholdId | None = None
    was: str = ""
    by: PersonId | None = None


class HouseholdGone(Refusal):
    """The household is no longer part of it, since a day; merged ones never come apart again."""

    def __init__(self, head: str, since: date, *, is_merged: bool) -> None:
        super().__init__(f"{head} {since}")
        self.head = head
        self.since = since
        self.is_merged = is_merged


class HouseholdTaken(Refusal):
    """A household lives at the address already."""

    def __init__(self, head: str) -> None:
        super().__init__(head)
        self.head = head


class HouseholdItself(Refusal):
    """A household is merged into another one, not into itself."""


class ClaimsWaiting(Refusal):
    """Claims of the household are undecided; they are decided before it is merged."""

    def __init__(self, head: str, count: int) -> None:
        super().__init__(f"{head} {count}")
        self.head = head
        self.count = count


class OrdersWaiting(Refusal):
    """Orders of the household are neither collected nor cancelled; that is done before it goes."""

    def __init__(self, head: str, count: int) -> None:
        super().__init__(f"{head} {count}")
        self.head = head
        self.count = count


class DayOutOfReach(Refusal):
    """A change is made for a day of this year, up to today, since the household takes part."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


class ChangeReasonMissing(Refusal):
    """A change of the roster says why."""


class HeadMissing(Refusal):
    """The new head's name was not given."""


def moving(
    balances: Mapping[int, Balance],
    *,
    number: int,
    old: HouseholdId,
    new: HouseholdId,
    on: date,
    actors: tuple[PersonId, ...] = (),
) -> tuple[Posting, ...]:
    """Return the entries that move what a merged household can spend to the other one.

    What it earned stays with it, so that no ranking of the past changes. Each
    year is moved by two entries that cancel; the causes
    ``household:7:merge:2026:out`` and ``…:in`` make them once.

    Args:
        balances: What the old household has in each year that is still open.
        number: The number of the change.
        old: The household that ends.
        new: The household it is merged into.
        on: The day; a year before it is moved in its December.
        actors: Who decided; empty for the operator.

    """
    postings: list[Posting] = []
    for year, balance in sorted(balances.items()):
        if not balance.spendable:
            continue
        month = month_of(on if on.year == year else date(year, 12, 31))
        for household, points, side in (
            (old, -balance.spendable, "out"),
            (new, balance.spendable, "in"),
        ):
            cause = f"household:{number}:merge:{year}:{side}"
            kind, moved = EntryKind.TRANSFER, Points(points)
            postings.append(Posting(household, kind, moved, cause, month, actors, ""))
    return tuple(postings)
