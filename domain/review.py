"""Review (审核): what a decision makes of a claim and what it posts."""

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.authority import check_conflict, check_second
from domain.claim import (
    CLAIM_STEPS,
    UNDECIDED,
    Claim,
    ClaimAction,
    ClaimDecided,
    ClaimOrigin,
)
from domain.ledger import Balance, EntryKind, Posting, cut_deduction
from domain.membership import Person, PersonId
from domain.points import Points
from domain.refusal import Refusal
from domain.workflow import step


class Verdict(StrEnum):
    """What a reviewer may say: 通过, 驳回, 调整."""

    APPROVE = "approve"
    REJECT = "reject"
    ADJUST = "adjust"


class AmountMissing(Refusal):
    """The item leaves the amount to the committee and nobody named one."""

    def __init__(self, number: int, choices: tuple[str, ...]) -> None:
        super().__init__(str(number))
        self.number = number
        self.choices = choices


class AmountNegative(Refusal):
    """An award cannot be set to less than nothing; a deduction is a record of its own."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class ReasonMissing(Refusal):
    """A change of points already given must say why."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class EvidenceMissing(Refusal):
    """The item asks for photos that are not stored; nothing is awarded without them."""

    def __init__(self, number: int, photos_min: int, photos_sent: int) -> None:
        super().__init__(str(number))
        self.number = number
        self.photos_min = photos_min
        self.photos_sent = photos_sent


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision makes: the claim as it is now, and the posting if points moved."""

    claim: Claim
    posting: Posting | None = None


def check_undecided(claim: Claim, *, by: str) -> None:
    """Refuse to decide a claim twice.

    Raises:
        ClaimDecided: Approved, rejected, withdrawn, lapsed, or not complete yet.

    """
    if claim.state not in UNDECIDED:
        raise ClaimDecided(claim.key.number, claim.state, by)


def approve(
    claim: Claim,
    *,
    reviewer: Person,
    earlier: tuple[Person, ...],
    points: Points,
    needed: int,
    balance: Balance,
) -> Decision:
    """Count one approval and post the award once enough people agreed.

    Who recorded a deduction counts as one of its two people; who recorded an
    award on behalf (代录) does not, since nobody approves their own filing.

    Args:
        claim: An undecided claim.
        reviewer: Who approves now.
        earlier: Those whose approval of the same amount stands.
        points: The amount, already cut to the caps; negative for a deduction.
        needed: How many different people it takes.
        balance: The household's year so far; bounds a deduction.

    Raises:
        ConflictOfInterest: Own household, a relative, or own filing.
        SecondPersonNeeded: The same person or household again.

    """
    check_conflict(reviewer, claim)
    is_deduction = claim.origin is ClaimOrigin.DEDUCTION
    check_second(reviewer, claim, earlier=earlier)
    approvals = (*(p.id for p in earlier), reviewer.id)
    heads = len(approvals) + (1 if is_deduction else 0)
    if heads < needed:
        state = step(CLAIM_STEPS, claim.state, ClaimAction.ENDORSE)
        return Decision(replace(claim, state=state, approvals=approvals))
    given = cut_deduction(points, balance=balance) if is_deduction else points
    state = step(CLAIM_STEPS, claim.state, ClaimAction.APPROVE)
    approved = replace(claim, state=state, approvals=approvals, points=given)
    return Decision(approved, _award(approved, given))


def _award(approved: Claim, points: Points) -> Posting:
    """Return what an approved claim posts: its award, or its deduction."""
    is_deduction = approved.origin is ClaimOrigin.DEDUCTION
    return Posting(
        household=approved.household,
        kind=EntryKind.DEDUCTION if is_deduction else EntryKind.AWARD,
        points=points,
        cause=approved.award_cause,
        effective_month=approved.effective_month,
        actors=(approved.filed_by, *approved.approvals),
        reason=approved.act.reason,
        item=approved.act.item,
    )


def reject(claim: Claim, *, reviewer: Person) -> Decision:
    """Reject a claim; nothing is posted.

    Raises:
        ConflictOfInterest: Own household, a relative, or own filing.
    """
    check_conflict(reviewer, claim)
    return Decision(replace(claim, state=step(CLAIM_STEPS, claim.state, ClaimAction.REJECT)))


def adjust(
    claim: Claim,
    *,
    reviewer: Person,
    agreed: tuple[PersonId, ...],
    points: Points,
    reason: str,
    round_: int,
) -> Decision:
    """Mend an approved claim by an entry over the difference.

    An award taken back whole is a reversal (冲正), any other change an
    adjustment (调整); ``round_`` counts the changes of this claim from 1 and
    ``agreed`` are those who asked for the same change before.

    Raises:
        ConflictOfInterest: Own household, a relative, or own filing.
        ReasonMissing: No reason was given.

    """
    check_conflict(reviewer, claim)
    if not reason.strip():
        raise ReasonMissing(claim.key.number)
    assert claim.points is not None, "only an approved claim is adjusted"
    posting = Posting(
        household=claim.household,
        kind=EntryKind.ADJUSTMENT if points else EntryKind.REVERSAL,
        points=Points(points - claim.points),
        cause=f"claim:{claim.key.year}:{claim.key.number}:adjust:{round_}",
        effective_month=claim.effective_month,
        actors=(*agreed, reviewer.id),
        reason=reason,
        item=claim.act.item,
    )
    state = step(CLAIM_STEPS, claim.state, ClaimAction.ADJUST)
    return Decision(replace(claim, state=state, points=points), posting)
