"""Read what is asked and the other plain words (查询): balance, history, rules, status, binding."""

import re
from dataclasses import replace
from typing import Final

from bot.understanding.addresses import find_group
from bot.understanding.bind_reading import read_binding
from bot.understanding.claim_numbers import find_numbers
from bot.understanding.claim_reading import read_act
from bot.understanding.commands import whole_command
from bot.understanding.deferred import deferred
from bot.understanding.goods import UNITS, find_goods
from bot.understanding.items import Named
from bot.understanding.normalise import bare
from bot.understanding.numerals import NUMERAL
from bot.understanding.periods import find_period
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.talk import Talk

_WITHDRAW: Final = deferred(
    r"\A(?:撤回申报|撤销申报|取消申报|撤回|撤销|撤掉|取消)(?P<rest>.*)\Z", re.DOTALL
)
_WITHDRAW_TAIL: Final = deferred(
    r"\A(?P<rest>[#第\d号条\s,、]+)(?:撤回|撤销|撤掉|取消)[吧了。!\s]*\Z"
)
_STATUS: Final = deferred(
    r"\A(?:(?:查一?下?)?(?:申报)?(?:进度|状态)|查(?=\s*[#第]?\d{1,5}\s*[号条]?\s*\Z))[\s:]*(?P<rest>[#第\d号条\s,、]+)\Z"
    r"|\A(?P<first>[#第\d号条\s,、]+)的?(?:申报)?(?:进度|状态|审了吗|批了吗|通过了吗|审核了吗|审了没|怎么样了)[?\s]*\Z"
)
_AMEND: Final = deferred(r"\A(?:更正|改正|修正)[\s:]*(?P<rest>.*)\Z", re.DOTALL)
_HOW_MANY: Final = deferred(
    r"(?:可以|能|会|要)?(?:加|算|有|得|扣|给|值)?(?:几分|多少分|多少积分|几个积分)[?\s呢啊]*\Z|怎么(?:申报|报|加分|算分|拿分|得分)[?\s呢啊]*\Z"
    r"|(?:规则|细则|标准|要求)[?\s]*\Z"
)
_RULES_OF: Final = deferred(r"\A(?:积分)?(?:规则|细则|标准)[\s:]+(?P<rest>.{2,30})\Z")
_REDEEM: Final = deferred(
    rf"\A(?:我要|我想)?(?:用?积分)?(?:兑换|换购)(?:[\s:~\-—]+|(?=[一-鿿]{{2,8}}\s*{NUMERAL}\s*(?:{UNITS})\Z))(?P<rest>.{{1,40}})\Z",
    re.DOTALL,
)
_MINE: Final = deferred(r"我家|我们家|我的|阿拉|屋里|伲|我还?有|我现在|自家")
_OF_QUOTED: Final = frozenset({Intent.WITHDRAW_CLAIM, Intent.CLAIM_STATUS})
_LAST: Final = deferred(r"最近(?:那|的)?(?:一)?[条个]|刚才|刚刚|方才|上一?条|最后[一那这]?条|刚报")
_LIKELY: Final = 60.0
"""Likeness from which a room's words after 规则 are taken for an item."""
_STRAY: Final = 2
"""Characters beside an item and 几分 in a room: 要, 能, 请问."""


def read_asking(talk: Talk) -> Reading | None:
    """Return a question or a plain command; None if the words are neither."""
    return read_binding(talk) or _by_number(talk) or _plain(talk) or _about(talk)


def _by_number(talk: Talk) -> Reading | None:
    """Read what names a claim: 撤回 23, 进度 23, 更正 23 …."""
    amended = _AMEND.match(talk.text)
    if amended:
        return _amendment(talk, amended["rest"])
    for intent, found in (
        (Intent.WITHDRAW_CLAIM, _WITHDRAW.match(talk.text) or _WITHDRAW_TAIL.match(talk.text)),
        (Intent.CLAIM_STATUS, _STATUS.match(talk.text)),
    ):
        if not found:
            continue
        groups = found.groupdict()
        numbers = find_numbers(groups["rest"] or groups.get("first") or "")
        left = re.sub(r"[吧了的申报\s,。!这条]", "", numbers.rest)
        if numbers.ids and not left:
            return Reading(intent, Slots(claim_ids=numbers.ids))
    return None


def _amendment(talk: Talk, text: str) -> Reading | None:
    """Read 更正 23 昨天 2小时: the number, then the same slots as a claim."""
    found = re.match(r"#?\s*(?P<id>\d{1,7})\s*[号条]?[\s:,，]*(?P<body>.*)\Z", text, re.DOTALL)
    if not found:
        is_telling = talk.is_addressed or not text.strip()
        return (
            Reading(Intent.AMEND, Slots(reason=text.strip() or None), asks=True)
            if is_telling
            else None
        )
    body = found["body"]
    told = read_act(body, talk.items, talk.today, guesses=False).slots
    slots = Slots(
        claim_ids=(int(found["id"]),), item=told.item, item_choices=told.item_choices,
        item_words=told.item_words if told.item else "", occurred=told.occurred, place=told.place,
        quantity=told.quantity, quantity_is_rough=told.quantity_is_rough, unit=told.unit,
        tier=told.tier, reason=body.strip() or None,
    )  # fmt: skip
    return Reading(Intent.AMEND, slots, asks=not body.strip())


def _plain(talk: Talk) -> Reading | None:
    """Read a command word that is the whole message."""
    intent = whole_command(talk.text, is_addressed=talk.is_addressed)
    if intent is None:
        return None
    slots = Slots()
    if len(talk.text) > len("积分"):
        group = find_group(talk.text)
        household = group.household if group else None
        slots = Slots(occurred=find_period(talk.text, talk.today), household=household)
    if intent in _OF_QUOTED:
        is_last = intent is Intent.WITHDRAW_CLAIM and _LAST.search(talk.text)
        slots = replace(slots, claim_ids=talk.quoted_ids, scope="last" if is_last else None)
    return Reading(intent, slots, asks=intent in {Intent.WITHDRAW_CLAIM, Intent.BIND})


def _about(talk: Talk) -> Reading | None:
    """Read a command word with its object: 规则 献血, 献血几分, 异议 …, 兑换 洗衣液."""
    found = _RULES_OF.match(talk.text)
    if found:
        named = talk.items.find(found["rest"]) or talk.items.find(found["rest"], deductions=True)
        is_meant = talk.is_addressed or (named and named.score >= _LIKELY)
        return Reading(Intent.RULES, _of_item(named, found["rest"])) if is_meant else None
    how_many = _HOW_MANY.search(talk.text)
    named = _named(talk)
    if how_many and named and not (talk.is_addressed or _MINE.search(talk.text)):
        left = bare(named.rest.replace(how_many[0].strip(), ""))
        if len(left) <= _STRAY:
            return Reading(Intent.RULES, _of_item(named))
    match = _REDEEM.match(talk.text)
    if match and not talk.is_question:
        words, amount, unit = find_goods(talk.text)
        slots = Slots(item_words=words, quantity=amount, unit=unit, reason=words or None)
        return Reading(Intent.REDEEM, slots)
    return None


def _named(talk: Talk) -> Named | None:
    """Return the item of a question, one that gives points first."""
    return talk.items.contained(talk.text) or talk.items.contained(talk.text, deductions=True)


def _of_item(named: Named | None, words: str = "") -> Slots:
    """Return the slots of an item that is asked about."""
    if named is None:
        return Slots(item_words=bare(words))
    return Slots(item=named.code, item_choices=named.choices, item_words=named.words)
