"""Honours: about one in twenty, never half of a tie, never a barred household."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.honours import ONE_IN, award_cut, candidates, year_award
from domain.membership import HouseholdId
from domain.points import Points

totals = st.dictionaries(
    st.integers(1, 400).map(HouseholdId), st.integers(-20, 60).map(Points), min_size=1, max_size=120
)


@pytest.mark.parametrize(
    ("sizes", "of", "cut"),
    [
        ([1] * 100, 100, 5),
        ([1, 1, 1, 1, 6], 100, 4),  # 4 lies one away from 5, 10 lies five away
        ([1, 1, 1, 4], 100, 3),  # 3 and 7 are equally near: the smaller
        ([1, 1, 3, 3], 100, 5),
        ([4, 2], 100, 4),  # 4 and 6 are equally near: the smaller
        ([30, 1], 100, 30),  # who shares the first place is always honoured
        ([1] * 8, 8, 1),
        ([1], 1, 1),
        ([], 0, 0),
        ([1] * 1000, 1000, 50),
        ([1] * 30, 30, 1),  # 1.5: 1 and 2 are equally near
    ],
)
def test_the_cut_is_the_one_nearest_to_five_percent(sizes: list[int], of: int, cut: int) -> None:
    assert award_cut(sizes, of=of) == cut


def test_barred_households_count_as_taking_part_and_the_next_one_moves_up() -> None:
    hundred = {HouseholdId(n): Points(1000 - n) for n in range(1, 101)}
    found = year_award(hundred, barred={HouseholdId(1)})
    assert [one.household for one in found] == [2, 3, 4, 5, 6]
    assert [one.place for one in found] == [1, 2, 3, 4, 5]


def test_nobody_without_points_is_honoured() -> None:
    assert year_award({HouseholdId(1): Points(0), HouseholdId(2): Points(-5)}) == ()


@given(totals, st.data())
def test_the_award_splits_no_tie_and_holds_no_barred_household(
    totals: dict[HouseholdId, Points], data: st.DataObject
) -> None:
    barred = data.draw(st.sets(st.sampled_from(sorted(totals))))
    found = year_award(totals, barred=barred)
    honoured = {one.household for one in found}
    assert not honoured & barred
    lowest = min((one.points for one in found), default=None)
    for household, points in totals.items():
        if lowest is not None and household not in barred and points >= lowest:
            assert household in honoured


@given(totals)
def test_no_other_cut_without_a_split_tie_is_nearer(totals: dict[HouseholdId, Points]) -> None:
    found = year_award(totals)
    if not found:
        return
    placed = sorted((p for p in totals.values() if p > 0), reverse=True)
    cuts = [n for n in range(1, len(placed) + 1) if n == len(placed) or placed[n - 1] != placed[n]]
    distances = {n: abs(n * ONE_IN - len(totals)) for n in cuts}
    best = min(distances.values())
    assert len(found) == min(n for n in cuts if distances[n] == best)


@given(totals, st.integers(1, 20), st.data())
def test_candidates_are_the_best_and_all_who_tie_with_the_last(
    totals: dict[HouseholdId, Points], wanted: int, data: st.DataObject
) -> None:
    barred = data.draw(st.sets(st.sampled_from(sorted(totals))))
    found = candidates(totals, wanted, barred=barred)
    able = [p for h, p in totals.items() if h not in barred and p > 0]
    assert len(found) >= min(wanted, len(able))
    if len(found) > wanted:
        assert found[-1].points == found[wanted - 1].points
    assert not {one.household for one in found} & barred
