"""The cells of a paper claim (单元格): day, household and amount as people write them."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from bot.papers.roster_address import canonical_group, canonical_house_no, split_place
from bot.papers.roster_date import read_joined
from bot.papers.roster_note import Note, NoteKind
from bot.papers.roster_text import Cell, cell_of, narrow, shown
from bot.papers.roster_words import NUMERAL
from bot.understanding.quantities import bare_quantity
from bot.understanding.times import find_time
from domain.household import RosterColumn

_DOTTED: Final = re.compile(r"(\d{1,2})[.\-](\d{1,2})")
_MONTH_AND_DAY: Final = re.compile(
    rf"(?:\d|[{NUMERAL}]){{1,3}}[月/](?:\d|[{NUMERAL}]){{1,3}}[日号]?"
)


class FaultKind(StrEnum):
    """Why a line cannot be recorded as it stands."""

    DAY_MISSING = "day_missing"
    DAY_UNREADABLE = "day_unreadable"
    DAY_AHEAD = "day_ahead"
    HOUSEHOLD_MISSING = "household_missing"
    GROUP_MISSING = "group_missing"
    GROUP_UNREADABLE = "group_unreadable"
    HOUSE_MISSING = "house_missing"
    HOUSE_UNREADABLE = "house_unreadable"
    HOUSE_BECAME_DATE = "house_became_date"
    ITEM_MISSING = "item_missing"
    QUANTITY_UNREADABLE = "quantity_unreadable"
    HEAD_OTHER = "head_other"
    FORMULA_EMPTY = "formula_empty"


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason: ``written`` is what stands there, ``read`` what it was compared with."""

    kind: FaultKind
    written: str = ""
    read: str = ""


class RemarkKind(StrEnum):
    """What is said of a line that is recorded all the same."""

    NUMBER_DROPPED = "number_dropped"
    SAME_LINE = "same_line"
    SAME_CLAIM = "same_claim"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark; ``of`` is the line or the claim that is meant, 0 where there is none."""

    kind: RemarkKind
    of: int = 0


def read_day(raw: object, faults: list[Fault], *, today: date, epoch: date) -> date | None:
    """Read the day of an act: Excel's days and numbers, 2026-9-3, 9月3日, 9/3.

    A month alone is no day, and 9.1 as a number may have been 9.10: both are
    asked about. A day written without its year is the latest one.
    """
    notes: list[Note] = []
    cell = cell_of(raw, RosterColumn.JOINED, notes)
    if not cell.text:
        faults.append(Fault(FaultKind.DAY_MISSING))
        return None
    notes.clear()
    day = read_joined(cell, notes, today=today, epoch=epoch)
    kinds = {note.kind for note in notes}
    if NoteKind.DATE_FUTURE in kinds:
        faults.append(Fault(FaultKind.DAY_AHEAD, shown(cell.text)))
        return None
    if day is None and isinstance(raw, str):
        day = _in_words(cell.tight, today)
    if day is None or NoteKind.DATE_FIRST_DAY in kinds:
        faults.append(Fault(FaultKind.DAY_UNREADABLE, shown(cell.text)))
        return None
    return day


def _in_words(text: str, today: date) -> date | None:
    """Read a month and a day; 昨天 on paper says nothing: nobody knows when it was written."""
    words = _DOTTED.sub(r"\1月\2日", text)
    found = find_time(words, today) if _MONTH_AND_DAY.fullmatch(words) else None
    return found.occurred.date if found and not found.rest.strip() else None


def read_place(
    group_raw: object, house_raw: object, head: str, faults: list[Fault]
) -> tuple[int | None, str, str]:
    """Read group, house number and head; 3组12号 may stand in one cell.

    Without an address the head's name alone names the household.
    """
    group_cell, house_cell = _cell(group_raw), _cell(house_raw)
    if house_cell.day or group_cell.day:
        day_cell = house_cell if house_cell.day else group_cell
        faults.append(Fault(FaultKind.HOUSE_BECAME_DATE, shown(day_cell.text)))
        return None, "", head
    place = split_place(narrow(house_cell.text).replace(" ", "").rpartition("村")[2])
    group_text = group_cell.text or place.group
    house_text = place.house
    if not group_text and not house_text:
        if not head:
            faults.append(Fault(FaultKind.HOUSEHOLD_MISSING))
        return None, "", head
    group, house = canonical_group(group_text), canonical_house_no(house_text)
    if group is None:
        kind = FaultKind.GROUP_UNREADABLE if group_text else FaultKind.GROUP_MISSING
        faults.append(Fault(kind, shown(group_text)))
    if house is None:
        kind = FaultKind.HOUSE_UNREADABLE if house_text else FaultKind.HOUSE_MISSING
        faults.append(Fault(kind, shown(house_text)))
    return group, house or "", head


def read_quantity(raw: object, faults: list[Fault]) -> tuple[Decimal | None, bool]:
    """Read how much: 2, 2小时, 两个半; nothing is None; the second value marks 两个多."""
    cell = _cell(raw)
    if not cell.text or cell.is_placeholder:
        return None, False
    found = None if cell.day else bare_quantity(narrow(cell.text))
    if found is None:
        faults.append(Fault(FaultKind.QUANTITY_UNREADABLE, shown(cell.text)))
        return None, False
    return found.amount, found.is_rough


def _cell(raw: object) -> Cell:
    notes: list[Note] = []
    return cell_of(raw, RosterColumn.REMARK, notes)


def address_words(group: int, house_no: str) -> str:
    """Write an address as the reader of messages gives it: 3组12号."""
    return f"{group}组{house_no}号"


def head_forms(written: str) -> tuple[str, ...]:
    """Return the names that a cell may mean: 张三家 is 张三, unless somebody is called so."""
    name = "".join(written.split())
    shorter = name[:-1] if name.endswith(("家", "户")) else ""
    return tuple(filter(None, (name, shorter)))
