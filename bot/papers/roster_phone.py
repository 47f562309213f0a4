"""Telephone numbers of a household (电话): one, two, or none that can be called."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from bot.papers.roster_note import Note, NoteKind
from bot.papers.roster_text import CACHED, Cell, narrow

_GLUED: Final = re.compile(r"(?<!\d)(1[3-9]\d{9})(?=1[3-9]\d{9}(?!\d))", re.ASCII)
_ROUNDED: Final = re.compile(r"(?P<head>\d)\.(?P<tail>\d+)[Ee]\+?(?P<power>\d{1,2})", re.ASCII)
_MOBILE: Final = re.compile(
    r"(?<!\d)(?:(?:\+|00)?86[ -]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)", re.ASCII
)
_MOBILE_OTHERWISE: Final = re.compile(
    r"(?<!\d)(?:(?:\+|00)?86[ -]?)?(1[3-9]\d{2})[ -](\d{3})[ -](\d{4})(?!\d)", re.ASCII
)
_AREA: Final = r"\(?(0(?:10|2\d|[3-9]\d{2}))\)?[ -]?"
_LANDLINE: Final = re.compile(
    rf"(?<!\d)(?:(?:(?:\+|00)86[ -]?)?{_AREA})?([2-8]\d{{2,3}})[ -]?(\d{{4}})(?!\d)"
)
_DIGITS: Final = re.compile(r"\+?\d[\d-]*")
_POINT_ZERO: Final = re.compile(r"(?<=[0-9]{7})\.0+(?![0-9])")
_WORDLESS: Final = re.compile(r"[\s/、,;|+():.\-&]+|或者?|和|手机|电话|座机|家庭?:")


@lru_cache(CACHED)
def unglued(text: str) -> str:
    """Part two mobile numbers that were written without anything between them."""
    places = [0, *(found.end() for found in _GLUED.finditer(narrow(text))), len(text)]
    return " ".join(text[start:end] for start, end in pairwise(places))


def read_phones(cell: Cell, notes: list[Note]) -> tuple[str, ...]:
    """Read every number of a cell; what is no number that can be called is dropped and said so.

    Mobile numbers are 11 digits, landlines "021-58921234" or "58921234".
    """
    text = narrow(cell.text)
    if not text or cell.is_placeholder:
        if text:
            notes.append(cell.note(NoteKind.PLACEHOLDER))
        return ()
    text = _POINT_ZERO.sub("", text)
    text = _ROUNDED.sub(lambda found: _whole(found, cell, notes), text)
    phones: list[tuple[int, str]] = []
    for pattern in (_MOBILE, _MOBILE_OTHERWISE, _LANDLINE):
        phones += [(found.start(), _phone(found)) for found in pattern.finditer(text)]
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    numbers = tuple(dict.fromkeys(phone for _, phone in sorted(phones)))
    _say_dropped(cell, text, notes)
    _say_kept(cell, numbers, notes)
    return numbers


def _phone(found: re.Match[str]) -> str:
    if found.re is not _LANDLINE:
        return "".join(found.groups())
    number = found[2] + found[3]
    return f"{found[1]}-{number}" if found[1] else number


def _whole(found: re.Match[str], cell: Cell, notes: list[Note]) -> str:
    """Write out 1.3812345678E+10; a number that lost digits is worth nothing."""
    power = int(found["power"])
    if len(found["tail"]) < power:
        notes.append(cell.note(NoteKind.PHONE_ROUNDED))
        return " "
    return found["head"] + found["tail"][:power]


def _say_dropped(cell: Cell, rest: str, notes: list[Note]) -> None:
    for found in _DIGITS.finditer(rest):
        count = sum(letter.isdigit() for letter in found[0])
        notes.append(cell.note(NoteKind.PHONE_DROPPED, count=count))
    words = " ".join(_WORDLESS.sub(" ", _DIGITS.sub(" ", rest)).split())
    if words:
        notes.append(Note(NoteKind.PHONE_WORDS_DROPPED, cell.column, words))


def _say_kept(cell: Cell, numbers: tuple[str, ...], notes: list[Note]) -> None:
    joined = "/".join(numbers)
    if joined == cell.text or not numbers:
        return
    if len(numbers) > 1:
        notes.append(cell.note(NoteKind.PHONES_SEVERAL, read=joined, count=len(numbers)))
    else:
        notes.append(cell.note(NoteKind.PHONE_TIDIED, read=joined))
