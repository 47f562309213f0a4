"""Make written words plain to read (归一): width, invisible characters, quotes, mentions."""

import re
import unicodedata
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.simplified import SIMPLIFIED

_FACE: Final = deferred(
    r"\[(?!链接|小程序|公众号|图片|视频|文件|语音|转账|红包|位置|聊天记录|合并转发)[一-鿿A-Za-z]{1,4}\]"
)
_QUOTE: Final = deferred(r"\A\s*「(?P<said>.*?)」\s*\n[\s\-—]*\n?(?P<answer>.*)\Z", re.DOTALL)
_MENTION: Final = deferred(r"@(?:积分小助手|积分助手|小助手|积分机器人)")
_ANY_MENTION: Final = deferred(r"\A\s*@[^\s,:]+|@[^\s,:@]+\s*\Z")
_BULLET: Final = deferred(r"\A[#*•>&]+\s*(?=[一-鿿])")
_SINGLE: Final = deferred(r"(?<![^\W])[一-鿿](?![^\W])")
_APART: Final = deferred(r"(?<![^\W])([一-鿿]) +(?=[一-鿿](?![^\W]))")
_MANY: Final = 4
_EDGE: Final = " \t\n,.。:;!、~-—_·"
_SIGNS: Final = (
    (deferred("(?<=[\\d号条])\\s*(?:✅|✔|☑|🆗|👌|👍)\ufe0f?\\s*\\Z"), " 通过"),
    (deferred("\\A\\s*(?:✅|✔|☑|🆗|👌|👍)\ufe0f?\\s*(?=[#第]?\\d)"), "通过 "),
    (deferred("(?<=[\\d号条])\\s*(?:❌|✖|❎|🙅|👎)\ufe0f?\\s*\\Z"), " 驳回"),
    (deferred("\\A\\s*(?:❌|✖|❎|🙅|👎)\ufe0f?\\s*(?=[#第]?\\d)"), "驳回 "),
)
"""97✅ and ❌ 14 of a reviewer."""
_HELPING: Final = deferred(
    r"帮(?:个)?忙(?=看|查|报|上报|补|代|申报|登|记|问|弄|绑|换|兑|撤|核|改|录|加|审|导|发|处理|算|取消)"
)
"""帮忙看看 asks for help; 帮忙 alone may be the item."""
_MISHEARD: Final = (
    (
        deferred(
            r"\A(?:申抱|申包|申豹|升报|省报|什报|渗报|甚报|审报|身报|伸报|申保|神报|生报|申宝|深报|申暴)"
        ),
        "申报",
    ),
    (deferred(r"\A(?:通国|通郭|同过|通果|通锅|同国|同锅|痛过|童过|通古)(?=\s*#?\d)"), "通过"),
    (
        deferred(r"\A(?:伯回|博回|勃回|驳会|拨回|薄回|搏回|播回|波回|脖回|博会|伯会)(?=\s*#?\d)"),
        "驳回",
    ),
    (deferred(r"\A(积分)?(?:对换|兑现|兑还|兑唤|兑焕)"), r"\1兑换"),
    (deferred(r"(?<=[\d一二两三四五六七八九十半个尔])(?:小是|晓时|小食|小势)"), "小时"),
    (deferred(r"尔(?=个?(?:小时|钟头|袋|斤|次|趟))"), "二"),
    (deferred(r"兑换(?:青|请|轻|庆|情)单"), "兑换清单"),
    (deferred(r"(?<=[能可以好想要])对换(?=[吗伐么不啊了\s]|\Z)"), "兑换"),
    (deferred(r"\A(?:插分|茶分|察分|差积分|查纷)\Z"), "查分"),
    (deferred(r"\A(?:代路|带录|代陆|代绿|待录|代鹿)(?=\s*[\d一二三四五六七八九十]+组)"), "代录"),
    (deferred(r"(?<=[\s\d,号家])巡[罗落锣螺萝](?=\s|\Z|[,。])"), "巡逻"),
    (deferred(r"撤消"), "撤销"),
    (deferred(r"\A(积分)?(?:规责|规折|归则)"), r"\1规则"),
    (deferred(r"\A(?:帮定|邦定|绑顶)"), "绑定"),
    (deferred(r"\A(?:车回|扯回)(?=\s*#?\d)"), "撤回"),
    (deferred(r"\A(积分)?(?:排明|牌名)\Z"), r"\1排名"),
)


_WRITTEN: Final = deferred(
    r"[壹贰叁肆伍陆柒捌玖拾佰仟]+(?=\s*个?半?(?:[分瓶袋桶包盒条把件只块份张斤元次趟户人棵株棵个]|公斤|小时|钟头|毫升))"
)
_AS_SPOKEN: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")


def tidy(text: str) -> str:
    """Return the text in one width, without invisible characters and pictures.

    Traditional characters of command words and items become simplified, so
    ``申報　垃圾分類`` and ``申报 垃圾分类`` read the same. New lines are kept.
    """
    plain = unicodedata.normalize("NFKC", text)
    for sign, words in _SIGNS:
        plain = sign.sub(words, plain)
    kept = "".join(_visible(char) for char in plain)
    kept = _FACE.sub(" ", kept).translate(SIMPLIFIED)
    kept = _WRITTEN.sub(lambda found: found[0].translate(_AS_SPOKEN), kept)
    kept = re.sub(r"[【】\[\]()]|~{2,}", " ", kept.replace("〜", "~"))
    kept = re.sub(r"[ \t]+", " ", kept)
    kept = re.sub(r" ?\n[ \n]*", "\n", kept).strip()
    if len(_SINGLE.findall(kept)) >= _MANY:
        kept = _APART.sub(r"\1", kept)
    return kept


def _visible(char: str) -> str:
    """Return a character as it is read; pictures become a space, invisible ones nothing."""
    if char in "\n\t ":
        return char
    category = unicodedata.category(char)
    if category in {"So", "Sk", "Cs", "Co", "Cn"}:
        return " "
    if category in {"Cf", "Cc", "Mn", "Me"}:
        return "\n" if char == "\r" else ""
    return " " if category.startswith("Z") else char


def split_quote(text: str) -> tuple[str, str]:
    """Return (quoted words, own words) of a WeChat reply that quotes a message."""
    found = _QUOTE.match(text)
    return (found["said"], found["answer"].strip()) if found else ("", text)


def without_mention(text: str, *, is_mentioned: bool) -> str:
    """Return the words without the mention of the assistant, wherever it stands."""
    plain = _MENTION.sub(" ", text)
    if is_mentioned:
        plain = _ANY_MENTION.sub(" ", plain)
    return _BULLET.sub("", plain.strip(_EDGE))


def repaired(text: str) -> str:
    """Return the words with the command word at the start put right where voice often errs.

    ``审报`` and ``申抱`` are 申报; ``通国 15`` is 通过 15.
    """
    text = _HELPING.sub("帮我", text)
    for pattern, word in _MISHEARD:
        text = pattern.sub(word, text)
    return text


def bare(text: str) -> str:
    """Return the words without punctuation at the edges."""
    return text.strip(_EDGE + "?/|+=\"'“”‘’《》")
