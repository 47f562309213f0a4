"""Read what a claim says (申报): item, when, where, how much, which level, for whom."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from bot.understanding.addresses import find_address, find_group, name_in
from bot.understanding.deferred import deferred
from bot.understanding.items import ItemIndex, Named
from bot.understanding.normalise import bare
from bot.understanding.numerals import NUMERAL, number_of
from bot.understanding.people import PRONOUNS, find_person
from bot.understanding.periods import vague_span
from bot.understanding.points import worth_in
from bot.understanding.quantities import Counted, find_quantity
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.times import Timed, find_bare_span, find_time
from domain.rulebook import Item, Kind

_LABEL: Final = deferred(
    r"(?:项目|事项|条目|内容|时间|日期|时长|数量|级别|等级|申报人|户号|门牌|说明|备注)\s*[:=]"
)
_LABELLED_DAY: Final = deferred(
    r"(?:日期|时间)\s*[:=]?\s*(?P<m>1[0-2]|0?[1-9])-(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)"
)
_PLACE_LABEL: Final = deferred(
    r"(?:地点|地址|位置)(?:\s*[:=]\s*|\s+|(?=[一-鿿]{2,8}(?:[\s,。]|\Z))|(?:改成|改为|是|在|为))(?P<place>[^\n,;。]{1,20})"
)
_AT: Final = deferred(
    r"在(?P<place>[^\s,、。;:\n在]{1,12}?(?:里|边|前|后|上|口|点|门口|旁|侧|站|旁边|角|滩|室|馆|厅|园|亭|廊|广场|中心|[路河桥村家头场院浜埭])(?:门口|旁边|边上|那边)?)(?=[^\s]|\s|\Z)"
)
_WENT: Final = deferred(
    r"(?:[送拉丢搬投扔放捐交塞][到进在]|去的|去|到)(?P<place>(?![\d一二三四五六七八九十两]{1,3}点)(?:(?:村部|村委会?|居委会?|祠堂)(?=[\s,。开帮做])|[^\s,、。;:\n在去到了]{1,8}?(?:院|场|点|站|中心|公园|学校|回收箱|红桶|村部|村委会?|祠堂|室|桶|桥头|路口|河边|浜边|码头|那边|那里|边上))(?:门口|旁边|那边)?)(?=[^\d]|\Z)"
)
_INNER: Final = deferred(
    r"(?P<place>[一-鿿\d]{0,6}?(?:门口前头|门口头|门前头|门口马路|门口|屋前屋后|宅前屋后|泵站|水桥头|垃圾房|路边(?!的?[店摊])|河浜|镇上|楼下过道|楼道(?!充)|过道|走廊|河滩|河边上|村口|路口|桥头|河边|浜边|桥下|河里|弄堂|前头|后头|房前屋后|屋后头?|屋前头?|宅后|宅前(?!屋)))(?=[一-鿿]{2})(?!到|至|旁|那)"
)
_PLACE: Final = deferred(
    r"[口门点站路河边桥家院村楼室场园前后里宅埭旁侧浜港田地渠亭栏堂厅馆店滩廊角埠]\Z|桥头\Z|泵站|回收箱|村部|中心|广场|公园|医院|委会|组|小区|门口|门前|村口"
)
_FILLER: Final = deferred(
    r"我家的|我们家|我家|阿拉|我们|我要|我想|我来|我去|去了|做了|参加了|参加|(?<!\S)去(?!\S)|一共|总共|大概|大约|谢谢|麻烦|请|一下|一次的?"
    r"|申报|积分|加分|申请|算|报名|帮忙|打卡|我(?!们|家|的)|的|了|过|哦|啊|呀|吧|[~!]"
)
_CLOCK: Final = deferred(
    r"\d{1,2}:\d\d|\d{1,2}点(?:半|\d{1,2}分?)?(?!\d)(?:[到至-]\s*\d{1,2}点(?:半)?)?"
)
_PLACE_LONGEST: Final = 12
_LEAST: Final = 2
_TIME_OR_AMOUNT: Final = (
    r"(?:今天|昨天|前天|大前天|今朝|昨日|前日|昨晚|上?(?:周|礼拜|星期)[一二三四五六日天]|\d{1,2}月?\d{0,2}[日号]"
    r"|[\d一二两三四五六七八九十半.]+个?半?(?:小时|钟头|袋|斤|次|人|元|块|毫升))"
)
_NOT_THIS: Final = deferred(
    rf"[不勿]是{_TIME_OR_AMOUNT}(?![,，。;\s]*(?:而?是|应该是))|"
    r"[不勿]是[^,，。;\s是]{1,12}[,，。;\s]*(?:而?是|应该是)|[不勿]是[^,，。;\s是]{1,12}"
)
_TAKEN_BACK: Final = deferred(
    rf"\A[^,。;]{{0,6}}?{_TIME_OR_AMOUNT}(?:的|那[次趟回个桩天])*(?:就|先)?(?:[不勿弗]要?算|作废)(?:了|数)?"
    r"[,。;\s]+(?=\S)"
)
"""昨天那次不算,就今天的: what stands before is no part of the claim."""
_SELF: Final = deferred(r"我们?家?|自己|自家|忙|伲|阿拉")
_RESTART: Final = deferred(
    r"\A.*(?:不对|错了|说错|写错|弄错)(?:了)?[,。\s]*(?:应该|应)?(?:是)?", re.DOTALL
)


_BELOW_NOTHING: Final = deferred(
    r"(?:\s[-−]|负)(?=[\d一二两三四五六七八九十]+\s*(?:个|只|元|块|小时|钟头|件|次|处|条))"
)
"""A minus before an amount; 志愿服务-2小时 is a dash."""


def without_taken_back(text: str) -> str:
    """Return the words of a claim without an act that they take back first."""
    return _TAKEN_BACK.sub("", text)


@dataclass(frozen=True, slots=True)
class Told:
    """The slots of one act and the words that none of them took."""

    slots: Slots
    rest: str


def read_act(
    text: str, items: ItemIndex, today: date, *, deductions: bool = False, guesses: bool = True
) -> Told:
    """Return the slots of one act; what is no place is the reason.

    The item is cut out first, then the day, the place, the level and the
    amount, so that ``八一活动`` is no date and ``5组河边`` no amount.
    """
    text = _LABELLED_DAY.sub(r"\g<m>月\g<d>日", text)
    words = _NOT_THIS.sub(" ", _after_correction(_LABEL.sub(" ", text), items))
    place, words = _labelled_place(words)
    named = items.meant(words, deductions=deductions)
    item = items.item(named.code) if named and named.code else None
    timed, counted, rest = _when_and_how_much(named.rest if named else words, item, today)
    if named is None and guesses:
        named = items.alike(_FILLER.sub(" ", rest), deductions=deductions)
        item = items.item(named.code) if named and named.code else None
        rest = rest.replace(named.words, " ", 1) if named and named.code else rest
    slots = _item_slots(named, rest)
    tier, rest = find_tier(rest, items, slots.item)
    if counted:
        slots = replace(
            slots, quantity=counted.amount, unit=counted.unit, quantity_is_rough=counted.is_rough
        )
    elif unit := _bare_unit(item, named):
        amount, rest = _bare_amount(rest)
        slots = replace(slots, quantity=amount, unit=unit if amount is not None else None)
    whole = rest
    if slots.quantity is not None and _BELOW_NOTHING.search(text):
        slots = replace(slots, quantity=-slots.quantity)
    if place is None:
        place, rest = _place_in(rest)
    reason = _reason(rest, whole)
    occurred = timed.occurred if timed else vague_span(rest, today)
    slots = replace(slots, tier=tier, occurred=occurred, place=place, points=worth_in(whole))
    slots = _put_right(slots, text, today)
    return Told(replace(slots, reason=reason if slots.item else None), rest)


def _when_and_how_much(
    words: str, item: Item | None, today: date
) -> tuple[Timed | None, Counted | None, str]:
    """Return the day and the amount that the words tell, and the words without them."""
    timed = find_bare_span(words, today) or find_time(words, today)
    rest = _CLOCK.sub(" ", timed.rest if timed else words)
    counted = find_quantity(rest, item.unit if item else None)
    rest = counted.rest if counted else rest
    if timed is None and counted and (timed := find_time(rest.replace(" ", "\n"), today)):
        rest = timed.rest
    return timed, counted, rest


def _reason(rest: str, whole: str) -> str | None:
    """Return what is left as the reason; a scrap (倒 of 在河边倒的) is no sentence.

    Then the words stand as they were written, the place among them.
    """
    reason = bare(re.sub(r"\s+", " ", _FILLER.sub(" ", rest)))
    if len(reason) == 1 and rest != whole:
        reason = re.sub(r"\s+", " ", whole).strip(" ,。.!、;:")
    return reason or None


def _item_slots(named: Named | None, rest: str) -> Slots:
    """Return the slots of an item: accepted, to be chosen, or only its words."""
    if named is None:
        return Slots(item_words=bare(re.sub(r"\s+", " ", _FILLER.sub(" ", rest))))
    return Slots(item=named.code, item_choices=named.choices, item_words=named.words)


def _after_correction(text: str, items: ItemIndex) -> str:
    """Return what was said after 不对 or 说错了, when it names an item itself."""
    tail = _RESTART.sub("", text)
    return tail if tail != text and items.contained(tail) else text


def _put_right(slots: Slots, text: str, today: date) -> Slots:
    """Return the slots with the day and the amount that follow 说错了: ``3小时,说错了是2小时``."""
    tail = _RESTART.sub("", text)
    if tail == text:
        return slots
    timed = find_time(tail, today)
    counted = find_quantity(_NOT_THIS.sub(" ", timed.rest if timed else tail))
    if timed:
        slots = replace(slots, occurred=timed.occurred)
    if counted:
        slots = replace(
            slots, quantity=counted.amount, unit=counted.unit, quantity_is_rough=counted.is_rough
        )
    return slots


def _labelled_place(text: str) -> tuple[str | None, str]:
    """Return the place after 地点: and the text without it."""
    found = _PLACE_LABEL.search(text)
    if not found:
        return None, text
    return found["place"].strip(), text[: found.start()] + " " + text[found.end() :]


def _place_in(rest: str) -> tuple[str | None, str]:
    """Return the first word that looks like a place, and the text without it."""
    found = _AT.search(rest) or _WENT.search(rest)
    if found:
        return found["place"], rest[: found.start()] + " " + rest[found.end() :]
    for token in re.split(r"[\s,、。;:!?\-—+]+", rest):
        words = bare(_FILLER.sub("", re.sub(r"\A[在于到去把将拿]|\A的(?=[^确])", "", token)))
        if (inner := _INNER.match(words)) is not None:
            words = inner["place"]
        if _LEAST <= len(words) <= _PLACE_LONGEST and _PLACE.search(words):
            return words, rest.replace(words if inner else token, " ", 1)
    return None, rest


def find_tier(text: str, items: ItemIndex, code: str | None) -> tuple[str | None, str]:
    """Return the level of a tier item (五星, 村级) and the text without its words.

    Of several names the longest wins; one of a single character counts only
    as a word by itself.
    """
    item = items.item(code) if code else None
    if item is None or item.kind is not Kind.TIER:
        return None, text
    named = [(name, tier.name) for tier in item.tiers for name in (tier.name, *tier.aliases)]
    for name, tier in sorted(named, key=lambda pair: -len(pair[0])):
        pattern = re.escape(name) if len(name) >= _LEAST else rf"(?<!\S){re.escape(name)}(?!\S)"
        found = re.search(pattern, text)
        if found:
            return tier, text[: found.start()] + " " + text[found.end() :]
    return None, text


def _bare_unit(item: Item | None, named: Named | None) -> str | None:
    """Return in what a number by itself counts; None where none is expected."""
    if named and "血" in named.words:
        return "毫升"
    return item.unit if item and item.is_counted else None


def _bare_amount(text: str) -> tuple[Decimal | None, str]:
    """Return a number standing by itself and the text without it."""
    found = re.search(rf"(?<![^\s,。;:])(?P<number>{NUMERAL})(?![^\s,。;:!])", text)
    amount = number_of(found["number"]) if found else None
    if found is None or amount is None:
        return None, text
    return amount, text[: found.start()] + " " + text[found.end() :]


def read_whom(text: str) -> tuple[str | None, str | None]:
    """Return (household, person) of ``3组12号 张三``, ``3组王阿婆``, ``我婆婆``."""
    if _SELF.fullmatch(text.strip()):
        return None, None
    found = find_address(text) or find_group(text)
    if found:
        return found.household, name_in(found.after) or name_in(found.before)
    words = text.strip()
    named = find_person(words, pronouns=False)
    return None, words if words in {named, *PRONOUNS} else name_in(text)


def asks_first(slots: Slots, items: ItemIndex, today: date) -> bool:
    """Whether a claim of these slots must be asked about before it is taken."""
    item = items.item(slots.item) if slots.item else None
    if item is None or slots.quantity_is_rough:
        return True
    if slots.occurred and (slots.occurred.date > today or slots.occurred.date_to):
        return True
    if item.kind is Kind.TIER and slots.tier is None:
        return True
    return slots.quantity is None and (item.is_counted)


def claim_of(slots: Slots, items: ItemIndex, today: date) -> Reading:
    """Return a claim, marked where the assistant asks first."""
    return Reading(Intent.CLAIM, slots, asks=asks_first(slots, items, today))
