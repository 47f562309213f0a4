"""What needs a look in a roster (问题清单): an Excel file that can be mended and read again."""

from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter

from bot.papers.roster import RosterReading, RosterRow
from bot.papers.roster_rows import RowAction
from bot.papers.roster_words import HEADINGS

_SHEET: Final = "需要看一下的行"
_TEMPLATE_SHEET: Final = "住户"
_OWN_HEADINGS: Final = ("原表第几行", "处理结果", "原因")
_OWN_WIDTHS: Final = (12, 12, 60)
_ACTIONS: Final = {
    RowAction.REJECTED: "没有登记",
    RowAction.NORMALISED: "登记了,有改动",
    RowAction.ACCEPTED: "登记了",
}
_WIDTH_MIN: Final = 8
_WIDTH_MAX: Final = 30
_STYLE: Final = "plain text"
_TOP: Final = Alignment(vertical="top", wrap_text=True)
_BOLD: Final = Font(bold=True)
_SHADE: Final = PatternFill("solid", fgColor="FFE8E8E8")
_RED: Final = Font(bold=True, color="FFB00020")
_TEMPLATE_NOTE: Final = (
    "说明:一户写一行,门牌写12或12-1,日期写2026-03-05。不要写身份证号和银行卡号。"
)


def write_problems(reading: RosterReading, source: Path, target: Path) -> int:
    """Write every line of which something is said, with the reasons beside what it held.

    The columns of the sheet follow under their own headings, so that the
    mended file can be imported itself. Every cell is text: nothing is a
    formula. Private numbers and columns are not repeated.

    Returns:
        How many lines were written; the file is written even for none.

    """
    workbook = Workbook()
    workbook.add_named_style(NamedStyle(_STYLE, alignment=_TOP, number_format="@"))
    sheet: Any = workbook.active
    sheet.title = _SHEET
    headings = (*_OWN_HEADINGS, *reading.headings)
    for column, text in enumerate(headings, 1):
        cell = _write(sheet, 1, column, text)
        cell.font = _BOLD
        cell.fill = _SHADE
    for line, row in enumerate(reading.problems, 2):
        for column, text in enumerate(_texts(row), 1):
            _write(sheet, line, column, text)
        sheet.cell(line, 2).font = _RED if row.action is RowAction.REJECTED else _BOLD
    _shape(sheet, headings, reading.problems)
    workbook.properties.title = source.stem
    workbook.save(target)
    return len(reading.problems)


def _texts(row: RosterRow) -> tuple[str, ...]:
    reasons = "\n".join(row.reasons)
    return (str(row.line), _ACTIONS[row.action], reasons, *row.written)


def _write(sheet: Any, line: int, column: int, text: str) -> Any:
    """Write text as text, also where it begins like a formula."""
    cell = sheet.cell(line, column)
    cell.value = text or None
    cell.style = _STYLE
    if text.startswith(("=", "+", "-", "@")):
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def _shape(sheet: Any, headings: tuple[str, ...], rows: tuple[RosterRow, ...]) -> None:
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(rows) + 1}"
    for column, heading in enumerate(headings, 1):
        width = _OWN_WIDTHS[column - 1] if column <= len(_OWN_WIDTHS) else 0
        if not width:
            place = column - len(_OWN_WIDTHS) - 1
            longest = max((len(row.written[place]) for row in rows), default=0)
            width = min(max(2 * max(len(heading), longest // 2) + 2, _WIDTH_MIN), _WIDTH_MAX)
        sheet.column_dimensions[get_column_letter(column)].width = width


def write_template(target: Path) -> None:
    """Write an empty roster with the headings that are read and one line on how to fill it."""
    workbook = Workbook()
    workbook.add_named_style(NamedStyle(_STYLE, alignment=_TOP, number_format="@"))
    sheet: Any = workbook.active
    sheet.title = _TEMPLATE_SHEET
    for column, words in enumerate(HEADINGS.values(), 1):
        cell = _write(sheet, 1, column, words[0])
        cell.font = _BOLD
        cell.fill = _SHADE
        sheet.column_dimensions[get_column_letter(column)].width = 14
        for line in range(3, 3 + 200):
            sheet.cell(line, column).number_format = "@"
    _write(sheet, 2, 1, _TEMPLATE_NOTE).alignment = Alignment(wrap_text=False)
    sheet.freeze_panes = "A2"
    workbook.save(target)
