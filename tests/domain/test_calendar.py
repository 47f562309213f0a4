"""Working days: weekends and holidays are stepped over."""

from datetime import date

from domain.calendar import (
    last_working_day,
    working_days_after,
    working_days_before,
    working_days_between,
)
from domain.period import Month

HOLIDAYS = {date(2026, 10, day) for day in range(1, 8)}


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def test_the_last_working_day_lies_before_a_weekend() -> None:
    assert last_working_day(Month(2026, 8), is_working) == date(2026, 8, 31)
    assert last_working_day(Month(2026, 10), is_working) == date(2026, 10, 30)


def test_a_month_of_holidays_ends_on_its_last_day() -> None:
    assert last_working_day(Month(2026, 2), lambda _: False) == date(2026, 2, 28)


def test_days_before_and_after_step_over_weekends_and_holidays() -> None:
    assert working_days_before(date(2026, 8, 31), 0, is_working) == date(2026, 8, 31)
    assert working_days_before(date(2026, 8, 31), 1, is_working) == date(2026, 8, 28)
    assert working_days_after(date(2026, 9, 30), 1, is_working) == date(2026, 10, 8)


def test_days_between_count_the_end_but_not_the_start() -> None:
    assert working_days_between(date(2026, 9, 30), date(2026, 10, 9), is_working) == 2
    assert working_days_between(date(2026, 9, 30), date(2026, 9, 30), is_working) == 0
    assert working_days_between(date(2026, 9, 30), date(2026, 9, 1), is_working) == 0
