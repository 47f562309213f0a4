"""Participation: what counts, the goals, and what can never come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger import EntryKind
from domain.membership import HouseholdId
from domain.participation import FULL_PERCENT, Home, Share, award_change, participation
from domain.points import Points
from tests.builders import a_posting

homes = st.builds(
    Home,
    household=st.integers(1, 10_000).map(HouseholdId),
    group_no=st.integers(1, 9),
    is_star=st.booleans(),
    is_party=st.booleans(),
    is_enrolled=st.booleans(),
    takes_part=st.booleans(),
)


@given(st.lists(homes, max_size=60))
def test_never_more_than_all_take_part_and_the_groups_add_up(found: list[Home]) -> None:
    told = participation(found)
    for share in (told.every, told.stars, told.party, *(s for _, s in told.groups)):
        assert 0 <= share.taking_part <= share.eligible
        assert 0 <= share.permille <= 1000
        assert share.reaches(FULL_PERCENT) is (
            share.eligible > 0 and share.missing_to(FULL_PERCENT) == 0
        )
    assert sum(s.eligible for _, s in told.groups) == told.every.eligible == len(found)
    assert sum(s.taking_part for _, s in told.groups) == told.every.taking_part


@pytest.mark.parametrize(
    ("taking_part", "eligible", "permille", "is_reached", "missing"),
    [
        (8, 10, 800, True, 0),
        (799, 1000, 799, False, 1),
        (4, 6, 666, False, 1),
        (5, 6, 833, True, 0),
        (0, 0, 0, False, 0),
        (2, 3, 666, False, 1),
    ],
)
def test_the_goal_is_reached_by_whole_households_and_never_by_rounding(
    taking_part: int, eligible: int, permille: int, is_reached: object, missing: int
) -> None:
    share = Share(eligible, 0, taking_part)
    assert (share.permille, share.reaches(80), share.missing_to(80)) == (
        permille,
        is_reached,
        missing,
    )


@pytest.mark.parametrize(
    ("kind", "points", "change"),
    [
        (EntryKind.AWARD, 10, 1),
        (EntryKind.AWARD, 0, 1),
        (EntryKind.REVERSAL, -10, -1),
        (EntryKind.REVERSAL, 20, 0),  # a deduction taken back
        (EntryKind.DEDUCTION, -10, 0),
        (EntryKind.ADJUSTMENT, 5, 0),
        (EntryKind.REDEMPTION, -5, 0),
        (EntryKind.REFUND, 5, 0),
        (EntryKind.YEAR_CLOSE, -5, 0),
        (EntryKind.TRANSFER, 5, 0),
    ],
)
def test_only_awards_that_stand_count(kind: EntryKind, points: int, change: int) -> None:
    assert award_change(a_posting(kind=kind, points=Points(points))) == change
