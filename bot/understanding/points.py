"""Read points (分数): set (改成3分), changed (加2分), halved (减半)."""

import re
from decimal import Decimal
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.numerals import NUMERAL, number_of

_MARK: Final = r"\s*(?:个|积)?\s*分(?![钟类期开])"
POINTS: Final = deferred(
    r"(?:(?P<sign>[+\-]|加到|减到|扣到|降到|升到|扣成|减成|加成|扣掉|减掉|减去|扣去|扣脱|减脱|扣回|减回|收回|多加|再加|加上|加回|补回|补给|加|减|扣|增加|减少|少|多|降|升|补)\s*)?(?:[到成为至]\s*)?(?:[给算记]\s*)?"
    rf"(?P<number>{NUMERAL}|半)(?P<half_before>个半)?{_MARK}(?P<half>半)?"
)
_DOWN_TO: Final = deferred(r"(?:增加|减少|加|减|扣|升|降|补)\s*[到成为至]")
"""核减为3分 says what holds, 核减3分 what is taken off."""
_TO: Final = deferred(r"(?:改|为|到|成|算|按|应该|应当|就)[了为成到]?\s?\Z|给\Z")
_LESS: Final = {
    "-", "减", "扣", "减少", "少", "降", "扣掉", "减掉", "减去", "扣去", "扣脱", "减脱", "扣回", "减回", "收回",
}  # fmt: skip
_SIGNS: Final = {
    "+", "-", "加", "减", "扣", "增加", "减少", "少", "多", "降", "升", "补",
    "扣掉", "减掉", "减去", "扣去", "扣脱", "减脱", "扣回", "减回", "收回", "多加", "再加", "加上", "加回",
    "补回", "补给",
}  # fmt: skip
_SET_BARE: Final = deferred(
    rf"(?:分数?|积分)?\s*(?:改成|改为|改到|变成|变为|调成|调为|调到|调整为|调整到|调整成|减到|加到|扣到|降到|扣成|减成|加成|算|按)\s*(?P<number>{NUMERAL})(?P<half>个?半)?(?=\s*(?:积?分|个分|[,。;!吧了]|\Z))(?:\s*(?:个|积)?分(?P<late>半))?"
)
_ONLY: Final = deferred(
    rf"(?:只|就|仅|应该?|应当|实际|还是|统一|一律|各)(?:是|给|算|有|得|记|能给){{1,2}}\s*(?:他|她|伊)?\s*(?P<number>{NUMERAL}|半)(?P<half_before>个半)?{_MARK}(?P<half>半)?"
)
"""只给1分 says what holds, whatever else is taken off."""
_SLIPPED: Final = deferred(
    rf"(?P<which>(?:多|少)(?:给|算|加|记|录)|漏(?:给|算|加|记|录|掉)?)了\s*(?:他|她|伊)?\s*(?P<number>{NUMERAL}|半)(?P<half_before>个半)?{_MARK}(?P<half>半)?"
)
"""少给了1分 is a slip: a point is still to come."""
_ENOUGH: Final = deferred(
    rf"(?P<number>{NUMERAL}|半)(?P<half_before>个半)?{_MARK}(?P<half>半)?(?:就|已经|足|也)*够"
)
"""打了5分打多了,3分就够."""
_BEFORE: Final = deferred(
    r"(?:本来|原来|原先|原本|之前|先前|从|由|不是)(?:是|给|算|报|写|填|记)?(?:的是|的|了)?\s?\Z"
)
"""What stands before points that are no longer to hold."""
_HALVED: Final = deferred(
    r"减半|对半|打?对折|打?五折|砍(?:一|掉)?半|(?:扣|减)(?:掉|去)?一半|[给算]一半|一半(?:的)?分"
)


_WORTH: Final = deferred(
    r"(?<![第\d.考到])(?P<number>\d{1,3}(?:\.\d)?|[一两二三四五六七八九]?十?[一二三四五六七八九]|[一二三四五六七八九]十|十(?=个?分(?:\Z|[,。;\s])))"
    r"(?:个|积)?分(?![钟类期开钱之数贝米子])(?P<half>半)?"
)
_MARKS: Final = deferred(r"考(?:了|到|得)|成绩|高考|中考|满分|评分|打分")
"""Marks at school are no points."""


def worth_in(text: str) -> Decimal | None:
    """Return the points that the words of an act say it is worth: ``拾金不昧 3分``."""
    found = None if _MARKS.search(text) else _WORTH.search(text)
    value = number_of(found["number"]) if found else None
    if found is None or value is None:
        return None
    return value + (Decimal("0.5") if found["half"] else 0)


_BARE: Final = deferred(
    rf"(?:[扣减罚]|(?<![\d-])-(?=\d{{1,2}}(?:\.5)?\s*\Z)|(?:分值|分数|扣分)\s*[:是]?)\s*(?P<number>{NUMERAL})(?!\s*[\d组号次处])"
)


def bare_points(text: str) -> Decimal | None:
    """Return the points of 扣20 and 分值:3, where 分 is left out."""
    found = _BARE.search(text)
    return number_of(found["number"]) if found else None


def points_in(text: str) -> tuple[Decimal | None, str]:
    """Return the points in a text (``给2分``, ``一分半``) and the text without them."""
    found = POINTS.search(text)
    value = value_of(found) if found else None
    if found is None or value is None:
        return None, text
    return value, text[: found.start()] + " " + text[found.end() :]


def value_of(found: re.Match[str]) -> Decimal | None:
    """Return the points of a match."""
    value = number_of(found["number"])
    if value is None:
        return None
    return value + (Decimal("0.5") if found["half"] or found["half_before"] else 0)


def change_in(text: str) -> tuple[Decimal | None, Decimal | None]:
    """Return (points set, change by): ``改成3分`` is (3, None), ``加2分`` (None, 2)."""
    bare_set = _SET_BARE.search(text)
    if bare_set and (value := number_of(bare_set["number"])) is not None:
        return value + (Decimal("0.5") if bare_set["half"] or bare_set["late"] else 0), None
    if (only := _ONLY.search(text)) and (value := value_of(only)) is not None:
        return value, None
    if (enough := _ENOUGH.search(text)) and (value := value_of(enough)) is not None:
        return value, None
    slip = _SLIPPED.search(text)
    for found in POINTS.finditer(text):
        value = value_of(found)
        if value is None or (slip and slip.start() <= found.start() < slip.end()):
            continue
        sign = found["sign"]
        if sign is None and _BEFORE.search(text[: found.start()]):
            continue
        before = text[max(0, found.start() - 4) : found.start()]
        is_set = _DOWN_TO.match(found[0]) or _TO.search(before)
        if sign in _SIGNS and not is_set:
            return None, -value if sign in _LESS else value
        return value, None
    if slip and (value := value_of(slip)) is not None:
        return None, -value if slip["which"][0] == "多" else value
    return None, None


def is_halved(text: str) -> bool:
    """Whether the points are to be halved: how many that makes, the claim knows."""
    return bool(_HALVED.search(text))
