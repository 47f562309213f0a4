"""Find a span of days (期间): 这个月, 8月份, 三季度, 7-9月, 今年."""

import re
from datetime import date, timedelta
from typing import Final

from bot.understanding.numerals import whole_of
from bot.understanding.reading import Occurred

_MONTHS: Final = 12
_QUARTER: Final = 3
_FORMS: Final = re.compile(
    r"(?P<this_month>这个?月|本月|当月)|(?P<last_month>上个?月)"
    r"|第?(?P<quarter>[一二三四1-4])季度|(?P<this_quarter>这个?季度?|本季度?)|(?P<last_quarter>上个?季度?)"
    r"|(?P<this_year>今年|本年度?)|(?P<last_year>去年|上年度?)"
    r"|(?P<low>\d{1,2})月?[-~到至](?P<high>\d{1,2})月份?|(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?!\d)"
)


def find_period(text: str, today: date) -> Occurred | None:
    """Return the span that the words name, inclusive; a month ahead of today was last year's."""
    found = _FORMS.search(text)
    if not found:
        return None
    months = _months(found, today)
    if months is None:
        return None
    first, last = months
    end = _first_day(last + 1) - timedelta(days=1)
    return Occurred(found[0], _first_day(first), end)


def _months(found: re.Match[str], today: date) -> tuple[int, int] | None:
    """Return the first and last month as counts of months."""
    this_year = today.year * _MONTHS
    now = this_year + today.month - 1
    quarter = this_year + (today.month - 1) // _QUARTER * _QUARTER
    spans = {
        "this_month": (now, now),
        "last_month": (now - 1, now - 1),
        "this_quarter": (quarter, quarter + 2),
        "last_quarter": (quarter - _QUARTER, quarter - 1),
        "this_year": (this_year, this_year + _MONTHS - 1),
        "last_year": (this_year - _MONTHS, this_year - 1),
    }
    kind = next((name for name in spans if found[name]), None)
    if kind:
        return spans[kind]
    if found["quarter"]:
        first = this_year + ((whole_of(found["quarter"]) or 1) - 1) * _QUARTER
        first -= _MONTHS if first > now else 0
        return first, first + 2
    low = whole_of(found["low"] or found["month"])
    high = whole_of(found["high"] or found["month"])
    if low is None or high is None or not 1 <= low <= high <= _MONTHS:
        return None
    back = _MONTHS if this_year + low - 1 > now else 0
    return this_year + low - 1 - back, this_year + high - 1 - back


def _first_day(month: int) -> date:
    """Return the first day of a count of months."""
    return date(month // _MONTHS, month % _MONTHS + 1, 1)
