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
    ClaimState,
)
from domain.ledger import Balance, EntryKind, Posting, cut_deduction
from domain.membership import Person, PersonId
from domain.points import Points
from domain.refusal import Refusal
from domain.rulebook import Item
from domain.scoring import Bound, ChoiceOutOfRange
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


class AmountBeyondRule(Refusal):
    """More than ``most``, which the rule gives for what was claimed."""

    def __init__(self, number: int, item: Item, most: Points) -> None:
        super().__init__(f"{number} {most}")
        self.number = number
        self.item_name = item.short_name
        self.most = most
        self.unit = item.unit if item.is_counted else ""


class NothingAdjusted(Refusal):
    """The claim has these points already; ``cap`` is what lets it have no more, if a cap does."""

    def __init__(
        self, number: int, points: Points, *, bound: Bound | None, cap: Points | None
    ) -> None:
        super().__init__(f"{number} {points}")
        self.number = number
        self.points = points
        self.bound = bound
        self.cap = cap


class EvidenceMissing(Refusal):
    """The item asks for photos that are not stored; nothing is awarded without them."""

    def __init__(self, number: int, photos_min: int, photos_sent: int) -> None:
        super().__init__(str(number))
        self.number = number
        self.photos_min = photos_min
        self.photos_sent = photos_sent


def check_amount(
    claim: Claim, amount: Points, *, item: Item, rule: Points | None, reason: str
) -> None:
    """Refuse an amount that the rule does not bear.

    Of a range any amount may be set, and 0 takes an award back. Of everything
    else the rule's value is the most, so 4 points of a claim worth 1 are never
    given; less (half of it, only one of two) takes a reason.

    Args:
        claim: The claim, perhaps with a quantity that was put right.
        amount: What the reviewer said; negative for a deduction.
        item: The claim's item.
        rule: What the rule gives; None while a range or level is left open.
        reason: Why, "" for none.

    Raises:
        ChoiceOutOfRange: Outside the range.
        AmountBeyondRule: More than the rule gives.
        ReasonMissing: Less than the rule gives, and nobody said why.

    """
    if item.low is not None and item.high is not None:
        is_taken_back = claim.state is ClaimState.APPROVED and amount == 0
        if not is_taken_back and not item.low <= amount <= item.high:
            raise ChoiceOutOfRange(item, amount)
        return
    offered = [tier.points for tier in item.tiers] if rule is None else [rule]
    given = [] if claim.points is None else [claim.points]
    most = max((*offered, *given), key=abs)
    if abs(amount) > abs(most):
        raise AmountBeyondRule(claim.key.number, item, most)
    if amount not in offered and not reason.strip():
        raise ReasonMissing(claim.key.number)


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
    reason: str = "",
) -> Decision:
    """Count one approval of an undecided claim and post the award once enough people agreed.

    Who recorded a deduction counts as one of its two people; who recorded an
    award on behalf (代录) does not, since nobody approves their own filing.

    Args:
        claim: The claim.
        reviewer: Who approves now.
        earlier: Those whose approval of the same amount stands.
        points: The amount, already cut to the caps; negative for a deduction.
        needed: How many different people it takes.
        balance: The household's year so far; bounds a deduction.
        reason: Why it brings another amount than the rule gives, "" if it does not.

    Raises:
        ConflictOfInterest, SecondPersonNeeded: Who may not, or not as the second.

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
    done = replace(claim, state=state, approvals=approvals, points=given)
    return Decision(done, _award(done, given, reason))


def _award(approved: Claim, points: Points, reason: str) -> Posting:
    """Return what an approved claim posts: its award, or its deduction."""
    is_deduction = approved.origin is ClaimOrigin.DEDUCTION
    return Posting(
        household=approved.household,
        kind=EntryKind.DEDUCTION if is_deduction else EntryKind.AWARD,
        points=points,
        cause=approved.award_cause,
        effective_month=approved.effective_month,
        actors=(approved.filed_by, *approved.approvals),
        reason=f"{approved.act.reason} {reason}".strip(),
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
