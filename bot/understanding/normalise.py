"""Make written words plain to read (归一): width, invisible characters, quotes, mentions."""

import re
import unicodedata
from typing import Final

_TRADITIONAL: Final = dict(
    zip(
        "報駁積餘額記錄進狀態撤過組號隊戶幫個時鐘頭條塊類圾願務環無償獻調審細則規換兌單員齡學習議決會開"
        "點數說麼樣裡網頁綁間後門舊種樹參與護釦亂雜違築燒養檢達標繳費結婚鄰關愛發動義優訂區級誰這還沒為給"
        "問請謝齊絡聯離轉計總獎勵評鎮爭創錯對應從將來現見黨電車飛線詢圖準備導徵強戰績圖屬爺們媽隻"
        "兩淨潔圍導長邊報別異",
        "报驳积余额记录进状态撤过组号队户帮个时钟头条块类圾愿务环无偿献调审细则规换兑单员龄学习议决会开"
        "点数说么样里网页绑间后门旧种树参与护扣乱杂违筑烧养检达标缴费结婚邻关爱发动义优订区级谁这还没为给"
        "问请谢齐络联离转计总奖励评镇争创错对应从将来现见党电车飞线询图准备导征强战绩图属爷们妈只"
        "两净洁围导长边报别异",
        strict=True,
    )
)
_SIMPLE: Final = str.maketrans(_TRADITIONAL)
_FACE: Final = re.compile(r"\[(?!链接|图片|视频|文件|语音|转账|红包|位置)[一-鿿A-Za-z]{1,4}\]")
_QUOTE: Final = re.compile(r"\A\s*「(?P<said>.*?)」\s*\n[\s\-—]*\n?(?P<answer>.*)\Z", re.DOTALL)
_MENTION: Final = re.compile(r"@(?:积分小助手|积分助手|小助手|积分机器人)")
_ANY_MENTION: Final = re.compile(r"\A\s*@[^\s,:]+|@[^\s,:@]+\s*\Z")
_SPACED: Final = re.compile(r"\A\s*(?:[一-鿿] +){3,}[一-鿿]\s*\Z")
_EDGE: Final = " \t\n,.。:;!、~-—_·"
_LETTERS: Final = re.compile(r"[a-z]{3,}", re.IGNORECASE)
_PINYIN: Final = {
    "shenbao": "申报",
    "paiming": "排名",
    "chehui": "撤回",
    "bangding": "绑定",
    "tongguo": "通过",
    "bohui": "驳回",
    "jifen": "积分",
    "guize": "规则",
    "mingxi": "明细",
    "bangzhu": "帮助",
    "daishen": "待审",
    "duihuan": "兑换",
    "xiaoshi": "小时",
    "zuotian": "昨天",
    "jintian": "今天",
    "hao": "号",
}
_MISHEARD: Final = (
    (re.compile(r"\A(?:申抱|审报|身报|伸报|申保|神报|生报|申宝|深报|申暴)"), "申报"),
    (re.compile(r"\A(?:通国|通郭|同过|通果)(?=\s*#?\d)"), "通过"),
    (re.compile(r"\A(?:伯回|博回|勃回|驳会|拨回)(?=\s*#?\d)"), "驳回"),
    (re.compile(r"\A(积分)?(?:对换|兑现)"), r"\1兑换"),
    (re.compile(r"\A(积分)?(?:规责|规折|归则)"), r"\1规则"),
    (re.compile(r"\A(?:帮定|邦定|绑顶)"), "绑定"),
    (re.compile(r"\A(?:车回|扯回)(?=\s*#?\d)"), "撤回"),
    (re.compile(r"\A(积分)?(?:排明|牌名)\Z"), r"\1排名"),
)
_ZU: Final = re.compile(r"(\d)\s*zu\s*(?=\d)", re.IGNORECASE)


def tidy(text: str) -> str:
    """Return the text in one width, without invisible characters and pictures.

    Traditional characters of command words and items become simplified, so
    ``申報　垃圾分類`` and ``申报 垃圾分类`` read the same. New lines are kept.
    """
    plain = unicodedata.normalize("NFKC", text)
    kept = "".join(_visible(char) for char in plain)
    kept = _FACE.sub(" ", kept).translate(_SIMPLE)
    kept = re.sub(r"[【】\[\]()]", " ", kept)
    kept = re.sub(r"[ \t]+", " ", kept)
    kept = re.sub(r" ?\n[ \n]*", "\n", kept).strip()
    if _SPACED.match(kept):
        kept = kept.replace(" ", "")
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
    return plain.strip(_EDGE)


def repaired(text: str) -> str:
    """Return the words with pinyin and misheard command words at the start put right.

    ``shenbao``, ``审报`` and ``申抱`` are 申报; ``通国 15`` is 通过 15.
    """
    plain = _LETTERS.sub(lambda found: _PINYIN.get(found[0].lower(), found[0]), text)
    plain = _ZU.sub(r"\1组", plain)
    for pattern, word in _MISHEARD:
        plain = pattern.sub(word, plain)
    return plain


def bare(text: str) -> str:
    """Return the words without punctuation at the edges."""
    return text.strip(_EDGE + "?/|+=\"'“”‘’《》")
