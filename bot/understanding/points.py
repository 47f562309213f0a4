"""Read points (分数): set (改成3分), changed (加2分), halved (减半)."""

import re
from decimal import Decimal
from typing import Final

from bot.understanding.numerals import NUMERAL, number_of

_MARK: Final = r"\s*(?:个|积)?\s*分(?![钟类期开])"
POINTS: Final = re.compile(
    r"(?:(?P<sign>[+\-]|加到|减到|扣到|降到|升到|加|减|扣|增加|减少|少|多|降|升|补)\s*)?(?:[到成为]\s*)?(?:给\s*)?"
    rf"(?P<number>{NUMERAL}|半)(?P<half_before>个半)?{_MARK}(?P<half>半)?"
)
_TO: Final = re.compile(r"改|为|到|成|给|算|按|应该|就")
_LESS: Final = {"-", "减", "扣", "减少", "少", "降"}
_SIGNS: Final = {"+", "-", "加", "减", "扣", "增加", "减少", "少", "多", "降", "升", "补"}
_SET_BARE: Final = re.compile(
    rf"(?:分数?|积分)?\s*(?:改成|改为|改到|调成|调为|调到|调整为|调整到|调整成|减到|加到|扣到|降到|算|按)\s*(?P<number>{NUMERAL})(?P<half>个?半)?(?=\s*(?:积?分|个分|[,。;!吧了]|\Z))"
)
_HALVED: Final = re.compile(r"减半|对半|打对折|打五折|砍半")


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
        return value + (Decimal("0.5") if bare_set["half"] else 0), None
    for found in POINTS.finditer(text):
        value = value_of(found)
        if value is None:
            continue
        sign = found["sign"]
        before = text[max(0, found.start() - 4) : found.start()]
        if sign in _SIGNS and not _TO.search(before):
            return None, -value if sign in _LESS else value
        return value, None
    return None, None


def is_halved(text: str) -> bool:
    """Whether the points are to be halved: how many that makes, the claim knows."""
    return bool(_HALVED.search(text))
