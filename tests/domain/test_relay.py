"""Carrying by hand: after ten minutes of silence, and only what certainly did not go out."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.mail import OUTBOX_STEPS, OutboxAction, OutboxState, states_before
from domain.relay import (
    HAND,
    SaidWhen,
    Silence,
    check_said,
    hand_contact,
    is_away,
    is_by_hand,
    is_gone,
    person_by_hand,
    silences,
)
from tests.builders import NOON

SECOND = timedelta(seconds=1)
seconds = st.integers(0, 100_000).map(lambda n: timedelta(seconds=n))


@pytest.mark.parametrize(
    ("silent", "away"),
    [
        (timedelta(0), False),
        (timedelta(minutes=10) - SECOND, False),
        (timedelta(minutes=10), True),
        (timedelta(days=40), True),
    ],
)
def test_after_ten_minutes_of_silence_people_carry(silent: timedelta, *, away: bool) -> None:
    assert is_away(NOON - silent, now=NOON) is away


@pytest.mark.parametrize(
    ("silent", "gone"), [(timedelta(days=1) - SECOND, False), (timedelta(days=1), True)]
)
def test_the_rooms_of_an_account_are_given_up_after_a_day(silent: timedelta, *, gone: bool) -> None:
    assert is_gone(NOON - silent, now=NOON) is gone
    assert is_gone(None, now=NOON)


def test_what_no_account_serves_is_carried_by_hand_from_the_start() -> None:
    assert is_away(None, now=NOON)
    assert silences({HAND: None}, now=NOON) == (Silence(HAND, None),)


@given(seconds, seconds)
def test_an_account_that_is_away_stays_away_until_it_is_heard(
    silent: timedelta, later: timedelta
) -> None:
    if is_away(NOON - silent, now=NOON):
        assert is_away(NOON - silent, now=NOON + later)


def test_accounts_that_are_away_are_told_by_name_with_their_last_sign() -> None:
    long_ago = NOON - timedelta(hours=2)
    seen = {"wechaty:b": long_ago, "wechaty:a": NOON, HAND: None}
    assert silences(seen, now=NOON) == (Silence(HAND, None), Silence("wechaty:b", long_ago))


@pytest.mark.parametrize("back", [-SECOND, timedelta(days=7) + SECOND])
def test_nothing_was_said_ahead_or_more_than_a_week_ago(back: timedelta) -> None:
    with pytest.raises(SaidWhen):
        check_said(NOON - back, now=NOON)


@pytest.mark.parametrize("back", [timedelta(0), timedelta(days=7)])
def test_what_was_said_within_a_week_is_brought_in(back: timedelta) -> None:
    check_said(NOON - back, now=NOON)


def test_people_reached_by_hand_are_told_apart_by_village() -> None:
    assert hand_contact(1, "p12") != hand_contact(2, "p12")
    assert is_by_hand(hand_contact(1, "p12"))
    assert person_by_hand(hand_contact(1, "p12")) == 12
    assert person_by_hand(hand_contact(1, "x3f")) is None
    assert not is_by_hand("wxid_1")
    assert not is_by_hand(None)


def test_a_person_carries_only_what_certainly_did_not_go_out() -> None:
    assert states_before(OUTBOX_STEPS, OutboxAction.RELAY) == (
        OutboxState.QUEUED,
        OutboxState.DEAD,
    )


def test_no_account_begins_or_confirms_what_was_carried() -> None:
    for action in (OutboxAction.BEGIN, OutboxAction.CONFIRM, OutboxAction.RETRY):
        assert OutboxState.RELAYED not in states_before(OUTBOX_STEPS, action)
