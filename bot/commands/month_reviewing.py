"""The month's desk: 月审 shows a month, 审定 confirms it, 移到下月 moves a claim on."""

from dataclasses import dataclass, replace

from bot.commands.belonging import require_placed
from bot.commands.case import Answer, Case, Notice
from bot.commands.changing import decider_name, rulebook_of
from bot.commands.claim_parts import note, others, quote_claim
from bot.commands.finding import find_claim, waits
from bot.understanding.reading import Slots
from domain.authority import check_conflict, require_committee, require_overseer
from domain.claim import Claim, ClaimKey, ClaimOrigin, ClaimState
from domain.membership import Person, Role
from domain.month_review import (
    CategorySum,
    MonthBlocked,
    MonthConfirmed,
    MoveReasonMissing,
    by_category,
    check_over,
    next_month,
)
from domain.period import Month, month_of
from domain.refusal import Refusal
from domain.review import check_undecided
from domain.rulebook import Item
from domain.sign_off import holds, signed
from schedules.month import Flags, drawn, drawn_before, flags, late_months
from storage.villages import Household

MOVES_MAX = 50


@dataclass(frozen=True, slots=True)
class MonthShown:
    """A month as the committee looks at it.

    ``categories`` are sums with the category's name; ``deductions`` stand here
    for the committee alone. ``seed`` is None while the month goes on: the
    recheck is drawn when it is over. ``reviewers`` (name, action, how often) is
    filled for a supervisor in direct chat only; ``agreed`` names who has
    confirmed. ``is_of_last_year``: its numbers mean this year's claims unless
    their year is said.
    """

    month: Month
    is_over: bool
    is_confirmed: bool
    categories: tuple[tuple[str, CategorySum], ...]
    deductions: tuple[tuple[Claim, Item, Household], ...]
    flags: Flags
    filers: dict[int, str]
    waiting: tuple[ClaimKey, ...]
    seed: str | None
    recheck: tuple[ClaimKey, ...]
    reviewers: tuple[tuple[str, str, int], ...]
    agreed: tuple[str, ...]
    is_of_last_year: bool


@dataclass(frozen=True, slots=True)
class MonthAgreed:
    """One of two confirmed the month."""

    month: Month


@dataclass(frozen=True, slots=True)
class MonthClosed:
    """Two people confirmed the month."""

    month: Month


@dataclass(frozen=True, slots=True)
class MovedOn:
    """A claim counts in a later month; ``passed`` is the next one if that is confirmed already."""

    claim: Claim
    item: Item
    household: Household
    reason: str
    passed: Month | None = None


@dataclass(frozen=True, slots=True)
class MovedOnTold:
    """The same in the words for the claimant."""

    moved: MovedOn


class MonthUnnamed(Refusal):
    """Which month is confirmed has to be said."""

    def __init__(self, late: tuple[Month, ...]) -> None:
        super().__init__(str(late))
        self.late = late


class MoveUnnamed(Refusal):
    """Which claim moves on has to be said."""


def show(case: Case, slots: Slots, *, draws: bool = True) -> MonthShown:
    """Show a month: the one named, else the oldest that is not confirmed, else this one.

    The first look at a month that is over draws its recheck, unless it is one that
    may write nothing (``draws``).

    Raises:
        NotAllowed: Neither on the committee nor a supervisor.

    """
    person = require_overseer(case.person)
    books, village = case.books, case.home.id
    month = _named(slots) or _open_month(case)
    is_over = case.today >= month.end
    if is_over and draws:
        books.villages.lock(village)
        drawn(books, village, month, now=case.now)
    seed, recheck = drawn_before(books, village, month) or (None, ())
    claims = books.claims.of_month(village, month)
    names = case.rulebook().category_names
    found = flags(books, village, month)
    return MonthShown(
        month=month,
        is_over=is_over,
        is_confirmed=books.month_reviews.get(village, month).confirmed_at is not None,
        categories=tuple((names.get(s.category, s.category), s) for s in by_category(claims)),
        deductions=_deductions(case, claims) if person.reviews else (),
        flags=found,
        filers={bulk.filer: books.people.get(village, bulk.filer).name for bulk in found.bulks},
        waiting=tuple(key for key, _ in books.claims.open_in(village, (month,))),
        seed=seed,
        recheck=recheck,
        reviewers=_reviewers(case, month) if _may_count(case, person) else (),
        agreed=_agreed(case, month),
        is_of_last_year=month.year < case.today.year,
    )


def confirm(case: Case, slots: Slots) -> MonthAgreed | MonthClosed:
    """Confirm a month that is over (审定 8月); the second person closes it.

    Raises:
        NotAllowed: Not on the committee.
        HouseholdUnstated: Nobody knows which household is theirs.
        MonthUnnamed, MonthNotOver, MonthConfirmed: Which month.
        MonthBlocked: Claims that count in it are undecided.
        SignedAlready: The same person, or one of the same house, agreed before.

    """
    person = require_placed(case)
    books, village = case.books, case.home.id
    month = _named(slots)
    if month is None:
        raise MonthUnnamed(late_months(books, case.home, today=case.today))
    check_over(month, today=case.today)
    books.villages.lock(village)
    if books.month_reviews.get(village, month).confirmed_at is not None:
        raise MonthConfirmed(month)
    waiting = books.claims.open_in(village, (month,))
    if waiting:
        raise MonthBlocked(month, tuple(key.number for key, _ in waiting))
    drawn(books, village, month, now=case.now)
    matter = matter_of(month)
    standing = signed(matter, person, earlier=books.sign_offs.standing(village, matter))
    books.sign_offs.keep(village, matter, standing, at=case.now)
    if not holds(standing):
        return MonthAgreed(month)
    books.month_reviews.confirm(village, month, at=case.now)
    return MonthClosed(month)


def move_on(case: Case, slots: Slots) -> Answer:
    """Let undecided claims count in the next month (移到下月 23 原因), all of them or none.

    Raises:
        NotAllowed: Not on the committee.
        MoveUnnamed, MoveReasonMissing: Which claim, and why.
        ClaimUnknown, ClaimDecided, ConflictOfInterest, YearEndStays: The claim.

    """
    person = require_committee(case.person)
    if not slots.claim_ids:
        raise MoveUnnamed
    if not slots.reason:
        raise MoveReasonMissing(slots.claim_ids[0])
    case.books.villages.lock(case.home.id)
    numbers = slots.claim_ids[:MOVES_MAX]
    moved = tuple(_move(case, person, number, slots) for number in numbers)
    return Answer(moved, tuple(_notice(case, one) for one in moved))


def _named(slots: Slots) -> Month | None:
    return month_of(slots.occurred.date) if slots.occurred else None


def _open_month(case: Case) -> Month:
    late = late_months(case.books, case.home, today=case.today)
    return late[0] if late else month_of(case.today)


def matter_of(month: Month) -> str:
    """Return the natural key of what two people sign."""
    return f"month:{month}"


def _agreed(case: Case, month: Month) -> tuple[str, ...]:
    standing = case.books.sign_offs.standing(case.home.id, matter_of(month))
    return tuple(case.books.people.get(case.home.id, one.person).name for one in standing)


def _deductions(case: Case, claims: tuple[Claim, ...]) -> tuple[tuple[Claim, Item, Household], ...]:
    return tuple(
        (
            claim,
            rulebook_of(case, claim).item(claim.act.item),
            case.books.households.get(case.home.id, claim.household),
        )
        for claim in claims
        if claim.origin is ClaimOrigin.DEDUCTION and claim.state is ClaimState.APPROVED
    )


def _may_count(case: Case, person: Person) -> bool:
    """Return whether counts of each reviewer may be told: to a supervisor alone, in direct chat."""
    return Role.SUPERVISOR in person.roles and case.room is None


def _reviewers(case: Case, month: Month) -> tuple[tuple[str, str, int], ...]:
    found = case.books.month_reviews.reviewers(case.home.id, month)
    return tuple(
        (case.books.people.get(case.home.id, person).name, action, count)
        for person, action, count in found
    )


def _move(case: Case, person: Person, number: int, slots: Slots) -> MovedOn:
    assert slots.reason, "asked for before"
    claim = find_claim(case, number, year=slots.claim_year, fits=(waits,))
    check_undecided(claim, by=decider_name(case, claim))
    check_conflict(person, claim)
    confirmed = case.books.month_reviews.confirmed(case.home.id)
    month = next_month(claim.effective_month, number=number, confirmed=confirmed)
    after = month_of(claim.effective_month.end)
    rulebook = rulebook_of(case, claim)
    item = rulebook.item(claim.act.item)
    later = replace(claim, effective_month=month)
    found = quote_claim(later, item=item, rulebook=rulebook, beside=others(case, claim))
    moved = replace(later, expected=found.points)
    case.books.claims.save(case.home.id, moved)
    note(case, moved, "move", reason=slots.reason)
    household = case.books.households.get(case.home.id, claim.household)
    return MovedOn(moved, item, household, slots.reason, after if after != month else None)


def _notice(case: Case, moved: MovedOn) -> Notice:
    """Tell who filed it, directly."""
    origin = case.books.claims.origin(case.home.id, moved.claim.key)
    key = f"move:{case.contact.account}:{case.message_id}:{moved.claim.key.number}"
    return Notice(key, origin.contact, None, MovedOnTold(moved))
