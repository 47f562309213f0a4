"""The day a household joined (参加日期): Excel's days, its serial numbers, and days in words."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from bot.papers.roster_note import Note, NoteKind
from bot.papers.roster_text import Cell, numeral
from bot.papers.roster_words import NUMERAL, NUMERALS

OLDEST: Final = date(1990, 1, 1)
"""No household joined a points scheme before this: the cell holds a birthday or an error."""
EPOCH_1900: Final = date(1899, 12, 30)
EPOCH_1904: Final = date(1904, 1, 1)
_SERIAL: Final = re.compile(r"[3-7]\d{4}(?:\.\d+)?")
_YEAR_NUMBER: Final = r"(?P<year>\d{4}|\d{2}(?=[年.\-/]))"
_DAY: Final = re.compile(
    rf"{_YEAR_NUMBER}[年.\-/](?P<month>\d{{1,2}})[月.\-/](?P<day>\d{{1,2}})[日号]?"
    r"(?:[ T]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_SOLID: Final = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_MONTH: Final = re.compile(rf"{_YEAR_NUMBER}[年.\-/](?P<month>\d{{1,2}})月?份?")
_SOLID_MONTH: Final = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})")
_YEAR: Final = re.compile(r"(?P<year>(?:19|20)\d{2})年?")
_CENTURY: Final = 2000
_TWO_DIGITS: Final = 100


def read_joined(
    cell: Cell, notes: list[Note], *, today: date, epoch: date = EPOCH_1900
) -> date | None:
    """Read the day; one that cannot be read, or cannot be, is left empty and said so.

    A month or a year alone means its first day. 2024.1 as a number may have
    been 2024.10, so it is not guessed at.
    """
    if not cell.text or cell.is_placeholder:
        if cell.text:
            notes.append(cell.note(NoteKind.PLACEHOLDER))
        return None
    found = cell.day or _serial(cell, epoch, notes) or _written(cell, notes)
    if found is None:
        notes.append(cell.note(NoteKind.LEFT_EMPTY))
    elif found > today:
        notes.append(cell.note(NoteKind.DATE_FUTURE, read=found.isoformat()))
    elif found < OLDEST:
        notes.append(cell.note(NoteKind.DATE_TOO_OLD, read=found.isoformat()))
    else:
        if isinstance(cell.raw, datetime) and cell.text != found.isoformat():
            notes.append(cell.note(NoteKind.READ_AS, read=found.isoformat()))
        return found
    return None


def _serial(cell: Cell, epoch: date, notes: list[Note]) -> date | None:
    """Read 45000 as 2023-03-15: the days since Excel's beginning."""
    if not _SERIAL.fullmatch(cell.tight):
        return None
    found = epoch + timedelta(days=int(float(cell.tight)))
    notes.append(cell.note(NoteKind.DATE_SERIAL, read=found.isoformat()))
    return found


def _written(cell: Cell, notes: list[Note]) -> date | None:
    if isinstance(cell.raw, float) and not cell.raw.is_integer():
        return None
    text = _digits_for_numerals(cell.plain.replace(" ", "") if "年" in cell.plain else cell.plain)
    for pattern in (_DAY, _SOLID, _MONTH, _SOLID_MONTH, _YEAR):
        match = pattern.fullmatch(text)
        if match:
            return _day_of(match.groupdict(), cell, notes)
    return None


def _day_of(parts: dict[str, str], cell: Cell, notes: list[Note]) -> date | None:
    year = int(parts["year"])
    try:
        found = date(
            year if year >= _TWO_DIGITS else year + _CENTURY,
            int(parts.get("month") or 1),
            int(parts.get("day") or 1),
        )
    except ValueError:
        return None
    if "day" not in parts:
        notes.append(cell.note(NoteKind.DATE_FIRST_DAY, read=found.isoformat()))
    elif found.isoformat() != cell.text:
        notes.append(cell.note(NoteKind.READ_AS, read=found.isoformat()))
    return found


def _digits_for_numerals(text: str) -> str:
    """Write 二〇二四年三月五日 and 二零二四年十月 in digits."""
    text = re.sub(
        rf"[{NUMERAL}]{{4}}(?=年)",
        lambda found: "".join(str(NUMERALS.get(letter, letter)) for letter in found[0]),
        text,
    )
    return re.sub(rf"[{NUMERAL}]{{1,3}}(?=[月日号])", lambda found: _number(found[0]), text)


def _number(text: str) -> str:
    found = numeral(text)
    return text if found is None else str(found)
