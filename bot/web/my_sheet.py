"""What a household's own page shows (我家): points, claims, orders, entries, objections."""

import re
from dataclasses import dataclass
from typing import Final

from bot.commands.asking import BalanceTold, balance
from bot.commands.case import Case
from bot.commands.changing import decider_name, own_claim, rulebook_of
from bot.commands.redemption_asking import mine
from bot.web.unheard import unheard
from domain.authority import require_member
from domain.claim import OPEN, Claim, ClaimKey, ClaimState, Sha256
from domain.ledger import Entry
from domain.membership import Person
from domain.objection import Objection, ObjectionState
from domain.redemption import Redemption
from domain.redemption_round import Plan
from domain.refusal import Refusal
from storage.boards import Edition

ENTRIES_MAX: Final = 30
CLAIMS_MAX: Final = 20
OBJECTIONS_MAX: Final = 10
_CLAIM_CAUSE: Final = re.compile(r"claim:(\d{4}):(\d+):")
_TOLD: Final = frozenset({*OPEN, ClaimState.REJECTED, ClaimState.LAPSED})
"""What is shown beside the entries; an approved claim is an entry."""


@dataclass(frozen=True, slots=True)
class MyClaim:
    """A claim that is no entry: it waits, or came to nothing; by whom, and why.

    ``is_mine_to_change`` says whether withdrawing and correcting are offered.
    """

    claim: Claim
    item_name: str
    by: str
    reason: str
    is_mine_to_change: bool


@dataclass(frozen=True, slots=True)
class MyEntry:
    """An entry of the household with its item's name, its claim and the claim's photos."""

    entry: Entry
    item_name: str
    claim: ClaimKey | None
    photos: tuple[Sha256, ...]


@dataclass(frozen=True, slots=True)
class MyOrder:
    """An order of the year: what, its code while it waits to be collected, and its round's plan."""

    redemption: Redemption
    what: str
    code: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class MySheet:
    """A household's page for one of its members.

    ``published`` is the publication that takes objections now, None if none does;
    ``unheard`` is what no account could bring to the household's phones.
    """

    person: Person
    balance: BalanceTold
    claims: tuple[MyClaim, ...]
    orders: tuple[MyOrder, ...]
    entries: tuple[MyEntry, ...]
    objections: tuple[Objection, ...]
    published: Edition | None
    unheard: tuple[str, ...] = ()

    @property
    def disputed(self) -> frozenset[ClaimKey]:
        """The claims in dispute now."""
        waiting = (o for o in self.objections if o.state is ObjectionState.RAISED)
        return frozenset(one.claim for one in waiting if one.claim)

    @property
    def may_dispute_total(self) -> bool:
        """Whether the total of the quarter on show can be objected to, and was not yet."""
        shown = self.published
        return shown is not None and not any(
            one.claim is None and one.quarter == shown.quarter for one in self.objections
        )


def my_sheet(case: Case) -> MySheet:
    """Return the page of the person's household.

    Raises:
        NotBound: The person belongs to no household here.
    """
    household = require_member(case.person)
    assert case.person is not None, "checked above"
    village = case.home.id
    latest = case.books.claims.latest(village, household, limit=CLAIMS_MAX)
    entries = case.books.ledger.of_household(village, household, limit=ENTRIES_MAX)
    shown = next(iter(case.books.boards.editions(village)), None)
    is_open = shown is not None and shown.takes_objections(case.today)
    return MySheet(
        person=case.person,
        balance=balance(case),
        claims=tuple(_claim(case, one) for one in latest if one.state in _TOLD),
        orders=_orders(case),
        entries=tuple(_entry(case, one) for one in entries),
        objections=case.books.objections.of_household(village, household, limit=OBJECTIONS_MAX),
        published=shown if is_open else None,
        unheard=unheard(case),
    )


def _orders(case: Case) -> tuple[MyOrder, ...]:
    found = []
    for redemption, what, code in mine(case).orders:
        round_ = case.books.rounds.get(case.home.id, redemption.round)
        assert round_ is not None, redemption.round
        found.append(MyOrder(redemption, what, code, round_.plan))
    return tuple(found)


def _claim(case: Case, claim: Claim) -> MyClaim:
    last = case.books.reviews.decider(case.home.id, claim.key)
    return MyClaim(
        claim=claim,
        item_name=rulebook_of(case, claim).item(claim.act.item).short_name,
        by=decider_name(case, claim) if claim.state is ClaimState.REJECTED else "",
        reason=last[1] if last else "",
        is_mine_to_change=_is_changeable(case, claim),
    )


def _is_changeable(case: Case, claim: Claim) -> bool:
    """Return whether 撤回 and 更正 with the bare number would be taken, and mean this claim."""
    try:
        return own_claim(case, claim.key.number).key == claim.key
    except Refusal:
        return False


def _entry(case: Case, entry: Entry) -> MyEntry:
    found = _CLAIM_CAUSE.match(entry.posting.cause)
    key = ClaimKey(int(found[1]), int(found[2])) if found else None
    claim = case.books.claims.get(case.home.id, key) if key else None
    name = rulebook_of(case, claim).item(claim.act.item).short_name if claim else ""
    return MyEntry(entry, name, key, claim.photos if claim else ())
