"""Lunar days and festivals (农历, 节日) as days of the calendar, by the generated table."""

import re
from datetime import date, timedelta
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.lunar_years import LUNAR_YEARS
from bot.understanding.numerals import whole_of

_LONG_MONTH: Final = 30
_MONTHS: Final = {"正": 1, "冬": 11, "腊": 12}
_LAST_MONTH: Final = 12
_SOON: Final = 20
"""Days: a lunar day further ahead than this means last year's."""
_AHEAD: Final = 45
"""Days: a festival further ahead than this means last year's."""

SOLAR_FESTIVALS: Final = {
    "元旦": (1, 1), "三八节": (3, 8), "三八妇女节": (3, 8), "妇女节": (3, 8), "植树节": (3, 12),
    "学雷锋日": (3, 5), "雷锋日": (3, 5), "五一节": (5, 1), "五一": (5, 1), "劳动节": (5, 1),
    "五四": (5, 4), "青年节": (5, 4), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "建党节": (7, 1),
    "八一建军节": (8, 1), "建军节": (8, 1), "八一": (8, 1), "教师节": (9, 10), "国庆节": (10, 1),
    "国庆": (10, 1), "圣诞": (12, 25), "公祭日": (12, 13),
}  # fmt: skip
LUNAR_FESTIVALS: Final = {
    "春节": (1, 1), "大年初一": (1, 1), "年初一": (1, 1), "年初二": (1, 2), "年初三": (1, 3),
    "年初四": (1, 4), "年初五": (1, 5), "年初六": (1, 6), "年初七": (1, 7), "正月半": (1, 15),
    "元宵": (1, 15), "元宵节": (1, 15), "端午": (5, 5), "端午节": (5, 5), "端阳": (5, 5),
    "七夕": (7, 7), "七夕节": (7, 7), "七月半": (7, 15), "中元节": (7, 15), "八月半": (8, 15),
    "中秋": (8, 15), "中秋节": (8, 15), "重阳": (9, 9), "重阳节": (9, 9), "腊八": (12, 8),
    "腊八节": (12, 8), "小年夜": (12, 29), "小年": (12, 23),
}  # fmt: skip
SOLAR_TERMS: Final = ["小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至"]  # fmt: skip
"""From January on, two a month; the table has a digit for each: its day, of the second less 15."""
_TERMS: Final = {f"{name}{end}": n for n, name in enumerate(SOLAR_TERMS) for end in ("", "节")}
_WEATHER: Final = ("小寒", "大寒", "雨水", "小暑", "大暑", "小雪", "大雪", "小满")
"""Without 节 or 那天 these are weather, or somebody's name."""
_OTHERS: Final = ("除夕", "大年夜", "年三十", "大年三十")
_NAMED_DAYS: Final = (*(name for name in _TERMS if name not in _WEATHER), *_OTHERS)
FESTIVALS: Final = tuple(
    sorted((*SOLAR_FESTIVALS, *LUNAR_FESTIVALS, *_NAMED_DAYS), key=len, reverse=True)
)
LUNAR_DAY: Final = deferred(
    r"(?P<mark>农历|阴历|旧历|老历)?(?P<leap>闰)?(?P<m>[正冬腊一二三四五六七八九十]{1,2})月"
    r"(?P<d>初[一二三四五六七八九十]|[十廿卅][一二三四五六七八九]|二十[一二三四五六七八九]?|三?十|廿)(?![日号一二三四五六七八九十天个]|\s*[到至~-]\s*(?:[一二三四五六七八九十廿]{1,3}|\d{1,2})[日号])"
)
"""八月初三, 农历七月廿八, 八月十五; with 日 or 号 it is a day of the calendar."""
DAY_ALONE: Final = (
    r"(?<![月年大读上念了])(?P<alone>初[一二三四五六七八九十]|廿[一二三四五六七八九])"
    r"(?![中级次步衷学年班的同生一二三四五六七八九十]|\s*(?:[个斤元块次趟袋张只件条瓶桶包户人分]|公斤|小时|钟|毫升))"
)
"""初五 by itself; 初三学生 and 读初一 are school."""
_PLAIN: Final = deferred(r"(?![正冬腊])(?!(?:八|七|一)十五)[^初廿]+")
"""九月十二 without 农历 is said of the calendar; 八月十五 and 正月二十 are not."""


def lunar_day(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """Return the day of the calendar of a lunar day; None outside the table or the month.

    ``(2026, 8, 15)`` is 25 September 2026.
    """
    known = LUNAR_YEARS.get(year)
    if known is None or not 1 <= month <= _LAST_MONTH:
        return None
    first, lengths, leap_month, _ = known
    if leap and leap_month != month:
        return None
    position = month - 1 + (1 if leap_month and month > leap_month else 0)
    position += leap
    days = [_LONG_MONTH if length == "1" else _LONG_MONTH - 1 for length in lengths]
    if not 1 <= day <= days[position]:
        return None
    return date.fromisoformat(first) + timedelta(days=sum(days[:position]) + day - 1)


def read_lunar(found: re.Match[str], today: date) -> date | None:
    """Return the day of a ``LUNAR_DAY``, the latest one not after today."""
    if not found["mark"] and _PLAIN.fullmatch(found["m"] + found["d"]):
        return None
    month = _MONTHS.get(found["m"]) or whole_of(found["m"])
    words = found["d"].removeprefix("初")
    day = whole_of(words)
    if month is None or day is None:
        return None
    every = (lunar_day(y, month, day, leap=bool(found["leap"])) for y in _years(today))
    return _latest([at for at in every if at], today, ahead=_SOON)


def festival_day(name: str, today: date) -> date | None:
    """Return the day of a festival: the latest, or this year's if it is near ahead."""
    if name in SOLAR_FESTIVALS:
        month, day = SOLAR_FESTIVALS[name]
        every: list[date | None] = [date(y, month, day) for y in _years(today)]
    elif name in LUNAR_FESTIVALS:
        month, day = LUNAR_FESTIVALS[name]
        every = [lunar_day(y, month, day) for y in _years(today)]
    elif name in _TERMS:
        every = [_term(y, _TERMS[name]) for y in _years(today) if y in LUNAR_YEARS]
    else:
        firsts = [lunar_day(y + 1, 1, 1) for y in _years(today)]
        every = [at - timedelta(days=1) if at else None for at in firsts]
    return _latest([at for at in every if at], today, ahead=_AHEAD)


def _term(year: int, number: int) -> date:
    """Return the day of a solar term of a year in the table."""
    return date(year, number // 2 + 1, int(LUNAR_YEARS[year][3][number]) + 15 * (number % 2))


def lunar_day_alone(words: str, today: date) -> date | None:
    """Return the latest day that 初五 or 廿三 by itself may be, not after today."""
    number = whole_of(words.removeprefix("初"))
    if number is None:
        return None
    every = (
        lunar_day(year, month, number, leap=leap)
        for year in _years(today)
        for month in range(1, _LAST_MONTH + 1)
        for leap in (False, True)
    )
    return _latest([day for day in every if day], today, ahead=0)


def _years(today: date) -> tuple[int, ...]:
    """Return the years a day may lie in."""
    return (today.year - 2, today.year - 1, today.year, today.year + 1)


def _latest(days: list[date], today: date, *, ahead: int) -> date | None:
    """Return the latest of the days that is at most so far ahead."""
    return max((day for day in days if (day - today).days <= ahead), default=None)
