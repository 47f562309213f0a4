"""What a household's claims of a year have used up: caps, hours, occurrences, days."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from typing import Final

from domain.claim import UNDECIDED, Claim, ClaimState
from domain.period import Month
from domain.points import ZERO, Points
from domain.rulebook import Item, Kind
from domain.scoring import Earlier, Used, tier_named

GRANTED: Final = frozenset({ClaimState.APPROVED})
"""What counts when a claim is approved."""
PENDING: Final = frozenset({ClaimState.APPROVED, *UNDECIDED})
"""What counts when a claim is filed: approved ones and those that may still be."""


def held(claim: Claim) -> Points:
    """Return what a claim holds: its award, or what it is expected to bring."""
    if claim.points is not None:
        return claim.points
    return claim.expected if claim.expected is not None else ZERO


def used(
    claims: Iterable[Claim], item: Item, *, month: Month, states: AbstractSet[ClaimState]
) -> Used:
    """Add up what claims in ``states`` hold of an item and its category.

    Args:
        claims: One household's claims, without the claim in question.
        item: The item of the claim in question.
        month: The month in which it counts; gives quarter and year.
        states: ``GRANTED`` or ``PENDING``.
    """
    counted = [c for c in claims if c.state in states and c.effective_month.year == month.year]
    same = [c for c in counted if c.act.item == item.code]
    in_quarter = [c for c in same if c.effective_month.quarter == month.quarter]
    in_month = [c for c in same if c.effective_month == month]
    awards = (held(c) for c in counted if c.act.item[0] == item.category)
    return Used(
        month=_sum(held(c) for c in in_month),
        quarter=_sum(held(c) for c in in_quarter),
        year=_sum(held(c) for c in same),
        category_year=_sum(p for p in awards if p > 0),
    )


def earlier(
    claims: Iterable[Claim],
    item: Item,
    *,
    year: int,
    states: AbstractSet[ClaimState],
    honour: str = "",
) -> Earlier:
    """Return occurrences and hours that claims in ``states`` hold of an item in a year.

    What an objection took back whole holds none.

    ``honour`` is the name of the honour in question (最美家庭); of a named honour
    the highest level counts, an unnamed one stands for itself.
    """
    of_year = (c for c in claims if c.effective_month.year == year)
    same = [c for c in of_year if _stands(c, item, states=states)]
    hours = sum((c.act.quantity or Decimal(0) for c in same), Decimal(0))
    return Earlier(
        occurrences=len(same),
        hours=hours if item.kind is Kind.HOUR else Decimal(0),
        honoured=_honoured(same, item, honour),
    )


def days(
    claims: Iterable[Claim], item: Item, *, states: AbstractSet[ClaimState]
) -> tuple[date, ...]:
    """Return the days of the acts that claims in ``states`` hold of an item."""
    return tuple(c.act.occurred_on for c in claims if _stands(c, item, states=states))


def _stands(claim: Claim, item: Item, *, states: AbstractSet[ClaimState]) -> bool:
    is_same = claim.state in states and claim.act.item == item.code
    return is_same and claim.cancelled_at is None


def _honoured(same: list[Claim], item: Item, honour: str) -> Points:
    """Return what the same honour brought at its best level so far."""
    if item.kind is not Kind.TIER or not honour:
        return ZERO
    tiers = [tier_named(item, c.act.tier) for c in same if c.act.reason == honour]
    return max((t.points for t in tiers if t), default=ZERO)


def _sum(points: Iterable[Points]) -> Points:
    return Points(sum(points))
