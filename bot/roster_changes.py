"""Changing the roster (住户变更): what the terminal and the committee's chat both do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from domain.claim import OPEN
from domain.household import Address
from domain.household_change import (
    ChangeKind,
    ChangeReasonMissing,
    ClaimsWaiting,
    DayOutOfReach,
    HeadMissing,
    HouseholdChange,
    HouseholdGone,
    HouseholdItself,
    HouseholdTaken,
    OrdersWaiting,
    moving,
)
from domain.membership import HouseholdId, PersonId
from domain.period import village_day
from storage.unit_of_work import Books
from storage.villages import Household, Village


@dataclass(frozen=True, slots=True)
class Decision:
    """Who changes the roster from which day on, why, and when that is written down.

    ``by`` are the members who decided; empty for the operator.
    """

    on: date
    reason: str
    at: datetime
    by: tuple[PersonId, ...] = ()


def new_head(
    books: Books, village: Village, home: Household, head: str, decision: Decision
) -> HouseholdChange:
    """Let a household have another head; the old one stands in the history.

    Raises:
        HeadMissing: No name was given.
        HouseholdGone, DayOutOfReach: The household, or the day.

    """
    if not head.strip():
        raise HeadMissing
    check(books, village, home, decision, needs_reason=False)
    books.changes.rename_head(village.id, home.id, head.strip())
    return _note(books, village, ChangeKind.HEAD, home.id, decision, was=home.head)


def leave(books: Books, village: Village, home: Household, decision: Decision) -> HouseholdChange:
    """Let a household take part no longer from a day on; what it has done stays.

    Raises:
        ChangeReasonMissing, HouseholdGone, DayOutOfReach, OrdersWaiting: See there.

    """
    check_going(books, village, home, decision)
    books.changes.end(village.id, home.id, on=decision.on)
    return _note(books, village, ChangeKind.LEFT, home.id, decision)


def admit(
    books: Books, village: Village, address: Address, head: str, decision: Decision
) -> HouseholdChange:
    """Take a household in by the assembly's consent; ``reason`` names the meeting.

    One that moved away comes back as itself, if its head is the same.

    Raises:
        HeadMissing, ChangeReasonMissing, DayOutOfReach: What was said.
        HouseholdTaken, HouseholdGone: Somebody lives there, or was merged away from there.

    """
    home = _enter(books, village, address, head, decision)
    return _note(books, village, ChangeKind.ADMITTED, home, decision)


def split(
    books: Books,
    village: Village,
    home: Household,
    address: Address,
    head: str,
    *,
    members: Collection[PersonId],
    decision: Decision,
) -> HouseholdChange:
    """Let members of a household form a new one; the points stay with the old one.

    Raises:
        HeadMissing, ChangeReasonMissing, HouseholdTaken, HouseholdGone, DayOutOfReach: See above.

    """
    check(books, village, home, decision)
    new = _enter(books, village, address, head, decision)
    for person in members:
        books.people.move(village.id, person, new)
    books.changes.inherit_kin(village.id, home.id, new)
    return _note(books, village, ChangeKind.SPLIT, home.id, decision, other=new)


def merge(
    books: Books, village: Village, old: Household, into: Household, decision: Decision
) -> HouseholdChange:
    """Make one household of two from a day on; this is not undone.

    Entries of the past stay with the household that earned them; what it can
    spend, its members and their phones go over to the other one.

    Raises:
        HouseholdItself: Both are the same.
        ChangeReasonMissing, HouseholdGone, DayOutOfReach, OrdersWaiting: See above.
        ClaimsWaiting: Claims of the old household are not decided.

    """
    if old.id == into.id:
        raise HouseholdItself
    check_going(books, village, old, decision)
    check(books, village, into, decision)
    years = range(max(village.closed_through + 1, decision.on.year - 1), decision.on.year + 1)
    _check_decided(books, village.id, old, years)
    balances = {year: books.ledger.balance(village.id, old.id, year=year) for year in years}
    line = _note(books, village, ChangeKind.MERGED, old.id, decision, other=into.id)
    postings = moving(
        balances,
        number=line.number,
        old=old.id,
        new=into.id,
        on=decision.on,
        actors=decision.by,
    )
    for posting in postings:
        books.ledger.post(village.id, posting, at=decision.at)
    books.changes.move_people(village.id, old.id, into.id)
    books.changes.inherit_kin(village.id, old.id, into.id)
    books.changes.end(village.id, old.id, on=decision.on)
    return line


def _enter(
    books: Books, village: Village, address: Address, head: str, decision: Decision
) -> HouseholdId:
    """Store the household that takes part from a day on, and return its id."""
    if not head.strip():
        raise HeadMissing
    _check_words(village, decision)
    books.villages.lock(village.id)
    known = books.households.at(village.id, address.group, address.house_no)
    if known is not None:
        _check_free(books, village.id, known, head.strip())
    return books.changes.admit(
        village.id,
        group_no=address.group,
        house_no=address.house_no,
        head=head.strip(),
        since=decision.on,
    )


def _check_free(books: Books, village: int, known: Household, head: str) -> None:
    """Refuse an address whose household is there, is another one, or was merged."""
    if known.eligible_until is None or known.head != head:
        raise HouseholdTaken(known.head)
    if books.changes.is_merged(village, known.id):
        raise HouseholdGone(known.head, known.eligible_until, is_merged=True)


def check(
    books: Books,
    village: Village,
    home: Household,
    decision: Decision,
    *,
    needs_reason: bool = True,
) -> None:
    """Refuse a change of a household that is gone, on a day out of reach, or without a reason.

    Raises:
        ChangeReasonMissing, HouseholdGone, DayOutOfReach: Why not.

    """
    _check_words(village, decision, needs_reason=needs_reason)
    if home.eligible_until is not None:
        is_merged = books.changes.is_merged(village.id, home.id)
        raise HouseholdGone(home.head, home.eligible_until, is_merged=is_merged)
    if decision.on < home.eligible_since:
        raise DayOutOfReach(decision.on)


def check_going(books: Books, village: Village, home: Household, decision: Decision) -> None:
    """Refuse to let a household go that may not change, or has something to collect.

    Its points would come back, on cancelling or lapsing, to a household that is no more.

    Raises:
        ChangeReasonMissing, HouseholdGone, DayOutOfReach: See ``check``.
        OrdersWaiting: Orders are neither collected nor cancelled.

    """
    check(books, village, home, decision)
    waiting = books.redemptions.count_waiting(village.id, home.id)
    if waiting:
        raise OrdersWaiting(home.head, waiting)


def _check_words(village: Village, decision: Decision, *, needs_reason: bool = True) -> None:
    if needs_reason and not decision.reason.strip():
        raise ChangeReasonMissing
    is_past = decision.on.year <= village.closed_through
    if is_past or decision.on > village_day(decision.at):
        raise DayOutOfReach(decision.on)


def _check_decided(books: Books, village: int, old: Household, years: Collection[int]) -> None:
    waiting = sum(
        claim.state in OPEN
        for year in years
        for claim in books.claims.of_household(village, old.id, year=year)
    )
    if waiting:
        raise ClaimsWaiting(old.head, waiting)


def _note(
    books: Books,
    village: Village,
    kind: ChangeKind,
    household: HouseholdId,
    decision: Decision,
    *,
    other: HouseholdId | None = None,
    was: str = "",
) -> HouseholdChange:
    books.villages.lock(village.id)
    line = HouseholdChange(
        number=books.villages.next_number(village.id, "household"),
        kind=kind,
        household=household,
        changed_on=decision.on,
        reason=decision.reason.strip(),
        other=other,
        was=was,
        by=decision.by[0] if decision.by else None,
    )
    books.changes.note(village.id, line, at=decision.at)
    return line
