"""Read numerals as people write them (数字): 12, 十二, 两, 半, 两个半, 二点五."""

import re
from decimal import Decimal
from typing import Final

_DIGITS: Final = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"百": 100, "千": 1000, "万": 10_000}
_TENS: Final = {"廿": "二十", "卅": "三十"}
CHINESE: Final = "零〇一二两俩三仨四五六七八九十廿卅百千万"
NUMERAL: Final = rf"(?:\d+(?:\.\d+)?|[{CHINESE}]+(?:点[{CHINESE}]+)?)"


def number_of(text: str) -> Decimal | None:
    """Return the value of one numeral already cut out; None if it is none.

    ``12`` 12, ``十二`` 12, ``二十`` 20, ``一百二`` 120, ``两点五`` 2.5, ``半`` 0.5,
    ``2千`` 2000.
    """
    words = text.strip()
    if words == "半":
        return Decimal("0.5")
    if re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,6})?", words):
        return Decimal(words)
    mixed = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)([百千万])", words)
    if mixed:
        return Decimal(mixed[1]) * _LARGE[mixed[2]]
    whole, point, part = words.partition("点")
    value = _whole(whole)
    if value is None:
        return None
    if not point:
        return Decimal(value)
    if not part or any(char not in _DIGITS for char in part) or len(part) > len("一二三四"):
        return None
    return Decimal(f"{value}." + "".join(str(_DIGITS[char]) for char in part))


def whole_of(text: str) -> int | None:
    """Return the value of a whole numeral; None if it is none or has a fraction."""
    value = number_of(text)
    return int(value) if value is not None and value == int(value) else None


def _whole(text: str) -> int | None:
    """Read a Chinese whole number up to 万."""
    for short, long in _TENS.items():
        text = text.replace(short, long)
    if not text or len(text) > len("一万二千三百四十五"):
        return None
    high, ten_thousand, low = text.partition("万")
    if ten_thousand:
        above = _below_ten_thousand(high)
        below = _below_ten_thousand(low) if low else 0
        return None if above is None or below is None else above * 10_000 + below
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> int | None:
    """Read a Chinese number of 千, 百, 十; the last digit of 一百二 is a ten."""
    if text and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit, last_unit = 0, 0, 0
    saw_zero = False
    for char in text:
        if char in _UNITS:
            last_unit = _UNITS[char]
            total += (digit or 1) * last_unit
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
            saw_zero = saw_zero or digit == 0
        else:
            return None
    hundred = 100
    if digit and last_unit >= hundred and not saw_zero:
        return total + digit * last_unit // 10
    return total + digit if text else None
