"""Sheets of paper claims as Excel files."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

HEADINGS = ["日期", "组", "门牌", "户主", "事项", "数量", "地点", "说明"]


def claim_file(
    path: Path, *rows: list[Any], headings: list[str] | None = None, above: str = ""
) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if above:
        sheet.append([above])
    sheet.append(headings or HEADINGS)
    for row in rows:
        sheet.append(row)
    book.save(path)
    book.close()
    return path


def rows_of(path: Path) -> list[list[Any]]:
    [sheet] = load_workbook(path).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]
