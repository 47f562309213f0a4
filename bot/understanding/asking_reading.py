"""Read what is asked and the other plain words (查询): balance, history, rules, status, binding."""

import re
from dataclasses import replace
from typing import Final

from bot.understanding.bind_reading import read_binding
from bot.understanding.claim_numbers import find_numbers
from bot.understanding.claim_reading import read_act
from bot.understanding.commands import core_of, whole_command
from bot.understanding.items import Named
from bot.understanding.normalise import bare
from bot.understanding.periods import find_period
from bot.understanding.quantities import find_quantity
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.talk import Talk
from bot.understanding.times import find_time

_WITHDRAW: Final = re.compile(
    r"\A(?:撤回申报|撤销申报|取消申报|撤回|撤销|撤掉|取消)(?P<rest>.*)\Z", re.DOTALL
)
_WITHDRAW_TAIL: Final = re.compile(
    r"\A(?P<rest>[#第\d号条\s,、]+)(?:撤回|撤销|撤掉|取消)[吧了。!\s]*\Z"
)
_STATUS: Final = re.compile(
    r"\A(?:查一?下?)?(?:申报)?(?:进度|状态)[\s:]*(?P<rest>[#第\d号条\s,、]+)\Z"
    r"|\A(?P<first>[#第\d号条\s,、]+)的?(?:申报)?(?:进度|状态|审了吗|批了吗|通过了吗|审核了吗|审了没|怎么样了)[?\s]*\Z"
)
_AMEND: Final = re.compile(r"\A(?:更正|改正|修正)[\s:]*(?P<rest>.*)\Z", re.DOTALL)
_HOW_MANY: Final = re.compile(
    r"(?:可以|能|会|要)?(?:加|算|有|得|扣|给|值)?(?:几分|多少分|多少积分|几个积分)[?\s呢啊]*\Z|怎么(?:申报|报|加分|算分|拿分|得分)[?\s呢啊]*\Z"
    r"|(?:规则|细则|标准|要求)[?\s]*\Z"
)
_RULES_OF: Final = re.compile(r"\A(?:积分)?(?:规则|细则|标准)[\s:]+(?P<rest>.{2,30})\Z")
_OBJECTION: Final = re.compile(
    r"\A(?:我?要?(?:提|有)?异议|申诉|我要申诉|提出异议|对公示有异议)(?P<rest>[\s:,，。].*)\Z",
    re.DOTALL,
)
_OBJECTION_SPOKEN: Final = re.compile(
    r"有异议|反映一下|我不服|有意见|核实一?下|核对一?下|算错了|少算了|没算进去|写错了"
)
_REDEEM: Final = re.compile(
    r"\A(?:我要|我想)?(?:用?积分)?(?:兑换|换购)[\s:]+(?P<rest>.{1,40})\Z", re.DOTALL
)
_REDEEM_LIST: Final = re.compile(
    r"(?:有什么|有啥|能|可以|有点什么).{0,6}(?:换|兑|拿)|还有没有.{0,8}(?:换|兑)|积分超市"
)
_PENDING: Final = re.compile(r"待审|没审|未审|没处理的?申报|新报上来|等审核|要审的")
_MINE: Final = re.compile(r"我家|我们家|我的|阿拉|屋里|伲|我还?有|我现在|自家")
_BALANCE: Final = re.compile(r"多少积?分|几分|余额|还剩|还有多少|积分|总分")
_SPENT: Final = re.compile(r"加了|扣了|哪些分|怎么来|明细|记录|流水")
_NEGATED: Final = re.compile(r"(?:不|别|没)(?:要|想|用)?(?:看|查|问|申报|报)")
_REDEEM_SPOKEN: Final = re.compile(
    r"(?:帮我|给我|改|想|要)(?:兑换|兑|换)(?!绑|个人|成)(?P<rest>[一-鿿\d].{1,20})\Z"
)
_TOPIC: Final = re.compile(r"申报|积分|加分|扣分|截止|底线|项目")
_STRAY: Final = 2
"""Characters beside an item and 几分 in a room: 要, 能, 请问."""
_TELLING: Final = (
    (Intent.PENDING_LIST, _PENDING),
    (
        Intent.WITHDRAW_CLAIM,
        re.compile(r"(?:报的|报额|报过|申报).{0,12}(?:取消|撤回|撤掉|撤了|覅了|不要了)[^吗?]*\Z"),
    ),
    (Intent.REDEEM_LIST, _REDEEM_LIST),
    (Intent.PARTICIPATION, re.compile(r"参与率|覆盖率|几家.{0,4}参加|多少户参加|参加积分")),
)
_SPOKEN: Final = (
    (Intent.REPORT, re.compile(r"月报|季报|报表|积分表|导出|导个表|导一?下")),
    (Intent.RANKING, re.compile(r"排名|排行|第几名|第一名|前\d+[名%]|排第几|前几名")),
    (Intent.PUBLICATION, re.compile(r"公示")),
    (Intent.HISTORY, _SPENT),
    (
        Intent.CLAIM_STATUS,
        re.compile(r"(?:审|批|通过|进度|消息|看)[了到过]?.{0,3}(?:没|吗)|怎么还没|进度"),
    ),
)
_HOW: Final = re.compile(r"怎么用|怎么报|怎么申报|怎么弄|怎么发|怎么拍|要怎么|教教?|不会|哪能|格式")


def read_asking(talk: Talk) -> Reading | None:
    """Return a question or a plain command; None if the words are neither."""
    return read_binding(talk) or _by_number(talk) or _plain(talk) or _about(talk) or _spoken(talk)


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
    return Reading(intent, asks=intent in {Intent.WITHDRAW_CLAIM, Intent.BIND})


def _about(talk: Talk) -> Reading | None:
    """Read a command word with its object: 规则 献血, 献血几分, 异议 …, 兑换 洗衣液."""
    found = _RULES_OF.match(talk.text)
    if found:
        named = talk.items.find(found["rest"]) or talk.items.find(found["rest"], deductions=True)
        is_meant = named or talk.is_addressed
        return Reading(Intent.RULES, _of_item(named, found["rest"])) if is_meant else None
    how_many = _HOW_MANY.search(talk.text)
    named = _named(talk)
    if how_many and named and not _MINE.search(talk.text):
        left = bare(named.rest.replace(how_many[0].strip(), ""))
        if talk.is_addressed or len(left) <= _STRAY:
            return Reading(Intent.RULES, _of_item(named))
    match = _OBJECTION.match(talk.text)
    if match and (talk.is_addressed or not talk.ends_asking):
        return Reading(Intent.OBJECTION, Slots(reason=bare(match["rest"]) or None))
    match = _REDEEM.match(talk.text)
    if match is None and talk.is_addressed:
        match = _REDEEM_SPOKEN.search(talk.text)
    if match and (talk.is_addressed or not talk.ends_asking):
        return Reading(Intent.REDEEM, _goods(match["rest"]))
    return None


def _named(talk: Talk) -> Named | None:
    """Return the item of a question, one that gives points first."""
    return talk.items.contained(talk.text) or talk.items.contained(talk.text, deductions=True)


def _of_item(named: Named | None, words: str = "") -> Slots:
    """Return the slots of an item that is asked about."""
    if named is None:
        return Slots(item_words=bare(words))
    return Slots(item=named.code, item_choices=named.choices, item_words=named.words)


def _goods(text: str) -> Slots:
    """Return what is to be had for points, by its words, and how many."""
    counted = find_quantity(text)
    words = bare(re.sub(r"[吗吧呢了?]+\Z", "", (counted.rest if counted else text).strip()))
    amount = counted.amount if counted else None
    unit = counted.unit if counted else None
    return Slots(item_words=words, quantity=amount, unit=unit, reason=words or None)


def _spoken(talk: Talk) -> Reading | None:
    """Read a question in whole sentences, where it can be meant for nobody else."""
    if not talk.is_addressed or (_NEGATED.search(talk.text) and not talk.is_question):
        return None
    intent = _spoken_intent(talk)
    if intent is None:
        return None
    day = find_time(talk.text, talk.today)
    occurred = day.occurred if day else find_period(talk.text, talk.today)
    slots = replace(_of_item(_named(talk)), occurred=occurred)
    if intent is Intent.OBJECTION:
        slots = replace(slots, reason=talk.text)
    is_asking = intent is Intent.WITHDRAW_CLAIM
    return Reading(intent, slots, asks=is_asking)


def _spoken_intent(talk: Talk) -> Intent | None:
    """Return what a whole sentence to the assistant wants, the most telling words first."""
    text = talk.text
    if _OBJECTION_SPOKEN.search(text):
        return Intent.OBJECTION
    first = next((intent for intent, pattern in _TELLING if pattern.search(text)), None)
    if first:
        return first
    if _MINE.search(text) and _BALANCE.search(text) and not _SPENT.search(text):
        return Intent.RANKING if "名" in text else Intent.BALANCE
    second = next((intent for intent, pattern in _SPOKEN if pattern.search(text)), None)
    if second:
        return second
    if talk.is_question and (_named(talk) or _TOPIC.search(text)):
        return Intent.RULES
    if _HOW.search(text):
        return Intent.HELP
    return Intent.BALANCE if core_of(text) in {"积分", "分"} else None
