"""Find what is to be had for points (兑换的东西) and how many."""

import re
from decimal import Decimal
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.normalise import bare
from bot.understanding.numerals import NUMERAL, number_of
from bot.understanding.patterns.words import GOODS

UNITS: Final = r"个|袋|瓶|桶|块|盒|包|卷|条|只|把|箱|斤|份|双|支|提|件|听|罐|壶|张|套|公斤|样|筒|升|桌|床|打|盘|台|刀|板|扎|捆|副|枚|根"
_TAIL: Final = deferred(
    r"(?:可以|能|好|行|要|需要|得|还)?(?:换|兑换|兑|领|拿)?(?:多少|几)(?:个)?(?:积)?分.*\Z"
    r"|(?:可以|能|好|行)(?:不)?(?:可以|能|好|行)?(?:兑换|换|兑|领|拿).*\Z|(?:还)?有(?:没有|伐|吗|货|没)(?:货|了|啊|伐|吗)*\Z"
    r"|(?:还|还能)?(?:换|兑|领)得(?:到|着|了).*\Z|[了吧吗伐呀啊哦嘛呢的呗咯喽么?!,。~\s]+\Z|(?:能|可以|好)?(?:换|兑|领)?不\Z|(?:行|好|可以|可|成)(?:吗|伐|不行|不好|不)?\Z|谢谢.*\Z|给我.*\Z|要(?:不)?\Z"
)
_HEAD: Final = deferred(
    r"\A.*?(?:兑换|换购|兑(?!换)|(?<![兑更调对变交轮替撤退转])换(?!购|得(?:到|着))|改(?:成|为|要|拿)|(?<![空协强])调(?=[一两二三四五六七八九十\d点些])|领|拿(?!我|阿拉|伲|屋|出|积?分|\d+分))(?:一下|取|点|些|成)?(?:\s*[:,]\s*)?"
)
_LIST_HEAD: Final = deferred(
    r"\A.*?(?:有没有|还有没有|有|没有|超市里|清单里|现在|请问|问一下|问下|换|兑换|兑)(?:点|些)?"
)
_WANT: Final = deferred(r"\A.*?(?:给我|帮我|我要|我想要|要)(?:来|拿|弄)?(?=.*?[\d一两二三半])")
_VERB_LAST: Final = deferred(
    r"(?:可以|能|好|要|还能|各)*(?:兑换|换购|兑|换|领|拿)\Z|(?:我家?|阿拉|伲|俺)(?:想|也|就|还)*(?:要|换|兑|来)?\Z"
)
_NOT: Final = deferred(
    r"[^,。;\s]{1,6}?(?:别|不要|覅|勿要)(?:给我|帮我)?换了[,。;\s]*|"
    r"[^,。;\s]{1,6}?(?:不要|不换|覅|勿要)了[,。;\s]*(?=(?:侬|你|请|帮|拨|给|我)*(?:还是|就|要|想)?(?:换|改|拿|领|来)(?:成|为|点)?)|(?:不要|不想要|覅|勿要|不换)[^,。;\s]{1,8}(?:了)?[,。;\s]+"
)
_IF_THERE: Final = deferred(r"(?:要是|如果)?(?:还|还要)?有(?:货)?的话")
"""脸盆还有的话给我换一只."""
_COUNT: Final = deferred(
    rf"(?P<n>{NUMERAL}|半)\s*(?P<unit>{UNITS})(?!装)|(?P<pair>[俩仨])(?P<of>{UNITS})?"
)
_SIZE: Final = deferred(rf"(?P<n>{NUMERAL}|半)\s*(?P<unit>{UNITS})装(?:的)?")
"""大米十斤装的,一袋就好: what it is packed in is not how many."""
_POINTS: Final = deferred(
    rf"(?:用|拿|花)?\s*{NUMERAL}\s*(?:个)?(?:积)?分(?:的)?|(?:用|拿|花)(?:我家?|我的)?积分"
)
_SINGLE: Final = deferred(
    r"(?:个|袋|瓶|桶|块|盒|包|卷|条|只|把|箱|支|提|罐|壶)(?=[一-鿿])(?!装|子|头|纸)"
)
_LONGEST: Final = 14
_VAGUE: Final = frozenset({"那种", "这种", "那个", "这个", "东西", "那些"})
_PLAIN: Final = 5
"""Characters: in more words a thing that shops have is looked for."""
_KNOWN: Final = deferred(GOODS)
_THING: Final = deferred(rf"(?:(?P<n>{NUMERAL}|半|俩)?\s*(?P<unit>{UNITS}))?\s*(?P<name>{GOODS})")


Good = tuple[str, Decimal | None, str | None, str]
"""The words of a good, how many, the unit, and all of it as it stands."""
_TWO: Final = 2
_AND: Final = deferred(r"[、,和跟与]|还有")
_EACH: Final = deferred(
    rf"(?P<names>[一-鿿]{{1,8}}(?:(?:[、,和跟与]|还有)[一-鿿]{{1,8}}?){{1,4}}?)(?:都)?各(?:要|来|换|拿)?\s*(?P<n>{NUMERAL})\s*(?P<unit>{UNITS})\Z"
)
_AGAIN: Final = deferred(r"\A(?:再|要|换|来|拿|兑换?|外加|加上|另外|还要)+(?=[\d一-鿿])")
_PLAIN_COUNT: Final = deferred(r"(?P<name>[一-鿿]{1,8})\s*[x×*]?\s*(?P<n>\d{1,3})")
_BETWEEN: Final = deferred(
    rf"(?:(?<=\d)|(?<=[个袋瓶桶块盒包卷条只把箱斤份双支提件听罐壶张套]))\s*(?:[,、;]|和|跟|还有|\s)\s*(?=[一-鿿]|{NUMERAL})"
    rf"|\s*(?:[,、;]|和|跟|还有|加上|外加|再)+(?:再|要|换|来|拿|兑换?)*\s*(?={NUMERAL}\s*(?:{UNITS})[一-鿿])"
)


def find_goods(text: str) -> tuple[str, Decimal | None, str | None]:
    """Return the words of the good, how many, and the unit: ``帮我换两块肥皂`` is 肥皂, 2, 块."""
    text = _IF_THERE.sub(" ", text)
    words = _POINTS.sub(" ", _NOT.sub(" ", text))
    head = _HEAD.match(words) or _WANT.match(words)
    name, amount, unit = _counted(_cut(words[head.end() :])) if head else ("", None, None)
    if not name:
        before = words[: head.end()] if head else words
        before = _cut(_VERB_LAST.sub("", before.strip()))
        start = _LIST_HEAD.match(before)
        name, more, other = _counted(_cut(before[start.end() :] if start else before))
        amount, unit = (amount, unit) if amount is not None else (more, other)
    if (not name or name in _VAGUE) and (thing := _THING.search(text)):
        return thing["name"], number_of(thing["n"]) if thing["n"] else amount, thing["unit"] or unit
    known = _KNOWN.search(name) if len(name) > _PLAIN else None
    return (known[0] if known else name), amount, unit


def _counted(text: str) -> tuple[str, Decimal | None, str | None]:
    found = _COUNT.search(text) or _SIZE.search(text)
    if found is None and (single := _SINGLE.match(text)):
        return bare(text[single.end() :])[:_LONGEST], Decimal(1), single[0]
    amount, unit = _amount(found) if found else (None, None)
    rest = (text[: found.start()] + text[found.end() :]) if found else text
    first = re.split(r"[\s,。;]", rest.strip())[0]
    name = bare(
        re.sub(r"\A(?:一点|点|些|的|个|那个|这个|还?有(?:没有)?)|[吧哦啊呀啦]+\Z", "", first)
    )
    return name[:_LONGEST], amount, unit if amount is not None else None


def _amount(found: re.Match[str]) -> tuple[Decimal | None, str | None]:
    parts = found.groupdict()
    if parts.get("pair"):
        return Decimal("俩仨".index(parts["pair"]) + 2), parts["of"]
    return number_of(parts["n"]), parts["unit"]


def after_order(text: str) -> str:
    """Return the words behind the one that orders (换, 兑换); "" where none does."""
    words = _POINTS.sub(" ", _NOT.sub(" ", text))
    head = _HEAD.match(words)
    return words[head.end() :] if head else ""


def find_each(text: str) -> tuple[Good, ...]:
    """Return the goods of a list that counts each; none unless it holds several.

    ``酱油一瓶 料酒两瓶``, ``三块肥皂和一包盐``, ``洗衣液 2 牙膏 1``, ``垃圾桶、扫帚各一个``.
    """
    text = text.strip(" ,。!吧")
    if (each := _EACH.match(text)) is not None:
        amount, unit = number_of(each["n"]), each["unit"]
        names = [bare(name) for name in _AND.split(each["names"]) if bare(name)]
        return tuple((name, amount, unit, f"{name}{each['n']}{unit}") for name in names)
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    found = [_of_list(part) for part in parts]
    if len(found) < _TWO or any(not name or amount is None for name, amount, _, _ in found):
        return ()
    return tuple(found)


def _of_list(part: str) -> Good:
    words = _AGAIN.sub("", part)
    if (plain := _PLAIN_COUNT.fullmatch(words)) is not None:
        return bare(plain["name"]), number_of(plain["n"]), None, words
    return *find_goods(f"兑换 {words}"), words


def _cut(text: str) -> str:
    """Return the words without what follows the good."""
    words = text.strip()
    while (shorter := _TAIL.sub("", words).strip()) != words:
        words = shorter
    return words
