"""The parts of a message that each tell an act (几桩事): one item a part."""

from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.people import KINSMAN
from bot.understanding.talk import Talk

_SPLIT: Final = deferred(
    r"[\n;、,。+]|(?<=[一-鿿])\s*(?:和|以及|还有|另外)\s*(?=[一-鿿])|\s+(?=(?:今天|今朝|昨天|昨日|前天|大前天|今早|昨晚)[一-鿿]{2})|(?:\A|(?<=\s))\d{1,2}[.)、](?=\s*[一-鿿])"
)
_COMMAND: Final = deferred(
    r"\A\s*(?:\d{1,2}[.)、:]\s*|[-*·]\s*)?(?:(?:两|三|四|几|\d)[项样个件]\s*[:,]?)?\s*(?:(?:还有|再|还|另外|外加|和|以及)\s*)*(?:申报|报分|(?:帮我|给我|麻烦|请)*(?:报|登记|记)一?[下哈](?!子|来)|(?<=再)报(?:一?[个项样条])?|(?<=还)报(?:一?[个项样条])?)?[\s:]*"
)
_LABELLED: Final = deferred(r"(?:项目|事项|时间|地点|时长|数量)\s*[:=]")
_DAY: Final = (
    r"(?:今天|昨天|前天|大前天|前日|今朝|今日|昨日|今早|昨晚|(?:上个?|这个?|本)?(?:周|礼拜|星期)[一二三四五六日天]"
    r"|\d{1,2}月\d{1,2}[号日]?)"
)
_LEADING_DAY: Final = deferred(rf"\A{_DAY}的?[\s,]*")
_LEADING: Final = deferred(
    rf"\A(?:(?:我家?|阿拉|伲|俺)?(?:{KINSMAN})|我|阿拉|伲)?(?:{_DAY}的?)?[\s,]*"
)
_COMMANDED_LATER: Final = deferred(r"[,。;\s]申报[\s:]*[一-鿿]")
"""我昨天带队去捡垃圾了,申报牵头: what stands before the command only tells."""


def split_acts(talk: Talk, body: str) -> list[str]:
    """Return the parts of a body that each name an item; one part if it is one act.

    A part belongs to a new act when it starts with an item's name (after a day
    or a number); what names none is added to the part before it.
    """
    if _LABELLED.search(body):
        return [body]
    parts: list[str] = []
    carried = ""
    leading = _LEADING_DAY if _COMMANDED_LATER.search(body) else _LEADING
    for piece in _SPLIT.split(body):
        words = _COMMAND.sub("", piece)
        opens = talk.items.starts(leading.sub("", words.strip()))
        if opens and not parts:
            parts.append(f"{carried} {words}")
        elif opens:
            parts.append(words)
        elif parts:
            parts[-1] += f",{words}"
        else:
            carried += f" {words}"
    return parts if len(parts) > 1 else [body]
