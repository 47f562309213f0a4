"""When a reading is sure enough to be acted on, and what makes it ask (把握)."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.denials import is_denied, is_reported
from bot.understanding.features import without_politeness
from bot.understanding.frames import is_begged, is_framed, is_quoted
from bot.understanding.patterns.words import APPROVE, FINE, REJECT, UNFIT
from bot.understanding.reading import SILENCE, Intent, Reading, Slots
from bot.understanding.talk import Talk, asks

CHANGING: Final = frozenset(
    {
        Intent.CLAIM,
        Intent.RECORD_FOR,
        Intent.DEDUCT,
        Intent.APPROVE,
        Intent.REJECT,
        Intent.ADJUST,
        Intent.WITHDRAW_CLAIM,
        Intent.REDEEM,
        Intent.OBJECTION,
        Intent.BIND,
    }
)
"""Intents that change a record."""

_SUPPOSED: Final = deferred(
    r"(?<!只)要是(?!公)|如果|假如|假使|倘若|万一|若是|假设|设想|除非|等[^,。;]{0,12}再(?![看说来去见])|(?:补|改)了?[^,。;]{0,6}(?:就|才|再)(?:能)?(?:通过|批|过)|下次(?!注意|不要|别|要)|下回|再(?:看到|发现|犯)[^,。;]{0,16}(?:扣|减)"
)
_FORWARDED: Final = deferred(
    r"\A\s*(?:(?:转发|转|通知)\s*[:：]|(?:链接|小程序|视频号?|文件|公众号)(?:\s*[:：]|\s)|聊天记录|合并转发)"
)
_ANOTHER: Final = deferred(r"\d[^\d]{0,3}(?:通过|驳回|改成)")
_COMMAND: Final = deferred(r"申报[\s:,]")
"""A claim that begins so may hold 怎么 in what it tells (教老人怎么用手机)."""
_FILED_PLAINLY: Final = deferred(r"\A申报[\s:,]|[\s,。!;了]申报[吧。!]?\Z")
"""The command stands by itself: whatever else is told, it is worth a question."""
_REFUSED: Final = deferred(rf"{REJECT}|{UNFIT}")
_PASSED: Final = deferred(rf"{APPROVE}|{FINE}")
_DIGITS: Final = deferred(r"\d+")
_DECIDED: Final = frozenset({Intent.APPROVE, Intent.REJECT})
_DECISIONS: Final = _DECIDED | {Intent.ADJUST}
_ALL_FIRST: Final = deferred(r"\A[^\d]*?(?:全部|全都|统统|通通|其他|其余|别的|剩下)[^\d]*\d")
"""全部通过,12改成2分: the number is another matter."""
_BEGS: Final = deferred(r"(?:行不行|好不好|对不对|可不可以)[?。!]*\Z")
_OF_OBJECTING: Final = deferred(
    r"异议(?:了|过)?(?:吗|伐|么|呀|没有?|没)?[?]*\Z(?<![议了过])|异议[?]|异议(?:要|有|是|这样|干|啥|怎|还是|的话|了没|了吗|吗|伐)|(?:要不要|可不可以|能不能|可以|是不是|怎么|怎么能|为啥|为什么|凭什么|谁)(?:提|有|去提)?异议"
)
"""Asking about objections in general is no objection."""
_APPOINTED: Final = deferred(
    r"有空|没空|喜酒|聚餐|吃饭|打牌|麻将|订位|体检|考试|面试|旅游|上班|走亲戚|集合|车票|核酸"
)
"""In a room 23可以,我那天有空 makes an appointment."""
_PICKS: Final = deferred(
    r"(?:[前后头末]|最后|开头)(?:面)?的?[一二两三四五六七八九几\d]+[条笔]|(?:里|里头|里面|当中)的?有[一二两三四五几\d]+[条笔](?=\s*(?:不|重|有|没|照片|看|驳|可以|没问题|要|先|[,。;]|\Z))"
    r"|[单双][号数]|一半(?:的)?(?:通过|批|过|驳|退)|为止|(?<=[\d号条])(?:之前|以前|前面|后面|以后|之后)的?(?:都|全|先|统统|通过|驳|过)"
)
"""Some of those named, by words that are not taken apart: the last two, the even ones."""
_NOT_MINE: Final = deferred(
    r"(?:[你伊他她]们?|侬|大家|谁|书记|主任)(?:来)?定(?!的)|(?:我|阿拉|伲)[^,。;\d]{0,4}(?:不好|勿好|不能|不便|没法|不方便|勿能|不该)(?:批|审|定|做主)"
    r"|(?:是|算)?(?:我|阿拉|伲)(?:自家|自己家|家|屋里)的?[了啊呀。!]*\Z"
)
"""23我不好批,是我自家的; 23通过不通过你们定."""
_FIRST_ONE: Final = deferred(r"第[一二三](?:条|个|笔)")
_FIRST_MOST: Final = 3
_MAY_ASK: Final = frozenset({Intent.OBJECTION, Intent.REJECT})
"""Whose reason may hold a word that asks."""
_OF_ITEM: Final = frozenset({Intent.CLAIM, Intent.RECORD_FOR, Intent.DEDUCT})
_OF_HOUSE: Final = frozenset({Intent.RECORD_FOR, Intent.DEDUCT, Intent.BIND})
_OF_NUMBER: Final = frozenset({Intent.APPROVE, Intent.REJECT, Intent.ADJUST, Intent.WITHDRAW_CLAIM})


class Doubt(StrEnum):
    """Why a reading asks."""

    UNREAD = "unread"
    SEVERAL = "several"
    SUPPOSED = "supposed"
    FORWARDED = "forwarded"
    QUESTION = "question"
    DENIED = "denied"
    REPORTED = "reported"
    FUTURE = "future"
    ITEM = "item"
    ROUGH = "rough"
    SPAN = "span"
    HOUSE = "house"
    NUMBER = "number"
    POINTS = "points"
    MORE = "more"


def settled(reading: Reading, talk: Talk) -> Reading:
    """Return the reading, asking first where it would change a record and is not sure.

    Suppositions, denials, reports and forwarded words never change a record
    outright, nor does a claim of a day still to come, nor one that asks. A question
    under somebody else's words is for them. What a
    villager denies or tells in a room is silence: nobody called.
    """
    if reading.intent not in CHANGING:
        is_between_them = talk.answers_another and not talk.is_addressed
        return SILENCE if is_between_them else reading
    found = tuple(_unsure(reading, talk))
    is_overheard = not talk.is_addressed and talk.role == "villager"
    told = _TALKED & set(found)
    is_meant = is_begged(talk.text) or _FILED_PLAINLY.search(talk.text)
    if is_overheard and told and not (told == {Doubt.REPORTED} and is_meant):
        return SILENCE
    is_unsure = reading.is_unsure or bool(_TO_CONFIRM & {*found, *_missing(reading)})
    if Doubt.QUESTION in found and talk.is_addressed and reading.intent in _OF_ITEM:
        reading = _or_asked(reading)
    return replace(reading, asks=reading.asks or bool(found), is_unsure=is_unsure)


def _or_asked(reading: Reading) -> Reading:
    """Return an act that sounds like a question with what may be asked beside it."""
    if len(reading.choices) > 1 or reading.acts:
        return reading
    slots = Slots(item=reading.slots.item, item_words=reading.slots.item_words)
    asked = (Reading(Intent.RULES, slots), Reading(Intent.HELP))
    return replace(reading, choices=(replace(reading, asks=False), *asked))


_TO_CONFIRM: Final = frozenset(Doubt) - {
    Doubt.FUTURE,
    Doubt.ITEM,
    Doubt.ROUGH,
    Doubt.HOUSE,
    Doubt.NUMBER,
    Doubt.POINTS,
}
"""Doubts that a yes settles; of the others the desk asks, or refuses kindly, itself."""
_TALKED: Final = frozenset({Doubt.DENIED, Doubt.REPORTED, Doubt.FORWARDED})
"""Doubts for which a room is not even asked."""


def doubts(reading: Reading, talk: Talk) -> Iterator[Doubt]:
    """Yield what makes a reading ask; nothing where it does not."""
    if not reading.asks:
        return
    if reading.intent is Intent.HELP:
        yield Doubt.UNREAD
        return
    if len(reading.choices) > 1:
        yield Doubt.SEVERAL
    found = [*_unsure(reading, talk), *_missing(reading)]
    yield from found
    if not found and len(reading.choices) <= 1:
        yield Doubt.MORE


def _unsure(reading: Reading, talk: Talk) -> Iterator[Doubt]:
    """Yield what forbids to act at once, however well the words fit."""
    if _SUPPOSED.search(talk.text):
        yield Doubt.SUPPOSED
    if _FORWARDED.search(talk.text) or is_quoted(talk.text):
        yield Doubt.FORWARDED
    assert reading.intent is not None, "silence has no doubts"
    acts = reading.acts or (reading,)
    told = {act.intent for act in acts if act.intent}
    if len(told) == 1 and is_denied(reading.intent, talk.text):
        yield Doubt.DENIED
    if is_reported(reading.intent, talk.text) or is_framed(reading.intent, talk.text):
        yield Doubt.REPORTED
    is_command = _COMMAND.match(talk.text) and not talk.ends_asking
    may_ask = reading.intent in _MAY_ASK or is_command
    is_order = reading.intent in _DECISIONS or reading.intent is Intent.DEDUCT
    words = talk.text if is_order else without_politeness(talk.text)
    is_asked = reading.intent is Intent.REJECT and (talk.ends_asking or _BEGS.search(talk.text))
    is_asked = is_asked or (reading.intent is Intent.OBJECTION and _OF_OBJECTING.search(talk.text))
    if is_asked or (not may_ask and asks(words)):
        yield Doubt.QUESTION
    if reading.intent is Intent.REJECT and _ANOTHER.search(reading.slots.reason or ""):
        yield Doubt.MORE
    if reading.intent in _DECISIONS and any(_is_of_some(act, talk) for act in acts):
        yield Doubt.MORE
    slots = reading.slots
    is_other = slots.claim_ids and not slots.except_ids and _ALL_FIRST.match(talk.text)
    if reading.intent in _DECIDED and not reading.acts and (is_other or _is_mixed(talk.text)):
        yield Doubt.MORE
    if reading.intent is Intent.CLAIM and any(
        act.slots.occurred and act.slots.occurred.date > talk.today for act in acts
    ):
        yield Doubt.FUTURE


def _is_of_some(act: Reading, talk: Talk) -> bool:
    """Whether a decision may be of some only of the claims named, or of none."""
    ids, text = act.slots.claim_ids, talk.text
    if act.intent in _DECIDED and not talk.is_addressed and _APPOINTED.search(text):
        return True
    if _FIRST_ONE.search(text) and ids and max(ids) <= _FIRST_MOST:
        return True  # the first of those shown, or number 1?
    is_filtered = act.intent is Intent.APPROVE and act.slots.item and len(ids) > 1
    is_left = act.intent in _DECIDED and _NOT_MINE.search(text)
    return bool(is_filtered or is_left or (ids and _PICKS.search(text)))


def _is_mixed(text: str) -> bool:
    """Whether one number may be passed and another refused, and nobody told them apart."""
    kept = _REFUSED.sub(" ", text)
    return kept != text and bool(_PASSED.search(kept)) and len(set(_DIGITS.findall(text))) > 1


def _missing(reading: Reading) -> Iterator[Doubt]:
    """Yield the parts that an act needs and the words do not give."""
    intent, slots = reading.intent, reading.slots
    if intent in _OF_ITEM and slots.item is None:
        yield Doubt.ITEM
    if slots.quantity_is_rough:
        yield Doubt.ROUGH
    if intent is Intent.CLAIM and slots.occurred and slots.occurred.date_to:
        yield Doubt.SPAN
    if intent in _OF_HOUSE and not (slots.household and "号" in slots.household):
        yield Doubt.HOUSE
    if intent in _OF_NUMBER and not slots.claim_ids:
        yield Doubt.NUMBER
    is_told = slots.points is not None or slots.delta is not None or slots.is_halved
    if intent is Intent.ADJUST and not is_told:
        yield Doubt.POINTS
