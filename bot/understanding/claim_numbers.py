"""Find the numbers of claims (申报编号): lists, ranges, 全部, 除了."""

import re
from dataclasses import dataclass
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.numerals import CHINESE, whole_of

MOST: Final = 500
"""The longest range that is read; a longer one is a slip."""

_HAN: Final = rf"[{CHINESE}]{{1,6}}"
_ONE: Final = (
    rf"(?>第\s?(?:\d{{1,7}}(?!\d)|{_HAN})\s?[号条笔件]|#?\s?\d{{1,7}}(?!\d)(?:\s?[号条])?"
    rf"|[{CHINESE}]{{2,6}}\s?条|{_HAN}\s?号)"
)
_NOT_A_NUMBER: Final = (
    r"(?![\d.]*\s*(?:分(?!数|值)|小时(?!数)|钟头|h|组|月(?!报)|年|%|点(?!错)|个|元|块|天|次(?!数)|人(?!数)|楼|岁|日(?![期子])|张(?!家)|件|只(?!有|是|能|要|拍|到|来|去|做|算|写|给)|户|遍|名|份|位"
    r"|桶|袋|支|双|盒|箱|卷|罐|套|包(?!括)|把(?=[\s,。]|$)|趟|斤|瓶|米|毫升|ml|[:/]\d|\.\d+\s*(?:分|个|小时|钟|h|元|公|斤)|栋|幢|室|弄(?![错丢混脏反重好])|桌|座|席|床|窗口|选手|柜|院|线|路|群|班|届|门(?!前)|电池|院|里面?的|中的|[~—-]\d{1,2}月|季度|队|名|之前|以前|那天|那日|那次|开会|公路|高速|热线|路口))"
)
NUMBER: Final = rf"{_ONE}{_NOT_A_NUMBER}"
"""A pattern of one number: ``#12``, ``12号``, ``第十二条``, a bare ``12``."""
_GAP: Final = r"(?>\s*(?:[,、，.;和跟与及]\s*)?(?:(?:还有|以及|外加|再加)\s*)?)"
_TO: Final = r"(?>\s*[-~—–到至]+\s*)"
_LIST: Final = deferred(rf"(?<![\d.组月年A-Za-z+为成])(?>{NUMBER}(?:(?:{_TO}|{_GAP}){NUMBER})*)")
_SPAN: Final = deferred(
    rf"(?P<gap>{_GAP})(?:(?P<low>{_ONE})(?P<to>{_TO})(?P<high>{_ONE})|(?P<one>{_ONE}))"
)
_VALUE: Final = deferred(rf"\d+|[{CHINESE}]+")
_MARKED: Final = deferred(r"[号条]\s*\Z")
_SAME_AS: Final = deferred(r"\s*[号条]?(?:的)?(?:重复|一样|相同|冲突|重了|是同|同一)")
ALL: Final = deferred(
    r"(?:全部|全都|所有(?:的)?|统统|通通|侪|一律|其余(?:的)?(?:都|全部)?|其他(?:的)?(?:都|全部)?|剩下(?:的)?)"
)
_SPELLED: Final = deferred(
    rf"(?<![{CHINESE}月第])(?P<low>[{CHINESE}]{{1,6}})\s*[到至]\s*(?P<high>[{CHINESE}]{{1,6}})"
    r"(?=\s*(?:号|条|都|全|通过|同意|批|驳|除|里|可以|没问题|不|过|先|退|打回|\Z|[,。]))"
)
_ALL_RULED: Final = deferred(
    r"[都全侪](?!不在)[^,。;]{0,4}?(?:通过|批|同意|准|过|驳|退|打回|可以|没问题|行|ok|好|算)|[都全侪]\s*(?:\Z|[,。;])"
)
"""都 of a verdict: in 那几天人都不在 it means no claims."""
_RUN: Final = deferred(r"\s+")
_NUMBERED: Final = deferred(r"编号(?:是|为|:)?\s*(?=#?\d)")
_COUNT: Final = deferred(
    r"(?<![#第\d])\d{1,3}\s*[条笔](?=\s*(?:申报)?\s*(?:全|都|统统|通通|一律|所有|侪))"
)
_LATER: Final = (
    r"(?:先放|放一放|放放|放着|再看|再等|等等|等一等|等(?:他|伊|她|补|照片)|(?:补|缺)照片|先不|留着|留一留|吃不准|不要动|勿要动|覅动|先别|别批|别过|缓一缓|缓缓|待定|待议|待查|待核|缓议|搁一搁|搁置"
    r"|再说|再问|除外|例外|不算|不通过|不行|不要|(?<!一个)不过|另说|另外|暂缓|暂时|再核|要核)"
)
_EXCEPT: Final = deferred(
    rf"(?:除了|除去|除开|除脱|除掉|除却|除|不包括|不含|不要|覅|跳过|撇开|留下|扣除|就是|只有|单单)\s*(?P<ids>{_LIST.pattern})"
    r"\s*(?:以外|之外|外)?(?:的)?(?:其余的?|其他的?)?"
    rf"|(?P<after>{_LIST.pattern})\s*(?:那条|这条)?[^,。;\d]{{0,8}}?{_LATER}"
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """The claims that are named, those left out of 全部, and the text without them."""

    ids: tuple[int, ...]
    except_ids: tuple[int, ...]
    scope: str | None
    rest: str


def find_numbers(text: str) -> Numbered:
    """Return the claims of ``12 13 15``, ``12-15``, ``#12 #16``, ``十二号``, ``全部通过除了14``.

    Of ``12-15 不含13`` the 13 is left out of the list itself.
    """
    text = range_in_digits(text)
    leaves_out = _EXCEPT.search(text)
    if listed := _listed_but(text, leaves_out):
        return listed
    has_all = ALL.search(text)
    is_all = has_all or (leaves_out and _is_of_all(text, leaves_out))
    if is_all and (leaves_out or not _names(text)):
        found_out = leaves_out and (leaves_out["ids"] or leaves_out["after"])
        rest = _EXCEPT.sub(" ", text, count=1) if leaves_out else text
        return Numbered(
            (), _ids(found_out)[0] if found_out else (), "all", _RUN.sub(" ", ALL.sub(" ", rest))
        )
    labelled = _NUMBERED.search(text)
    found = _LIST.search(text, labelled.end() if labelled else 0)
    if not found:
        return Numbered((), (), None, text)
    ids, after = leading_numbers(text[found.start() :])
    less = _EXCEPT.match(after.lstrip(" ,，、"))
    if less and less["ids"]:
        left_out = _ids(less["ids"])[0]
        ids = tuple(number for number in ids if number not in left_out)
        after = after.lstrip(" ,，、")[less.end() :]
    return Numbered(ids, (), None, text[: found.start()] + " " + after)


def _listed_but(text: str, leaves_out: re.Match[str] | None) -> Numbered | None:
    """Return a list of which some are left out: ``18到22除了20都通过``, ``71到75可以,73先放一放``."""
    if leaves_out is None:
        return None
    words = leaves_out["ids"] or leaves_out["after"]
    found = _LIST.search(text)
    if found and found.start() >= leaves_out.start():
        if leaves_out["ids"]:
            found = _LIST.search(text, leaves_out.end())
        elif "," in words:
            listed, _, words = words.rpartition(",")
            found = _LIST.match(listed)
    if found is None:
        return None
    ids, _ = _ids(found[0])
    left_out, _ = _ids(words.strip())
    if not left_out or not set(left_out) < set(ids):
        return None
    kept = tuple(number for number in ids if number not in left_out)
    rest = text.replace(found[0], " ", 1).replace(leaves_out[0], " ", 1)
    return Numbered(kept, left_out, None, _RUN.sub(" ", ALL.sub(" ", rest)))


def _is_of_all(text: str, leaves_out: re.Match[str]) -> bool:
    """Whether 都 means all that wait: of ``16 17都通过,18再等等`` it means the two."""
    others = text[: leaves_out.start()] + " " + text[leaves_out.end() :]
    return bool(_ALL_RULED.search(others)) and not _names(others)


def _names(text: str) -> bool:
    """Whether claims are named beside 全部; ``12条全部`` only counts them."""
    return bool(_LIST.search(_COUNT.sub(" ", text)))


def range_in_digits(text: str) -> str:
    """Return the text with 十二到十五 in digits."""
    return _SPELLED.sub(lambda found: f"{whole_of(found['low'])}-{whole_of(found['high'])}", text)


def leading_numbers(text: str) -> tuple[tuple[int, ...], str]:
    """Return the numbers at the very start (``12、13各改成2分``) and the text after them."""
    text = range_in_digits(text)
    found = _LIST.match(text)
    if not found:
        return (), text
    ids, end = _ids(found[0], after=text[found.end() :])
    return ids, text[end:]


def _ids(text: str, *, after: str = "") -> tuple[tuple[int, ...], int]:
    """Return the numbers of a list, ranges filled in, each once, and where the list ends.

    A list ends before a number that is said differently (``23 3号已报过``: the
    3rd is a day) or that is only compared with (``23 和14重复``). A range that
    runs backwards or too far makes the whole list unread.
    """
    seen: dict[int, None] = {}
    end = 0
    first_is_marked: bool | None = None
    for found in _SPAN.finditer(text):
        words = found["one"] or found["high"]
        is_marked = bool(_MARKED.search(words))
        if first_is_marked is None:
            first_is_marked = is_marked
        is_day = is_marked and not first_is_marked and not found["gap"].strip()
        is_compared = found["gap"].strip() and found.end() == len(text) and _SAME_AS.match(after)
        if end and (is_day or is_compared):
            return tuple(seen), end
        low = _value(found["one"] or found["low"])
        high = _value(words)
        if low is None or high is None or not 0 <= high - low < MOST or low == 0:
            return (), len(text)
        seen.update(dict.fromkeys(range(low, high + 1)))
        end = found.end()
    return tuple(seen)[:MOST], end


def _value(text: str) -> int | None:
    """Return the number within ``#12号`` or ``第十二条``."""
    found = _VALUE.search(text)
    return whole_of(found[0]) if found else None
