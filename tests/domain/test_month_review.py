"""The month review: when a month may be confirmed, what is drawn, what stands out."""

import math
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.claim import ClaimKey, ClaimOrigin, ClaimState
from domain.membership import PersonId
from domain.month_review import (
    BULK_FROM,
    MonthNotOver,
    YearEndStays,
    bulks,
    by_category,
    check_over,
    months_open,
    next_month,
    recheck,
    recheck_seed,
)
from domain.period import Month
from domain.points import Points
from tests.builders import a_claim, an_act

AUGUST = Month(2026, 8)
keys = st.builds(ClaimKey, st.just(2026), st.integers(1, 10_000))
months = st.builds(Month, st.integers(2025, 2027), st.integers(1, 12))


@pytest.mark.parametrize(("today", "is_over"), [("2026-08-31", False), ("2026-09-01", True)])
def test_a_month_is_confirmed_only_when_it_is_over(today: str, *, is_over: bool) -> None:
    day = date.fromisoformat(today)
    if is_over:
        check_over(AUGUST, today=day)
    else:
        with pytest.raises(MonthNotOver):
            check_over(AUGUST, today=day)


def test_a_claim_moves_to_the_next_month_but_never_out_of_its_year() -> None:
    assert next_month(AUGUST, number=7, confirmed=frozenset()) == Month(2026, 9)
    assert next_month(Month(2026, 11), number=7, confirmed=frozenset()) == Month(2026, 12)
    with pytest.raises(YearEndStays) as refused:
        next_month(Month(2026, 12), number=7, confirmed=frozenset())
    assert (refused.value.number, refused.value.month) == (7, Month(2026, 12))


def test_a_month_that_is_confirmed_takes_no_claim_any_more() -> None:
    confirmed = frozenset({Month(2026, 9), Month(2026, 11), Month(2026, 12)})
    assert next_month(AUGUST, number=7, confirmed=confirmed) == Month(2026, 10)
    with pytest.raises(YearEndStays):
        next_month(Month(2026, 10), number=7, confirmed=confirmed)


@given(months, months, st.frozensets(months))
def test_every_month_of_a_span_is_open_unless_it_is_confirmed(
    first: Month, last: Month, confirmed: frozenset[Month]
) -> None:
    found = months_open(first, last, confirmed=confirmed)
    assert not confirmed & set(found)
    assert all(first <= month <= last for month in found)
    assert all(before < after for before, after in pairwise(found))
    span = max(0, (last.year - first.year) * 12 + last.month - first.month + 1)
    assert len(found) == span - len([m for m in confirmed if first <= m <= last])


def test_months_of_a_closed_year_are_done() -> None:
    found = months_open(Month(2025, 11), Month(2026, 2), confirmed=frozenset(), closed_through=2025)
    assert found == (Month(2026, 1), Month(2026, 2))


@given(st.lists(keys), st.text("0123456789abcdef", min_size=12, max_size=12))
def test_the_same_seed_draws_the_same_five_percent_and_at_least_three(
    awards: list[ClaimKey], seed: str
) -> None:
    known = set(awards)
    drawn = recheck(seed, awards)
    assert drawn == recheck(seed, reversed(awards))
    assert set(drawn) <= known
    assert len(drawn) == len(set(drawn)) == min(len(known), max(3, math.ceil(len(known) / 20)))


def test_another_month_village_or_head_gives_another_seed() -> None:
    seeds = {
        recheck_seed(1, AUGUST, "a"),
        recheck_seed(2, AUGUST, "a"),
        recheck_seed(1, Month(2026, 9), "a"),
        recheck_seed(1, AUGUST, "b"),
    }
    assert len(seeds) == 4
    assert recheck_seed(1, AUGUST, "a") in seeds


def _records(count: int, **changes: object) -> list[object]:
    values = {"origin": ClaimOrigin.RECORD, "state": ClaimState.APPROVED, "points": Points(50)}
    return [a_claim(n, **(values | changes)) for n in range(1, count + 1)]


def test_five_equal_records_of_a_day_are_pointed_out() -> None:
    [found] = bulks(_records(BULK_FROM))  # type: ignore[arg-type]
    assert (found.filer, found.numbers) == (PersonId(1), (1, 2, 3, 4, 5))
    assert bulks(_records(BULK_FROM - 1)) == ()  # type: ignore[arg-type]
    assert bulks(_records(9, origin=ClaimOrigin.CLAIM)) == ()  # type: ignore[arg-type]


def test_awards_are_added_up_by_category_without_deductions() -> None:
    claims = [
        a_claim(1, state=ClaimState.APPROVED, points=Points(10)),
        a_claim(2, state=ClaimState.APPROVED, points=Points(5)),
        a_claim(3, state=ClaimState.APPROVED, points=Points(20), act=an_act(item="D101")),
        a_claim(4, state=ClaimState.REJECTED),
        a_claim(5, state=ClaimState.APPROVED, points=Points(-20), origin=ClaimOrigin.DEDUCTION),
    ]
    told = [(s.category, s.count, s.points) for s in by_category(claims)]
    assert told == [("A", 2, 15), ("D", 1, 20)]
