"""Where a household lives (组、门牌): groups and house numbers as villages write them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.papers.roster_note import Note, NoteKind
from bot.papers.roster_text import CACHED, Cell, narrow, numeral
from bot.papers.roster_words import NUMERAL
from domain.household import GROUP_MAX

_GROUP_WORD: Final = r"(?:村民小组|生产小组|生产队|小组|组(?!团)|队(?!部)|社(?!区))"
_NUMBER: Final = rf"(?:[0-9]{{1,4}}|[{NUMERAL}]{{1,6}})"
_GROUP: Final = re.compile(rf"第?(?P<group>{_NUMBER}){_GROUP_WORD}[-,、]?(?P<rest>.*)", re.DOTALL)
_SIDE: Final = "甲乙丙丁戊己庚辛壬癸东西南北中前后左右上下"
_HOUSE_THEN_NAME: Final = re.compile(
    rf"(?P<house>[^\s号]{{0,12}}?{_NUMBER}(?:号(?:(?:之|-){_NUMBER}|[{_SIDE}](?=\s))?|(?=\s)))"
    r"\s*(?P<name>\D+)"
)
_NUMERAL_HERE: Final = re.compile(rf"[{NUMERAL}]+(?=[号#室弄栋幢附之\-{_SIDE}]|单元|$)")
_NUMERAL_AFTER: Final = re.compile(rf"(?<=[-之附])[{NUMERAL}]+")
_SEVERAL: Final = re.compile(r"[0-9号][、,;/&~和及至][第]?[0-9]")
_HOUSE: Final = re.compile(
    r"[^\W\d_]{0,12}[0-9]{1,6}(?:(?:弄|栋|幢|单元)[0-9]{1,5})*"
    rf"(?:[A-Za-z]|[{_SIDE}])?(?:附[0-9]{{1,4}})?(?:-[0-9]{{1,4}}[A-Za-z]?){{0,3}}"
)
_SIGN_ROWS: Final = ("Ⅰ-Ⅻ", "ⅰ-ⅻ", "①-⒛", "㈠-㈩", "㉑-㉟", "㊀-㊉", "㊱-㊿")
_SIGNS: Final = {
    code: str(int(unicodedata.numeric(chr(code))))
    for row in _SIGN_ROWS
    for code in range(ord(row[0]), ord(row[-1]) + 1)
}
"""Numbers within one sign: Ⅲ, ③, ⑶, ⒊, ㈢, ㉕, ㊂."""
_TRADITIONAL: Final = str.maketrans("組隊號棟", "组队号栋")


@dataclass(frozen=True, slots=True)
class Place:
    """What a text tells of an address; ``rest`` is what follows it."""

    group: str = ""
    house: str = ""
    rest: str = ""


@lru_cache(CACHED)
def split_place(text: str) -> Place:
    """Part a text such as 3组12号 into group, house and the rest, all as written.

    Text without a group is all house: ``12号``, ``张家宅5号``.
    """
    plain = in_plain_signs(text)
    found = _GROUP.fullmatch(plain)
    return Place(found["group"], found["rest"].strip()) if found else Place(house=plain)


@lru_cache(CACHED)
def split_named_place(text: str) -> Place | None:
    """Part 3组12号 张三 into group, house and name; None if the text is no such line."""
    found = _GROUP.fullmatch(in_plain_signs(text))
    house = _HOUSE_THEN_NAME.fullmatch(found["rest"].strip()) if found else None
    if not found or not house:
        return None
    return Place(found["group"], house["house"], house["name"].strip())


def in_plain_signs(text: str) -> str:
    """Give ③, Ⅲ or ㈢ as digits, and 組 and 號 in the letters that are read."""
    if text.isascii():
        return text
    return text.translate(_SIGNS).translate(_TRADITIONAL).replace("單元", "单元")


@lru_cache(CACHED)
def canonical_group(text: str) -> int | None:
    """Read 3, 三, 第3组 or 三村民小组 as 3; None if it is no group."""
    tight = narrow(text).replace(" ", "")
    place = split_place(tight)
    number = numeral(place.group or tight.removeprefix("第"))
    if number is None or (place.group and place.house):
        return None
    return number if 1 <= number <= GROUP_MAX else None


@lru_cache(CACHED)
def canonical_house_no(text: str) -> str | None:
    """Read 12号, 第十二号, 12# or 012 as "12", 12号-1 as "12-1", a12 as "A12"; else None."""
    tight = re.sub(r"\s", "", in_plain_signs(narrow(text)))
    tight = re.sub(r"^([0-9]+)\.0+$", r"\1", tight)
    tight = re.sub(r"^(?:门牌号?|户号|No\.?|NO\.?|no\.?|№|#)[:]?", "", tight)
    tight = re.sub(rf"^第(?=[0-9{NUMERAL}])", "", tight).upper()
    tight = _in_digits(_in_digits(tight, _NUMERAL_HERE), _NUMERAL_AFTER)
    tight = re.sub(r"[号#]?之(?=[0-9])", "-", tight).replace("_", "-")
    tight = re.sub(r"[号#]-?(?=[0-9])", "-", tight)
    tight = re.sub(r"[号#]", "", tight)
    tight = re.sub(r"[户室]$", "", tight)
    tight = re.sub(r"(?<![0-9])0+(?=[0-9])", "", tight)
    return tight if _HOUSE.fullmatch(tight) and re.search("[1-9]", tight) else None


def _in_digits(text: str, where: re.Pattern[str]) -> str:
    return where.sub(lambda found: str(_or_same(found[0])), text)


def _or_same(text: str) -> int | str:
    number = numeral(text)
    return text if number is None else number


def read_group(cell: Cell, written: str, notes: list[Note]) -> int | None:
    """Read the group, saying how, or why it cannot be read."""
    if cell.day:
        notes.append(cell.note(NoteKind.BECAME_DATE))
        return None
    group = canonical_group(written)
    if group is None:
        notes.append(cell.note(NoteKind.UNREADABLE if written else NoteKind.MISSING))
    elif str(group) != cell.text:
        notes.append(cell.note(NoteKind.READ_AS, read=str(group)))
    return group


def read_house_no(cell: Cell, written: str, notes: list[Note]) -> str | None:
    """Read the house number, saying how, or why it cannot be read.

    Excel turns a house number 12-1 into the first of December: it is asked
    about, since nobody can tell which it was.
    """
    house = canonical_house_no(written)
    if cell.day:
        notes.append(cell.note(NoteKind.BECAME_DATE))
    elif not written or cell.is_placeholder:
        notes.append(cell.note(NoteKind.MISSING))
    elif _SEVERAL.search(narrow(written)):
        notes.append(cell.note(NoteKind.SEVERAL_HOUSES))
    elif house is None:
        notes.append(cell.note(NoteKind.UNREADABLE))
    else:
        if house != cell.text:
            notes.append(cell.note(NoteKind.READ_AS, read=house))
        return house
    return None
