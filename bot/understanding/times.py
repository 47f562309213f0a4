"""Find when something happened (发生时间); claims look back, a day named ahead stays so."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.understanding.numerals import CHINESE, whole_of
from bot.understanding.reading import Occurred

_AHEAD: Final = 183
"""Days: a month and day further ahead than this means last year."""
_CLOCK: Final = (
    rf"\s*(?:\d{{1,2}}|[{CHINESE}]{{1,3}})(?:点(?:半|钟|\d{{1,2}}分?)?(?!\d*[个小分])|:\d\d)"
)
_DAYPART: Final = (
    r"(?:\s*(?:一早|清早|大清早|凌晨|早上|早晨|上午|中午|下午|傍晚|夜里向|夜里|晚上|夜晚|当晚|晚|早))?"
    rf"(?:{_CLOCK}(?:\s*[-~到至]\s*{_CLOCK})?)?"
)
_N: Final = rf"(?:\d{{1,4}}|[{CHINESE}]{{1,4}})"
_WEEKDAYS: Final = {day: n % 7 for n, day in enumerate("一二三四五六日1234567")} | {"天": 6}
_NEAR: Final = {
    "大前天": -3, "大前日": -3, "前天": -2, "前日": -2, "前晚": -2, "昨天": -1, "昨日": -1,
    "昨晚": -1, "昨夜": -1, "昨早": -1, "昨儿": -1, "今天": 0, "今日": 0, "今早": 0, "今朝": 0,
    "今晨": 0, "今晚": 0, "今儿": 0, "当天": 0, "刚才": 0, "刚刚": 0, "方才": 0, "明天": 1,
    "明朝": 1, "明日": 1, "后天": 2, "大后天": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timed:
    """When, and the text without the words that said so."""

    occurred: Occurred
    rest: str


def find_time(text: str, today: date) -> Timed | None:
    """Return the first day named in the text, the most exact form first; None if there is none.

    ``上周三`` is the Wednesday of last week (weeks are Monday to Sunday), a
    bare ``周三`` the latest one not after today; ``3号`` counts only with 那天,
    a month before it, or alone at the start of a clause.
    """
    for pattern, day_of in _FORMS:
        for found in pattern.finditer(text):
            day = _day(day_of, found, today)
            if day is None:
                continue
            rest = text[: found.start()] + " " + text[found.end() :]
            words = re.sub(r"那天|那日|的\Z", "", found[0]).strip(" ,、的")
            return Timed(Occurred(words, day), rest)
    return None


def _day(
    day_of: Callable[[re.Match[str], date], date | None], found: re.Match[str], today: date
) -> date | None:
    """Return the day of a match; None for a day that no calendar has."""
    try:
        return day_of(found, today)
    except (ValueError, OverflowError):
        return None


def _number(text: str) -> int:
    """Return a whole numeral.

    Raises:
        ValueError: It is none.

    """
    value = whole_of(text)
    if value is None:
        raise ValueError(text)
    return value


def _full(found: re.Match[str], _today: date) -> date:
    """Read 2026-09-03 and 2026年9月3日."""
    return date(int(found["y"]), _number(found["m"]), _number(found["d"]))


def _month_day(found: re.Match[str], today: date) -> date:
    """Read 9月3号; far ahead of today it was last year."""
    day = date(today.year, _number(found["m"]), _number(found["d"]))
    if (day - today).days > _AHEAD:
        return day.replace(year=today.year - 1)
    return day


def _near(found: re.Match[str], today: date) -> date:
    """Read 昨天, 前天, 今早, 刚才."""
    return today + timedelta(days=_NEAR[found["near"]])


def _days_ago(found: re.Match[str], today: date) -> date:
    """Read 三天前."""
    return today - timedelta(days=_number(found["n"]))


def _weekday(found: re.Match[str], today: date) -> date:
    """Read 周三, 上周三, 上上周三, 这周三, 下周三."""
    weekday = _WEEKDAYS[found["day"]]
    monday = today - timedelta(days=today.weekday())
    which = found["which"] or ""
    if not which:
        day = monday + timedelta(days=weekday)
        return day if day <= today else day - timedelta(days=7)
    weeks = {"上": -1, "下": 1}.get(which[0], 0) * (which.count("上") or 1)
    return monday + timedelta(days=weekday + 7 * weeks)


def _day_of_other_month(found: re.Match[str], today: date) -> date:
    """Read 上个月20号, 这个月3号."""
    back = found["month"].count("上")
    index = today.year * 12 + today.month - 1 - back
    return date(index // 12, index % 12 + 1, _number(found["d"]))


def _day_only(found: re.Match[str], today: date) -> date:
    """Read 3号那天: the latest 3rd not after today."""
    number = _number(found["d"])
    if number <= today.day:
        return today.replace(day=number)
    index = today.year * 12 + today.month - 2
    return date(index // 12, index % 12 + 1, number)


_NAMELIKE: Final = r"(?![强伟明军华平芳英刚勇林根弟妹哥嫂叔伯婶])"
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...]] = (
    (
        re.compile(
            rf"(?<!\d)(?P<y>20\d\d)\s*[-./年]\s*(?P<m>\d{{1,2}})\s*[-./月]\s*"
            rf"(?P<d>\d{{1,2}})(?!\d)\s*[日号]?{_DAYPART}"
        ),
        _full,
    ),
    (
        re.compile(rf"(?P<month>上+个?月|[这本]个?月)\s*(?P<d>{_N})\s*[日号]{_DAYPART}"),
        _day_of_other_month,
    ),
    (
        re.compile(
            rf"(?<!\d)(?P<m>{_N})\s*月\s*(?P<d>{_N})\s*(?:[日号]|(?!\d|个|[份天]))(?:那天)?{_DAYPART}"
        ),
        _month_day,
    ),
    (
        re.compile(
            rf"(?<![\d/.])(?P<m>1[0-2]|0?[1-9])/(?P<d>3[01]|[12]\d|0?[1-9])(?![\d/.]){_DAYPART}"
        ),
        _month_day,
    ),
    (
        re.compile(
            r"(?P<which>上+个?|[这本]个?|下个?)(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-7])(?!\d)"
            rf"(?:那天)?{_DAYPART}"
        ),
        _weekday,
    ),
    (re.compile(rf"(?P<near>{'|'.join(_NEAR)}){_DAYPART}"), _near),
    (re.compile(rf"(?P<n>{_N})\s*[天日]\s*(?:之前|以前|前){_DAYPART}"), _days_ago),
    (
        re.compile(
            r"(?P<which>)(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-7])(?!\d)"
            rf"{_NAMELIKE}(?:那天)?{_DAYPART}"
        ),
        _weekday,
    ),
    (re.compile(rf"(?<![\d月组队栋])(?P<d>{_N})\s*[日号](?:那天|那日){_DAYPART}"), _day_only),
    (re.compile(rf"(?:\A|(?<=[,。;\n的]))\s*(?P<d>{_N})\s*[日号](?=\s|\Z){_DAYPART}"), _day_only),
)
