"""Read the words of redemption (兑换): open and stop a round, order, collect, cancel."""

import re
from dataclasses import replace
from typing import Final

from bot.understanding.addresses import find_address, name_in
from bot.understanding.deferred import deferred
from bot.understanding.goods import find_each, find_goods
from bot.understanding.normalise import bare
from bot.understanding.numerals import CHINESE, NUMERAL, whole_of
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.talk import Talk

GOOD: Final = "good"
ROUND: Final = "round"
STOP: Final = "stop"
CHOICES: Final = frozenset({GOOD, ROUND, STOP})
"""Questions of ours that are answered by a number."""

_OPEN: Final = deferred(r"\A兑换开(?=[\s:,]|\Z)[\s:,]*(?P<body>.*)\Z", re.DOTALL)
_STOP: Final = deferred(r"\A(?:停止兑换|兑换停)[\s:]*第?(?P<n>\d{1,3})?[轮批号]?\s*\Z")
_HAND_OVER: Final = deferred(
    r"\A核销[\s:]*(?:(?:领取|兑换|兑奖)?码)?[\s:是为]*(?P<code>[A-Za-z0-9][A-Za-z0-9\-\s]{0,19})?\s*\Z"
)
_HAND_OVER_WHAT: Final = deferred(r"\A核销[\s:]*\S")
"""核销 8组11号 洗衣粉: only the code tells which order; the desk says so."""
_CANCEL: Final = deferred(
    r"\A(?:取消兑换|取消预留|退兑换)[\s:#第]*(?P<n>\d{1,6})?\s*号?[吧了。!\s]*\Z"
)
_MINE: Final = deferred(r"(?:我的|我家|我家的)?(?:兑换记录|领取码)|(?:我的|我家|我家的)兑换")
_COLLECTORS: Final = deferred(r"(?:兑换|领取|待领)(?:名单|清点)|谁还没领")
_FOR_ADDRESS: Final = deferred(r"\A(?:代兑换|代换|代兑)[\s:]*(?P<rest>.+)\Z", re.DOTALL)
_FOR: Final = deferred(
    r"\A(?:帮|替|给)(?P<whom>[^,。\n]{2,16}?)(?:兑换|换购)[\s:]*(?P<rest>.{1,40})\Z", re.DOTALL
)
_SELF: Final = deferred(r"我|我家|咱|自己|阿拉")
_REDEEM: Final = deferred(
    r"\A(?:我要|我想)?(?:用?积分)?(?:兑换|换购)[\s:]+(?!清单|目录|列表|单子|规则|记录|名单|物品|商品|点)(?P<rest>.{1,40})\Z",
    re.DOTALL,
)
_TIGHT: Final = deferred(rf"\A(?:积分)?兑换(?P<rest>{NUMERAL}\s*[一-鿿].{{1,30}})\Z")
_SPOKEN: Final = deferred(
    rf"\A(?:我?要|我想)?(?:[用拿]?(?:我家的?)?积分)?(?:换|兑)(?P<rest>{NUMERAL}\s*[一-鿿].{{1,30}})\Z"
)
_CHOICE: Final = deferred(
    rf"(?:我?选|第|就|是)?\s*(?P<n>\d{{1,2}}|[{CHINESE}]{{1,2}})\s*(?:个|项|号|种|样)?[吧啊的。.!\s]*"
)
_MOST: Final = 9


def read_redemption(talk: Talk) -> Reading | None:
    """Return a word of redemption; None if the words are none of these.

    能换什么 and whole sentences are read with the questions.
    """
    return _choice(talk) or _command(talk) or _order(talk)


def _choice(talk: Talk) -> Reading | None:
    """Read 1, 第二个 as the answer to a question of ours."""
    found = _CHOICE.fullmatch(talk.text) if talk.dialogue in CHOICES else None
    number = whole_of(found["n"]) if found else None
    if number is None or not 1 <= number <= _MOST:
        return None
    return Reading(Intent.CHOICE, Slots(choice=number))


def _command(talk: Talk) -> Reading | None:
    text = talk.text
    found = _OPEN.match(text)
    if found:
        return Reading(Intent.OPEN_ROUND, Slots(body=found["body"].strip()))
    for intent, pattern in ((Intent.STOP_ROUND, _STOP), (Intent.CANCEL_REDEMPTION, _CANCEL)):
        found = pattern.match(text)
        if found:
            ids = (int(found["n"]),) if found["n"] else ()
            return Reading(intent, Slots(claim_ids=ids))
    found = _HAND_OVER.match(text)
    if found:
        return Reading(Intent.HAND_OVER, Slots(code=found["code"]))
    if talk.role != "villager" and _HAND_OVER_WHAT.match(text) and not talk.is_question:
        return Reading(Intent.HAND_OVER)
    words = bare(text)
    if _MINE.fullmatch(words):
        return Reading(Intent.MY_REDEMPTIONS)
    return Reading(Intent.COLLECTORS) if _COLLECTORS.fullmatch(words) else None


def _order(talk: Talk) -> Reading | None:
    """Read 代兑换 3组12号 洗衣液 2, 帮王桂英兑换 大米, 兑换2份大米, 换两瓶洗衣液."""
    found = _FOR_ADDRESS.match(talk.text)
    address = find_address(found["rest"]) if found else None
    if address:
        slots = Slots(household=address.household, body=bare(address.after))
        return Reading(Intent.REDEEM, slots)
    found = _FOR.match(talk.text)
    if found and not _SELF.fullmatch(found["whom"]) and not talk.ends_asking:
        return _for(found["whom"], found["rest"])
    found = _REDEEM.match(talk.text)
    if found and (talk.is_addressed or not talk.ends_asking):
        return _several_goods(found["rest"])
    found = _TIGHT.match(talk.text) or (_SPOKEN.match(talk.text) if talk.is_addressed else None)
    if found and not talk.is_question:
        return _several_goods(bare(found["rest"]))
    return None


def _several_goods(text: str) -> Reading:
    """Return an order, with its acts where several goods are counted: 酱油一瓶 料酒两瓶."""
    return ordered(text) or Reading(Intent.REDEEM, _goods(text))


def ordered(text: str) -> Reading | None:
    """Return an order of several goods, an act for each; None if one good is ordered."""
    acts = tuple(
        Reading(
            Intent.REDEEM,
            Slots(item_words=words, quantity=amount, unit=unit, reason=words, body=body),
        )
        for words, amount, unit, body in find_each(text)
    )
    return replace(acts[0], acts=acts) if acts else None


def _goods(text: str) -> Slots:
    """Return what is to be had for points, by its words, and how many; all of it as it stands."""
    words, amount, unit = find_goods(f"兑换 {text}")
    return Slots(
        item_words=words, quantity=amount, unit=unit, reason=words or None, body=text.strip()
    )


def _for(whom: str, rest: str) -> Reading | None:
    address = find_address(whom)
    if address:
        return Reading(Intent.REDEEM, Slots(household=address.household, body=bare(rest)))
    name = name_in(whom)
    return Reading(Intent.REDEEM, Slots(person=name, body=bare(rest))) if name else None
