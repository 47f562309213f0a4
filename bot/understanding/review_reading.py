"""Read the committee's words (审核): approve, reject, adjust, record, deduct, bindings, photos."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.understanding.claim_numbers import ALL, Numbered, find_numbers, leading_numbers
from bot.understanding.claim_reading import read_act
from bot.understanding.deferred import deferred
from bot.understanding.normalise import bare
from bot.understanding.numerals import NUMERAL, number_of
from bot.understanding.points import POINTS, points_in, value_of
from bot.understanding.quantities import Counted, find_quantity
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.talk import Talk

_APPROVE: Final = r"(?:审核通过|予以通过|通过(?!验收|安检|考试|面试|体检|高速|微信|电话|腾讯|路口)|批准|核准(?!号|日期|成立|机关)|同意|准了|批了|批(?![不勿评])|ok(?![a-z])|OK(?![A-Za-z]))"
_REJECT: Final = (
    r"(?:不予通过|不能通过|不给通过|没通过|不通过|不同意|不批准|不批"
    r"|退(?=\s*[#第]?\d)|驳回去|驳回|驳掉|退回去|退回|打回去|打回|否决|拒绝|驳(?=\Z|[吧了掉,。]))(?!的|得|错|上诉|诉讼|起诉|再审|了?(?:没道理|不对|不合理|冤))"
)
_APPROVE_START: Final = deferred(rf"\A(?:请)?{_APPROVE}(?P<rest>.*)\Z", re.DOTALL)
_REJECT_START: Final = deferred(rf"\A(?:请)?{_REJECT}(?P<rest>.*)\Z", re.DOTALL)
_APPROVE_TAIL: Final = deferred(
    rf"\A\s*(?:号|条)?\s*(?:可以|没问题|都|也|全部?|予以|审核|给)*[,\s]*{_APPROVE}(?P<rest>.*)\Z",
    re.DOTALL,
)
_REJECT_TAIL: Final = deferred(
    rf"\A\s*(?:号|条)?\s*(?:都|全部?|予以|应该)*[,\s]*{_REJECT}(?P<rest>.*)\Z", re.DOTALL
)
_ALL_APPROVE: Final = deferred(
    rf"\A(?:待审的?|剩下的?)?(?:(?:除了?|除去)[^一-鿿]*(?:[号条])?[^一-鿿]*"
    r"(?:以外|之外|外)?的?)?[,\s]*"
    rf"(?:{ALL.pattern}|都|全)\s*(?:的)?(?:都|可以|给)?{_APPROVE}(?P<rest>.*)\Z",
    re.DOTALL,
)
_PARTICLES: Final = deferred(r"[吧啊呀哦啦了的,。.!\s、:都号条全部请给]+")
_ADJUST_START: Final = deferred(r"\A(?:调整|改分|更改|修改分数|调分)(?P<rest>.*)\Z", re.DOTALL)
_ADJUST_TAIL: Final = deferred(
    r"\A\s*[号条]?\s*(?:的?分数?|各|都|全部|应该|应)*\s*"
    r"(?:(?:改成|改为|改到|改|调整为|调整到|调成|调到|调为|扣到|加到|减到|降到|扣成|减成|加成|(?:只好|只能|最多)(?:算|给|加))"
    r"|(?P<by>加|减|扣|增加|减少))"
    r"\s*(?:成|为)?(?P<rest>\s*"
    rf"(?:{NUMERAL}|半)\s*分(?!钟).*)\Z",
    re.DOTALL,
)
_TO: Final = deferred(r"改|为|到|成")
_NUMBERED: Final = (
    (
        Intent.CONFIRM_BIND,
        deferred(r"\A(?:确认绑定|同意绑定|认绑定|通过绑定)(?P<rest>.*)\Z", re.DOTALL),
    ),
    (
        Intent.REFUSE_BIND,
        deferred(r"\A(?:不认绑定|拒绝绑定|不同意绑定|驳回绑定)(?P<rest>.*)\Z", re.DOTALL),
    ),
    (
        Intent.PHOTOS,
        deferred(
            r"\A(?:看一?下?|查看|发)?(?:图片?|照片|相片|佐证)(?P<rest>.*)\Z"
            r"|\A看(?P<later>.*?)的?(?:图片?|照片|相片|佐证)\Z",
            re.DOTALL,
        ),
    ),
)
_REASON_WORD: Final = deferred(r"\A[\s,。:;、]*(?:原因|理由|因为|因)?[\s:]*")
_BEFORE_NUMBERS: Final = deferred(r"\A[\s:,、]*(?:编号|序号|号码|一下|了|掉|吧)?[\s:,、]*")
_ENDS: Final = deferred(r"[吧了啊呀啦]*(?:[\s,。!;]|\Z|除|不含|不包)")
_OBJECTS: Final = deferred(
    r"(?:我|阿拉|伲|俺)[^,。]{0,3}(?:[不勿弗伐]服|[不勿弗伐]认(?!识)|[不勿弗伐]接受|[不勿弗伐]同意|有意见|有异议|想不通)|明明|冤枉|凭[啥什]"
)
"""61号驳回我不服, 36号改成1分我不认: a villager who speaks so objects."""
_WHO_DID: Final = deferred(r"(?:谁|啥人|哪一?位)[^,。]{0,8}(?:通过|批|驳回|退回|打回|改)")
_EVERY: Final = deferred(r"都|全(?!部|都)")
_LISTED: Final = deferred(r"\A的[^,。;]*(?:导|列|打印|汇总|拉|excel|表)")
"""全部通过的申报导成excel: a list of them is wanted."""
_THANKS: Final = deferred(r"谢谢|多谢|辛苦|没问题")
_COUNT_AS: Final = deferred(
    rf"(?:按照?|算|只算|算作)\s*{NUMERAL}\s*个?半?(?:小时|钟头|次|趟|袋|斤|人|元|块|毫升|天)"
)
_STRAY: Final = 20
"""Characters a room's message may hold beside an approval before it is running talk."""


def read_review(talk: Talk) -> Reading | None:
    """Return a committee act; permission is decided elsewhere. Who decided is asked of it, not told."""
    if _WHO_DID.search(talk.text) or (talk.role == "villager" and _OBJECTS.search(talk.text)):
        return None
    readers: tuple[Callable[[Talk], Reading | None], ...] = (
        _numbered, _adjust, _reject, _approve,
    )  # fmt: skip
    return next((reading for reader in readers if (reading := reader(talk))), None)


def _numbered(talk: Talk) -> Reading | None:
    """Read words that want nothing but numbers: 确认绑定 3, 看图 23."""
    for intent, pattern in _NUMBERED:
        found = pattern.match(talk.text)
        if not found:
            continue
        rest = found["rest"] if found["rest"] is not None else found.groupdict().get("later") or ""
        numbers = find_numbers(rest)
        if _PARTICLES.sub("", numbers.rest):
            continue
        if numbers.ids or (talk.is_addressed and intent is not Intent.PHOTOS):
            return Reading(intent, Slots(claim_ids=numbers.ids), asks=not numbers.ids)
    return None


def _approve(talk: Talk) -> Reading | None:
    """Read 通过 23, 23通过, 全部通过除了14, 通过 23 5分."""
    found = _ALL_APPROVE.match(talk.text)
    if (
        found
        and (not talk.is_question)
        and not _LISTED.match(found["rest"])
        and (talk.is_addressed or _ENDS.match(found["rest"]))
        and (talk.role != "villager" or talk.is_addressed or not re.match("[了啦]", found["rest"]))
    ):
        return _approval(talk, find_numbers(_EVERY.sub("全部", talk.text, count=1)))
    found = _APPROVE_START.match(talk.text)
    if found and not talk.is_question:
        words = _BEFORE_NUMBERS.sub("", found["rest"])
        if leading_numbers(words)[0] or ALL.match(words) or words.startswith("除"):
            return _approval(talk, find_numbers(words))
        if talk.quoted_ids:
            return _approval(talk, Numbered(talk.quoted_ids, (), None, words))
        if not words and talk.is_addressed and "通过" in talk.text:
            return Reading(Intent.APPROVE, asks=True)
    ids, rest = leading_numbers(talk.text)
    tail = _APPROVE_TAIL.match(rest) if ids else None
    if tail and not talk.is_question:
        every = find_numbers(talk.text)
        kept = every.ids if every.except_ids else ids
        return _approval(talk, Numbered(kept, every.except_ids, None, tail["rest"]))
    return None


def _approval(talk: Talk, numbers: Numbered) -> Reading | None:
    """Return an approval unless the rest shows running talk (``12通过路口``)."""
    points, rest = points_in(numbers.rest)
    told = read_act(rest, talk.items, talk.today, guesses=False)
    stray = _PARTICLES.sub("", re.sub(_APPROVE, "", told.rest)) + (told.slots.place or "")
    ids = numbers.ids or (talk.quoted_ids if not numbers.scope else ())
    if ids and points is None and (counted := _counted_as(rest)):
        slots = Slots(claim_ids=ids, quantity=counted.amount, unit=counted.unit)
        return Reading(Intent.ADJUST, slots)
    if not talk.is_addressed and re.search(r"\d", stray):
        return None
    is_joined = not re.search(r"[\s,]", rest.strip())
    if not talk.is_addressed and is_joined and _THANKS.sub("", stray):
        return None
    if not talk.is_addressed and len(stray) > (_STRAY if re.search(r"[\s,]", rest.strip()) else 2):
        return None
    slots = Slots(
        claim_ids=ids, except_ids=numbers.except_ids, scope=numbers.scope, points=points,
        item=told.slots.item, item_words=told.slots.item_words if told.slots.item else "",
        occurred=told.slots.occurred, reason=bare(stray) or None,
    )  # fmt: skip
    return Reading(Intent.APPROVE, slots, asks=not (ids or numbers.scope))


def _counted_as(rest: str) -> Counted | None:
    """Return so much as a reviewer lets count: 通过 25 按3小时算 is no plain approval."""
    if not _COUNT_AS.search(rest):
        return None
    counted = find_quantity(rest)
    return counted if counted and not counted.is_rough else None


def _reject(talk: Talk) -> Reading | None:
    """Read 驳回 23 原因, 23驳回,照片看不清, 不同意 33 34."""
    if talk.ends_asking:
        return None
    found = _REJECT_START.match(talk.text)
    if found:
        ids, rest = leading_numbers(found["rest"].lstrip(" :,、"))
        numbers = Numbered(ids, (), None, rest) if ids else find_numbers(found["rest"])
        if ALL.match(found["rest"].strip()) is None and not ids:
            numbers = Numbered(talk.quoted_ids, (), None, found["rest"])
        if numbers.ids or numbers.scope:
            return _rejection(numbers)
        if talk.text == "驳回":
            return _rejection(numbers)
    ids, rest = leading_numbers(talk.text)
    tail = _REJECT_TAIL.match(rest) if ids else None
    return _rejection(Numbered(ids, (), None, tail["rest"])) if tail else None


def _rejection(numbers: Numbered) -> Reading:
    """Return a rejection with its reason."""
    reason = bare(_REASON_WORD.sub("", re.sub(r"\A[吧了掉,\s]+", "", numbers.rest))) or None
    slots = Slots(
        claim_ids=numbers.ids, except_ids=numbers.except_ids, scope=numbers.scope, reason=reason
    )
    return Reading(Intent.REJECT, slots, asks=not (numbers.ids or numbers.scope))


def _adjust(talk: Talk) -> Reading | None:
    """Read 调整 15 3分, 15改成3分, 12、13各改成2分, 15加1分."""
    if talk.ends_asking:
        return None
    found = _ADJUST_START.match(talk.text)
    if found:
        ids, rest = leading_numbers(found["rest"].lstrip(" :,、"))
        reading = _adjustment(ids, rest, sign=None)
        is_telling = talk.is_addressed or not reading.asks or not bare(rest)
        return reading if ids and is_telling else None
    ids, rest = leading_numbers(talk.text)
    tail = _ADJUST_TAIL.match(rest if ids else talk.text)
    if tail and (ids or talk.quoted_ids):
        return _adjustment(ids or talk.quoted_ids, tail["rest"], sign=tail["by"])
    return None


def _adjustment(ids: tuple[int, ...], text: str, *, sign: str | None) -> Reading:
    """Return an adjustment to so many points, by so many, or to so much that was done."""
    found = POINTS.search(text)
    value = value_of(found) if found else None
    if found is None or value is None:
        bare_number = re.match(
            rf"\s*(?:改成|改为|为|到|成|改)?\s*({NUMERAL})(?=[\s,。]|\Z)\s*(.*)\Z", text, re.DOTALL
        )
        value = number_of(bare_number[1]) if bare_number else None
        rest = bare_number[2] if bare_number else text
        sign_word = None
    else:
        rest = text[found.end() :]
        sign_word = sign or (None if _TO.search(text[: found.end()]) else found["sign"])
    new = re.split(r"改(?:成|为|到)?", text)[-1]  # 4小时改3小时
    counted = (find_quantity(new) or find_quantity(text)) if value is None else None
    rest = counted.rest if counted else rest
    reason = bare(_REASON_WORD.sub("", re.sub(r"\A(?:通过|吧|了)+", "", rest))) or None
    slots = Slots(claim_ids=ids, reason=reason)
    if counted is not None and not counted.is_rough:
        slots = replace(slots, quantity=counted.amount, unit=counted.unit)
        return Reading(Intent.ADJUST, slots, asks=reason is None)
    changed = re.match(rf"\s*(?P<sign>加|减|扣)\s*(?P<number>{NUMERAL})\s*\Z", text)
    if changed and (value := number_of(changed["number"])) is not None:
        sign_word = changed["sign"]
    if value is not None and sign_word:
        less = sign_word in {"-", "减", "扣", "减少", "少"}
        return Reading(Intent.ADJUST, replace(slots, delta=-value if less else value))
    return Reading(Intent.ADJUST, replace(slots, points=value), asks=value is None)
