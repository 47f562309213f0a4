"""Words typed in pinyin or heard wrong (拼音, 谐音) put back into characters."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Final

from bot.understanding.codes import span_of_code
from bot.understanding.commands import WHOLE
from bot.understanding.deferred import deferred
from bot.understanding.likeness import sound_of
from bot.understanding.pinyin import pinyin_of

_WORDS: Final = (
    "毫升 上周 上周一 上周二 上周三 上周四 上周五 上周六 上周日 周一 周二 周三 周四 周五 周六 周日 礼拜 公斤 早上 晚上 昨晚 前天 "
    "申报 积分 排名 撤回 撤销 取消 绑定 换绑 核销 通过 驳回 规则 细则 明细 流水 记录 帮助 待审 兑换 清单 小时 昨天 今天 前天 上午 下午 "
    "号 组 月 日 分 公示 异议 参与率 报表 月报 季报 导出 代录 扣分 进度 状态 怎么 如何 我家 多少 几分 我的 我 的 了 吗 没有 没 查询 查 "
    "记一下 报一下 登记 登记一下 记上 报上 帮 替 妈 爸 多少分 有没有 审核 好了吗 怎么样 "
    "打卡 调整 改成 同意 全部 都 报 加分 余额 我要 帮我 个 两 三 今朝 昨晚 门口 村口 使用 用 不会 户主 洗衣液 大米 肥皂 毛巾 "
    "食用油 牙膏 纸巾 垃圾袋 洗洁精 洗手液 盐 油 米 鸡蛋 雨伞 热水瓶 保温杯 袋 瓶 桶 块 次 年 季度 上个月 这个月 本月 申诉 退出 "
    "洗衣粉 洗发水 沐浴露 香皂 卫生纸 酱油 牙刷 脸盆 牛奶 手套 面粉 面条 茶叶 口罩 食用油 怎么用 怎么报 有什么 什么 可以 现在 还有 还剩 看 看看 一下 第几 第一名 是 谁 家 点 半 周 星期 村里 参加 照片 菜单 网页 更正"
)
_COMMANDS: Final = (
    "申报 通过 驳回 批准 撤回 兑换 绑定 积分 排名 规则 公示 代录 扣分 调整 明细 待审 报表 打卡 帮助 撤销 同意 异议 流水 细则 月报 "
    "进度 补录 参与 覆盖 排行 细则"
)
_ORDINARY: Final = frozenset(
    [
        "几分",
        "几份",
        "同意",
        "通知",
        "工时",
        "公司",
        "公事",
        "共识",
        "共事",
        "攻势",
        "公式",
        "时间",
        "身边",
        "生病",
        "神奇",
        "同学",
        "同国",
        "统一",
        "童年",
        "调整",
        "明星",
        "宝贝",
        "保表",
        "博会",
        "博客",
        "大家",
        "打开",
        "大咖",
        "打卡",
        "大卡",
        "意义",
        "疑义",
        "异议",
        "一一",
        "仪易",
        "议一",
        "绑住",
        "帮顶",
        "进渡",
        "近度",
        "月饼",
        "越报",
        "刘水",
        "系则",
        "西则",
        "布录",
        "补路",
        "不录",
        "不路",
        "部落",
        "申请",
        "通关",
        "带路",
        "扣紧",
        "口粉",
    ]
)
_RUN: Final = deferred(r"[a-z]+(?:['\s]+[a-z]+)*", re.IGNORECASE)
_TOKEN: Final = deferred(r"[a-z]+", re.IGNORECASE)
_DIGIT: Final = deferred(r"\d")
_LEAST: Final = 4
_VARIED: Final = 4
"""Characters of the longest word whose other spellings are known."""
_MOST: Final = 60
_LONGEST: Final = 24
_HAN: Final = deferred(r"[一-鿿]{2}")
_KEPT: Final = frozenset({"ok", "help", "h", "ml", "kg", "app", "excel", "vip", "wifi"})


def from_pinyin(text: str, names: Iterable[str]) -> str:
    """Return the text with runs of pinyin in characters, where every letter fits.

    ``shenbao lajifenlei 2xiaoshi`` is 申报 垃圾分类 2小时; other letters stay.
    """
    if not _TOKEN.search(text) or "http" in text:
        return text
    spelled = _spelled(tuple(names))
    start, end = _code_in(text, spelled)
    return _read_runs(text[:start], spelled) + text[start:end] + _read_runs(text[end:], spelled)


def _read_runs(text: str, spelled: dict[str, str]) -> str:
    return _RUN.sub(lambda found: _read_run(found, text, spelled), text)


def _code_in(text: str, spelled: dict[str, str]) -> tuple[int, int]:
    """Return where a code stands, whose letters are no words; small letters may be words."""
    start, end = span_of_code(text) or (0, 0)
    code = text[start:end]
    runs = _TOKEN.findall(code)
    is_word_like = not _DIGIT.search(code) or any(len(run) >= _LEAST for run in runs)
    if code.islower() and is_word_like and all(_read(run, spelled) for run in runs):
        return 0, 0
    return start, end


def _read_run(found: re.Match[str], text: str, spelled: dict[str, str]) -> str:
    run = found[0]
    letters = re.sub(r"[^a-z]", "", run.lower())
    is_counted = text[found.start() - 1 : found.start()].isdigit()
    if letters in _KEPT or len(letters) > _MOST or (len(letters) < _LEAST and not is_counted):
        return run
    words = [_read(token.lower(), spelled) for token in _TOKEN.findall(run)]
    if all(words):
        return " ".join(word for word in words if word)
    whole = _read(letters, spelled)
    if whole:
        return whole
    return _TOKEN.sub(lambda token: _token(token[0], spelled), run)


def _token(token: str, spelled: dict[str, str]) -> str:
    """Return one word in characters where it is long enough to be sure."""
    return (_read(token.lower(), spelled) or token) if len(token) >= _LEAST else token


def _read(letters: str, spelled: dict[str, str]) -> str | None:
    """Return the fewest words whose sounds make the letters; None if none do."""
    best: list[tuple[int, str] | None] = [(0, "")] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST), end):
            before, word = best[start], spelled.get(letters[start:end])
            if before is None or word is None:
                continue
            known = best[end]
            if known is None or before[0] + 1 < known[0]:
                best[end] = (before[0] + 1, before[1] + word)
    last = best[-1]
    return last[1] if last else None


@lru_cache(maxsize=32)
def _spelled(names: tuple[str, ...]) -> dict[str, str]:
    """Return the words by their pinyin; command words go before items."""
    found: dict[str, str] = {}
    words = (*_WORDS.split(), *_whole_words(), *names)
    for word in words:
        found.setdefault("".join(pinyin_of(word)), word)
    for word in words:
        if 1 < len(word) <= _VARIED:
            for sounds in product(*map(_typed, pinyin_of(word))):
                found.setdefault("".join(sounds), word)
    return found


def _typed(syllable: str) -> tuple[str, ...]:
    """Return the ways in which a syllable is typed by those who mix its sounds."""
    other = syllable + "g" if syllable.endswith(("en", "in")) else syllable
    other = syllable[:-1] if syllable.endswith(("eng", "ing")) else other
    flat = other.replace("h", "", 1) if other.startswith(("zh", "ch", "sh")) else other
    return tuple(dict.fromkeys((syllable, other, flat)))


def _whole_words() -> list[str]:
    return [word for words in WHOLE.values() for word in words.split()]


@lru_cache(maxsize=8192)
def _sound(char: str) -> str:
    return sound_of(char)


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, str]:
    """Return the command words by their fuzzy sound."""
    found: dict[str, str] = {}
    for word in _COMMANDS.split():
        found.setdefault(sound_of(word).replace(" ", ""), word)
    return found


@lru_cache(maxsize=1)
def _whole_by_sound() -> dict[str, str]:
    """Return the whole commands of three characters and more by their sound, tones aside."""
    words = [word for word in _whole_words() if len(word) >= _THREE and _ALL_HAN.fullmatch(word)]
    by_character = {" ".join(map(_sound, word)): word for word in words}
    return by_character | {sound_of(word): word for word in words}


_THREE: Final = 3
_WHOLE_LONGEST: Final = 8
_ALL_HAN: Final = deferred(r"[一-鿿]+")


def as_heard(text: str, *, anywhere: bool) -> str:
    """Return the text with a misheard command word put right: 搏回 45 is 驳回 45.

    Only its first two characters count, unless ``anywhere``.
    """
    if _THREE <= len(text) <= _WHOLE_LONGEST and _ALL_HAN.fullmatch(text):
        whole = _whole_by_sound().get(" ".join(map(_sound, text)))
        if whole:
            return whole
    sounds = _by_sound()
    last = len(text) - 1 if anywhere else min(1, len(text) - 1)
    for at in range(last):
        pair = text[at : at + 2]
        if pair in _ORDINARY or not _HAN.fullmatch(pair):
            continue
        word = sounds.get(_sound(pair[0]) + _sound(pair[1]))
        if word and word != pair:
            return text[:at] + word + text[at + 2 :]
    return text
