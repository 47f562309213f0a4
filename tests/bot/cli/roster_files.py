"""Rosters as Excel files."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.storage.filled import VILLAGE

HEADINGS = "村 组 门牌 户主 电话 户籍人口 常住人口 党员户 星级 参加日期 备注"


def roster(path: Path, *rows: list[Any]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS.split())
    for row in rows:
        sheet.append(row)
    book.save(path)
    book.close()
    return path


def home_row(group: int, house: str, head: str, phone: str = "13800000000") -> list[Any]:
    return [VILLAGE, group, house, head, phone, 3, 2, "是", 3, "2026-01-05", ""]


def untidy_row(number: int) -> list[Any]:
    """A line of which every cell wants tidying."""
    place = [f"{number // 200 + 1}组", f"{number % 200 + 1}号", f"张 {chr(0x4E00 + number)}"]
    rest = [f"138 0000 {number:04}", "3人", "2人", "√", "三星", "2026.1.5"]
    return [VILLAGE, *place, *rest, f"备注{number} 310115196501011234"]


def tidy_row(number: int) -> list[Any]:
    return home_row(number // 200 + 1, str(number % 200 + 1), f"张{chr(0x4E00 + number)}")
