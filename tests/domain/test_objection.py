"""An objection: every state with every outcome, who may decide it, what a correction enters."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.authority import ConflictOfInterest
from domain.claim import ClaimOrigin, ClaimState
from domain.ledger import EntryKind
from domain.membership import HouseholdId, PersonId
from domain.objection import (
    OBJECTION_STEPS,
    Correction,
    HadPart,
    ObjectionState,
    Outcome,
    Stance,
    check_uninvolved,
    corrected,
    stance_in,
    stance_words,
    total_mended,
)
from domain.period import Month
from domain.points import Points
from domain.usage import GRANTED, days, earlier
from domain.workflow import StepRefused, step
from tests.builders import NOON, TODAY, a_claim, a_person, an_item, an_objection

LI, CHEN = a_person(3, household=3), a_person(4, household=4)


def to(points: int) -> Correction:
    return Correction(LI, CHEN, Points(points), "核实过", NOON)


@pytest.mark.parametrize(("state", "outcome"), list(product(ObjectionState, Outcome)))
def test_an_objection_is_answered_once(state: ObjectionState, outcome: Outcome) -> None:
    if (state, outcome) in OBJECTION_STEPS:
        assert step(OBJECTION_STEPS, state, outcome) is OBJECTION_STEPS[state, outcome]
    else:
        with pytest.raises(StepRefused):
            step(OBJECTION_STEPS, state, outcome)


def test_each_outcome_ends_it_differently() -> None:
    assert len(set(OBJECTION_STEPS.values())) == len(Outcome) == len(OBJECTION_STEPS)


@pytest.mark.parametrize(
    ("person", "refusal"),
    [
        (a_person(9, household=1), ConflictOfInterest),
        (a_person(9, household=9, relatives=frozenset({HouseholdId(1)})), ConflictOfInterest),
        (a_person(1, household=9), HadPart),
        (a_person(7, household=7), HadPart),
    ],
    ids=["own household", "relatives", "raised it", "had part"],
)
def test_who_had_part_or_an_interest_does_not_decide(person: object, refusal: type) -> None:
    with pytest.raises(refusal):
        check_uninvolved(person, an_objection(), involved={PersonId(7)})  # type: ignore[arg-type]


def test_who_had_no_part_decides() -> None:
    check_uninvolved(LI, an_objection(), involved={PersonId(7)})
    check_uninvolved(LI, an_objection(claim=None), involved=frozenset())


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_correction_enters_exactly_the_difference(before: int, after: int) -> None:
    claim = a_claim(state=ClaimState.APPROVED, points=Points(before))
    decision = corrected(claim, to(after), round_=1)
    assert decision.posting is not None
    assert before + decision.posting.points == decision.claim.points == after
    assert decision.posting.effective_month == claim.effective_month
    assert decision.posting.actors == (LI.id, CHEN.id)
    assert (decision.claim.cancelled_at is not None) is (after == 0)


def test_a_claim_taken_back_whole_is_a_reversal() -> None:
    decision = corrected(a_claim(state=ClaimState.APPROVED, points=Points(10)), to(0), round_=1)
    assert decision.posting is not None
    assert decision.posting.kind is EntryKind.REVERSAL


def test_a_rejected_claim_gets_the_award_it_should_have_had() -> None:
    claim = a_claim(state=ClaimState.REJECTED)
    decision = corrected(claim, to(20), round_=1)
    assert decision.claim.state is ClaimState.APPROVED
    assert decision.posting is not None
    assert (decision.posting.kind, decision.posting.points) == (EntryKind.AWARD, 20)
    assert decision.posting.cause == claim.award_cause


def test_a_rejected_deduction_may_be_made_good_as_well() -> None:
    claim = a_claim(state=ClaimState.REJECTED, origin=ClaimOrigin.DEDUCTION)
    decision = corrected(claim, to(-20), round_=1)
    assert decision.posting is not None
    assert decision.posting.kind is EntryKind.DEDUCTION


@pytest.mark.parametrize("state", [ClaimState.WITHDRAWN, ClaimState.LAPSED, ClaimState.SUBMITTED])
def test_nothing_else_is_corrected(state: ClaimState) -> None:
    with pytest.raises(StepRefused):
        corrected(a_claim(state=state), to(10), round_=1)


def test_a_total_is_mended_in_the_last_month_of_its_quarter() -> None:
    posting = total_mended(an_objection(claim=None), to(20))
    assert posting.effective_month == Month(2026, 9)
    assert (posting.kind, posting.points) == (EntryKind.ADJUSTMENT, 20)
    assert posting.cause == "objection:2026:1:adjust"


def test_what_an_objection_cancels_is_no_occurrence_and_no_day() -> None:
    item = an_item()
    stands = a_claim(1, state=ClaimState.APPROVED, points=Points(-20))
    cancelled = replace(a_claim(2, state=ClaimState.APPROVED, points=Points(0)), cancelled_at=NOON)
    assert earlier([stands, cancelled], item, year=2026, states=GRANTED).occurrences == 1
    assert days([stands, cancelled], item, states=GRANTED) == (TODAY,)


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("points", [None, Points(0), Points(30), Points(-15)])
def test_what_was_signed_can_be_read_again(outcome: Outcome, points: Points | None) -> None:
    stance = Stance(outcome, points)
    assert stance_in(stance_words(stance)) == stance
