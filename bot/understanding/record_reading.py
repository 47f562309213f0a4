"""Read the committee's words about a household (代录, 扣分, 亲属)."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.understanding.addresses import find_address, houses_in, name_in
from bot.understanding.claim_reading import read_act, read_whom
from bot.understanding.deferred import deferred
from bot.understanding.numerals import NUMERAL
from bot.understanding.points import bare_points, points_in
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.talk import Talk

_RECORD: Final = deferred(
    r"\A(?:代录|代报|代记|补录|补登记?|代登记?|录入)[\s:,]*(?P<rest>.*)\Z", re.DOTALL
)
_GROUP_AND_NAME: Final = deferred(
    rf"\s*(?:[-•·]|\d{{1,2}}[.)、])?\s*{NUMERAL}组\s*[一-鿿·]{{2,4}}(?=[\s,:])"
)
_DEDUCT: Final = deferred(r"\A(?:扣分|减分|记扣分|扣)[\s:,]*(?P<rest>.*)\Z", re.DOTALL)
_KIN: Final = deferred(r"\A(?:亲属|亲戚|回避|近亲)[\s:,]*(?P<rest>.*)\Z", re.DOTALL)


def read_record(talk: Talk) -> Reading | None:
    """Return a record on behalf, a deduction or a kinship; permission is decided elsewhere."""
    readers: tuple[Callable[[Talk], Reading | None], ...] = (_record, _deduct, _kin)
    return next((reading for reader in readers if (reading := reader(talk))), None)


def _record(talk: Talk) -> Reading | None:
    """Read 代录 3组12号 张三 垃圾分类 昨天."""
    if talk.ends_asking or re.search(r"格式|怎么", talk.text):
        return None
    found = _RECORD.match(talk.text)
    if found:
        if len(houses_in(found["rest"])) > 1 and "\n" not in found["rest"]:
            return None
        lines = [line for line in re.split(r"[\n;]+", found["rest"]) if _names_house(line)]
        if len(lines) > 1:
            return _records(lines, talk)
    if not found:
        return None
    slots = _of_household(found["rest"], talk, deductions=False)
    has_whom = bool(slots.household or slots.person)
    if not talk.is_addressed and not (has_whom and (slots.item or slots.item_choices)):
        return None if talk.text != "代录" else Reading(Intent.RECORD_FOR, asks=True)
    return Reading(Intent.RECORD_FOR, slots, asks=not (slots.item and _is_house(slots)))


def _names_house(line: str) -> bool:
    """Whether a line of a list begins with a house, or with a group and somebody's name."""
    return find_address(line) is not None or bool(_GROUP_AND_NAME.match(line))


def _records(lines: list[str], talk: Talk) -> Reading:
    """Return one act for each line of a list, all recorded by one message."""
    acts = []
    for line in lines:
        slots = _of_household(re.sub(r"\A\s*(?:代录|\d+[.)、])", "", line), talk, deductions=False)
        acts.append(Reading(Intent.RECORD_FOR, slots, asks=slots.item is None))
    is_asking = any(act.asks for act in acts)
    return Reading(Intent.RECORD_FOR, acts[0].slots, asks=is_asking, acts=tuple(acts))


def _deduct(talk: Talk) -> Reading | None:
    """Read 扣分 8组5号 乱堆物 5分 原因."""
    if talk.ends_asking:
        return None
    if re.search(r"清单|名单|明细|汇总|导出|打印", talk.text) and find_address(talk.text) is None:
        return None
    if talk.is_question and find_address(talk.text) is None:
        return None
    found = _DEDUCT.match(talk.text)
    if not found or len(houses_in(found["rest"])) > 1:
        return None
    points, rest = points_in(found["rest"])
    slots = _of_household(rest, talk, deductions=True)
    slots = replace(slots, points=points or bare_points(talk.text))
    if not slots.household and (talk.role == "villager" or not talk.is_addressed):
        return None
    return Reading(Intent.DEDUCT, slots, asks=not (slots.item and _is_house(slots)))


def _is_house(slots: Slots) -> bool:
    """Whether the household is named to its house number."""
    return slots.household is not None and "号" in slots.household


def _of_household(text: str, talk: Talk, *, deductions: bool) -> Slots:
    """Return the slots of an act of a named household, the name beside the address."""
    named = talk.items.contained(text, deductions=deductions)
    words = text.replace(named.words, f" {named.words} ", 1) if named else text
    household, person = None, None
    address = find_address(words)
    if address:
        household, body = address.household, f"{address.before} {address.after}"
        first = re.match(r"[\s,(户主:]*(?P<name>[一-鿿·]{2,4})(?=[\s,、。:)]|\Z)", address.after)
        if first and not (named and first["name"] in named.words):
            person = first["name"]
            body = f"{address.before} {address.after[first.end() :]}"
    else:
        first = re.match(r"\s*(?P<whom>[^\s,、。:;]{2,12})(?=[\s,、。:;]|\Z)", words)
        body = words
        if first and not (named and first["whom"] in named.words):
            household, person = read_whom(first["whom"])
            body = words[first.end() :]
    told = read_act(body, talk.items, talk.today, deductions=deductions).slots
    return replace(told, household=household, person=person)


def _kin(talk: Talk) -> Reading | None:
    """Read 亲属 3组12号."""
    found = _KIN.match(talk.text)
    if not found:
        return None
    address = find_address(found["rest"])
    if address:
        slots = Slots(household=address.household, person=name_in(address.after))
        return Reading(Intent.KIN, slots)
    is_asked = talk.is_addressed and not talk.is_question
    return Reading(Intent.KIN, asks=True) if is_asked else None
