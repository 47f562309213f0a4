"""An empty sheet of paper claims (代录表): headings to fill in under, and how to fill them in."""

from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.papers.claim_rows import HEADINGS, ClaimColumn

SHEET: Final = "申报"
HOW_SHEET: Final = "怎么填"
HOW: Final[dict[ClaimColumn, tuple[str, int]]] = {
    ClaimColumn.DAY: ("做这件事的那天,要写,比如 2026-09-03 或 9月3日", 13),
    ClaimColumn.GROUP: ("第几组,比如 3", 6),
    ClaimColumn.HOUSE_NO: ("门牌,比如 12 或 9-1;写了户主全名、村里不重名的,可以不写", 9),
    ClaimColumn.HEAD: ("户主全名;写了组和门牌的,可以不写", 12),
    ClaimColumn.ITEM: ("做了什么,要写,写细则里的名称或编号,比如 垃圾分类", 24),
    ClaimColumn.QUANTITY: ("按次数、小时算的才写,比如 2小时", 10),
    ClaimColumn.PLACE: ("在哪里,可以不写", 16),
    ClaimColumn.REASON: ("还要说明的,可以不写;同一天同样的事做了两次,在这里写清楚", 30),
}
_HOW_WIDTHS: Final = (10, 70)
_LINES: Final = 300
"""So many lines are kept as text, so that 9-1 stays a house number and is no day."""


def write_template(target: Path) -> None:
    """Write the workbook; it holds no example line, which would be recorded with the rest."""
    book = Workbook()
    sheet, how = book.active, book.create_sheet(HOW_SHEET)
    assert isinstance(sheet, Worksheet), "a new workbook has a sheet"
    sheet.title = SHEET
    for number, (column, (words, width)) in enumerate(HOW.items(), start=1):
        name = HEADINGS[column].split()[0]
        sheet.cell(1, number, name).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = width
        for line in range(2, _LINES + 2):
            sheet.cell(line, number).number_format = "@"
        how.cell(number, 1, name).font = Font(bold=True)
        how.cell(number, 2, words).alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("AB", _HOW_WIDTHS, strict=True):
        how.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    book.save(target)
    book.close()
