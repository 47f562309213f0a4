"""The town's report as a spreadsheet (各村情况表): one flat table, its keys explained beside it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.replies import people_cli as words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTH_MAX = 24


def write_report(rows: Sequence[Mapping[str, Any]], file: Path) -> None:
    """Write a row for each village under stable keys, and a sheet that says what they mean.

    Text stays text, whatever it begins with: no cell is run as a formula.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - loaded when a file is written

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = words.SHEET
    keys = list(words.COLUMNS)
    _fill(sheet, [keys, *([row[key] for key in keys] for row in rows)])
    notes = book.create_sheet(words.NOTES_SHEET)
    _fill(notes, [list(words.NOTES_HEAD), *([k, v] for k, v in words.COLUMNS.items())])
    book.save(file)


def _fill(sheet: "Worksheet", lines: Sequence[Sequence[Any]]) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    for number, line in enumerate(lines, start=1):
        for place, value in enumerate(line, start=1):
            cell = sheet.cell(number, place, value)
            if isinstance(value, str):
                cell.data_type = "s"
    sheet.freeze_panes = "A2"
    for place, column in enumerate(sheet.iter_cols(), start=1):
        longest = max(len(str(cell.value or "")) for cell in column)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = min(WIDTH_MAX, longest + 2)
