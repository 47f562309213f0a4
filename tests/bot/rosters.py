"""Rosters for tests: real Excel files, and sheets without a file."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from bot.papers.roster import RosterReading, RosterRow, read_roster
from bot.papers.roster_cells import village_names
from bot.papers.roster_date import EPOCH_1900
from bot.papers.roster_heading import find_layout
from bot.papers.roster_note import NoteKind
from bot.papers.roster_rows import Circumstances, ReadLine, read_line
from bot.papers.roster_sheet import Sheet

VILLAGE = "幸福村"
OTHERS = ("红星村", "新幸福村")
TODAY = date(2026, 7, 1)
HEADINGS = (
    *("村", "组", "门牌", "户主", "电话", "户籍人口", "常住人口"),
    *("党员户", "星级", "参加日期", "备注"),
)
ZHANG: Mapping[str, object] = {"村": "幸福村", "组": 3, "门牌": "12", "户主": "张三"}


def excel_day(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a day as openpyxl reads it: an instant of no zone."""
    return datetime.combine(date(year, month, day), time(hour, minute))


def line(**cells: object) -> list[object]:
    """Return the cells of 张家, with what is given under a heading in its place."""
    return [{**ZHANG, **cells}.get(heading) for heading in HEADINGS]


def save(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    headings: Sequence[object] = HEADINGS,
    above: Sequence[Sequence[object]] = (),
    merged: Sequence[str] = (),
) -> Path:
    """Write a roster as an Excel file."""
    workbook = Workbook()
    sheet: Any = workbook.active
    for row in (*above, headings, *rows):
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    workbook.save(path)
    return path


def read(path: Path, on_row: Callable[[int, int], None] | None = None) -> RosterReading:
    """Read a roster of 幸福村."""
    return read_roster(path, village=VILLAGE, other_villages=OTHERS, today=TODAY, on_row=on_row)


def read_rows(tmp_path: Path, *rows: Sequence[object], **options: Any) -> tuple[RosterRow, ...]:
    """Write rows below the usual headings and read them."""
    return read(save(tmp_path / "roster.xlsx", rows, **options)).rows


def read_cells(headings: Sequence[str] = HEADINGS, /, **cells: object) -> ReadLine:
    """Read one line of 张家 without a file, with what is given in its place."""
    return read_raw([{**ZHANG, **cells}.get(heading) for heading in headings], headings)


def read_raw(cells: Sequence[object], headings: Sequence[str] = HEADINGS) -> ReadLine:
    """Read one line without a file."""
    filled = {n: cell for n, cell in enumerate(cells, 1) if cell is not None}
    lines: dict[int, dict[int, object]] = {1: dict(enumerate(headings, 1)), 2: filled}
    sheet = Sheet("Sheet", lines, {}, frozenset(), EPOCH_1900)
    names = village_names(VILLAGE, OTHERS)
    return read_line(2, Circumstances(sheet, find_layout(sheet), names, TODAY))


def kinds_of(line: ReadLine) -> set[NoteKind]:
    """Return what kinds of things are said of a line."""
    return {note.kind for note in line.notes}
