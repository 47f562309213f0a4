"""Days that are named by their number alone (几号): 9号我去夜巡; claims have such numbers too."""

from collections.abc import Callable
from typing import Final

from bot.understanding.deferred import deferred

_DAY: Final = r"(?:[12]\d|3[01]|[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_BARE_DAY: Final = deferred(
    rf"(?<![\d组栋#第月住帮替给一二三四五六七八九十廿])(?<!组\s){_DAY}[号日](?=[\s,、和跟]|的(?:\Z|[,。])|我|阿拉|伲|去|早|晚|上午|下午|夜|做|参|[\d一二两三四五六半.]+个?半?(?:小时|钟头|趟|次))"
)
_BEFORE_ACT: Final = deferred(
    rf"(?:\A|(?<=[\s,。家我报补])){_DAY}[号日](?=[一-鿿]{{2}})(?!电池|干电池|废电池)"
)
BARE_DAY: Final = deferred(r"(?<![\d月])(?:[12]\d|3[01]|[1-9])[号日]那天")
"""A day of the month, said to be one."""
_OF_CLAIM: Final = deferred(
    r"撤|取消|作废|审|批|通过|那条|这条|那个|驳|退|异议|不服|不算|不要|删|改|绑|查|[?吗伐]"
)
"""Words about a claim that is there: beside them 9号 is its number."""


def with_bare_days(text: str, is_act: Callable[[str], bool]) -> str:
    """Return the words of an act with ``9号我去巡逻`` said as ``9号那天``: no claim is meant.

    ``is_act`` tells whether words begin with the name of an item (``10号捡垃圾``, ``补报5号的献血``).
    """
    if _OF_CLAIM.search(text):
        return text
    text = _BARE_DAY.sub(r"\g<0>那天", text)
    found = _BEFORE_ACT.search(text)
    if found is None or not is_act(text[found.end() :].removeprefix("的")):
        return text
    return f"{text[: found.end()]}那天{text[found.end() :]}"
