"""A reading in the words that were said (原话): ``8組5號`` and 老金家 as they stand, 90分钟 as 90."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from bot.understanding.deferred import deferred
from bot.understanding.numerals import CHINESE, NUMERAL, number_of, whole_of
from bot.understanding.people import named_at
from bot.understanding.reading import Intent, Reading, Slots
from bot.understanding.simplified import SIMPLIFIED

_NUMBER: Final = rf"(?:\d{{1,4}}|[{CHINESE}]{{1,5}})"
_HOUSE: Final = deferred(
    rf"第?(?P<group>{_NUMBER})(?:村民小组|小组|组|队|埭|zu)(?:第?(?P<house>{_NUMBER})(?:[-—之]\d{{1,3}})?(?:号[甲乙丙丁]?|hao)?)?",
    re.IGNORECASE,
)
_UNITS: Final[Mapping[str, str]] = {
    "小时": r"小时|钟头|xiaoshi|zhongtou|h(?![a-z])|H(?![A-Za-z])|个钟(?!头)|分钟|刻钟",
    "元": r"元|块钱|块|yuan",
    "毫升": r"毫升|ml|ML|cc|CC|haosheng",
    "公斤": r"公斤|千克|kg|KG|gongjin",
}
_PARTS: Final[Mapping[str, int]] = {"分钟": 60, "刻钟": 4}
"""How many of a smaller unit make one hour."""


@dataclass(frozen=True, slots=True)
class _Letters:
    """A text without spaces in plain letters, and where each of them stands in it."""

    text: str
    plain: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> str:
        """Return what was said from one letter up to another."""
        return self.text[self.places[start] : self.places[end - 1] + 1]

    def said(self, words: str) -> str | None:
        """Return the words as they stand in the text; None if they do not."""
        wanted = letters_of(words).plain
        start = self.plain.find(wanted) if wanted else -1
        return self.span(start, start + len(wanted)) if start >= 0 else None

    def is_joined(self, at: int) -> bool:
        """Whether a letter stands right after the one before it."""
        return 0 < at < len(self.places) and self.places[at] == self.places[at - 1] + 1


def letters_of(text: str) -> _Letters:
    """Return the letters of a text, of one width and simplified, with their places."""
    plain: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for one in unicodedata.normalize("NFKC", char).translate(SIMPLIFIED):
            if not one.isspace() and unicodedata.category(one) not in {"Cf", "Cc"}:
                plain.append(one)
                places.append(place)
    return _Letters(text, "".join(plain), tuple(places))


def as_said(reading: Reading, text: str) -> Reading:
    """Return the reading with its words as the text holds them; what is not there stays."""
    if reading.intent is None:
        return reading
    letters = letters_of(text)
    return _said(reading, letters)


def _said(reading: Reading, letters: _Letters) -> Reading:
    return replace(
        reading,
        slots=_slots(reading, letters),
        acts=tuple(_said(act, letters) for act in reading.acts),
        choices=tuple(_said(choice, letters) for choice in reading.choices),
    )


def _slots(reading: Reading, letters: _Letters) -> Slots:
    slots = reading.slots
    occurred = slots.occurred
    if occurred and (words := letters.said(occurred.text)):
        occurred = replace(occurred, text=words)
    amount, unit = _amount(slots, letters)
    return replace(
        slots,
        household=_household(slots, letters, is_named=reading.intent is not Intent.BIND),
        person=slots.person and (letters.said(slots.person) or slots.person),
        place=slots.place and (letters.said(slots.place) or slots.place),
        reason=slots.reason and (letters.said(slots.reason) or slots.reason),
        occurred=occurred,
        quantity=amount,
        unit=unit,
    )


def _household(slots: Slots, letters: _Letters, *, is_named: bool) -> str | None:
    """Return the house as it was said, with the name right behind it: ``5组老金家``.

    A binding names the person apart.
    """
    if slots.household is None:
        return None
    for found in _HOUSE.finditer(letters.plain):
        group = whole_of(found["group"])
        house = whole_of(found["house"]) if found["house"] else None
        whole = f"{group}组" if house is None else f"{group}组{house}"
        if whole != re.sub(r"[-—]\d+|号[甲乙丙丁]?\Z", "", slots.household):
            continue
        end = _with_name(found.end(), slots, letters) if is_named else found.end()
        return letters.span(found.start(), end)
    return slots.household


def _with_name(end: int, slots: Slots, letters: _Letters) -> int:
    """Return where the name ends that stands right behind a house."""
    of = 1 if letters.plain[end : end + 1] == "的" else 0
    if not letters.is_joined(end):
        return end
    person = letters_of(slots.person or "").plain
    start = end + of
    is_person = bool(person) and letters.plain.startswith(person, start)
    name = person if is_person else named_at(letters.plain, start)
    if not name:
        return end
    end = start + len(name)
    return end + 1 if letters.plain[end : end + 1] == "家" else end


def _amount(slots: Slots, letters: _Letters) -> tuple[Decimal | None, str | None]:
    """Return the amount and its unit as they were said."""
    units = _UNITS.get(slots.unit or "")
    if slots.quantity is None or units is None:
        return slots.quantity, slots.unit
    pattern = rf"(?P<number>{NUMERAL}|半)(?:个)?半?多?(?P<unit>{units})"
    for found in re.finditer(pattern, letters.plain):
        value = number_of(found["number"])
        parts = _PARTS.get(found["unit"])
        if parts and value is not None:
            is_same = (value / parts).quantize(Decimal("0.01")) == slots.quantity
            return (value if is_same else slots.quantity), found["unit"] if is_same else slots.unit
        if value is not None and int(value) == int(slots.quantity):
            return slots.quantity, found["unit"].lstrip("个")
    return slots.quantity, slots.unit
