"""Numbers of claims said in Chinese (口报编号) put in digits where somebody decides."""

import re
from typing import Final

from bot.understanding.claim_numbers import range_in_digits
from bot.understanding.deferred import deferred
from bot.understanding.numerals import whole_of

_ONES: Final = "一二三四五六七八九"
_NUMERAL: Final = rf"[{_ONES}]百(?:零[{_ONES}]|[{_ONES}]?十[{_ONES}]?)?|[{_ONES}]?十[{_ONES}]|[二三四五六七八九]十|[廿卅][{_ONES}]"
_DECIDES: Final = deferred(
    "通过|批|准|过|驳|退|打回|改|调|可以|没问题|同意|毙|拒|放行|行|撤|取消|作废|[勿不弗]来[三事]|[勿不弗]对|核[减增定]|看不清"
)
_BEFORE: Final = (
    r"(?P<before>\A|[\s,、,;:.。!#]|[第把拿跟和同与及到至除脱留先批过掉了回意准行绝编号])"
)
_AFTER: Final = (
    r"(?=\Z|[\s,、;:.。!到至和跟与及]|号|条|[两二三四五六][条个]|核|通过|驳|同意|批|准|过|都|全|统统|侪|一[起道律]|可以|没|不|别|勿|覅|这|那|应|改|予|均|一并"
    r"|打|退|先|再|照|ok|OK|外|以外|例外|除外|重复|给|可|也|各|加|减|扣|撤|作|行|看|留|缺|是|的(?!分))"
)
_LISTED: Final = deferred(
    r"(?<=通过|驳回|同意|批准)\s*#?\d{1,6}(?:\s?[/+]\s?#?\d{1,6})+|(?<![\d/])\d{1,6}(?:[/+]\d{1,6}){2,}(?=\s*(?:都|全|通过|驳|同意|可以))"
)
"""Numbers of claims with strokes between them: 通过 12/13/15."""
_RUN: Final = deferred(
    rf"(?<![{_ONES}十百零廿卅])(?:[{_ONES}]?十[{_ONES}]|[二三四五六七八九]十(?![{_ONES}])){{2,}}(?=都|全|侪|给|通过|同意|批|准|可以|[,。\s])"
)
"""十六十七十八都通过, in one breath."""
_OF_RUN: Final = deferred(rf"[{_ONES}]?十[{_ONES}]?")
_SPOKEN: Final = deferred(rf"{_BEFORE}(?P<number>{_NUMERAL}){_AFTER}")


def in_digits(text: str) -> str:
    """Return the words with ``通过 三十五 三十六`` as 通过 35 36; words that decide nothing stay."""
    if not _DECIDES.search(text):
        return text
    text = range_in_digits(text)
    text = _RUN.sub(
        lambda run: " " + "、".join(str(whole_of(one)) for one in _OF_RUN.findall(run[0])), text
    )
    text = _LISTED.sub(lambda found: re.sub(r"[/+]", ",", found[0]), text)
    return _SPOKEN.sub(lambda found: f"{found['before']}{whole_of(found['number'])}", text)
