"""The pace: gaps in a room, so many a minute in a room and for the account."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from schedules.pacing import Pace, PaceRules
from tests.builders import NOON

RULES = PaceRules(gap_seconds=(3.0, 6.0), per_room_minute=8, per_account_minute=15)


def _after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def _pace(jitter: float = 0.0) -> Pace:
    return Pace(RULES, jitter=lambda: jitter)


def test_a_room_waits_three_to_six_seconds_between_messages() -> None:
    for jitter, wait in ((0.0, 3), (0.5, 4.5), (1.0, 6)):
        pace = _pace(jitter)
        assert pace.may_go("room", now=NOON)
        pace.went("room", at=NOON)
        assert not pace.may_go("room", now=NOON + _after(wait - 0.1))
        assert pace.may_go("room", now=NOON + _after(wait))


def test_another_room_does_not_wait_for_this_one() -> None:
    pace = _pace()
    pace.went("room", at=NOON)
    assert pace.may_go("other", now=NOON)


def test_a_room_hears_at_most_eight_messages_a_minute() -> None:
    pace = _pace()
    for n in range(8):
        assert pace.may_go("room", now=NOON + _after(4 * n))
        pace.went("room", at=NOON + _after(4 * n))
    assert not pace.may_go("room", now=NOON + _after(59))
    assert pace.may_go("room", now=NOON + _after(60))


def test_an_account_says_at_most_fifteen_messages_a_minute() -> None:
    pace = _pace()
    for n in range(15):
        assert pace.may_go(f"room{n}", now=NOON)
        pace.went(f"room{n}", at=NOON)
    assert not pace.may_go("one more", now=NOON + _after(59))
    assert pace.may_go("one more", now=NOON + _after(60))


def test_what_goes_in_the_same_round_counts() -> None:
    pace = _pace()
    for n in range(13):
        pace.went(f"room{n}", at=NOON)
    assert pace.may_go("one more", now=NOON, beside=1)
    assert not pace.may_go("one more", now=NOON, beside=2)


def test_without_rules_everything_goes_at_once() -> None:
    pace = Pace(None)
    for _ in range(100):
        assert pace.may_go("room", now=NOON, beside=100)
        pace.went("room", at=NOON)


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0.0, 20.0)), max_size=80))
def test_the_limits_hold_in_every_minute(tries: list[tuple[int, float]]) -> None:
    pace = _pace()
    now, went = NOON, []
    for room, pause in tries:
        now += _after(pause)
        if pace.may_go(f"room{room}", now=now):
            pace.went(f"room{room}", at=now)
            went.append((room, now))
    for room, at in went:
        minute = [(r, t) for r, t in went if at <= t < at + _after(60)]
        assert len(minute) <= RULES.per_account_minute
        mine = [t for r, t in minute if r == room]
        assert len(mine) <= RULES.per_room_minute
        assert len(mine) < 2 or mine[1] - mine[0] >= _after(3)
