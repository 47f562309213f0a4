"""Find when something happened (发生时间); claims look back, a day named ahead stays so."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.understanding import day_readers
from bot.understanding.day_words import NEAR, WEEKDAYS
from bot.understanding.deferred import deferred
from bot.understanding.lunar import (
    DAY_ALONE,
    FESTIVALS,
    LUNAR_DAY,
    read_lunar,
)
from bot.understanding.numerals import CHINESE, whole_of
from bot.understanding.reading import Occurred

_CLOCK: Final = (
    rf"\s*(?:\d{{1,2}}|[{CHINESE}]{{1,3}})(?:点(?:半|钟|\d{{1,2}}分?)?(?!\d*[个小分])|:\d\d)"
)
_PART: Final = (
    r"一早|早浪头|早上浪|夜到头|清早|大清早|清晨|凌晨|早上头|早上|早晨|早浪向|早浪|上半日|上半天|上午|中午|中浪|下半日|下半天|下午|傍晚"
    r"|夜里向|夜里|夜到|夜头|晚上|夜晚|当晚|晚|早"
)
_DAYPART: Final = rf"(?:\s*的?(?:{_PART}))?(?:{_CLOCK}(?:\s*[-~到至]\s*{_CLOCK})?)?"
_N: Final = rf"(?:\d{{1,4}}|[{CHINESE}]{{1,4}})"
_NAMELIKE: Final = r"(?![强伟明军华平芳英刚勇林根弟妹哥嫂叔伯婶])"
DayOf = Callable[[re.Match[str], date], date | None]


@dataclass(frozen=True, slots=True)
class Timed:
    """When, and the text without the words that said so."""

    occurred: Occurred
    rest: str


def find_time(text: str, today: date) -> Timed | None:
    """Return the first day named in the text, the most exact form first; None if there is none.

    ``上周三`` is the Wednesday of last week (weeks are Monday to Sunday), a
    bare ``周三`` the latest one not after today; ``3号`` counts only with 那天,
    a month before it, or alone at the start of a clause. ``9月8号到9月10号`` is a span.
    """
    for pattern, day_of in _FORMS:
        for found in pattern.finditer(text):
            day = _day(day_of, found, today)
            if day is None:
                continue
            end, last = _until(text, found, day)
            rest = text[: found.start()] + " " + text[end:]
            words = re.sub(r"那天|那日|那次|那回|那趟|的\Z", "", text[found.start() : end]).strip(
                " ,、的"
            )
            return Timed(Occurred(words, day, last), rest)
    return None


def find_times(text: str, today: date) -> tuple[tuple[Occurred, ...], str]:
    """Return every day named in the text in its order, and the text without them."""
    every: list[tuple[int, Occurred]] = []
    rest = text
    while len(every) < _MOST_DAYS and (timed := find_time(rest, today)):
        every.append((text.find(timed.occurred.text.split(" ")[0]), timed.occurred))
        rest = timed.rest
    named = [pair for pair in every if not _NO_DAY.fullmatch(pair[1].text)] or every[:1]
    return tuple(occurred for _, occurred in sorted(named, key=lambda pair: pair[0])), rest


_MOST_DAYS: Final = 6
_NO_DAY: Final = deferred(rf"(?:{_PART}|刚才|刚刚|方才|当天)(?:{_CLOCK})?")
"""Beside a day these name none of their own: 昨天扫地,下午两小时."""
_UNTIL: Final = deferred(
    rf"\s*(?:到|至|[-~—]+)\s*(?:(?:(?P<m>{_N})月)?(?P<d>{_N})[日号](?!楼)|(?P<dotted>1[0-2]|0?[1-9])[./](?P<day>3[01]|[12]\d|0?[1-9])(?![\d./]))"
)
_UNTIL_WEEKDAY: Final = deferred(
    r"\s*(?:到|至|[-~—]+)\s*(?:上+个?|[这本]个?)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])"
)
_UNTIL_NEAR: Final = deferred(rf"\s*(?:到|至)\s*(?P<near>{'|'.join(NEAR)})")
_BARE_SPAN: Final = deferred(
    rf"(?<![\d月组队栋第#{CHINESE}])(?P<d>{_N})[日号]?\s*(?:到|至|[-~—]+)\s*(?P<to>{_N})[日号](?![楼\d])"
)


def find_bare_span(text: str, today: date) -> Timed | None:
    """Return the span of 10号到12号, which only an act's own words can mean: claims have such numbers."""
    found = _BARE_SPAN.search(text)
    low, high = (whole_of(found[name]) for name in ("d", "to")) if found else (None, None)
    if found is None or low is None or high is None or not low < high:
        return None
    try:
        first = day_readers.latest_day(low, today)
        last = first.replace(day=high)
    except ValueError:
        return None
    rest = text[: found.start()] + " " + text[found.end() :]
    return Timed(Occurred(found[0], first, last), rest)


def _until(text: str, found: re.Match[str], day: date) -> tuple[int, date | None]:
    """Return where the words of the time end, and the last day of a span."""
    if (later := _later(text, found, day)) is not None:
        return later
    then = _UNTIL.match(text, found.end())
    if then is None or "m" not in found.re.groupindex:
        return found.end(), None
    said = then["m"] or then["dotted"]
    month = whole_of(said) if said else day.month
    number = whole_of(then["d"] or then["day"])
    try:
        last = date(day.year, month or 0, number or 0)
    except ValueError:
        return found.end(), None
    return (then.end(), last) if day < last else (found.end(), None)


def _later(text: str, found: re.Match[str], day: date) -> tuple[int, date] | None:
    """Return the end and the last day of 周一到周三 and 前天到今天."""
    groups = found.re.groupindex
    if "which" in groups and (then := _UNTIL_WEEKDAY.match(text, found.end())):
        days = WEEKDAYS[then["day"]] - day.weekday()
        return (then.end(), day + timedelta(days=days)) if days > 0 else None
    if "near" in groups and (then := _UNTIL_NEAR.match(text, found.end())):
        days = NEAR[then["near"]] - NEAR[found["near"]]
        return (then.end(), day + timedelta(days=days)) if days > 0 else None
    return None


def _day(day_of: DayOf, found: re.Match[str], today: date) -> date | None:
    """Return the day of a match; None for a day that no calendar has."""
    try:
        return day_of(found, today)
    except (ValueError, OverflowError):
        return None


def _form(pattern: str, day_of: DayOf) -> tuple[re.Pattern[str], DayOf]:
    return deferred(pattern), day_of


_WEEK: Final = r"(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-7])(?!\d)"
_FORMS: Final[tuple[tuple[re.Pattern[str], DayOf], ...]] = (
    _form(
        rf"(?<!\d)(?:(?P<y>20\d\d)\s*[-./年]|去年)\s*(?P<m>\d{{1,2}})\s*[-./月]\s*(?P<d>\d{{1,2}})(?!\d)\s*[日号]?{_DAYPART}",
        day_readers.full,
    ),
    _form(
        rf"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?!\d){_DAYPART}",
        day_readers.full,
    ),
    _form(LUNAR_DAY.pattern + _DAYPART, read_lunar),
    _form(DAY_ALONE + _DAYPART, day_readers.lunar_alone),
    _form(
        r"(?P<festival>小寒|大寒|雨水|小暑|大暑|小雪|大雪|小满)(?:节气|节|那天|那日|当天)",
        day_readers.festival_of,
    ),
    _form(
        rf"(?P<month>上+个?月|[这本]个?月|下个?月)的?\s*(?P<d>{_N})\s*[日号]{_DAYPART}",
        day_readers.day_of_other_month,
    ),
    _form(
        rf"(?<!\d)(?P<m>{_N})\s*月\s*(?P<d>{_N})\s*(?:[日号]|(?!\d|[份天]|\s*(?:个|小时|钟|h|H|袋|斤|公斤|次|趟|人|元|块|毫升|ml|分|棵|件|瓶|桶|张|条)|\.\d))(?:那天)?{_DAYPART}",
        day_readers.month_day,
    ),
    _form(
        r"(?<=/)\s*(?P<m>1[0-2]|0?[1-9])-(?P<d>3[01]|[12]\d|0?[1-9])\s*(?=/|\Z)",
        day_readers.month_day,
    ),
    _form(
        rf"(?<![\d/.])(?P<m>1[0-2]|0?[1-9])/(?P<d>3[01]|[12]\d|0?[1-9])(?![\d/.]){_DAYPART}",
        day_readers.month_day,
    ),
    _form(
        rf"(?<![\d-])(?P<m>0[1-9])-(?P<d>[0-2]\d|3[01])(?![\d-]){_DAYPART}", day_readers.month_day
    ),
    _form(
        rf"(?<![\d.])(?P<m>1[0-2]|0?[1-9])\.(?P<d>3[01]|[12]\d|0?[1-9])(?![\d.]|\s*(?:分|个?小时|个?钟|元|块|斤|公斤|h|次|袋|天|万)){_DAYPART}",
        day_readers.month_day,
    ),
    _form(
        rf"(?<![\d./:第#-])(?<![上下中]午)(?<![早晚]上)(?<!早)(?<!晚)(?<!号)(?<!编号\s)(?P<m>1[0-2]|[1-9])-(?P<d>3[01]|[12]\d|0?[1-9])"
        rf"(?![\d./:-]|\s*(?:号|点|时|个|小时|钟|h|H|元|块|斤|公斤|次|袋|天|人|条|组|队|楼|幢|栋|室|月|年|岁|件|只|张|瓶|桶|趟|户|分|周|日)){_DAYPART}",
        day_readers.hyphened,
    ),
    _form(
        rf"(?P<which>上+个?|前个|[这本]个?|下个?){_WEEK}(?:那天)?{_DAYPART}", day_readers.weekday
    ),
    _form(rf"(?<![节秋阳])(?P<near>{'|'.join(NEAR)}){_DAYPART}", day_readers.near),
    _form(rf"(?P<n>{_N})\s*[天日]\s*(?:之前|以前|前){_DAYPART}", day_readers.days_ago),
    _form(
        rf"(?P<n>{_N})\s*个?(?:礼拜|星期|周)\s*(?:之前|以前|前){_DAYPART}", day_readers.weeks_ago
    ),
    _form(rf"(?P<which>){_WEEK}{_NAMELIKE}(?:那天)?{_DAYPART}", day_readers.weekday),
    _form(
        rf"(?P<year>去年)?(?P<festival>{'|'.join(FESTIVALS)})(?!节?(?:之|以)?前|活动|慰问|路|新村|小学|中学|期间|假|[\d一二三四五六七八九十])(?:节|那天|当天|晚上)*",
        day_readers.festival,
    ),
    _form(
        rf"(?<![\d月组队栋])(?P<d>{_N})\s*[日号](?:那天|那日|那次|那回|那趟){_DAYPART}",
        day_readers.day_only,
    ),
    _form(
        rf"(?:\A|(?<=[,。;\n的报在是]))\s*(?P<d>{_N})\s*[日号](?=\s|\Z|{_PART}|去(?!掉|除|年)|参加){_DAYPART}",
        day_readers.day_only,
    ),
    _form(
        r"(?<![上下早中晚半一\d个天日])(?:一大早|一清早|大清早|清早|上午|中午|下午|早上|早浪头|早上浪|早浪向|早晨|下半日|上半日)(?!好|茶|饭)",
        day_readers.today,
    ),
)
