"""The asking desk: balance, history, rules of an item, status, help."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.commands.case import Case
from bot.commands.changing import decider_name, rulebook_of
from bot.commands.finding import ItemMissing, find_claim, find_item
from bot.commands.objecting import disputed, waiting_for
from bot.understanding.reading import Slots
from domain.authority import may_see, require_member
from domain.claim import UNDECIDED, Claim, ClaimKey, ClaimNotYours, ClaimOrigin
from domain.ledger import Balance, Entry
from domain.membership import HouseholdId, Role
from domain.period import Quarter, month_of
from domain.points import ZERO, Points
from domain.rulebook import Item
from storage.rolls import Place
from storage.villages import Household

HISTORY_MAX = 10
STATUS_MAX = 5


@dataclass(frozen=True, slots=True)
class BalanceTold:
    """A household's points of the year.

    ``confirmed`` are earned points of months the committee has confirmed,
    ``provisional`` those of the others; ``waiting`` is what undecided claims
    may still bring; ``disputed`` counts objections that are not answered, which are
    private: before a room it is 0. No ``place`` without points, nor for a household
    that has left.
    """

    household: Household
    year: int
    quarter: Quarter
    balance: Balance
    confirmed: Points
    provisional: Points
    this_quarter: Points
    waiting: Points
    waiting_count: int
    place: Place | None
    disputed: int = 0


@dataclass(frozen=True, slots=True)
class HistoryTold:
    """The latest entries of a household with the names of their items, newest first.

    ``disputed`` are the numbers of entries whose claim is in dispute.
    """

    household: Household
    entries: tuple[tuple[Entry, str], ...]
    disputed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class RuleTold:
    """What an item gives and asks for."""

    item: Item


@dataclass(frozen=True, slots=True)
class RulesTold:
    """The items a villager may claim, by category name."""

    version: str
    categories: tuple[tuple[str, tuple[Item, ...]], ...]


@dataclass(frozen=True, slots=True)
class StatusTold:
    """Claims of the household: the claim, its item's name, who decided, with what reason.

    ``disputed`` are those with an objection that is not answered.
    """

    claims: tuple[tuple[Claim, str, str, str], ...]
    disputed: frozenset[ClaimKey] = frozenset()


@dataclass(frozen=True, slots=True)
class HelpTold:
    """What this person can say here: villagers see their part, the committee theirs."""

    roles: frozenset[Role]
    is_bound: bool
    not_understood: bool = False
    has_household: bool = True
    in_room: bool = False


def balance(case: Case) -> BalanceTold:
    """Tell a household's points from the totals; the cost does not grow with the ledger.

    Raises:
        NotBound: The person belongs to no household here.

    """
    household = require_member(case.person)
    village, year = case.home.id, case.today.year
    ledger = case.books.ledger
    months = ledger.months(village, household, year=year)
    confirmed_months = ledger.confirmed_months(village, year=year)
    standing = ledger.balance(village, household, year=year)
    confirmed = sum(e for m, (e, _) in months.items() if m in confirmed_months)
    quarter = month_of(case.today).quarter
    waiting = _waiting(case, household)
    home = case.books.households.get(village, household)
    place = None
    if standing.earned > 0 and home.takes_part_on(case.today):
        place = case.books.rolls.place(village, standing.earned, on=case.today)
    return BalanceTold(
        household=home,
        year=year,
        quarter=quarter,
        balance=standing,
        confirmed=Points(confirmed),
        provisional=Points(standing.earned - confirmed),
        this_quarter=Points(sum(months.get(m, (ZERO, ZERO))[0] for m in quarter.months)),
        waiting=Points(sum(c.expected or ZERO for c in waiting)),
        waiting_count=len(waiting),
        place=place,
        disputed=len(waiting_for(case, household)) if case.room is None else 0,
    )


def _waiting(case: Case, household: HouseholdId) -> list[Claim]:
    """Return the household's undecided claims of the year; in a room no deductions."""
    claims = case.books.claims.of_household(case.home.id, household, year=case.today.year)
    waiting = [c for c in claims if c.state in UNDECIDED]
    if case.room is None:
        return waiting
    return [c for c in waiting if c.origin is not ClaimOrigin.DEDUCTION]


def history(case: Case) -> HistoryTold:
    """Tell the household's latest ten entries.

    Raises:
        NotBound: The person belongs to no household here.

    """
    household = require_member(case.person)
    village = case.home.id
    entries = case.books.ledger.of_household(village, household, limit=HISTORY_MAX)
    named = tuple((e, _item_name(case, e)) for e in entries)
    causes = {f"claim:{key.year}:{key.number}" for key in disputed(case, household)}
    marked = frozenset(e.seq for e in entries if e.posting.cause.rpartition(":")[0] in causes)
    return HistoryTold(case.books.households.get(village, household), named, marked)


def _item_name(case: Case, entry: Entry) -> str:
    if not entry.posting.item:
        return ""
    rulebook = case.rulebook()
    names = {item.code: item.short_name for item in rulebook.items}
    return names.get(entry.posting.item, entry.posting.item)


def rules(case: Case, slots: Slots) -> RuleTold | RulesTold:
    """Tell what an item gives, or list what can be claimed.

    Raises:
        ItemUnclear, ItemUnknown, ItemOff: The words name no single open item.
        RulebookMissing: None is in force.

    """
    rulebook = case.rulebook()
    try:
        return RuleTold(find_item(slots, rulebook))
    except ItemMissing:
        return RulesTold(
            rulebook.version,
            tuple(
                (name, tuple(_claimable(rulebook.offered(), letter)))
                for letter, name in rulebook.category_names.items()
            ),
        )


def _claimable(items: Iterable[Item], letter: str) -> list[Item]:
    return [
        item
        for item in items
        if item.category == letter and item.may_be_filed_by_villager() and not item.is_deduction
    ]


def status(case: Case, slots: Slots) -> StatusTold:
    """Tell how claims stand: those named, else the household's latest five.

    Raises:
        NotBound, ClaimUnknown, ClaimNotYours: Which claims.

    """
    if slots.claim_ids:
        numbers, year = slots.claim_ids[:STATUS_MAX], slots.claim_year
        seen = (lambda claim: may_see(case.person, claim),)
        named = tuple(find_claim(case, number, year=year, fits=seen) for number in numbers)
        for claim in named:
            if not may_see(case.person, claim):
                raise ClaimNotYours(claim.key.number)
        return _told(case, named)
    household = require_member(case.person)
    return _told(case, case.books.claims.latest(case.home.id, household, limit=STATUS_MAX))


def _told(case: Case, claims: tuple[Claim, ...]) -> StatusTold:
    houses = {claim.household for claim in claims}
    marked = frozenset(key for house in houses for key in disputed(case, house))
    return StatusTold(tuple(_status(case, claim) for claim in claims), marked)


def _status(case: Case, claim: Claim) -> tuple[Claim, str, str, str]:
    name = rulebook_of(case, claim).item(claim.act.item).short_name
    last = case.books.reviews.decider(case.home.id, claim.key)
    return claim, name, decider_name(case, claim), last[1] if last else ""


def help_(case: Case, *, not_understood: bool = False) -> HelpTold:
    """Tell what this person can say."""
    roles = case.person.roles if case.person else frozenset()
    has_household = case.person is not None and case.person.household is not None
    return HelpTold(
        roles, case.person is not None, not_understood, has_household, case.room is not None
    )
