"""The text of a cell (单元格) made plain: letters that show, numerals, no ID or card numbers."""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from bot.papers.roster_note import WRITTEN_MAX, Note, NoteKind
from bot.papers.roster_radicals import IDEOGRAPH_OF
from bot.papers.roster_words import NUMERAL, NUMERALS, PLACEHOLDERS, TENS
from domain.household import RosterColumn

CACHED: Final = 4096
"""Texts whose reading is remembered: most cells of a column are alike, and each is read often."""
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES: Final = dict.fromkeys(
    (*map(ord, "\u00a0\u1680\u202f\u205f\u3000\t"), *range(0x2000, 0x200B)), " "
)
_DASHES: Final = {ord(c): "-" for c in "‐‑‒–—―−─━﹣"}
_NARROW: Final[dict[int, int | str]] = {**_WIDE, **_SPACES, **_DASHES}
_BLANK_LETTERS: Final = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0\ufffc\ufffe\uffff")
_UNCOMMON: Final = re.compile(r"[^ -~\n\u3000-\u3002\u4e00-\u9fff\uff01-\uff5e]")
_CARRIAGE: Final = re.compile(r"_x000[dD]_|\r")
_LONG_MIN: Final = 15
_GAP: Final = r"[ \-.\n]"
_LONG: Final = re.compile(rf"\d(?:{_GAP}{{0,3}}\d){{14,}}(?:{_GAP}?[Xx](?![A-Za-z]))?")
_ROUNDED_LONG: Final = re.compile(r"\d(?:\.\d+)?[Ee]\+?(?:1[4-9]|[2-9]\d)(?!\d)")
_ABROAD: Final = r"(?:(?:00)?86[ \-]?)?"
_MOBILE: Final = _ABROAD + r"1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}"
_LANDLINE: Final = _ABROAD + r"(?:0\d{2,3}[ \-]?)?[2-8]\d{6,7}"
_DAY: Final = r"(?:19|20)\d\d[\-.]\d{1,2}[\-.]\d{1,2}"
_HARMLESS: Final = re.compile(
    rf"(?:{_MOBILE}|{_LANDLINE}|{_DAY})"
    rf"(?:{_GAP}{{1,3}}(?:{_MOBILE}|{_LANDLINE}|{_DAY}|\d{{3,6}}))*"
)
_LABEL: Final = re.compile(
    r"(?:(?:公民)?身份证件?|证件|(?:农|建|工|银行|社保|医保|储蓄)*卡|账|帐)(?:号码|号)?[:]? *$"
)
_EDGES: Final = " \t\n\u3000,;:\uff0c\uff1b\uff1a、"
_DIGIT: Final = "[" + "".join(letter for letter, value in NUMERALS.items() if value) + "]"
_COMPOUND: Final = re.compile(
    rf"(?:(?P<hundreds>{_DIGIT})[百佰](?P<zero>[零〇])?)?"
    rf"(?:(?P<tens>{_DIGIT})?(?P<ten>[十拾])|(?P<twenty>[廿卅]))?(?P<units>{_DIGIT})?"
)
_ID_LENGTHS: Final = (15, 18)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its column, what the sheet holds, and its text without what is never kept."""

    column: RosterColumn
    raw: object
    text: str

    @property
    def day(self) -> date | None:
        """The day, where the cell is a date of Excel's."""
        if isinstance(self.raw, datetime):
            return self.raw.date()
        return self.raw if isinstance(self.raw, date) else None

    @property
    def plain(self) -> str:
        """The text with ordinary letters, digits and spaces only where words part."""
        return " ".join(narrow(self.text).split())

    @property
    def tight(self) -> str:
        """The plain text without any space."""
        return _tight(self.text)

    @property
    def is_placeholder(self) -> bool:
        """Whether the cell says in its own way that there is nothing."""
        return self.tight in PLACEHOLDERS

    def note(self, kind: NoteKind, *, read: str = "", count: int = 0) -> Note:
        """Return a remark on this cell."""
        return Note(kind, self.column, shown(self.text), read, count=count)


def cell_of(raw: object, column: RosterColumn, notes: list[Note]) -> Cell:
    """Read a cell, saying what was taken out of its text."""
    text, said = _read(as_text(raw), column)
    notes.extend(said)
    return Cell(column, raw, text)


@lru_cache(CACHED)
def _read(written: str, column: RosterColumn) -> tuple[str, tuple[Note, ...]]:
    notes: list[Note] = []
    text = visible(written)
    if text != written:
        notes.append(Note(NoteKind.INVISIBLE, column))
    found = [letter for letter in dict.fromkeys(text) if letter in IDEOGRAPH_OF]
    if found:
        text = "".join(IDEOGRAPH_OF.get(letter, letter) for letter in text)
        read = "".join(IDEOGRAPH_OF[letter] for letter in found)
        notes.append(Note(NoteKind.RADICAL, column, "".join(found), read))
    text, kinds = without_numbers(text)
    notes.extend(Note(kind, column) for kind in kinds)
    return text.strip(), tuple(notes)


@lru_cache(CACHED)
def _tight(text: str) -> str:
    return narrow(text).replace("\n", "").replace(" ", "")


def as_text(raw: object) -> str:
    """Return what a cell shows: 12.0 is "12", a day is "2024-03-05", nothing is ""."""
    if raw is None:
        return ""
    if isinstance(raw, float):
        if not math.isfinite(raw):
            return ""
        return str(int(raw)) if raw.is_integer() else repr(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw == _midnight(raw) else raw.isoformat(" ", "seconds")
    return _CARRIAGE.sub("", str(raw))


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


@lru_cache(CACHED)
def visible(text: str) -> str:
    """Leave out letters that do not show; a variation of an ideograph (异体字) stays."""
    if not _UNCOMMON.search(text):
        return text
    kept: list[str] = []
    for letter in text:
        if letter in "\u2028\u2029":
            kept.append("\n")
        elif not _is_hidden(letter, kept[-1] if kept else ""):
            kept.append(letter)
    return "".join(kept)


def _is_hidden(letter: str, before: str) -> bool:
    if "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef":
        return not before or unicodedata.category(before) not in {"Lo", "Co", "Cn"}
    if letter in "\n\t":
        return False
    return letter in _BLANK_LETTERS or unicodedata.category(letter) in {"Cf", "Cc", "Cs"}


@lru_cache(CACHED)
def narrow(text: str) -> str:
    """Give full-width letters, spaces and dashes their ordinary form, letter by letter."""
    return text if text.isascii() else text.translate(_NARROW)


def shown(text: str) -> str:
    """Shorten what a cell holds so that it can stand within a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= WRITTEN_MAX else line[:WRITTEN_MAX] + "…"


@lru_cache(CACHED)
def without_numbers(text: str) -> tuple[str, tuple[NoteKind, ...]]:
    """Take out ID numbers and card numbers, with the words before them that name them.

    Fifteen digits and more are one, also in groups with spaces or hyphens,
    unless the groups are telephone numbers or days.
    """
    if len(text) < _LONG_MIN and "e" not in text.lower():
        return text, ()
    kinds: list[NoteKind] = []
    plain = narrow(text)
    for found in reversed([*_LONG.finditer(plain), *_ROUNDED_LONG.finditer(plain)]):
        if _HARMLESS.fullmatch(found[0]):
            continue
        label = _LABEL.search(plain[: found.start()])
        start = label.start() if label else found.start()
        text = text[:start] + text[found.end() :]
        plain = narrow(text)
        kinds.append(_kind_of(found[0]))
    return text.strip(_EDGES) if kinds else text, tuple(dict.fromkeys(kinds))


def _kind_of(number: str) -> NoteKind:
    digits = re.sub(_GAP, "", number)
    is_id = digits[-1] in "Xx" or len(digits) in _ID_LENGTHS
    return NoteKind.ID_DROPPED if is_id else NoteKind.CARD_DROPPED


@lru_cache(CACHED)
def numeral(text: str) -> int | None:
    """Read a whole number in digits or Chinese: 12, 十二, 廿一, 一百零三, 一二〇; else None."""
    if re.fullmatch(r"[0-9]{1,9}(?:\.0+)?", text):
        return int(text.partition(".")[0])
    if not text or len(text) > len("一百二十三") + 1 or any(c not in NUMERAL for c in text):
        return None
    if not any(letter in TENS for letter in text):
        return int("".join(str(NUMERALS[letter]) for letter in text))
    found = _COMPOUND.fullmatch(text)
    if not found or _is_short_for_more(found):
        return None
    hundreds, tens, units = (NUMERALS.get(found[n] or "", 0) for n in ("hundreds", "tens", "units"))
    ten = TENS[found["twenty"]] if found["twenty"] else 10 * (tens or 1) * bool(found["ten"])
    return 100 * hundreds + ten + units


def _is_short_for_more(found: re.Match[str]) -> bool:
    """Tell 一百二, which may be 120 or 102, and 一百零 from a whole number."""
    has_tens = bool(found["ten"] or found["twenty"])
    if found["hundreds"] and not has_tens:
        return bool(found["units"]) != bool(found["zero"])
    return False
