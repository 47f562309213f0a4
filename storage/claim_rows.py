"""A claim (申报) as a row, there and back."""

from datetime import date
from decimal import Decimal
from typing import Any

from domain.claim import Act, Claim, ClaimKey, ClaimOrigin, ClaimState, Sha256
from domain.membership import HouseholdId, PersonId
from domain.period import parse_month
from domain.points import Points
from storage.prepared import Row


def values_of(claim: Claim) -> dict[str, Any]:
    """Return the columns of a claim that are its own."""
    act = claim.act
    return {
        "year": claim.key.year,
        "number": claim.key.number,
        "household": claim.household,
        "item": act.item,
        "category": act.item[0],
        "rulebook_version": claim.rulebook_version,
        "state": claim.state,
        "origin": claim.origin,
        "quantity": None if act.quantity is None else str(act.quantity),
        "tier": act.tier,
        "chosen": act.chosen,
        "expected": claim.expected,
        "points": claim.points,
        "occurred_on": act.occurred_on,
        "effective_month": str(claim.effective_month),
        "place": act.place,
        "reason": act.reason,
        "filed_by": claim.filed_by,
        "is_for_other": claim.is_for_other,
        "is_late": claim.is_late,
        "filed_at": claim.filed_at,
        "expires_at": claim.expires_at,
        "cancelled_at": claim.cancelled_at,
        "relayed_by": claim.relayed_by,
    }


def claim_of(
    row: Row, *, photos: tuple[Sha256, ...] = (), approvals: tuple[PersonId, ...] = ()
) -> Claim:
    """Return the claim that a row holds; photos and approvals lie elsewhere."""
    occurred: date = row["occurred_on"]
    act = Act(
        item=row["item"],
        occurred_on=occurred,
        place=row["place"],
        quantity=None if row["quantity"] is None else Decimal(row["quantity"]),
        tier=row["tier"],
        chosen=None if row["chosen"] is None else Points(row["chosen"]),
        reason=row["reason"],
    )
    return Claim(
        key=ClaimKey(row["year"], row["number"]),
        household=HouseholdId(row["household"]),
        act=act,
        state=ClaimState(row["state"]),
        origin=ClaimOrigin(row["origin"]),
        rulebook_version=row["rulebook_version"],
        effective_month=parse_month(row["effective_month"]),
        filed_by=PersonId(row["filed_by"]),
        filed_at=row["filed_at"],
        photos=photos,
        expected=None if row["expected"] is None else Points(row["expected"]),
        points=None if row["points"] is None else Points(row["points"]),
        approvals=approvals,
        expires_at=row["expires_at"],
        is_for_other=row["is_for_other"],
        is_late=row["is_late"],
        cancelled_at=row["cancelled_at"],
        relayed_by=None if row["relayed_by"] is None else PersonId(row["relayed_by"]),
    )
