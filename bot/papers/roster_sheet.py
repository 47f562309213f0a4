"""The spreadsheet of a roster (表格文件): opened once, its lines, merged cells and formulas."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bot.papers.roster_date import EPOCH_1900, EPOCH_1904
from domain.household import RosterFault, RosterUnreadable

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
FILE_BYTES_MAX: Final = 20 * 1024 * 1024
UNPACKED_BYTES_MAX: Final = 300 * 1024 * 1024

Spot = tuple[int, int]
"""Line and column of a cell, both from 1."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as values.

    ``lines`` holds what is filled by line and column, in the order of the
    sheet; ``covered`` the cells that a merged cell hides, with the line it
    starts in; ``unsolved`` the formulas without a result.
    """

    title: str
    lines: Mapping[int, Mapping[int, object]]
    covered: Mapping[Spot, int]
    unsolved: frozenset[Spot]
    epoch: date


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Read every visible sheet of a workbook that holds anything.

    Raises:
        RosterUnreadable: The file is missing, no .xlsx, locked, damaged or far too large.

    """
    content = _content(path)
    workbook = _opened(content, computed=True)
    formulas = _opened(content, computed=False) if _has_formulas(content) else None
    epoch = EPOCH_1904 if workbook.epoch.year == EPOCH_1904.year else EPOCH_1900
    sheets = (
        _sheet(sheet, formulas[sheet.title] if formulas else None, epoch)
        for sheet in workbook.worksheets
        if sheet.sheet_state == "visible"
    )
    return tuple(sheet for sheet in sheets if sheet.lines)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > FILE_BYTES_MAX:
            raise RosterUnreadable(RosterFault.TOO_LARGE)
        content = path.read_bytes()
    except OSError:
        raise RosterUnreadable(RosterFault.MISSING) from None
    if content.startswith(_OLE):
        locked = _ENCRYPTED in content
        raise RosterUnreadable(RosterFault.ENCRYPTED if locked else RosterFault.OLD_EXCEL)
    if not content.startswith(b"PK"):
        raise RosterUnreadable(RosterFault.NOT_EXCEL)
    _check_archive(content)
    return content


def _check_archive(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            names = set(archive.namelist())
    except (BadZipFile, ValueError, OSError, RuntimeError):
        raise RosterUnreadable(RosterFault.DAMAGED) from None
    if unpacked > UNPACKED_BYTES_MAX:
        raise RosterUnreadable(RosterFault.TOO_LARGE)
    if "[Content_Types].xml" not in names:
        raise RosterUnreadable(RosterFault.NOT_EXCEL)


def _opened(content: bytes, *, computed: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(BytesIO(content), data_only=computed)
    except Exception:  # noqa: BLE001 - a damaged file makes the library raise anything
        raise RosterUnreadable(RosterFault.DAMAGED) from None


def _has_formulas(content: bytes) -> bool:
    with ZipFile(BytesIO(content)) as archive:
        parts = (archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/"))
        return any(b"<f>" in part or b"<f " in part for part in parts)


def _sheet(sheet: Any, formulas: Any, epoch: date) -> Sheet:
    # The filled cells alone: one stray format at the far end of a sheet would
    # make the rows that openpyxl offers a million cells long.
    lines: dict[int, dict[int, object]] = {}
    unsolved: set[Spot] = set()
    cells = sorted(sheet._cells.items())  # noqa: SLF001 - as said above
    for (line, column), cell in cells:
        if cell.data_type == "e":
            unsolved.add((line, column))
            lines.setdefault(line, {})
        elif cell.value is not None and str(cell.value).strip():
            lines.setdefault(line, {})[column] = cell.value
    if formulas is not None:
        for spot, cell in formulas._cells.items():  # noqa: SLF001 - as said above
            if cell.data_type == "f" and sheet.cell(*spot).value is None:
                unsolved.add(spot)
                lines.setdefault(spot[0], {})
    ordered = dict(sorted(lines.items()))
    return Sheet(sheet.title, ordered, _covered(sheet, lines), frozenset(unsolved), epoch)


def _covered(sheet: Any, lines: Mapping[int, object]) -> dict[Spot, int]:
    last = max(lines, default=0)
    return {
        (line, merged.min_col): merged.min_row
        for merged in sheet.merged_cells.ranges
        for line in range(merged.min_row + 1, min(merged.max_row, last) + 1)
    }
