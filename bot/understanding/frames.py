"""What stands around an order and makes it none (语境): hearsay, others, plans, the past, quoting."""

import re
from collections.abc import Mapping
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.people import SURNAMES
from bot.understanding.reading import Intent

_DECIDE: Final = (
    r"(?:把|#?\d|第?[一二三四五六七八九十]+[号条]|全部|通过|批|同意|驳|退|否|改|调|加|减|扣)"
)
_ORDER: Final[Mapping[Intent, str]] = {
    Intent.CLAIM: r"(?:申报|补报|打卡|登记|记(?![得者])|加(?:个|点)?分|(?<![海晚日电天情])报(?![纸告名警价]))",
    Intent.RECORD_FOR: r"(?:代录|代报|补录|录|登记|记(?![得者])|(?<![海晚日电天情])报(?![纸告名警价]))",
    Intent.DEDUCT: r"(?:扣|减|罚|记|\d+组|[一二三四五六七八九十]+组)",
    Intent.REDEEM: r"(?:兑|换|领|要)",
    Intent.BIND: r"(?:绑|换绑)",
    Intent.OBJECTION: r"(?:提[^,。]{0,3})?(?:异议|申诉|投诉)",
    Intent.WITHDRAW_CLAIM: r"(?:撤|取消|作废|删)",
    Intent.APPROVE: _DECIDE,
    Intent.REJECT: _DECIDE,
    Intent.ADJUST: _DECIDE,
}
"""What an order of an intent begins with."""

_HEARD: Final = (
    r"听说|听讲|听人|据说|据讲|好像|以为|看到|看见|群里[^,。]{0,4}[写说讲发]|短信|通知[上里]|提示|消息[说讲]|显示"
    r"|说是|讲是|写着|叫做|所谓|原来是|会议上|会上|开会[说讲]|传说|哈哈|呵呵"
)
_SAID: Final = r"(?:[他她伊]们?|伊拉|人家|别人|隔壁|主任|书记|会计|阿姨|爷叔|老师|组长|领导|老公|老婆|儿子|女儿|媳妇|邻居|大家)[^,。;!?\n帮替给]{0,4}(?:说|讲|叫|让|喊|要求|通知|告诉|问)|(?<!我)(?<!阿拉)(?:叫|让|喊|说|讲)(?:我|你|侬|伲|阿拉|大家)(?![家们的])"
_OTHERS: Final = (
    r"(?<!跟)(?<!和)(?<!替)(?<!帮)(?<!给)(?:人家|别人|大家|各位|你们|他们|她们|伊拉)(?!.{0,6}[帮替给])|谁(?!能)|啥人"
    r"|(?:\A|[,。;\n])(?:隔壁|对门|楼上|前头)(?!.{0,8}[帮替给代])|教(?:教|一?下)?(?:你|侬|大家|阿姨|他|她|伊)"
    r"|(?:\A|[,。;\n])(?:你|侬)(?=[申报兑换绑撤通驳扣改代])|记得|不要忘记(?=[^我阿伲]*\Z)|谁[让叫]|该不该|怎么能|凭什么|凭啥"
)
_PLANNED: Final = (
    r"早知道|早晓得|本来[要想]|原本[要想]|打算|准备(?=[申报兑换绑撤提去驳扣把\d]|通过)|考虑|后悔|不该|不应该|不应当|勿该|差点|差一点"
    r"|幸亏|幸好|还好没|讨论|商量|建议(?=[申兑绑换撤报通驳扣改把\d])|犹豫|纠结|计划|在想|想想(?=[申报兑换绑撤])|不能(?=兑|换|绑|撤)"
)
_LATER: Final = (
    r"(?:明天|明朝|明日|后天|过[一两几]天|过一?阵|过一?会儿?|下周|下礼拜|下星期|下个?月|下次|下趟|以后|到时候|晚点|晚些|晚一点|(?<![一二三特])等[一下会儿]*|改天|年底|将来|回头|日后)"
    r"(?:我|我们|阿拉|伲)?(?:再|才|去|来|要|就)?"
)
_PAST: Final = (
    r"上次|上回|上趟|那次|那回|以前|从前|之前|早先|去年|旧年|早就|早已|已经|向来|一直都?是?|都是"
)
_DAY: Final = r"(?:昨[天日晚]|前[天日]|大前天|今[天早日朝]|刚才|刚刚|方才|上午|上个?月|上周[一二三四五六日天]?|上礼拜[一二三四五六日天]?|上星期[一二三四五六日天]?)"
_WENT: Final = (
    r"成功|失败|没有?用|没啥用|是?不可能|的人(?![家]|$)|这[样么]|什么意思|啥意思|干[什啥嘛]|有[什啥]|要[什啥]"
    r"|对[吗伐]|是对的|好处|还是不|就好了|多好"
)
_WENT_OBJECTION: Final = (
    r"成功|没有?用|没啥用|是?不可能|的人(?![家]|$)|什么意思|啥意思|好处|就好了|多好"
)
"""What follows an objection is its reason: 还是不对 and 这样不公平 tell what is wrong."""
_NEAR: Final = r"[^,。;!?:\n]{0,3}?"
_OPENED: Final = deferred(
    rf"\A\s*(?:聊天记录|(?:[老小阿][{SURNAMES}]|[{SURNAMES}][一-鿿]{{0,2}}(?:阿姨|阿婆|阿公|主任|会计|书记|组长|爷叔|老师)?|[^\s:]{{1,6}}(?:主任|会计|书记|组长|阿姨))\s*:\s*(?=申报|补报|通过|驳回|撤回|兑换|绑定|扣分|代录|全部|同意|异议|把?#?\d+(?:号|条)?(?:通过|可以|驳回|不|改|加|减)|提?异议|帮我|替我|给我|换))"
)
_QUOTED: Final = deferred(
    r"[“\"‘'『「](?P<said>[^“”\"「」『』]*(?:申报|补报|报一?下|打卡|通过|驳回|退回|撤回|撤销|兑换|换|绑定|扣分|代录|同意|异议|改成|改为|报|\d\s*(?:号|条)?(?:可以|不行|加|减))[^“”\"「」『』]*)[”\"'’』」]"
)
_COMMANDS: Final = deferred(r"(?:帮|给|替|麻烦)(?:我|阿拉|伲|俺)|请")


def _framing(intent: Intent, order: str) -> tuple[re.Pattern[str], ...]:
    """Return what makes an order of an intent none."""
    before = f"{_HEARD}|{_SAID}|{_OTHERS}|{_PLANNED}|{_LATER}|{_PAST}"
    went = _WENT_OBJECTION if intent is Intent.OBJECTION else _WENT
    late = r"(?:了|的|过)(?:[呀啊哦额吧。!?]|$)"
    return (
        deferred(rf"(?:{before}){_NEAR}{order}"),
        deferred(rf"{_DAY}(?:已经|就|都|刚)?{order}(?:[^,。;\n]{{0,24}}){late}"),
        deferred(rf"{order}[^,。;\n]{{0,14}}?(?:{went})"),
    )


_DONE: Final = r"过了(?!期|年|头)"
_FINISHED: Final = {
    intent: deferred(rf"{_ORDER[intent]}[^,。;\n\s]{{0,14}}?{_DONE}")
    for intent in (Intent.CLAIM, Intent.RECORD_FOR, Intent.DEDUCT)
}
_FRAMES: Final = {intent: _framing(intent, order) for intent, order in _ORDER.items()}
_DECIDED_BY: Final = deferred(
    r"是(?:由)?[一-鿿]{1,5}(?:弄|批|审|通过|改|驳回?|做|搞|处理|办|定|扣|录|记|报|撤)的"
    r"|(?:通过|驳回|退回|批|撤回)\s*#?\d+\s*(?:号|条)?(?:过了|的是|了没)"
)
_NOT_MINE: Final = deferred(r"[不勿]是(?:我|阿拉|伲)(?:家|们)?(?:申?报|发|弄|写|做)的")
"""35不是我报的,撤了吧 gives the reason of an order."""
_ON_PAPER: Final = frozenset({Intent.APPROVE, Intent.REJECT, Intent.ADJUST, Intent.DEDUCT})
_CONDITION: Final = deferred(r"的话")


def is_framed(intent: Intent, text: str) -> bool:
    """Whether the words around an order tell of it instead of giving it: ``听说14不行``."""
    if intent in _ON_PAPER and _CONDITION.search(text):
        return True
    words = _NOT_MINE.sub(" ", text) if intent is Intent.WITHDRAW_CLAIM else text
    if _DECIDED_BY.search(words):
        return True
    if intent in _FINISHED and _FINISHED[intent].search(text):
        return True
    return any(pattern.search(text) for pattern in _FRAMES.get(intent, ()))


def is_quoted(text: str) -> bool:
    """Whether the order stands in quotation marks or after another's name: ``张三:申报 垃圾分类``.

    A message that is quotation marks and nothing else was copied from a poster, and is meant.
    """
    if _OPENED.search(text):
        return True
    found = _QUOTED.search(text)
    return bool(found and len(found[0]) < len(text.strip()))


def is_begged(text: str) -> bool:
    """Whether the speaker asks for the own household all the same: 帮我, 麻烦给阿拉."""
    return bool(_COMMANDS.search(text))
