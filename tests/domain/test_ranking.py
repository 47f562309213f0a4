"""The ranking: equal points share a place; a barred household is last and takes none."""

from hypothesis import given
from hypothesis import strategies as st

from domain.membership import HouseholdId
from domain.points import Points
from domain.ranking import rank

TOTALS = st.dictionaries(
    st.integers(1, 50).map(HouseholdId), st.integers(-20, 200).map(Points), max_size=30
)


def _places(points: list[int], *, barred: set[int] = frozenset()) -> list[int | None]:  # type: ignore[assignment]
    totals = {HouseholdId(n): Points(p) for n, p in enumerate(points, start=1)}
    return [s.place for s in rank(totals, barred={HouseholdId(b) for b in barred})]


def test_equal_points_share_a_place_and_the_next_is_skipped() -> None:
    assert _places([50, 40, 40, 30]) == [1, 2, 2, 4]
    assert _places([40, 40, 40]) == [1, 1, 1]
    assert _places([]) == []


def test_a_barred_household_is_listed_last_without_a_place() -> None:
    standings = rank(
        {HouseholdId(5): Points(90), HouseholdId(1): Points(10)}, barred={HouseholdId(5)}
    )
    assert [(s.household, s.points, s.place) for s in standings] == [(1, 10, 1), (5, 90, None)]


def test_barring_one_household_moves_the_others_up() -> None:
    assert _places([50, 40, 40, 30], barred={1}) == [1, 1, 3, None]


def test_ties_are_listed_in_the_same_order_every_time() -> None:
    one = rank({HouseholdId(2): Points(5), HouseholdId(1): Points(5)})
    other = rank({HouseholdId(1): Points(5), HouseholdId(2): Points(5)})
    assert one == other


@given(TOTALS, st.data())
def test_every_household_appears_once(
    totals: dict[HouseholdId, Points], data: st.DataObject
) -> None:
    barred = data.draw(st.sets(st.sampled_from(sorted(totals)))) if totals else set()
    standings = rank(totals, barred=barred)
    assert sorted(s.household for s in standings) == sorted(totals)
    assert {s.household for s in standings if s.place is None} == barred


@given(TOTALS)
def test_a_place_is_one_more_than_the_households_ahead(totals: dict[HouseholdId, Points]) -> None:
    for standing in rank(totals):
        ahead = sum(points > standing.points for points in totals.values())
        assert standing.place == ahead + 1
