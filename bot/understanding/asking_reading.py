"""Read what is asked and the other plain words (查询): balance, history, rules, status, binding."""

import re
from typing import Final

from bot.understanding.addresses import find_address, name_in
from bot.understanding.claim_numbers import find_numbers
from bot.understanding.claim_reading import read_act
from bot.understanding.codes import find_code
from bot.understanding.commands import core_of, whole_command
from bot.understanding.normalise import bare
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.talk import Talk

_BIND_ROOM: Final = re.compile(r"\A绑定(?:本群|群|这个群|该群)[\s:]*(?P<rest>.*)\Z", re.DOTALL)
_BIND: Final = re.compile(r"\A(?:我要|请|我想)?(?:绑定|换绑|重新绑定)(?P<rest>.*)\Z", re.DOTALL)
_CODELIKE: Final = re.compile(r"[\s:]*[A-Za-z0-9][A-Za-z0-9\-\s]{5,20}")
_NAME_BEFORE: Final = re.compile(
    r"(?:户主|我叫|姓名|我是)[\s:]*(?P<name>[一-鿿]{2,4})(?=[\s,。]|\Z)"
)
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
    r"(?:可以|能|会|要)?(?:加|算|有|得|扣|给|值)?(?:几分|多少分|多少积分|几个积分)[?\s呢啊]*\Z|怎么(?:申报|报|加分|算分|拿分|得分|弄)[?\s呢啊]*\Z"
    r"|(?:规则|细则|标准|要求)[?\s]*\Z"
)
_RULES_OF: Final = re.compile(r"\A(?:积分)?(?:规则|细则|标准)[\s:]+(?P<rest>.{2,30})\Z")
_OBJECTION: Final = re.compile(
    r"\A(?:我?要?(?:提|有)?异议|申诉|我要申诉|提出异议|对公示有异议)(?P<rest>[\s:,，。].*)\Z",
    re.DOTALL,
)
_OBJECTION_SPOKEN: Final = re.compile(
    r"有异议|我不服|有意见|核实一?下|核对一?下|算错了|少算了|没算进去|写错了"
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
_SPOKEN: Final = (
    (Intent.PARTICIPATION, re.compile(r"参与率|覆盖率|几家.{0,4}参加|多少户参加|参加积分")),
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
    return _bound(talk) or _by_number(talk) or _plain(talk) or _spoken(talk)


def _bound(talk: Talk) -> Reading | None:
    """Read 绑定 CODE, 绑定 3组12号 张三, 绑定本群 CODE."""
    room = _BIND_ROOM.match(talk.text)
    if room:
        code = find_code(room["rest"])
        if code or talk.is_addressed or not room["rest"].strip():
            return Reading(Intent.BIND_ROOM, Slots(code=code), asks=code is None)
        return None
    found = _BIND.match(talk.text)
    if not found:
        is_asked = talk.is_addressed and "绑" in talk.text and not talk.is_question
        return _binding(talk, talk.text) if is_asked and find_address(talk.text) else None
    rest = found["rest"]
    code = find_code(rest)
    if code:
        return Reading(Intent.BIND, Slots(code=code))
    if find_address(rest):
        return _binding(talk, rest)
    if _CODELIKE.fullmatch(rest):
        return Reading(Intent.BIND, Slots(reason=rest.strip()), asks=True)
    if talk.is_addressed and not talk.is_question:
        return Reading(Intent.BIND, Slots(person=name_in(rest)), asks=True)
    return None


def _binding(talk: Talk, text: str) -> Reading:
    """Return a binding to an address; of two (从…换到…) the last."""
    address = find_address(text, last=True)
    assert address is not None, "the caller saw an address"
    labelled = _NAME_BEFORE.search(address.after)
    person = labelled["name"] if labelled else name_in(address.after)
    if person and "绑" in person:
        person = None
    reading = Reading(Intent.BIND, Slots(household=address.household, person=person))
    return reading if person or talk.is_addressed else Reading(Intent.BIND, reading.slots)


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
    """Read a command word that is the whole message, or 规则 and 兑换 with their object."""
    intent = whole_command(talk.text, is_addressed=talk.is_addressed)
    if intent:
        return Reading(intent, asks=intent in {Intent.WITHDRAW_CLAIM, Intent.BIND})
    found = _RULES_OF.match(talk.text)
    if found:
        named = talk.items.find(found["rest"]) or talk.items.find(found["rest"], deductions=True)
        slots = Slots(item_words=bare(found["rest"]))
        if named:
            slots = Slots(item=named.code, item_choices=named.choices, item_words=named.words)
        return Reading(Intent.RULES, slots)
    how_many = _HOW_MANY.search(talk.text)
    named = talk.items.contained(talk.text) or talk.items.contained(talk.text, deductions=True)
    if how_many and named and not _MINE.search(talk.text):
        left = bare(named.rest.replace(how_many[0].strip(), ""))
        if talk.is_addressed or len(left) <= 2:  # noqa: PLR2004 - 要, 能, 请问
            return Reading(
                Intent.RULES,
                Slots(item=named.code, item_choices=named.choices, item_words=named.words),
            )
    for other, pattern in ((Intent.OBJECTION, _OBJECTION), (Intent.REDEEM, _REDEEM)):
        match = pattern.match(talk.text)
        if match and (talk.is_addressed or not talk.is_question):
            return Reading(other, Slots(reason=bare(match["rest"]) or None))
    return None


def _spoken(talk: Talk) -> Reading | None:
    """Read a question in whole sentences, where it can be meant for nobody else."""
    if not talk.is_addressed or (_NEGATED.search(talk.text) and not talk.is_question):
        return None
    text = talk.text
    if _OBJECTION_SPOKEN.search(text) and not talk.is_question:
        return Reading(Intent.OBJECTION, Slots(reason=text))
    if _PENDING.search(text):
        return Reading(Intent.PENDING_LIST)
    if _REDEEM_LIST.search(text):
        return Reading(Intent.REDEEM_LIST)
    if (
        _MINE.search(text)
        and _BALANCE.search(text)
        and not _SPENT.search(text)
        and "名" not in text
    ):
        return Reading(Intent.BALANCE)
    for intent, pattern in _SPOKEN:
        if pattern.search(text):
            return Reading(intent)
    named = talk.items.contained(text) or talk.items.contained(text, deductions=True)
    if talk.is_question and (named or re.search(r"申报|积分|加分|扣分|截止|底线|项目", text)):
        slots = (
            Slots(item=named.code, item_choices=named.choices, item_words=named.words)
            if named
            else Slots()
        )
        return Reading(Intent.RULES, slots)
    if _HOW.search(text):
        return Reading(Intent.HELP)
    return Reading(Intent.BALANCE) if core_of(text) in {"积分", "分"} else None
