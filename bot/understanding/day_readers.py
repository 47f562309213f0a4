"""Read the day out of what a form of time found (日子): each raises ValueError for none."""

import re
from datetime import date, timedelta
from typing import Final

from bot.understanding.day_words import NEAR, WEEKDAYS
from bot.understanding.lunar import festival_day, lunar_day_alone
from bot.understanding.numerals import whole_of

_AHEAD: Final = 183
"""Days: a month and day further ahead than this means last year."""
_LATELY: Final = 62
"""Days that 9-3 may be past."""


def number(text: str) -> int:
    """Return a whole numeral.

    Raises:
        ValueError: It is none.

    """
    value = whole_of(text)
    if value is None:
        raise ValueError(text)
    return value


def full(found: re.Match[str], today: date) -> date:
    """Read 2026-09-03, 2026年9月3日 and 去年12月31日."""
    return date(int(found["y"] or today.year - 1), number(found["m"]), number(found["d"]))


def month_day(found: re.Match[str], today: date) -> date:
    """Read 9月3号; far ahead of today it was last year."""
    day = date(today.year, number(found["m"]), number(found["d"]))
    if (day - today).days > _AHEAD:
        return day.replace(year=today.year - 1)
    return day


def hyphened(found: re.Match[str], today: date) -> date:
    """Read 9-3, which may be a span of other things as well: only a day lately past is meant.

    Raises:
        ValueError: It is too long ago, or still to come.

    """
    day = month_day(found, today)
    if not 0 <= (today - day).days <= _LATELY:
        raise ValueError(found[0])
    return day


def near(found: re.Match[str], today: date) -> date:
    """Read 昨天, 前天, 今早, 刚才."""
    return today + timedelta(days=NEAR[found["near"]])


def days_ago(found: re.Match[str], today: date) -> date:
    """Read 三天前."""
    return today - timedelta(days=number(found["n"]))


def weekday(found: re.Match[str], today: date) -> date:
    """Read 周三, 上周三, 上上周三, 这周三, 下周三."""
    weekday = WEEKDAYS[found["day"]]
    monday = today - timedelta(days=today.weekday())
    which = found["which"] or ""
    if not which:
        day = monday + timedelta(days=weekday)
        return day if day <= today else day - timedelta(days=7)
    weeks = {"上": -1, "前": -1, "下": 1}.get(which[0], 0) * (which.count("上") or 1)
    return monday + timedelta(days=weekday + 7 * weeks)


def day_of_other_month(found: re.Match[str], today: date) -> date:
    """Read 上个月20号, 这个月3号."""
    back = found["month"].count("上") - found["month"].count("下")
    index = today.year * 12 + today.month - 1 - back
    return date(index // 12, index % 12 + 1, number(found["d"]))


def day_only(found: re.Match[str], today: date) -> date:
    """Read 3号那天: the latest 3rd not after today."""
    return latest_day(number(found["d"]), today)


def latest_day(number: int, today: date) -> date:
    """Return the latest day of a month with this number that is not after today."""
    if number <= today.day:
        return today.replace(day=number)
    index = today.year * 12 + today.month - 2
    return date(index // 12, index % 12 + 1, number)


def festival(found: re.Match[str], today: date) -> date | None:
    """Read 七夕节, 国庆, 去年重阳."""
    day = festival_day(found["festival"], today)
    if day and found["year"] and day.year == today.year:
        return festival_day(found["festival"], today.replace(year=today.year - 1, month=12, day=31))
    return day


def lunar_alone(found: re.Match[str], today: date) -> date | None:
    """Read 初五, 廿三."""
    return lunar_day_alone(found["alone"], today)


def festival_of(found: re.Match[str], today: date) -> date | None:
    """Read 大雪那天, 小满节气."""
    return festival_day(found["festival"], today)


def today(_found: re.Match[str], today: date) -> date:
    """Read 上午 and 中午 by themselves."""
    return today


def weeks_ago(found: re.Match[str], today: date) -> date:
    """Read 一个礼拜前."""
    return today - timedelta(days=7 * number(found["n"]))
