"""Find a household's address (门牌) and the name beside it."""

import re
from dataclasses import dataclass
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.numerals import CHINESE, whole_of
from domain.household import Address

_NUMBER: Final = rf"(?:\d{{1,4}}|[{CHINESE}]{{1,5}})"
_HOUSE: Final = deferred(
    rf"第?(?P<group>{_NUMBER})\s*(?:村民小组|小组|组|队|埭)\s*第?"
    rf"(?P<house>{_NUMBER})(?P<part>\s*[-—之]\s*\d{{1,3}})?\s*"
    r"(?:号(?P<letter>[甲乙丙]|丁(?![一-鿿]))?|(?=[\s,、:;。]|\Z)|(?=户主|的(?:,|\Z)|代录|补录|录[一上入]|扣分|登记|申报))"
)
_GROUP: Final = deferred(
    rf"(?:(?<![一-鿿])|(?<=[给替帮代扣记录把由])|(?<![\d第])(?=\d))(?P<group>{_NUMBER})\s*(?:组|队)(?!织|长|合)(?P<rest>)"
)
_SEVERAL: Final = deferred(
    rf"第?(?P<group>{_NUMBER})\s*(?:村民小组|小组|组|队|埭)\s*"
    rf"(?P<houses>{_NUMBER}(?:\s*号?\s*[、,和跟]\s*{_NUMBER}(?!\s*[组队]))*)\s*号"
)
_HOUSE_ALONE: Final = deferred(r"(\d{1,4}(?:-\d{1,3})?)\s*号?")
_NAME: Final = deferred(r"[一-鿿㐀-䶿\U00020000-\U0003ffff·]{2,6}")
_NAME_LABEL: Final = deferred(
    r"户主姓名|户主|姓名|名字|我叫|我是|叫|是|(?:我们?|阿拉|伲|俺)家(?:的|里)?|家?的|家(?=里|户)|家(?![一-鿿])|(?<![一-鿿])家|(?<=[我伲拉们])家|[:,、。;]"
)
"""家 within a name stays: 王家明 is no 王明."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """An address in canonical form, and the text before and after it."""

    household: str
    before: str
    after: str


def find_address(text: str, *, last: bool = False) -> Addressed | None:
    """Return the first (or last) address: ``三组十二号`` is ``3组12号``, ``3组12-1号`` stays so."""
    every = list(_HOUSE.finditer(text))
    if not every:
        return None
    found = every[-1 if last else 0]
    group, house = whole_of(found["group"]), whole_of(found["house"])
    if group is None or house is None:
        return None
    part = "-" + re.sub(r"\D", "", found["part"]) if found["part"] else ""
    letter = found["letter"] or ""
    name = f"{group}组{house}{part}号{letter}"
    return Addressed(name, text[: found.start()], text[found.end() :])


def written(group_no: int, house_no: str) -> str:
    """Return an address in canonical form: ``3组12号``."""
    return f"{group_no}组{house_no}号"


def houses_in(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return every address of the text with where it starts and ends; ``8组3、5、7号`` are three."""
    every: list[tuple[str, int, int]] = []
    for found in _SEVERAL.finditer(text):
        group = whole_of(found["group"])
        every.extend(
            (f"{group}组{whole_of(number)}号", found.start(), found.end())
            for number in re.findall(_NUMBER, found["houses"])
        )
    return tuple(every)


def canonical(household: str) -> Address:
    """Return the address that ``3组12号`` means, as the roster keeps it."""
    group, house = household.split("组", maxsplit=1)
    return Address(int(group), house.replace("号", "", 1))


def house_alone(text: str) -> str | None:
    """Return the house number of words that hold nothing else: ``12号`` is ``12``."""
    found = _HOUSE_ALONE.fullmatch(text.strip())
    return found[1] if found else None


def head_of(text: str) -> str:
    """Return the name of a head by whom a household is called: ``张三家`` is ``张三``."""
    return text.strip().removesuffix("家")


_DENIED: Final = deferred(
    rf"(?:不是|勿是|弗是)\s*第?{_NUMBER}\s*(?:村民小组|小组|组|队|埭)\s*第?{_NUMBER}\s*号?(?:的|家|人家)?[\s,;。、]*(?:(?:而|应该|应当|应)?是(?:在)?)?"
)


def without_denied(text: str) -> str:
    """Return the text without the house that is put right: ``不是3组8号,是3组18号`` keeps one."""
    kept = _DENIED.sub(" ", text)
    return kept.strip() if kept != text and _HOUSE.search(kept) else text


def find_group(text: str) -> Addressed | None:
    """Return a group named without a house: ``3组王阿婆`` gives ``3组`` and the rest."""
    found = _GROUP.search(text)
    group = whole_of(found["group"]) if found else None
    if found is None or group is None:
        return None
    return Addressed(f"{group}组", text[: found.start()], text[found.end() :])


def name_in(text: str) -> str | None:
    """Return the name in words that hold nothing else; layout spaces (徐 慧) close up."""
    words = _NAME_LABEL.sub(" ", text).strip()
    if re.fullmatch(r"[一-鿿㐀-䶿] [一-鿿㐀-䶿]", words):
        words = words.replace(" ", "")
    found = _NAME.match(words)
    return found[0] if found else None
