"""Laws of scoring: caps hold in any order, hours bring less and less."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.period import month_of
from domain.points import Points, whole
from domain.rulebook import Item
from domain.scoring import Earlier, Measure, Used, within_caps, worth
from tests.domain.test_scoring import CAPPED, FINED, HOURS, some


@dataclass
class Household:
    """Approves claims one after another, as the desk does."""

    item: Item
    category_cap: Points | None = None
    given: list[tuple[date, Points]] = field(default_factory=list)

    def used(self, day: date) -> Used:
        month = month_of(day)
        year = Points(sum(p for d, p in self.given if d.year == day.year))
        quarter = sum(p for d, p in self.given if month_of(d).quarter == month.quarter)
        in_month = sum(p for d, p in self.given if month_of(d) == month)
        return Used(Points(in_month), Points(quarter), year, year)

    def approve(self, day: date, points: Points) -> Points:
        so_far = self.used(day)
        cut = within_caps(points, item=self.item, used=so_far, category_cap=self.category_cap)
        self.given.append((day, cut.points))
        return cut.points

    def total(self) -> int:
        return sum(points for _, points in self.given)


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
CLAIMS = st.lists(st.tuples(DAYS, st.integers(1, 80)), max_size=30)


@given(claims=CLAIMS, category_cap=st.integers(0, 400), order=st.randoms())
def test_caps_hold_and_the_sum_is_the_same_in_any_order_of_approvals(
    claims: list[tuple[date, int]], category_cap: int, order: object
) -> None:
    totals = []
    for _ in range(2):
        house = Household(CAPPED, Points(category_cap))
        for day, points in claims:
            house.approve(day, Points(points))
            so_far = house.used(day)
            assert so_far.month <= whole(4)
            assert so_far.quarter <= whole(12)
            assert so_far.year <= min(whole(30), category_cap)
        totals.append(house.total())
        order.shuffle(claims)  # type: ignore[attr-defined]
    assert totals[0] == totals[1]


@given(claims=CLAIMS)
def test_deductions_never_exceed_their_caps(claims: list[tuple[date, int]]) -> None:
    house = Household(FINED)
    for day, points in claims:
        assert house.approve(day, Points(-points)) <= 0
        so_far = house.used(day)
        assert so_far.month >= whole(-10)
        assert so_far.quarter >= whole(-15)
        assert so_far.year >= whole(-20)


@given(
    points=st.integers(-900, 900), spent=st.lists(st.integers(-400, 400), min_size=4, max_size=4)
)
def test_a_cut_never_gives_more_than_the_act_nor_turns_its_sign(
    points: int, spent: list[int]
) -> None:
    so_far = Used(*(Points(p) for p in spent))
    what = FINED if points < 0 else CAPPED
    cut = within_caps(Points(points), item=what, used=so_far, category_cap=whole(130))
    assert abs(cut.points) <= abs(points)
    assert cut.points * points >= 0
    assert (cut.bound is None) == (cut.points == points)


@given(splits=st.lists(st.integers(1, 48), min_size=1, max_size=20))
def test_splitting_volunteer_hours_changes_nothing(splits: list[int]) -> None:
    hours, points = Decimal(0), 0
    for halves in splits:
        now = Decimal(halves) / 2
        points += worth(HOURS, Measure(quantity=now), earlier=Earlier(hours=hours))
        hours += now
    halves = sum(splits)
    first, second, rest = min(halves, 40), min(max(halves - 40, 0), 120), max(halves - 160, 0)
    assert points == first * 10 + second * 5 + rest * 5 // 2


@given(hours=st.integers(0, 300), more=st.integers(1, 24))
def test_an_hour_never_brings_more_than_the_hour_before(hours: int, more: int) -> None:
    def brings(before: int) -> int:
        return worth(HOURS, some(str(more)), earlier=Earlier(hours=Decimal(before)))

    assert brings(hours) >= brings(hours + 1) > 0
