"""The vouchers of a round as Excel (兑换凭证归档): what was ordered and what became of it."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.papers.round_books import Voucher
from domain.period import village_time
from domain.points import show
from domain.redemption import RedemptionState
from domain.redemption_round import Round

SHEET: Final = "兑换凭证"
HEADINGS: Final = (
    "号码", "住户", "户主", "物品", "数量", "单位", "分值", "状态",
    "预订时间", "处理时间", "经手人", "照片",
)  # fmt: skip
_WIDTHS: Final = (8, 14, 12, 22, 8, 8, 8, 14, 18, 18, 12, 20)
STATES: Final = {
    RedemptionState.RESERVED: "还没领",
    RedemptionState.HANDED_OVER: "已领",
    RedemptionState.CANCELLED: "取消,分已退",
    RedemptionState.LAPSED: "过期,分已退",
}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t")


def write_vouchers(round_: Round, vouchers: Sequence[Voucher], target: Path) -> None:
    """Write every order of a round, oldest first; words of people are never run as a formula."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = SHEET
    for column, heading in enumerate(HEADINGS, 1):
        sheet.cell(1, column, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS[column - 1]
    for line, voucher in enumerate(vouchers, 2):
        for column, value in enumerate(_cells(round_, voucher), 1):
            _write(sheet, line, column, value)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADINGS))}{len(vouchers) + 1}"
    book.properties.title = _CONTROL.sub("", round_.plan.name)
    book.save(target)
    book.close()


def _cells(round_: Round, voucher: Voucher) -> tuple[object, ...]:
    one = voucher.redemption
    good = round_.good(one.good)
    settled = one.settled_at
    return (
        one.key.number,
        voucher.address,
        voucher.head,
        good.name,
        one.quantity,
        good.unit,
        float(show(one.points)),
        STATES[one.state],
        village_time(one.reserved_at).replace(tzinfo=None, microsecond=0),
        village_time(settled).replace(tzinfo=None, microsecond=0) if settled else None,
        voucher.settled_by,
        one.photo or "",
    )


def _write(sheet: Any, line: int, column: int, value: object) -> None:
    cell = sheet.cell(line, column)
    cell.value = _CONTROL.sub("", value) if isinstance(value, str) else value
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_STARTS)
