"""An objection (异议): who may decide it, its three outcomes, and what a correction enters."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.authority import ConflictOfInterest
from domain.claim import CLAIM_STEPS, Claim, ClaimAction, ClaimKey, ClaimOrigin, ClaimState
from domain.ledger import EntryKind, Posting
from domain.membership import HouseholdId, Person, PersonId
from domain.period import Quarter
from domain.points import ZERO, Points
from domain.refusal import Refusal
from domain.review import Decision, adjust
from domain.scoring import Cut
from domain.workflow import step

REMIND_AFTER: Final = (3, 8)
"""Working days after which the committee is reminded."""
ANSWER_WITHIN: Final = 10
"""Working days in which an objection is answered."""


class ObjectionState(StrEnum):
    """Where an objection stands."""

    RAISED = "raised"
    UPHELD = "upheld"
    CHANGED = "changed"
    DISMISSED = "dismissed"


class Outcome(StrEnum):
    """What the committee may say: 维持 (the decision stands), 更正, 不受理."""

    UPHOLD = "uphold"
    CHANGE = "change"
    DISMISS = "dismiss"


OBJECTION_STEPS: Final = {
    (ObjectionState.RAISED, Outcome.UPHOLD): ObjectionState.UPHELD,
    (ObjectionState.RAISED, Outcome.CHANGE): ObjectionState.CHANGED,
    (ObjectionState.RAISED, Outcome.DISMISS): ObjectionState.DISMISSED,
}
"""An objection is answered once."""


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection; ``claim`` None is about the household's total of the quarter.

    ``due_on`` is the village day by which it is answered; ``points`` is what a
    correction made of the claim, or what it added to the total.
    """

    year: int
    number: int
    household: HouseholdId
    claim: ClaimKey | None
    quarter: Quarter
    person: PersonId
    words: str
    state: ObjectionState
    raised_at: datetime
    due_on: date
    reminders: int = 0
    answered_at: datetime | None = None
    reason: str = ""
    points: Points | None = None

    @property
    def matter(self) -> str:
        """The natural key of what two people sign."""
        return f"objection:{self.year}:{self.number}"


@dataclass(frozen=True, slots=True)
class Stance:
    """What one person said: the outcome, and for a correction its points."""

    outcome: Outcome
    points: Points | None


def stance_words(stance: Stance) -> str:
    """Write a stance as it is signed: ``change:30``."""
    return f"{stance.outcome}:{stance.points}"


def stance_in(words: str) -> Stance:
    """Read what ``stance_words`` wrote."""
    outcome, _, points = words.partition(":")
    return Stance(Outcome(outcome), None if points == "None" else Points(int(points)))


class ObjectionWordsMissing(Refusal):
    """The objection does not say what is wrong."""


class NoObjectionNow(Refusal):
    """No publication takes objections now, or it is about another quarter."""

    def __init__(self, until: date | None) -> None:
        super().__init__(str(until))
        self.until = until


class NothingToDispute(Refusal):
    """The claim is not decided, or was taken back: there is no decision to dispute."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class ObjectionKnown(Refusal):
    """The same was objected to already in this publication: by the household, or a supervisor."""

    def __init__(self, number: int, state: ObjectionState, *, is_own: bool) -> None:
        super().__init__(f"{number} {state}")
        self.number = number
        self.state = state
        self.is_own = is_own


class ObjectionUnknown(Refusal):
    """No objection of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class ObjectionAnswered(Refusal):
    """The objection was answered already."""

    def __init__(self, number: int, state: ObjectionState) -> None:
        super().__init__(f"{number} {state}")
        self.number = number
        self.state = state


class HadPart(Refusal):
    """Who had part in the decision does not decide the objection to it."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class AnswerIncomplete(Refusal):
    """The answer lacks its outcome, its reason or its points; ``lacks`` names which."""

    def __init__(self, number: int, lacks: str) -> None:
        super().__init__(f"{number} {lacks}")
        self.number = number
        self.lacks = lacks


class NothingCorrected(Refusal):
    """A correction would leave the points as they are; ``cut`` when a cap keeps them there."""

    def __init__(self, number: int, cut: Cut | None) -> None:
        super().__init__(str(number))
        self.number = number
        self.cut = cut


def check_changes(number: int, claim: Claim, to: Cut) -> None:
    """Refuse a correction that changes nothing; a rejected claim is worth 0 already.

    A reminder that was worth 0 may be taken back by 0: it is no step any more.

    Raises:
        NothingCorrected: The decision is upheld instead.

    """
    is_standing = claim.state is ClaimState.APPROVED
    takes_back = is_standing and to.points == 0 and claim.cancelled_at is None
    standing = claim.points if is_standing else ZERO
    if to.points == standing and not takes_back:
        raise NothingCorrected(number, to if to.bound else None)


def check_uninvolved(
    person: Person, objection: Objection, *, involved: AbstractSet[PersonId]
) -> None:
    """Refuse who had part in the original decision, their own house and their relatives.

    Args:
        person: Who decides now.
        objection: What is decided.
        involved: Everybody who filed, recorded, approved, rejected or changed the
            claim in dispute; nobody for a total, which no single decision made.

    Raises:
        HadPart: They are among them, or raised the objection.
        ConflictOfInterest: Own household or a relative's.

    """
    if person.household == objection.household:
        raise ConflictOfInterest(objection.number, "own")
    if objection.household in person.relatives:
        raise ConflictOfInterest(objection.number, "relative")
    if person.id in {objection.person, *involved}:
        raise HadPart(objection.number)


@dataclass(frozen=True, slots=True)
class Correction:
    """What two people agreed a disputed claim is worth, and why."""

    first: Person
    second: Person
    points: Points
    reason: str
    at: datetime


def corrected(claim: Claim, to: Correction, *, round_: int) -> Decision:
    """Mend a disputed claim by an entry: an adjustment, a reversal, or the award it never got.

    A claim taken back whole is cancelled: it is no occurrence of a step item,
    holds no hours and no cooldown any more.

    Raises:
        ConflictOfInterest, ReasonMissing: As for every adjustment.
        StepRefused: The claim is neither approved nor rejected.

    """
    if claim.state is not ClaimState.APPROVED:
        return _restored(claim, to)
    decision = adjust(
        claim,
        reviewer=to.second,
        agreed=(to.first.id,),
        points=to.points,
        reason=to.reason,
        round_=round_,
    )
    cancelled = to.at if to.points == 0 else None
    return Decision(replace(decision.claim, cancelled_at=cancelled), decision.posting)


def _restored(claim: Claim, to: Correction) -> Decision:
    """Give a rejected claim the award it should have had, in the month it counts in."""
    assert to.points, "a claim worth nothing stays rejected"
    state = step(CLAIM_STEPS, claim.state, ClaimAction.RESTORE)
    approvals = (to.first.id, to.second.id)
    restored = replace(claim, state=state, points=to.points, approvals=approvals)
    is_deduction = claim.origin is ClaimOrigin.DEDUCTION
    posting = Posting(
        household=claim.household,
        kind=EntryKind.DEDUCTION if is_deduction else EntryKind.AWARD,
        points=to.points,
        cause=claim.award_cause,
        effective_month=claim.effective_month,
        actors=(claim.filed_by, *approvals),
        reason=to.reason,
        item=claim.act.item,
    )
    return Decision(restored, posting)


def total_mended(objection: Objection, to: Correction) -> Posting:
    """Return the entry that mends a household's total: so many points more, or fewer.

    It counts in the last month of the quarter that was published.
    """
    return Posting(
        household=objection.household,
        kind=EntryKind.ADJUSTMENT,
        points=to.points,
        cause=f"{objection.matter}:adjust",
        effective_month=objection.quarter.months[-1],
        actors=(to.first.id, to.second.id),
        reason=to.reason,
    )
