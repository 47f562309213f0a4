"""Days, months and quarters of the village: midnight is at 16:00 UTC."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.period import (
    Month,
    Quarter,
    day_start,
    effective_month,
    month_of,
    parse_month,
    village_day,
    village_time,
)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 3, 31, 15, 59, 59, 999_999, tzinfo=UTC), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 16, 0, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2026, 4, 1, 7, 59, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2024, 2, 28, 16, 0, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_the_village_day_begins_at_its_own_midnight(instant: datetime, day: date) -> None:
    assert village_day(instant) == day


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_day_starts_where_the_day_before_ends(day: date) -> None:
    start = day_start(day)
    assert village_day(start) == day
    assert village_time(start).hour == 0


def test_an_instant_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(AssertionError):
        village_day(datetime(2026, 3, 31, 12, 0))  # noqa: DTZ001 - that is the mistake


@pytest.mark.parametrize(
    ("month", "quarter"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3), (10, 4), (12, 4)]
)
def test_a_month_belongs_to_its_quarter(month: int, quarter: int) -> None:
    assert Month(2026, month).quarter == Quarter(2026, quarter)
    assert Month(2026, month) in Quarter(2026, quarter).months


def test_a_month_ends_where_the_next_begins() -> None:
    assert Month(2026, 2).end == Month(2026, 3).first_day
    assert Month(2026, 12).end == date(2027, 1, 1)


def test_the_quarter_before_the_first_is_the_last_of_the_year_before() -> None:
    assert Quarter(2026, 1).previous() == Quarter(2025, 4)
    assert Quarter(2026, 3).previous() == Quarter(2026, 2)


@given(st.dates())
def test_a_month_reads_back_as_it_was_written(day: date) -> None:
    assert parse_month(str(month_of(day))) == month_of(day)


def test_months_sort_by_time() -> None:
    assert max(Month(2026, 9), Month(2025, 12), Month(2026, 10)) == Month(2026, 10)


Q1, Q4 = Quarter(2026, 1), Quarter(2025, 4)


@pytest.mark.parametrize(
    ("occurred_on", "today", "published", "month"),
    [
        (date(2026, 3, 30), date(2026, 4, 2), frozenset(), Month(2026, 3)),
        (date(2026, 3, 30), date(2026, 4, 2), frozenset({Q1}), Month(2026, 4)),
        (date(2026, 4, 1), date(2026, 4, 2), frozenset({Q1}), Month(2026, 4)),
        (date(2025, 12, 30), date(2026, 1, 5), frozenset(), Month(2025, 12)),
        (date(2025, 12, 30), date(2026, 1, 5), frozenset({Q4}), Month(2025, 12)),
        (date(2025, 11, 2), date(2026, 1, 5), frozenset({Q4}), Month(2025, 12)),
    ],
)
def test_an_act_counts_when_it_was_done_until_that_quarter_is_published(
    occurred_on: date, today: date, published: frozenset[Quarter], month: Month
) -> None:
    assert effective_month(occurred_on, today=today, published=published) == month


@given(occurred_on=st.dates(date(2025, 1, 1), date(2026, 12, 31)), is_published=st.booleans())
def test_an_act_never_counts_in_another_year(*, occurred_on: date, is_published: bool) -> None:
    quarter = month_of(occurred_on).quarter
    published = frozenset({quarter}) if is_published else frozenset[Quarter]()
    month = effective_month(occurred_on, today=date(2026, 12, 31), published=published)
    assert month.year == occurred_on.year
