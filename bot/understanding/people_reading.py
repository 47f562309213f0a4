"""Read the words about honours, the year's end, participation, one's own records and the roster."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from bot.understanding.addresses import find_address, name_in
from bot.understanding.deferred import deferred
from bot.understanding.normalise import bare
from bot.understanding.numerals import CHINESE, whole_of
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.talk import Talk

LEAVE: Final = "leave"
"""The open question after 退出."""
_YEAR: Final = deferred(r"\A(?P<year>20\d{2})年?(?:度)?(?=\D|\Z)[\s:]*")
_COUNT: Final = deferred(rf"[\s:]*(?:前)?(?P<count>\d{{1,2}}|[{CHINESE}]{{1,3}})\s*[户名家个]?\Z")
_HONOURS: Final = deferred(
    r"\A(?:评优(?P<strict>)|评奖评优|评先|评选)(?:名单|候选)?(?P<rest>.*)\Z", re.DOTALL
)
_GIVE: Final = deferred(r"\A(?:授予|授奖|颁给)[\s:]*(?P<rest>.+)\Z", re.DOTALL)
_LIFT: Final = deferred(
    r"\A(?:恢复评优|解除否决|解除一票否决)[\s:]*#?(?P<number>\d{1,6})?号?[\s:,]*(?P<reason>.*)\Z",
    re.DOTALL,
)
_CLOSE: Final = deferred(
    r"\A(?:年终|年度|年底)(?:结算|结清|清零)[\s:]*(?P<year>20\d{2})?年?(?:积分)?\Z"
    r"|\A(?P<first>20\d{2})年?(?:年终|年度|年底)(?:结算|结清|清零)\Z"
)
_HEAD: Final = deferred(
    r"\A(?:换户主|变更户主|户主变更|新户主|改户主)[\s:]*(?P<rest>.*)\Z", re.DOTALL
)
_AWAY: Final = deferred(r"\A(?:迁出(?P<strict>)|搬走|搬离)[\s:]*(?P<rest>.*)\Z", re.DOTALL)
_MY_DATA: Final = deferred(
    r"\A(?:查一?下?|看一?下?)?我的?(?:数据(?P<strict>)|资料|信息|个人信息|个人资料)[\s?]*\Z"
    r"|\A(?:存了|记了|保存了?)我的?(?:什么|哪些)(?:数据|资料|信息)?[\s?]*\Z"
)
_NOT_REACHED: Final = deferred(
    r"\A(?:未参与(?P<strict>)|没参与|未参加|没参加|还没参与|还没参加)的?(?:名单|户|家庭|住户|有哪些|有谁)?[\s?]*\Z"
)
_PUBLICITY: Final = deferred(
    r"\A我?家?(?:(?P<no>不同意|不|别|不要|不能|取消)|同意|可以|愿意)公开(?:我家)?的?"
    r"(?P<what>姓名|名字|照片|相片)[了吧的。!\s]*\Z"
)
_YES: Final = deferred(
    r"(?:1|一|确定|确认|是的?|对的?|要|好的?|退出|确定退出|确认退出)[吧啊呀了。.!\s]*"
)
_UNNAMED: Final = deferred(r"(?:2|二|退出隐名|隐名|退出,?不写名字|不写名字)[吧啊呀了。.!\s]*")
_WHAT: Final[Mapping[str, str]] = {"姓": "name", "名": "name", "照": "photo", "相": "photo"}


def _is_meant(talk: Talk, found: re.Match[str]) -> bool:
    """Whether the words count here: in a room only the one form that nobody says by chance."""
    return talk.is_addressed or found["strict"] is not None


def read_people(talk: Talk) -> Reading | None:
    """Return what is said about people and the year's end, None if the words are about neither."""
    return next((reading for reader in _READERS if (reading := reader(talk))), None)


def _leaving(talk: Talk) -> Reading | None:
    """Read the answer to 退出: 1, 确定 or 退出 again; 2 to go unnamed as well."""
    if talk.dialogue != LEAVE:
        return None
    if _YES.fullmatch(talk.text):
        return Reading(Intent.CHOICE, Slots(choice=1))
    return Reading(Intent.CHOICE, Slots(choice=2)) if _UNNAMED.fullmatch(talk.text) else None


def _plain(talk: Talk) -> Reading | None:
    """Read 我的数据, 未参与."""
    for intent, pattern in ((Intent.MY_DATA, _MY_DATA), (Intent.NOT_REACHED, _NOT_REACHED)):
        found = pattern.match(talk.text)
        if found and _is_meant(talk, found):
            return Reading(intent)
    return None


def _publicity(talk: Talk) -> Reading | None:
    """Read 同意公开姓名, 不公开照片."""
    found = _PUBLICITY.match(talk.text)
    if not found:
        return None
    slots = Slots(scope=_WHAT[found["what"][0]], agrees=found["no"] is None)
    return Reading(Intent.PUBLICITY, slots)


def _honours(talk: Talk) -> Reading | None:
    """Read 评优, 评优 2026, 评优 最美家庭 5."""
    found = _HONOURS.match(talk.text)
    if not found or talk.ends_asking or not _is_meant(talk, found):
        return None
    rest = found["rest"].strip()
    if rest and not talk.is_addressed and found["rest"][0] not in " :\n":
        return None
    year, rest = _year_in(rest)
    counted = _COUNT.search(rest)
    name = bare(rest[: counted.start()] if counted else rest)
    count = whole_of(counted["count"]) if counted else None
    choice = count if name else None
    return Reading(Intent.HONOUR_LIST, Slots(honour=name or None, year=year, choice=choice))


def _give(talk: Talk) -> Reading | None:
    """Read 授予 最美家庭 3组12号."""
    found = _GIVE.match(talk.text)
    if not found or talk.ends_asking:
        return None
    year, rest = _year_in(found["rest"].strip())
    address = find_address(rest)
    if address is None:
        return Reading(Intent.HONOUR_GIVE, asks=True) if talk.is_addressed else None
    name = bare(re.sub(r"给\s*\Z", "", address.before)) or bare(address.after)
    slots = Slots(honour=name or None, year=year, household=address.household)
    return Reading(Intent.HONOUR_GIVE, slots)


def _lift(talk: Talk) -> Reading | None:
    """Read 恢复评优 23 已拆除."""
    found = _LIFT.match(talk.text)
    if not found or talk.ends_asking:
        return None
    ids = (int(found["number"]),) if found["number"] else ()
    slots = Slots(claim_ids=ids, reason=bare(found["reason"]) or None)
    return Reading(Intent.VETO_LIFT, slots, asks=not ids)


def _close(talk: Talk) -> Reading | None:
    """Read 年终结算 2026."""
    found = _CLOSE.match(talk.text)
    if not found:
        return None
    year = found["year"] or found["first"]
    return Reading(Intent.YEAR_CLOSE, Slots(year=int(year) if year else None))


def _roster(talk: Talk) -> Reading | None:
    """Read 换户主 3组12号 李四, 迁出 3组12号 搬到镇上."""
    for intent, pattern in ((Intent.NEW_HEAD, _HEAD), (Intent.MOVED_AWAY, _AWAY)):
        found = pattern.match(talk.text)
        if not found or talk.ends_asking:
            continue
        if intent is Intent.MOVED_AWAY and not _is_meant(talk, found):
            continue
        address = find_address(found["rest"])
        if address is None:
            is_meant = talk.is_addressed and intent is Intent.NEW_HEAD
            return Reading(intent, asks=True) if is_meant else None
        words = bare(f"{address.before} {address.after}")
        name = name_in(address.after) if intent is Intent.NEW_HEAD else None
        slots = Slots(household=address.household, person=name, reason=words or None)
        return Reading(intent, slots)
    return None


def _year_in(text: str) -> tuple[int | None, str]:
    """Return the year that the words begin with, and the rest."""
    found = _YEAR.match(text)
    return (int(found["year"]), text[found.end() :]) if found else (None, text)


_READERS: Final[tuple[Callable[[Talk], Reading | None], ...]] = (
    _leaving,
    _plain,
    _publicity,
    _lift,
    _honours,
    _give,
    _close,
    _roster,
)
