"""Lunar days, festivals and spans as villagers say them, on Wednesday 16 September 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.lunar import FESTIVALS, festival_day, lunar_day
from bot.understanding.lunar_years import LUNAR_YEARS
from bot.understanding.periods import find_period
from bot.understanding.times import find_time, find_times

TODAY = date(2026, 9, 16)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("八月初三", date(2026, 9, 13)),
        ("阴历八月初一", date(2026, 9, 11)),
        ("农历七月廿八", date(2026, 9, 9)),
        ("七夕节", date(2026, 8, 19)),
        ("正月十五", date(2026, 3, 3)),
        ("大年初一", date(2026, 2, 17)),
        ("除夕", date(2026, 2, 16)),
        ("清明", date(2026, 4, 5)),
        ("中秋", date(2026, 9, 25)),
        ("去年重阳", date(2025, 10, 29)),
        ("五一", date(2026, 5, 1)),
        ("腊月廿三", date(2026, 2, 10)),
        ("闰六月初一", date(2025, 7, 25)),
        ("八月十五号", date(2026, 8, 15)),
        ("9.8", date(2026, 9, 8)),
        ("上午", TODAY),
        ("昨日夜里向", date(2026, 9, 15)),
        ("两个礼拜前", date(2026, 9, 2)),
    ],
)
def test_days_as_they_are_said(text: str, day: date) -> None:
    timed = find_time(text, TODAY)
    assert timed is not None
    assert timed.occurred.date == day


@pytest.mark.parametrize(
    "text", ["2.5小时", "3组12号", "八一活动", "周三强", "二十一号可以", "1.5分"]
)
def test_what_only_looks_like_a_day(text: str) -> None:
    assert find_time(text, TODAY) is None


def test_a_span_of_days() -> None:
    timed = find_time("9月8号到9月10号三天都去", TODAY)
    assert timed is not None
    assert (timed.occurred.date, timed.occurred.date_to) == (date(2026, 9, 8), date(2026, 9, 10))


def test_several_days_in_their_order() -> None:
    days, rest = find_times("上周三和上周五都去护河", TODAY)
    assert [day.date for day in days] == [date(2026, 9, 9), date(2026, 9, 11)]
    assert "护河" in rest


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("国庆期间", date(2026, 10, 1), date(2026, 10, 7)),
        ("今年上半年", date(2026, 1, 1), date(2026, 6, 30)),
        ("上个礼拜", date(2026, 9, 7), date(2026, 9, 13)),
        ("最近三天", date(2026, 9, 14), TODAY),
        ("去年四季度", date(2025, 10, 1), date(2025, 12, 31)),
        ("十月份", date(2025, 10, 1), date(2025, 10, 31)),
        ("2025年8月", date(2025, 8, 1), date(2025, 8, 31)),
    ],
)
def test_spans_as_they_are_said(text: str, first: date, last: date) -> None:
    found = find_period(text, TODAY)
    assert found is not None
    assert (found.date, found.date_to) == (first, last)


def test_lunar_years_follow_each_other_without_a_gap() -> None:
    for year in sorted(LUNAR_YEARS)[:-1]:
        _, lengths, leap, _ = LUNAR_YEARS[year]
        first = date.fromisoformat(LUNAR_YEARS[year][0])
        following = date.fromisoformat(LUNAR_YEARS[year + 1][0])
        assert len(lengths) == (13 if leap else 12)
        assert (following - first).days == sum(30 if n == "1" else 29 for n in lengths)


@given(st.sampled_from(FESTIVALS), st.dates(date(2022, 1, 1), date(2058, 12, 31)))
def test_every_festival_has_a_day_that_is_near_or_past(name: str, today: date) -> None:
    day = festival_day(name, today)
    assert day is not None
    assert -400 <= (day - today).days <= 45


@given(st.integers(2019, 2060), st.integers(1, 12), st.integers(1, 29))
def test_a_lunar_day_lies_in_its_year(year: int, month: int, day: int) -> None:
    found = lunar_day(year, month, day)
    assert found is not None
    assert found.year in {year, year + 1}
