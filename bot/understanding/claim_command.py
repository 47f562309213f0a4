"""Recognise that somebody claims (申报), for whom, and several acts in one message."""

import re
from dataclasses import replace
from typing import Final

from bot.understanding.act_parts import split_acts
from bot.understanding.addresses import find_address
from bot.understanding.claim_reading import claim_of, read_act, read_whom, without_taken_back
from bot.understanding.deferred import deferred
from bot.understanding.people import PRONOUNS, SURNAMES, find_actor, find_person
from bot.understanding.quantities import Counted, find_quantity
from bot.understanding.reading import Intent, Occurred, Reading, Slots
from bot.understanding.talk import Talk, asks
from bot.understanding.times import find_times

_POLITE: Final = (
    r"(?:(?:小助手|你好|您好|请|麻烦你?|谢谢|我们|我家|我|阿拉|再|还|也|要|想要|想|来|今天|现在)"
    r"[\s,:!、。]*+)*+"
)
_SELF: Final = r"(?:[帮替给代](?:我们?家?|忙|伲|阿拉|侬)[\s,]*(?:家)?)?"
_WHOM: Final = r"(?:(?:[帮替给]|代(?!表))\s*(?P<whom>[^,。;:\n]{2,16}?)\s*)?"
_NOT_AFTER: Final = (
    r"(?!到现在|\s*(?:进度|状态|记录|查询|结果)\s*\Z|的(?!是|话)|[了过吗]|的?(?:截止|通知|须知|时间|材料|流程|格式|方法|方式|步骤|模板|范例|进度|状态|记录|情况|名单|表(?![彰演])|查询)"
    r"|完|取消|撤回|撤销|作废|成功|者|人员|已|错|材料|写错|填错|弄错|写|填|要(?:写|填|带|准备|哪)|怎|咋|哪能|如何)"
)
_START: Final = deferred(
    rf"\A{_POLITE}{_SELF}{_WHOM}{_POLITE}(?:申报|补报|报分|报积分|打卡|登记积分|申请积分|申请加分|积分申报|报(?:两|三|四|几|\d)[个样项件条](?=[\s:,])){_NOT_AFTER}"
    r"(?:一下|下|个|加分|积分|报分)?[\s:,!\-—、。/|+]*(?P<body>.*)\Z",
    re.DOTALL,
)
_NAMED_FIRST: Final = deferred(r"\A(?P<name>[^\n]{2,30}?)[\s,:]+申报[吧啦了。!\s]*\Z")
"""没养狗 申报: the item before the command."""
_ALONE: Final = deferred(rf"\A{_POLITE}{_SELF}{_WHOM}(?:积分)?(?:申报|补报)(?:[\s:!\-—,]|\Z)")
_OF_KIN: Final = frozenset({"B202", "B203", "B303"})
"""Items whose act is done to a relative."""
_OPENING_LONGEST: Final = 4
"""Characters right after 申报 that need not name an item: more of them tell of something else."""
LIKELY: Final = 60.0
"""Likeness from which a room's words after the command word are taken for an item."""
_WHOM_SPOKEN: Final = deferred(
    r"(?:(?<![互相])[帮替给代]|(?<=[,。;\s不])是(?=[她他伊我]))\s*(?P<whom>(?!我们?家?[,。记报加]|忙|伲|阿拉|侬)(?:[^,。;:\n的]|(?<=[号组壁])的){1,16}?)\s*(?:家)?(?:也)?"
    r"(?=申报|报|登记|记|加[个一积上分]|打卡)"
)
_NO_WHOM: Final = deferred(r"邻居|老人|忙|大家|别人|集体|他人|人家|村里|上去|我|这个|那个")
_WHOM_AFTER: Final = deferred(
    r"(?P<body>.*?)[\s,]*(?<![交还送捐转递互相])(?:给|替|帮|代(?!表|理|办))\s*(?P<whom>(?![^\n,;。]*\d月)[^\n,;。给替帮代]*\d[^\n,;。给替帮代]*号\s*(?:[一-鿿·]{2,4})?"
    r"|(?:[\d一二三四五六七八九十百]{1,4})(?:村民小组|小组|组|队)\s*(?:[\d一二三四五六七八九十百]{1,5})号?\s*(?:[一-鿿·]{2,4})?"
    r"|(?:\d{1,3}组\s*)?(?:隔壁)?[一-鿿]{1,2}(?:阿婆|阿公|阿姨|大爷|大妈|大伯|大叔|奶奶|爷爷|伯伯|婆婆|叔叔|师傅)"
    r"|我(?:爸|妈|爸爸|妈妈|婆婆|公公|老公|老婆|儿子|女儿|爷爷|奶奶|外公|外婆|爹|娘|爱人)"
    r"|[一-鿿]{2,3}(?<![饭菜水药书物钱车门地路人忙居家]))\s*(?:申?报的?)?\s*\Z",
    re.DOTALL,
)
_OWNER: Final = deferred(
    rf"\s*(?P<whom>\d{{1,3}}组\s*\d{{1,4}}号\s*(?:[{SURNAMES}][一-鿿]{{1,2}}|[一-鿿]{{1,2}}(?:阿婆|阿公|阿姨|爷叔|大爷|大妈|奶奶|爷爷|伯伯|婆婆))家?)(?:[\s,:;]+|(?=申报|报))"
)
"""3组9号王桂英 捡垃圾: whose act it was; without the name it may be where."""
_POLITELY: Final = deferred(r"(?:可以吗|好吗|行吗|行不行|好不好|好伐)[?。!\s]*\Z")
_NEGATED: Final = deferred(
    r"(?:没有?|不要?|未|别|勿|覅|不能|不用|不想)[一-鿿]{0,2}?(?:申报|报分|打卡|加分)"
)
_KIN_OF: Final = deferred(r"\A(?:我家?|阿拉|伲)(?=[^家们])")
_OWN: Final = deferred("我|阿拉|伲|俺")
_CORRECTED: Final = deferred(r"[不勿]是|不对|错了|写错|说错")
_ANNOUNCED: Final = deferred(
    r"\A(?:请?各位|请?大家|通知|提醒|温馨)|的(?:人|请|时候|村民|户|抓紧)|要拍|请拍|(?<!不)记得|务必|必须|截止"
)
_TWO: Final = 2
_CLAUSE: Final = deferred(r"[,。;\n]+")
_LISTED_DAYS: Final = deferred(r"(?<=[\d日号天])\s*[、和跟]\s*(?=\d|[昨前今])")
_EACH: Final = deferred(r"各|每[次天回]|都是|天天")
_TIMES: Final = deferred(r"[两二三四五六\d]\s*[次趟回天]")
_LATER: Final = deferred(
    r"(?:今天|今朝|今日|昨天|现在)(?=[^,。;\d]{0,4}(?:才|刚|想起|记起|来报|补报|报一?[下哈]|上报|申报))"
)
"""The day of the telling is no day of the act: 昨天扫地,今天才想起来报."""
_MYSELF: Final = deferred(r"[\s,]*(?:我(?![家爸妈爷奶公婆老儿女囡])|自己|阿拉自)")


def read_claim(talk: Talk) -> Reading | None:
    """Return a claim, with its acts if there are several; None where nobody claims.

    A question about claiming, a negation (``我没申报过``), and a room's running
    talk without a command word at a telling place are no claims.
    """
    named_first = _NAMED_FIRST.match(talk.text)
    if named_first and _is_all_item(talk, named_first["name"]):
        return _started(talk, "", named_first["name"])
    if _NEGATED.search(talk.text):
        return None
    found = _START.match(talk.text)
    if found and talk.role != "villager" and find_address(found["whom"] or ""):
        return None
    if found:
        return _started(talk, found["whom"] or "", found["body"])
    return None


def _is_all_item(talk: Talk, words: str) -> bool:
    """Whether words are the name of an item and nothing else: 没养狗, 户代表会."""
    named = talk.items.contained(words)
    return named is not None and named.words == words


def _started(talk: Talk, whom: str, body: str) -> Reading | None:
    """Read a message that starts with the command word.

    In a room's talk the word must stand by itself or be followed by an item
    that is surely meant (``申报高新企业`` is not for the assistant).
    """
    if (talk.is_question and not _is_told(talk, body)) or _is_announced(talk):
        return None
    if not body.strip() and whom:
        return None
    is_plain = talk.is_addressed or "申报" in talk.text
    if not is_plain and talk.items.contained(body) is None:
        return None
    whom, body = _whom_after(whom, _POLITELY.sub("", body))
    reading = _acts(talk, body, whom)
    if talk.is_addressed or _ALONE.match(talk.text):
        return reading
    opening = _CLAUSE.split(body.strip(), maxsplit=1)[0]
    likely = talk.items.find(opening)
    if likely is None and len(find_times(opening, talk.today)[1].strip()) > _OPENING_LONGEST:
        return None
    is_likely = reading.slots.item or (likely and likely.score >= LIKELY)
    return reading if is_likely else None


def _is_told(talk: Talk, body: str) -> bool:
    """Whether words with 怎么 or 什么 still tell: ``志愿服务 2小时 教老人怎么用手机``.

    They ask when the message ends as a question (unless only politely, 可以吗),
    or when the asking word is beside the item or starts its own part.
    """
    if _POLITELY.search(talk.text):
        return talk.items.contained(body) is not None
    if talk.ends_asking:
        return False
    parts = [part for part in re.split(r"[\s,。;:、!]+", body) if asks(part)]
    return not any(talk.items.contained(part) or asks(part[:3]) for part in parts)


def _is_announced(talk: Talk) -> bool:
    """Whether a room's message tells others how to claim: ``申报垃圾分类要拍照``."""
    return not talk.is_addressed and bool(_ANNOUNCED.search(talk.text))


def _whom_after(whom: str, body: str) -> tuple[str, str]:
    """Return the person named at the end (``申报 垃圾分类 替王阿婆``) and the body before."""
    if not whom and (owner := _OWNER.match(body)):
        return owner["whom"], body[owner.end() :]
    found = None if whom else _WHOM_AFTER.match(body)
    if found and not re.search(r"邻居|老人|忙|大家|别人|集体|他人|人家", found["whom"]):
        return found["whom"], found["body"]
    return whom, body


def spoken_claim(talk: Talk) -> Reading:
    """Return the claim of a sentence whose command word stands anywhere: ``今朝…，报一下积分``."""
    found = _WHOM_SPOKEN.search(talk.text)
    if found and found["whom"] in PRONOUNS:
        rest = f"{talk.text[: found.start()]} {talk.text[found.end() :]}"
        return _acts(talk, rest, _meant_by(found["whom"], rest, talk))
    whom = found["whom"] if found and not _NO_WHOM.search(_KIN_OF.sub("", found["whom"])) else ""
    if whom and whom in SURNAMES:
        whom = f"{whom}家"
    body = talk.text
    if not whom and (owner := _OWNER.match(body)):
        return _acts(talk, body[owner.end() :], owner["whom"])
    if found and whom:
        body = f"{body[: found.start()]} {body[found.end() :]}"
    if len(split_acts(talk, body)) > 1 and not _CORRECTED.search(body):
        return _acts(talk, body, whom)
    return _acts(talk, body, whom)


def _meant_by(pronoun: str, rest: str, talk: Talk) -> str:
    """Return who 伊 is: the neighbour named beside it, "" for one's own, else the word itself."""
    named = find_person(rest, pronouns=False)
    if named and not _OWN.match(named):
        return named
    return "" if named or find_actor(rest) or talk.said else pronoun


def _on_days(talk: Talk, body: str, whom: str) -> Reading | None:
    """Return an act for each of the days of one item; asked about unless they are listed."""
    if _CORRECTED.search(body):
        return None
    days, rest = find_times(_LATER.sub(" ", _LISTED_DAYS.sub(",", body)), talk.today)
    if len(days) < _TWO:
        return None
    if len({(day.date, day.date_to) for day in days}) == 1:
        told = _one_act(talk, rest, whom)
        slots = replace(told.slots, occurred=days[0])
        return None if told.acts else replace(told, slots=slots)
    if apart := _on_days_apart(talk, body, whom):
        return apart
    first = _one_act(talk, rest, whom)
    slots = first.slots if _EACH.search(body) else replace(first.slots, quantity=None, unit=None)
    counts = [] if _EACH.search(body) else _counts_of(body, days)
    each = [
        replace(slots, occurred=day, quantity=one.amount, unit=one.unit)
        for day, one in zip(days, counts, strict=False)
    ] or [replace(slots, occurred=day) for day in days]
    acts = tuple(claim_of(one, talk.items, talk.today) for one in each)
    first = acts[0]
    is_listed = _LISTED_DAYS.search(body) or _EACH.search(body) or _TIMES.search(body)
    return replace(acts[0], acts=acts, asks=first.asks or not is_listed, is_unsure=not is_listed)


def _counts_of(body: str, days: tuple[Occurred, ...]) -> list[Counted]:
    """Return the amount behind each day: 周一两小时 周二三小时; none unless every day has one."""
    starts = [body.find(day.text) for day in days]
    if any(start < 0 for start in starts):
        return []
    ends = [*starts[1:], len(body)]
    spans = zip(starts, ends, days, strict=True)
    found = [find_quantity(body[start + len(day.text) : end]) for start, end, day in spans]
    counts = [one for one in found if one is not None]
    return counts if len(counts) == len(days) else []


def _on_days_apart(talk: Talk, body: str, whom: str) -> Reading | None:
    """Return the acts of clauses that each tell a day and an item; they are asked about."""
    told = [read_act(clause, talk.items, talk.today).slots for clause in _CLAUSE.split(body)]
    own = [slots for slots in told if slots.item and slots.occurred]
    if len({slots.item for slots in own}) < _TWO:
        return None
    household, person = read_whom(whom) if whom else (None, None)
    acts = tuple(
        claim_of(replace(slots, household=household, person=person), talk.items, talk.today)
        for slots in own
    )
    return Reading(Intent.CLAIM, acts[0].slots, asks=True, acts=acts, is_unsure=True)


def _acts(talk: Talk, body: str, whom: str) -> Reading:
    """Return the one act of the body, or all of them with what they share."""
    body = without_taken_back(body)
    if len(split_acts(talk, body)) == 1 and (on_days := _on_days(talk, body, whom)):
        return on_days
    return _one_act(talk, body, whom)


def _one_act(talk: Talk, body: str, whom: str) -> Reading:
    """Return the acts that the parts of the body tell, mostly one."""
    household, person = read_whom(whom) if whom else (None, None)
    parts = split_acts(talk, body)
    told = [read_act(part, talk.items, talk.today).slots for part in parts]
    day = next((slots.occurred for slots in told if slots.occurred), None)
    actor = find_actor(body) if len(parts) == 1 else None
    readings = []
    for part, slots in zip(parts, told, strict=True):
        if len(parts) > 1:
            actor = find_actor(part) or (None if _MYSELF.match(part) else actor)
        if not whom and slots.item not in _OF_KIN:
            person = actor
        full: Slots = replace(
            slots, household=household, person=person, occurred=slots.occurred or day
        )
        readings.append(claim_of(full, talk.items, talk.today))
    first = readings[0]
    if len(readings) == 1:
        return first
    is_asking = any(reading.asks for reading in readings)
    return Reading(Intent.CLAIM, first.slots, asks=is_asking, acts=tuple(readings))
