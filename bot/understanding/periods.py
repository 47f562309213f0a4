"""Find a span of days (期间): 这个月, 8月份, 三季度, 7-9月, 今年, 国庆期间, 上个礼拜."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.lunar import FESTIVALS, festival_day
from bot.understanding.numerals import whole_of
from bot.understanding.reading import Occurred
from bot.understanding.times import find_time

_MONTHS: Final = 12
_QUARTER: Final = 3
_WEEK: Final = 7
_HOLIDAYS: Final = {"国庆": 7, "国庆节": 7, "十一": 7, "春节": 8, "五一": 5, "五一节": 5}
_N: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})"
_FORMS: Final = deferred(
    rf"(?P<festival>十一|{'|'.join(FESTIVALS)})(?:假期|期间|长假|放假)"
    rf"|(?P<since>(?<!\d){_N})月份?(?:\d{{1,2}}号)?(?:以来|开始|起|到(?:现在|今天|如今|目前)|至今)"
    r"|(?P<year_since>年初|开年|今年)(?:以来|开始|起|到(?:现在|今天|如今|目前)|至今)"
    r"|(?:最近|近|这|前)(?P<months>\d{1,2}|[一二两三四五六七八九十]|半年)(?:个月|(?<=半年))"
    r"|(?<![\d一二三四五六七八九十])(?P<list>[一二三四五六七八九]{2,4}|(?:1[0-2]|\d|[一二三四五六七八九])(?:月?[、,和跟 ](?:1[0-2]|\d|[一二三四五六七八九])){1,3})(?:[两二三四\d]个)?月份?(?!\d|[一二三四五六七八九十初廿])"
    rf"|(?:(?P<y>20\d\d|去年|今年)年?)?(?P<low>{_N})月?(?:份)?[-~—到至](?P<high>{_N})月份?"
    r"|(?P<this_month>这个?月|本月|当月|格个月|个?月头上)|(?P<last_month>上+个?月)"
    r"|(?:(?P<qy>20\d\d|去年|今年)年?)?第?(?P<quarter>[一二三四1-4])季度?(?!豆)"
    r"|(?P<this_quarter>这个?季度?|本季度?|当季)|(?P<last_quarter>上个?季度?)"
    r"|(?P<half>(?:今年|去年)?[上下]半年)"
    r"|(?P<this_week>[这本]个?(?:周|星期|礼拜)(?![一二三四五六日天末1-7]))"
    r"|(?P<last_week>上+个?(?:周|星期|礼拜)(?![一二三四五六日天末1-7]))"
    r"|(?P<weekend>[上这]?个?周末)"
    rf"|(?:(?P<my>20\d\d|去年|今年)年?)?(?<!\d)(?P<month>{_N})月份?(?!\d|[一二三四五六七八九十初廿]|\s*\d{{1,2}}(?!\d|\s*(?:个|小时|钟|h|次|袋|斤|人|元)))"
    r"|[Qq](?P<q>[1-4])(?!\d)|(?P<this_year>今年|本年度?|全年|年度)|(?P<last_year>去年|上年度?|旧年)"
    r"|(?P<days>最近|近|这)(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})天"
)


_YEAR: Final = deferred(r"去年|前年|20\d\d年?(?!度)")
_OF_YEAR: Final = deferred(r"(?<![本上全])年度")
"""年度汇总 is a kind of paper where the year is named beside: 年度汇总,去年的."""


def find_period(text: str, today: date) -> Occurred | None:
    """Return the span that the words name, inclusive; a month ahead of today was last year's."""
    for found in _FORMS.finditer(_OF_YEAR.sub("", text) if _YEAR.search(text) else text):
        days = next((days for reader in _READERS if (days := reader(found, today))), None)
        if days:
            return Occurred(found[0], *days)
    return None


def when(text: str, today: date) -> Occurred | None:
    """Return the day or the span that the words name first; of one within the other the longer."""
    span = find_period(text, today)
    timed = find_time(text, today)
    if timed is None or span is None:
        return span or (timed.occurred if timed else None)
    day = timed.occurred
    if span.text in day.text:
        return day
    if day.text in span.text:
        return span
    return min((span, day), key=lambda found: text.find(found.text) % len(text))


def vague_span(text: str, today: date) -> Occurred | None:
    """Return a week or a month that an act may have been in; a year is no time of an act."""
    span = find_period(text, today)
    if span is None or span.date_to is None or _NOT_WHEN.search(span.text):
        return None
    longest = _QUARTER_LONGEST if "季" in span.text else _MONTH_LONGEST
    return span if (span.date_to - span.date).days <= longest else None


_MONTH_LONGEST: Final = 31
_QUARTER_LONGEST: Final = 92
_NOT_WHEN: Final = deferred(r"这|本|今年|当")

Span = tuple[date, date]


def _festival(found: re.Match[str], today: date) -> Span | None:
    """Read 国庆期间."""
    first = (
        festival_day(found["festival"].replace("十一", "国庆"), today)
        if found["festival"]
        else None
    )
    length = _HOLIDAYS.get(found["festival"] or "", 3)
    return (first, first + timedelta(days=length - 1)) if first else None


def _weeks(found: re.Match[str], today: date) -> Span | None:
    """Read 这周, 上个礼拜, 周末, 最近三天."""
    monday = today - timedelta(days=today.weekday())
    if found["this_week"]:
        return monday, monday + timedelta(days=_WEEK - 1)
    if found["last_week"]:
        first = monday - timedelta(days=_WEEK * found["last_week"].count("上"))
        return first, first + timedelta(days=_WEEK - 1)
    if found["weekend"]:
        saturday = monday + timedelta(days=5)
        back = 0 if found["weekend"].startswith("这") or saturday <= today else _WEEK
        if found["weekend"].startswith("上"):
            back = _WEEK
        return saturday - timedelta(days=back), saturday - timedelta(days=back - 1)
    count = whole_of(found["n"]) if found["days"] else None
    return (today - timedelta(days=count - 1), today) if count else None


def _months(found: re.Match[str], today: date) -> Span | None:
    """Read months, quarters and years."""
    months = _listed(found, today) or _named(found, today) or _numbered(found, today)
    if months is None:
        return None
    first, last = months
    year, month = last // _MONTHS, last % _MONTHS + 1
    return _first_day(first), date(year, month, monthrange(year, month)[1])


def _since(found: re.Match[str], today: date) -> Span | None:
    """Read 七月份到现在, 今年以来, 近三个月."""
    if found["year_since"]:
        return date(today.year, 1, 1), today
    now = today.year * _MONTHS + today.month - 1
    if found["months"]:
        back = 6 if found["months"] == "半年" else whole_of(found["months"]) or 1
        first = _first_day(now - back)
        last = monthrange(first.year, first.month)[1]
        return first.replace(day=min(today.day, last)), today
    month = whole_of(found["since"]) if found["since"] else None
    if month is None or not 1 <= month <= _MONTHS:
        return None
    start = today.year * _MONTHS + month - 1
    return _first_day(start - (_MONTHS if start > now else 0)), today


def _listed(found: re.Match[str], today: date) -> tuple[int, int] | None:
    """Return the first and last month of 七八九三个月 and 7、8月; they follow each other."""
    words = found["list"]
    if not words:
        return None
    parts = re.findall(r"1[0-2]|\d|[一二三四五六七八九]", words)
    months = [whole_of(part) or 0 for part in parts]
    if any(after - before != 1 for before, after in pairwise(months)):
        return None
    now = today.year * _MONTHS + today.month - 1
    start = today.year * _MONTHS
    start -= _MONTHS if start + months[0] - 1 > now else 0
    return start + months[0] - 1, start + months[-1] - 1


def _named(found: re.Match[str], today: date) -> tuple[int, int] | None:
    """Return the first and last month, as counts of months, of words like 这个月."""
    this_year = today.year * _MONTHS
    now = this_year + today.month - 1
    quarter = this_year + (today.month - 1) // _QUARTER * _QUARTER
    ups = (found["last_month"] or "").count("上")
    spans = {
        "this_month": (now, now),
        "last_month": (now - ups, now - ups),
        "this_quarter": (quarter, quarter + 2),
        "last_quarter": (quarter - _QUARTER, quarter - 1),
        "this_year": (this_year, this_year + _MONTHS - 1),
        "last_year": (this_year - _MONTHS, this_year - 1),
    }
    kind = next((name for name in spans if found[name]), None)
    if kind:
        return spans[kind]
    if not found["half"]:
        return None
    first = this_year + (0 if "上半" in found["half"] else _MONTHS // 2)
    first -= _MONTHS if found["half"].startswith("去年") else 0
    return first, first + _MONTHS // 2 - 1


def _numbered(found: re.Match[str], today: date) -> tuple[int, int] | None:
    """Return the first and last month, as counts of months, of 三季度, 8月份, 7-9月."""
    this_year = today.year * _MONTHS
    now = this_year + today.month - 1
    said = found["y"] or found["qy"] or found["my"]
    quarter = found["quarter"] or found["q"]
    if quarter:
        low: int | None = ((whole_of(quarter) or 1) - 1) * _QUARTER + 1
        high = low and low + _QUARTER - 1
    else:
        low, high = (whole_of(found[name] or found["month"] or "") for name in ("low", "high"))
    if low is None or high is None or not 1 <= low <= high <= _MONTHS:
        return None
    if said:
        year = {"去年": today.year - 1, "今年": today.year}.get(said) or int(said)
        start = year * _MONTHS
    else:
        start = this_year - (_MONTHS if this_year + low - 1 > now else 0)
    return start + low - 1, start + high - 1


_READERS: Final[tuple[Callable[[re.Match[str], date], Span | None], ...]] = (
    _festival,
    _since,
    _weeks,
    _months,
)


def _first_day(month: int) -> date:
    """Return the first day of a count of months."""
    return date(month // _MONTHS, month % _MONTHS + 1, 1)
