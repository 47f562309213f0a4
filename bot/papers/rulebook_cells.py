"""Cells of the rulebook sheet (细则表格的单元格): an item becomes a row, a row named values."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final, TypeAlias, TypeVar

from bot.papers.rulebook_words import (
    FILER_WORDS,
    KIND_WORDS,
    NO,
    NO_WORDS,
    PUBLICITY_WORDS,
    YES,
    YES_WORDS,
    meant,
)
from domain.points import Points, show
from domain.rulebook import Band, Item, Tier

Cell: TypeAlias = str | int | float | None
_E = TypeVar("_E", bound=StrEnum)
DIGITS_MOST: Final = 12
_SPECIAL = re.compile(r"([\\、,,;;::=()()\n])")
_PART = re.compile(r"(?:\\.|[^\\、,,;;\n])+", re.DOTALL)
_LINE = re.compile(r"(?:\\.|[^\\\n])+", re.DOTALL)
_TIER = re.compile(
    r"\s*((?:\\.|[^\\::=()()])+)[::=]\s*([^\s(()]+)\s*(?:[((]((?:\\.|[^\\()()])*)[))])?\s*",
    re.DOTALL,
)
_BAND = re.compile(r"(?:(\d+)小时以内|以上)每(\d+)小时([+-]?[\d.]+)分")
_MINUS: Final = str.maketrans("−–—", "---")


def plain(value: object) -> str:
    """Return a cell as narrow text: full-width digits and letters become plain ones."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFKC", str(value)).translate(_MINUS).strip()


def number(value: object) -> object:
    """Read ``3``, ``0.5`` or ``-2`` as a number; anything else stays what it is."""
    if isinstance(value, bool):
        return value
    try:
        exact = Decimal(plain(value))
    except InvalidOperation:
        return value
    is_whole = exact.is_finite() and exact.adjusted() < DIGITS_MOST and exact % 1 == 0
    return int(exact) if is_whole else exact


def text(value: object) -> object:
    """Read text; a number typed into a text cell is meant as text."""
    return value.strip() if isinstance(value, str) else plain(value)


def yes_no(value: object) -> object:
    """Read 是 or 否 in the ways people mark them."""
    word = plain(value).lower()
    return True if word in YES_WORDS else False if word in NO_WORDS else word


def choice(words: dict[_E, str]) -> Callable[[object], object]:
    """Return the reader of one of the words of a heading."""
    return lambda value: meant(words, plain(value))


def texts(value: object) -> object:
    """Read words parted by 、 or commas or line ends; a backslash keeps the sign after it."""
    parts = (_unescape(part).strip() for part in _PART.findall(str(value)))
    return [part for part in parts if part]


def numbers(value: object) -> object:
    """Read ``0、-2、-5``."""
    return [number(part) for part in _PART.findall(str(value))]


def tiers(value: object) -> object:
    """Read one level a line: ``三星:10(3星、三星级)``."""
    found = [(line, _TIER.fullmatch(line)) for line in _LINE.findall(str(value)) if line.strip()]
    if not all(match for _, match in found):
        return value
    return [
        {"name": _unescape(m[1]).strip(), "points": number(m[2]), "aliases": texts(m[3] or "")}
        for _, m in found
        if m
    ]


def bands(value: object) -> object:
    """Read one band a line: ``20小时以内每1小时2分``, at last ``以上每2小时1分``."""
    lines = ["".join(plain(line).split()) for line in str(value).splitlines()]
    found = [_BAND.fullmatch(line) for line in lines if line]
    if not all(found):
        return value
    return [
        {"points": number(m[3]), "per": int(m[2]), **({"until": int(m[1])} if m[1] else {})}
        for m in found
        if m
    ]


READERS: Final[Mapping[str, Callable[[object], object]]] = {
    "code": lambda value: plain(value).upper(),
    "aliases": texts,
    "is_on": yes_no,
    "filer": choice(FILER_WORDS),
    "kind": choice(KIND_WORDS),
    "points": number,
    "unit_size": number,
    "counts_quantity": yes_no,
    "low": number,
    "high": number,
    "tiers": tiers,
    "steps": numbers,
    "bands": bands,
    "caps.month": number,
    "caps.quarter": number,
    "caps.year": number,
    "cooldown_days": number,
    "photos_min": number,
    "is_private": yes_no,
    "approvals": number,
    "publicity": choice(PUBLICITY_WORDS),
}
"""How a cell under each field is read; fields not named here hold text."""


def row_of(item: Item) -> dict[str, Cell]:
    """Return the cells of an item by field."""
    return {
        "code": item.code,
        "name": item.name,
        "aliases": _joined(item.aliases),
        "is_on": _yes_no(is_so=item.is_on),
        "filer": FILER_WORDS[item.filer],
        "kind": KIND_WORDS[item.kind],
        "points": points_cell(item.points),
        "unit": item.unit,
        "unit_size": item.unit_size,
        "counts_quantity": _yes_no(is_so=item.counts_quantity),
        "low": points_cell(item.low),
        "high": points_cell(item.high),
        "tiers": "\n".join(_tier_line(tier) for tier in item.tiers),
        "steps": _joined(show(step) for step in item.steps),
        "bands": "\n".join(_band_line(band) for band in item.bands),
        "caps.month": points_cell(item.caps.month),
        "caps.quarter": points_cell(item.caps.quarter),
        "caps.year": points_cell(item.caps.year),
        "cooldown_days": item.cooldown_days or None,
        "photos_min": item.photos_min,
        "is_private": _yes_no(is_so=item.is_private),
        "evidence": item.evidence,
        "approvals": item.approvals,
        "publicity": PUBLICITY_WORDS[item.publicity],
        "veto": item.veto,
        "source": item.source,
        "note": item.note,
    }


def points_cell(points: Points | None) -> Cell:
    """Return points as the number a sheet shows: 15 tenths are 1.5."""
    if points is None:
        return None
    return points / 10 if points % 10 else points // 10


def _yes_no(*, is_so: bool) -> str:
    return YES if is_so else NO


def _tier_line(tier: Tier) -> str:
    aliases = f"({_joined(tier.aliases)})" if tier.aliases else ""
    return f"{_escape(tier.name)}:{show(tier.points)}{aliases}"


def _band_line(band: Band) -> str:
    start = "以上" if band.until is None else f"{band.until}小时以内"
    return f"{start}每{band.per}小时{show(band.points)}分"


def _joined(words: Iterable[str]) -> str:
    return "、".join(_escape(word) for word in words)


def _escape(word: str) -> str:
    return _SPECIAL.sub(r"\\\1", word)


def _unescape(word: str) -> str:
    return re.sub(r"\\(.)", r"\1", word, flags=re.DOTALL)
