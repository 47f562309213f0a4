"""A claim: every state with every action, the photo's window, the days that count."""

from datetime import date, timedelta
from itertools import product

import pytest

from domain.claim import (
    CLAIM_STEPS,
    OPEN,
    UNDECIDED,
    ActInFuture,
    ClaimAction,
    ClaimState,
    ClaimTooLate,
    YearClosed,
    belongs,
    check_day,
)
from domain.workflow import StepRefused, step
from tests.builders import NOON, TODAY, a_claim

DECIDED = set(ClaimState) - OPEN


@pytest.mark.parametrize(("state", "action"), list(product(ClaimState, ClaimAction)))
def test_only_the_steps_in_the_table_are_possible(state: ClaimState, action: ClaimAction) -> None:
    if (state, action) in CLAIM_STEPS:
        assert step(CLAIM_STEPS, state, action) is CLAIM_STEPS[state, action]
    else:
        with pytest.raises(StepRefused):
            step(CLAIM_STEPS, state, action)


@pytest.mark.parametrize("state", sorted(DECIDED))
def test_a_decided_claim_is_only_mended_once_approved_and_restored_once_rejected(
    state: ClaimState,
) -> None:
    possible = {action for before, action in CLAIM_STEPS if before is state}
    mending = {
        ClaimState.APPROVED: {ClaimAction.ADJUST},
        ClaimState.REJECTED: {ClaimAction.RESTORE},
    }
    assert possible == mending.get(state, set())


@pytest.mark.parametrize("state", sorted(OPEN))
def test_an_open_claim_can_always_be_withdrawn(state: ClaimState) -> None:
    assert step(CLAIM_STEPS, state, ClaimAction.WITHDRAW) is ClaimState.WITHDRAWN


def test_points_are_reached_only_through_review() -> None:
    into_approved = {
        (before, action)
        for (before, action), after in CLAIM_STEPS.items()
        if after is ClaimState.APPROVED
    }
    assert into_approved == {
        (ClaimState.SUBMITTED, ClaimAction.APPROVE),
        (ClaimState.HALF_APPROVED, ClaimAction.APPROVE),
        (ClaimState.APPROVED, ClaimAction.ADJUST),
        (ClaimState.REJECTED, ClaimAction.RESTORE),
    }
    assert {ClaimState.SUBMITTED, ClaimState.HALF_APPROVED} == UNDECIDED


def test_every_state_can_be_reached_from_a_draft() -> None:
    reached = {ClaimState.DRAFT}
    while more := {a for (b, _), a in CLAIM_STEPS.items() if b in reached} - reached:
        reached |= more
    assert reached == set(ClaimState)


@pytest.mark.parametrize(
    ("seconds", "is_in_time"),
    [(-181, False), (-180, True), (-1, True), (0, True), (600, True), (601, False)],
)
def test_a_photo_belongs_from_three_minutes_before_the_words_to_ten_after(
    seconds: int, *, is_in_time: bool
) -> None:
    assert belongs(NOON + timedelta(seconds=seconds), words_at=NOON) is is_in_time


def _check(occurred_on: date, *, deadline: int | None = 30, closed: int = 0) -> None:
    check_day(occurred_on, today=TODAY, deadline_days=deadline, closed_through=closed)


def test_an_act_of_thirty_days_ago_is_claimed_and_one_of_thirty_one_is_too_late() -> None:
    _check(TODAY - timedelta(days=30))
    with pytest.raises(ClaimTooLate) as late:
        _check(TODAY - timedelta(days=31))
    assert late.value.deadline_days == 30


def test_the_committee_has_no_deadline_but_the_closed_year() -> None:
    _check(TODAY - timedelta(days=200), deadline=None)
    with pytest.raises(YearClosed):
        _check(date(2025, 12, 31), deadline=None, closed=2025)


def test_today_is_claimed_and_tomorrow_is_not() -> None:
    _check(TODAY)
    with pytest.raises(ActInFuture):
        _check(TODAY + timedelta(days=1))


def test_a_closed_year_takes_nothing_even_within_the_deadline() -> None:
    january = date(2026, 1, 5)
    check_day(date(2025, 12, 31), today=january, deadline_days=30, closed_through=2024)
    with pytest.raises(YearClosed) as closed:
        check_day(date(2025, 12, 31), today=january, deadline_days=30, closed_through=2025)
    assert closed.value.year == 2025


def test_the_award_of_a_claim_has_a_key_of_its_own() -> None:
    assert a_claim(23).award_cause == "claim:2026:23:award"
