"""What is said about words: aliases, voice messages."""

from collections.abc import Callable
from typing import Any, Final

from bot.commands import wording
from bot.commands.case import VoiceHint
from domain import alias
from domain.alias import AliasState

_STATES: Final = {
    AliasState.ADOPTED: "以后大家说“{words}”,我就当作{item}。",
    AliasState.DROPPED: "好,“{words}”不当作{item}的叫法。",
}


def aliases(told: wording.AliasesTold) -> str:
    """List the suggestions, and how to answer."""
    if not told.waiting:
        return f"现在没有新的叫法要定。村里已经用着{told.adopted}个。"
    lines = [f"{one.number} “{one.words}”→{item}" for one, item in told.waiting]
    first = told.waiting[0][0].number
    ways = f"同意回“采用别名 {first}”,不要回“不用别名 {first}”。"
    return "\n".join(["大家有这些叫法:", *lines, ways])


def decided(told: wording.AliasDecided) -> str:
    """Say what becomes of an alias."""
    return _STATES[told.alias.state].format(words=told.alias.words, item=told.item_name)


def voice_hint(_hint: VoiceHint) -> str:
    """Tell kindly how to speak so that it is read."""
    return (
        "语音我听不懂,请发文字。不想打字的话:点开输入框,按键盘上的话筒说话,"
        "字会自己出来,再点发送。也可以请家里人帮忙打一句,比如“申报 垃圾分类”。"
    )


RESULTS: Final[dict[type, Callable[[Any], str]]] = {
    wording.AliasesTold: aliases,
    wording.AliasDecided: decided,
    VoiceHint: voice_hint,
}
REFUSALS: Final[dict[type, Callable[[Any], str]]] = {
    alias.AliasUnknown: lambda r: f"没有第{r.number}个叫法。回“别名建议”看有哪些。",
    alias.AliasSettled: lambda r: (
        f"“{r.alias.words}”已经{'用上' if r.alias.state is AliasState.ADOPTED else '不用'}了。"
    ),
}
