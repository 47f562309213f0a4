"""Find how much was done (数量): hours, yuan, pieces; 几 多 来 are rough and asked about."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.numerals import NUMERAL, number_of

_HOURS: Final = r"小时|钟头|小時|钟|h(?![a-z])|H(?![a-z])"
_MINUTES: Final = r"分钟|刻钟"
_COUNTED: Final = (
    r"元|块钱|块(?!儿)|毫升|ml|ML|cc|CC|公斤|千克|kg|KG|斤|只|件|条|次|趟|回(?!收|家|来|去)|袋|包|棵|株|(?<!五一)(?<!六一)(?<!三八)(?<!五四)(?<!八一)(?<!七一)节(?![目约日假能俭])|粒|颗|根|双|副|把|张|瓶|桶|车|处"
    r"|户|人(?!家)|天(?!前)|套|支|份|盒|头|盆|筐|趟"
)
_QUANTITY: Final = deferred(
    rf"(?<![第\d.月#])(?:(?P<half>半)|(?P<about>好几|几|数|若干)|(?P<number>\d+(?:\.\d+)?[百千万]|{NUMERAL}))"
    r"(?P<rough>多|来|几)?\s*(?:(?P<ge>个)\s*(?P<rough_two>多)?(?P<and_half>半)?(?P<rough_more>多)?)?\s*"
    rf"(?:[大小整](?=[袋包桶车盒]))?(?P<unit>{_HOURS}|{_MINUTES}|{_COUNTED})(?P<half_after>半)?(?P<rough_last>多|左右|上下)?"
)
_BARE: Final = deferred(
    rf"(?:(?P<half>半)|(?P<number>{NUMERAL}))\s*(?P<ge>个)?\s*(?P<and_half>半)?"
    r"(?:钟头|小时)?(?P<rough>多|左右)?"
)
_UNIT_NAMES: Final = {
    "钟": "小时",
    "块钱": "元",
    "块": "元",
    "小時": "小时",
    "ML": "毫升",
    "ml": "毫升",
    "cc": "毫升",
    "CC": "毫升",
    "kg": "公斤",
    "KG": "公斤",
    "千克": "公斤",
}
_PARTS: Final = {"分钟": 60, "刻钟": 4}
"""How many of a smaller unit make an hour."""
_HOUR_WORDS: Final = ("小时", "钟头", "钟", "h", "H", "小時")


_NOT_PIECES: Final = frozenset({"小时", "元", "毫升", "公斤", "斤", "天", "人", "户"})


_ONCE: Final = deferred(
    r"(?:登记|各?记|报|算|录|加|扣|打卡|跑|第|这|那|上|每|哪|同|为期|前|近|过)\Z"
)


_SUM: Final = deferred(r"(?:一共|总共|共计|合计|加起来|统共|共)(?:是|有|做了)?\s*\Z")


@dataclass(frozen=True, slots=True)
class Counted:
    """An amount with its unit; ``amount`` is None where only 几 was said."""

    amount: Decimal | None
    unit: str | None
    is_rough: bool
    rest: str


def find_quantity(text: str, unit: str | None = None) -> Counted | None:
    """Return the amount in the text; of several the one in ``unit`` (the item's), else the first.

    ``两个半小时`` is 2.5, ``1小时半`` 1.5, ``90分钟`` 1.5 hours, ``两个多小时``
    2 and rough, ``几个小时`` rough without an amount.
    """
    every = [found for found in _QUANTITY.finditer(text) if _is_meant(found, text)]
    if not every:
        return None
    fitting = [found for found in every if unit and unit_of(found["unit"]) == unit]
    summed = [found for found in every if _SUM.search(text[: found.start()])]
    found = (summed or fitting or every)[0]
    amount = _amount(found)
    is_rough = bool(
        amount is None
        or found["rough"]
        or found["rough_two"]
        or found["rough_more"]
        or found["rough_last"]
        or len(_several(found)) > 1
        or (found["half"] and found["unit"] == "天")
    )
    name = unit_of(found["unit"])
    if amount is not None and found["unit"] in _PARTS:
        amount, name = _hours(amount, _PARTS[found["unit"]]), "小时"
    rest = text[: found.start()] + " " + text[found.end() :]
    return Counted(amount, name, is_rough, rest)


def bare_quantity(text: str) -> Counted | None:
    """Return the amount of words that are nothing else: ``3``, ``两个半``, ``2小时``."""
    words = re.sub(r"\A(?:是|共|一共|大概|大约|总共)|[吧啊呀的了。.!,\s]+\Z", "", text.strip())
    counted = find_quantity(words)
    if counted and not counted.rest.strip(" ,。.!"):
        is_rough = counted.is_rough or bool(re.match(r"大概|大约", text.strip()))
        return Counted(counted.amount, counted.unit, is_rough, "")
    found = _BARE.fullmatch(words)
    amount = _bare_amount(found) if found else None
    if found is None or amount is None:
        return None
    return Counted(amount, None, bool(found["rough"]), "")


def unit_of(word: str) -> str:
    """Return the unit by one name: 块 is 元, 钟头 stays 小时's own word for hours."""
    return "小时" if word in _HOUR_WORDS else _UNIT_NAMES.get(word, word)


def fits_unit(said: str, unit: str) -> bool:
    """Return whether an amount in one unit may stand for the item's.

    Counting words stand for each other (两条 of 只, 3趟 of 次); what is measured
    (hours, yuan, weight), days and people do not.
    """
    name = unit_of(said)
    return name == unit or not {name, unit} & _NOT_PIECES


def _is_meant(found: re.Match[str], text: str) -> bool:
    """Whether the words count something: ``3点钟``, ``一人`` of a name and 记一次 do not."""
    number = found["number"] or ""
    if found["unit"] in {"次", "条", "天"} and _ONCE.search(text[: found.start()]):
        return False
    return not (found["unit"] == "钟" and number.endswith("点"))


def _several(found: re.Match[str]) -> str:
    """Return the digits of 三五个, two numbers in a row that mean about so many."""
    number = found["number"] or ""
    pair = re.fullmatch(r"[一二两三四五六七八九]{2}", number)
    return number if pair else ""


def _amount(found: re.Match[str]) -> Decimal | None:
    """Return the amount of a match; None for 几."""
    if found["about"]:
        return None
    if found["half"]:
        return Decimal("0.5")
    several = _several(found)
    value = number_of(several[0] if several else found["number"])
    if value is None:
        return None
    return value + (Decimal("0.5") if found["and_half"] or found["half_after"] else 0)


def _bare_amount(found: re.Match[str]) -> Decimal | None:
    """Return the amount of a bare number."""
    if found["half"]:
        return Decimal("0.5")
    value = number_of(found["number"])
    return None if value is None else value + (Decimal("0.5") if found["and_half"] else 0)


def _hours(amount: Decimal, parts: int) -> Decimal:
    """Return minutes or quarters as hours, to a hundredth."""
    return (amount / parts).quantize(Decimal("0.01")).normalize()
