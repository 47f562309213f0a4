"""What a decision makes of a claim, in every state, and what it posts."""

from itertools import product

import pytest

from domain.authority import ConflictOfInterest, SecondPersonNeeded
from domain.claim import (
    CLAIM_STEPS,
    UNDECIDED,
    Claim,
    ClaimAction,
    ClaimDecided,
    ClaimOrigin,
    ClaimState,
)
from domain.ledger import Balance, EntryKind
from domain.membership import Person, PersonId, Role
from domain.points import Points
from domain.review import Decision, ReasonMissing, adjust, approve, check_undecided, reject
from domain.workflow import StepRefused
from tests.builders import a_claim, a_person

LI = a_person(3, Role.COMMITTEE, household=3)
CHEN = a_person(4, Role.CHAIR, household=4)
PLENTY = Balance(Points(1000))


def _approve(
    claim: Claim,
    reviewer: Person = LI,
    *earlier: Person,
    points: int = 10,
    needed: int = 1,
    balance: Balance = PLENTY,
) -> Decision:
    return approve(
        claim,
        reviewer=reviewer,
        earlier=earlier,
        points=Points(points),
        needed=needed,
        balance=balance,
    )


def _adjust(claim: Claim, points: int, *, reason: str = "数量写错", round_: int = 1) -> Decision:
    return adjust(
        claim, reviewer=LI, agreed=(), points=Points(points), reason=reason, round_=round_
    )


def test_one_approval_posts_the_award_where_one_is_enough() -> None:
    decision = _approve(a_claim(17))
    assert decision.posting is not None
    assert decision.claim.state is ClaimState.APPROVED
    assert (decision.claim.points, decision.claim.approvals) == (10, (LI.id,))
    posting = decision.posting
    assert (posting.cause, posting.kind, posting.points) == (
        "claim:2026:17:award",
        EntryKind.AWARD,
        10,
    )
    assert posting.actors == (PersonId(1), LI.id)


def test_of_two_approvals_only_the_second_posts() -> None:
    half = _approve(a_claim(), needed=2)
    assert (half.claim.state, half.posting) == (ClaimState.HALF_APPROVED, None)
    whole = _approve(half.claim, CHEN, LI, needed=2)
    assert whole.posting is not None
    assert whole.posting.actors == (PersonId(1), LI.id, CHEN.id)


def test_the_same_person_never_makes_two() -> None:
    half = _approve(a_claim(), needed=2)
    with pytest.raises(SecondPersonNeeded):
        _approve(half.claim, LI, LI, needed=2)


def test_who_recorded_a_deduction_is_one_of_its_two_people() -> None:
    deduction = a_claim(origin=ClaimOrigin.DEDUCTION, filed_by=PersonId(4))
    decision = _approve(deduction, LI, points=-20, needed=2)
    assert decision.posting is not None
    assert (decision.posting.kind, decision.posting.points) == (EntryKind.DEDUCTION, -20)


def test_who_recorded_an_award_does_not_count() -> None:
    record = a_claim(origin=ClaimOrigin.RECORD, filed_by=PersonId(4))
    assert _approve(record, LI, points=100, needed=2).posting is None
    with pytest.raises(ConflictOfInterest):
        _approve(record, CHEN, points=100, needed=2)


def test_a_deduction_takes_no_more_than_there_is() -> None:
    deduction = a_claim(origin=ClaimOrigin.DEDUCTION, filed_by=PersonId(4))
    decision = _approve(deduction, points=-50, needed=2, balance=Balance(Points(30)))
    assert decision.claim.points == -30
    nothing = _approve(deduction, points=-50, needed=2, balance=Balance())
    assert nothing.posting is not None
    assert nothing.posting.points == 0


@pytest.mark.parametrize("state", list(ClaimState))
def test_only_what_waits_is_decided(state: ClaimState) -> None:
    claim = a_claim(state=state)
    if state in UNDECIDED:
        check_undecided(claim, by="")
        return
    with pytest.raises(ClaimDecided) as decided:
        check_undecided(claim, by="李会计")
    assert (decided.value.state, decided.value.by) == (state, "李会计")


@pytest.mark.parametrize(
    ("state", "action"),
    list(
        product(
            ClaimState,
            [ClaimAction.APPROVE, ClaimAction.ENDORSE, ClaimAction.REJECT, ClaimAction.ADJUST],
        )
    ),
)
def test_a_decision_follows_the_table_in_every_state(
    state: ClaimState, action: ClaimAction
) -> None:
    claim = a_claim(state=state, points=Points(10))

    def decide() -> Decision:
        match action:
            case ClaimAction.REJECT:
                return reject(claim, reviewer=LI)
            case ClaimAction.ADJUST:
                return _adjust(claim, 20)
            case _:
                return _approve(claim, needed=2 if action is ClaimAction.ENDORSE else 1)

    if (state, action) in CLAIM_STEPS:
        assert decide().claim.state is CLAIM_STEPS[state, action]
    else:
        with pytest.raises(StepRefused):
            decide()


def test_a_rejection_posts_nothing_and_asks_for_no_reason() -> None:
    assert reject(a_claim(), reviewer=LI).posting is None


def test_nobody_rejects_or_adjusts_their_own() -> None:
    own = a_person(3, Role.COMMITTEE, household=1)
    with pytest.raises(ConflictOfInterest):
        reject(a_claim(), reviewer=own)
    approved = a_claim(state=ClaimState.APPROVED, points=Points(10))
    with pytest.raises(ConflictOfInterest):
        adjust(approved, reviewer=own, agreed=(), points=Points(0), reason="错", round_=1)


def test_an_adjustment_posts_the_difference_and_each_has_its_own_key() -> None:
    approved = a_claim(9, state=ClaimState.APPROVED, points=Points(40))
    first = _adjust(approved, 20)
    assert first.posting is not None
    assert (first.posting.kind, first.posting.points) == (EntryKind.ADJUSTMENT, -20)
    assert first.posting.cause == "claim:2026:9:adjust:1"
    second = _adjust(first.claim, 0, round_=2)
    assert second.posting is not None
    assert (second.posting.kind, second.posting.points) == (EntryKind.REVERSAL, -20)
    assert second.posting.cause == "claim:2026:9:adjust:2"


def test_a_reversal_and_its_entry_cancel() -> None:
    award = _approve(a_claim())
    reversal = _adjust(award.claim, 0)
    assert award.posting is not None
    assert reversal.posting is not None
    assert award.posting.points + reversal.posting.points == 0


@pytest.mark.parametrize("reason", ["", "  "])
def test_points_once_given_change_only_with_a_reason(reason: str) -> None:
    with pytest.raises(ReasonMissing):
        _adjust(a_claim(state=ClaimState.APPROVED, points=Points(40)), 20, reason=reason)
