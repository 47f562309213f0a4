"""The calendar of working days (工作日历): official holidays, as far as they are known."""

from datetime import date
from functools import cache

SATURDAY = 5


@cache
def is_working(day: date) -> bool:
    """Return whether a day is a working day in China, holidays and swapped days considered.

    A year whose holidays are not announced yet counts Monday to Friday.
    """
    import chinese_calendar  # noqa: PLC0415 - only the calendar's jobs need it

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY


def is_known(year: int) -> bool:
    """Return whether the official holidays of a year are known."""
    import chinese_calendar  # noqa: PLC0415 - as above

    try:
        chinese_calendar.is_workday(date(year, 12, 31))
    except NotImplementedError:
        return False
    return True
