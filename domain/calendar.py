"""Working days (工作日): counted with whatever calendar of holidays is given."""

from collections.abc import Callable
from datetime import date, timedelta

from domain.period import Month

IsWorking = Callable[[date], bool]
"""Says whether a village day is a working day."""

_DAY = timedelta(days=1)


def last_working_day(month: Month, is_working: IsWorking) -> date:
    """Return the last working day of a month; its last day if it has none."""
    day = month.end - _DAY
    while day > month.first_day and not is_working(day):
        day -= _DAY
    return day if is_working(day) else month.end - _DAY


def working_days_before(day: date, count: int, is_working: IsWorking) -> date:
    """Return the working day ``count`` working days before ``day``; 0 is ``day`` itself."""
    return _walk(day, count, -_DAY, is_working)


def working_days_after(day: date, count: int, is_working: IsWorking) -> date:
    """Return the working day ``count`` working days after ``day``; 0 is ``day`` itself."""
    return _walk(day, count, _DAY, is_working)


def working_days_between(start: date, end: date, is_working: IsWorking) -> int:
    """Return how many working days lie after ``start`` up to and with ``end``; never negative."""
    days = (start + _DAY * n for n in range(1, (end - start).days + 1))
    return sum(1 for day in days if is_working(day))


def _walk(day: date, count: int, step: timedelta, is_working: IsWorking) -> date:
    assert count >= 0, count
    while count:
        day += step
        count -= is_working(day)
    return day
