"""Words that take an act back while naming it (否定, 转述): each makes the assistant ask first."""

from collections.abc import Mapping
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.reading import Intent

_NOT: Final = r"(?:不要|不用|不必|不想|不会|不准备|不打算|没有|没说|没让|没叫|先别|先不|暂不|别|勿要|勿|未|覅|没(?!问题|毛病|意见|啥)|不(?!昧))"
_NEAR: Final = r"[^,。;!?\n]{0,4}?"
_TOLD: Final = r"(?:说|讲|让|叫|喊|通知(?!书)|要求|听说|据说)"

DENIED: Final[Mapping[Intent, str]] = {
    Intent.APPROVE: rf"{_NOT}{_NEAR}(?:通过|批准|批|同意|准)|{_NOT}(?:要)?\s*#?\d+[^,。]{{0,2}}(?:可以|没问题|行)",
    Intent.REJECT: r"不(?:驳回|退回|打回)|(?:不要|不用|不必|别|先别|先不|没有?|勿要|覅|没说)[^,。;!?\n]{0,2}(?:驳回|退回|打回|拒绝|否决|通过)|不是不|不能不|不得不|没说[^,。;!?\n]{0,8}(?:驳|退|不)|(?:不想|不能|不该|不会|不准备)(?:再|就)?(?:驳回|退回|打回|拒绝|否决)|(?:没有|不要|别|不想|勿|覅|(?<=我)不)\s*#?\d+[^,。]{0,2}(?:不行|不可以)",
    Intent.ADJUST: rf"{_NOT}{_NEAR}(?:改|调|加|减|扣)",
    Intent.WITHDRAW_CLAIM: rf"{_NOT}(?!要?了|对)(?!要了){_NEAR}(?:撤|取消|作废|删)",
    Intent.REDEEM: rf"{_NOT}(?:要|再|想)?(?:兑换|换|兑|领)",
    Intent.BIND: rf"{_NOT}(?:绑|换绑)",
    Intent.CLAIM: rf"{_NOT}(?!忘|漏|人)[^,。;!?\n忘漏也先就都]{{0,6}}?(?:申报|报|记(?!得)|打卡|加分)",
    Intent.RECORD_FOR: rf"{_NOT}(?!忘|漏)[^,。;!?\n忘漏]{{0,4}}?(?:代录|录|记|登记)",
    Intent.DEDUCT: rf"{_NOT}{_NEAR}(?:扣|减)",
    Intent.OBJECTION: r"(?:没有?|无)(?:什么)?(?:异议|意见)|(?:没有?|没说|别|不要|先不|不想|不|不能|不该|不准备|没)(?:再|想|要)*(?:提|有)(?:什么|啥|出)?(?:异议|意见)|不是(?:要|想|提)?[^,。]{0,2}(?:异议|投诉|申诉)",
}
"""The act is denied: 12先别通过, 不换大米了."""

REPORTED: Final[Mapping[Intent, str]] = {
    Intent.APPROVE: rf"通过(?:了|过|的|没)|已经?{_NEAR}(?:通过|批)|谁{_NEAR}(?:通过|批)|是[我你他她伊谁]{_NEAR}(?:通过|批)|{_TOLD}",
    Intent.REJECT: rf"(?:谁|被|已经?|{_TOLD}){_NEAR}(?:驳回|退回|打回|拒绝)|驳回(?:过|的)",
    Intent.ADJUST: rf"(?:谁|被|已经?|{_TOLD}){_NEAR}(?:改|调|加|减|扣)|改过",
    Intent.WITHDRAW_CLAIM: rf"(?:谁|被|已经?|{_TOLD}){_NEAR}(?:撤|取消)|撤回(?:过|的)",
    Intent.REDEEM: r"(?:换|兑)(?:好|到|过|来)|(?:换|兑)了(?=[\d一两二三四五六七八九十半])|(?:兑换|换)的|已经?(?:兑|换)|上次|上回",
    Intent.BIND: rf"(?:已经?|{_TOLD}){_NEAR}绑|绑(?:定)?(?:好|过|上)了",
    Intent.CLAIM: (
        r"申报(?:了|过|的(?!是))|报过|报上去(?:的|额)|已经?(?:申?报)|被(?:驳|退|打)|驳回|"
        rf"[一-鿿]{{2,4}}(?:说|讲|让|叫|喊)(?:我|大家|阿拉|伲|你|我们)?(?:去|来)?(?:申报|可以|报)|{_TOLD}{_NEAR}申报"
        r"|(?<![帮替给代])(?:他|她|伊|人家|别人)(?:们|家)?[^,。帮替给]{0,6}申报"
    ),
    Intent.RECORD_FOR: r"代录(?:了|过|的|错)|录过|已经?(?:代?录|登记)",
    Intent.DEDUCT: rf"扣(?:了|过|的)|已经?扣|被扣|{_TOLD}{_NEAR}扣",
}
"""The act is told of, not asked for: 听说12通过了, 王主任让我申报."""

_EITHER: Final = deferred(r"可不可以|能不能|好不好|行不行|是不是|要不要|勿要忘|不要忘")
"""不 in these denies nothing."""
_DENIED: Final = {intent: deferred(words) for intent, words in DENIED.items()}
_REPORTED: Final = {intent: deferred(words) for intent, words in REPORTED.items()}


def is_denied(intent: Intent, text: str) -> bool:
    """Whether the words deny the act they name."""
    pattern = _DENIED.get(intent)
    return bool(pattern and pattern.search(_EITHER.sub("", text)))


def is_reported(intent: Intent, text: str) -> bool:
    """Whether the words only tell of the act."""
    pattern = _REPORTED.get(intent)
    return bool(pattern and pattern.search(text))
