"""Writing Excel (导出表格): row by row, text as text, days as days, points as numbers."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from domain.period import village_time

Value = str | int | float | date | datetime | None
"""What a cell holds; an instant is written as the village's wall-clock time."""

TEXT_MAX: Final = 32_767
"""The most characters Excel keeps in a cell."""
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t")
_SPECIAL_STARTS: Final = (*_FORMULA_STARTS, "#")
"""With # begin Excel's names of errors."""
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_DAY_FORMAT: Final = "yyyy-mm-dd"
_INSTANT_FORMAT: Final = "yyyy-mm-dd hh:mm"
_BOLD: Final = Font(bold=True)
_SHADE: Final = PatternFill("solid", fgColor="FFE8E8E8")
_TOP: Final = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width in characters of Excel's; ``wraps`` long text."""

    heading: str
    width: int
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class SheetOut:
    """One sheet to write: rows are taken one after another and never held together."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def write_sheets(
    target: Path, sheets: Iterable[SheetOut], *, on_row: Callable[[int], None] | None = None
) -> int:
    """Write a workbook whose heads stay in sight, and return how many rows it has.

    The file appears under its name only when it is whole.

    Args:
        target: An .xlsx file; one that is there is replaced.
        sheets: What to write.
        on_row: Hears how many rows are done.

    """
    workbook = Workbook(write_only=True)
    part = target.with_name(f".{target.name}.part")
    try:
        done = _fill(workbook, sheets, on_row=on_row)
        workbook.save(part)
        part.replace(target)
    except BaseException:
        _abandon(workbook)
        raise
    finally:
        part.unlink(missing_ok=True)
    return done


def _fill(
    workbook: Workbook, sheets: Iterable[SheetOut], *, on_row: Callable[[int], None] | None
) -> int:
    done = 0
    for one in sheets:
        sheet = workbook.create_sheet(one.title)
        _shape(sheet, one.columns)
        for row in one.rows:
            pairs = zip(row, one.columns, strict=True)
            sheet.append([cell_of(sheet, value, wraps=c.wraps) for value, c in pairs])
            done += 1
            if on_row:
                on_row(done)
    return done


def _abandon(workbook: Workbook) -> None:
    """Remove what the library has written aside: it holds names."""
    for sheet in workbook.worksheets:
        unfinished: Any = sheet
        if not unfinished.closed:
            unfinished.close()
        writer = unfinished._writer  # noqa: SLF001 - the library cleans up only after saving
        if writer is not None and Path(writer.out).exists():
            writer.cleanup()


def _shape(sheet: Any, columns: Sequence[Column]) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    heads = []
    for column in columns:
        head = WriteOnlyCell(sheet, column.heading)
        head.font, head.fill = _BOLD, _SHADE
        heads.append(head)
    sheet.append(heads)


def cell_of(sheet: Any, value: Value, *, wraps: bool = False) -> Any:
    """Return a cell; what begins like a formula stays text, also when it is edited in Excel.

    What the library writes rightly by itself is handed on bare, which is quicker.
    """
    if isinstance(value, str):
        return _text_cell(sheet, value, wraps=wraps)
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, village_time(value).replace(tzinfo=None, microsecond=0))
        cell.number_format = _INSTANT_FORMAT
        return cell
    midnight = datetime.combine(value, time())
    cell = WriteOnlyCell(sheet, midnight)
    cell.number_format = _DAY_FORMAT
    return cell


def _text_cell(sheet: Any, value: str, *, wraps: bool) -> Any:
    text = writable(value)
    is_plain = not text.startswith(_SPECIAL_STARTS)
    if is_plain and not wraps:
        return text or None
    cell = WriteOnlyCell(sheet, text or None)
    if text:
        cell.data_type = "s"
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    if wraps:
        cell.alignment = _TOP
    return cell


def writable(text: str) -> str:
    """Return text without the signs that no workbook can hold, at most 32,767 long."""
    kept = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return kept if len(kept) <= TEXT_MAX else kept[: TEXT_MAX - 1] + "…"
