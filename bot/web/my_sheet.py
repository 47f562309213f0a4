"""What a household's own page shows (我家): points, what waits, what was entered, and consent."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.commands.asking import BalanceTold, balance
from bot.commands.case import Case
from bot.commands.changing import decider_name, own_claim, rulebook_of
from domain.authority import require_member
from domain.claim import OPEN, Claim, ClaimKey, ClaimState, Sha256
from domain.ledger import Entry
from domain.membership import HouseholdId, Person
from domain.refusal import Refusal

ENTRIES_MAX: Final = 30
CLAIMS_MAX: Final = 20
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
class Section:
    """A further part of the page: a heading, and lines with the words that act on each.

    ``words`` opens the talk with these words in the field; "" offers nothing.
    """

    id: str
    heading: str
    lines: tuple[tuple[str, str], ...]


SectionOf = Callable[[Case, HouseholdId], Section | None]
"""Returns a section of a household's page; None when there is nothing to show."""

SECTIONS: Final[tuple[SectionOf, ...]] = ()
"""Where vouchers (兑换券) and objections (异议) take their place on the page, in this order."""


@dataclass(frozen=True, slots=True)
class MySheet:
    """A household's page for one of its members."""

    person: Person
    balance: BalanceTold
    claims: tuple[MyClaim, ...]
    entries: tuple[MyEntry, ...]
    sections: tuple[Section, ...]


def my_sheet(case: Case, *, sections: tuple[SectionOf, ...] = SECTIONS) -> MySheet:
    """Return the page of the person's household.

    Raises:
        NotBound: The person belongs to no household here.
    """
    household = require_member(case.person)
    assert case.person is not None, "checked above"
    village = case.home.id
    latest = case.books.claims.latest(village, household, limit=CLAIMS_MAX)
    entries = case.books.ledger.of_household(village, household, limit=ENTRIES_MAX)
    found = (section(case, household) for section in sections)
    return MySheet(
        person=case.person,
        balance=balance(case),
        claims=tuple(_claim(case, one) for one in latest if one.state in _TOLD),
        entries=tuple(_entry(case, one) for one in entries),
        sections=tuple(one for one in found if one is not None),
    )


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
