"""A round of redemption as Excel (兑换表格): sheet 设置, one setting a row, and sheet 物品."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.papers.roster_sheet import Sheet, read_sheets
from domain.money import Cents, parse_yuan
from domain.points import Points, PointsUnreadable, parse
from domain.redemption_plan import GoodSketch, PlanFault, PlanProblem, Sketch

UNIT: Final = "份"
SETTINGS_SHEET: Final = "设置"
GOODS_SHEET: Final = "物品"
SETTINGS: Final = {
    "名称": "name",
    "兑换开始": "opens_on",
    "兑换截止": "closes_on",
    "领取开始": "collect_from",
    "领取截止": "collect_until",
    "领取时间": "hours",
    "领取地点": "place",
    "预算(元)": "budget",
    "领取拍照": "needs_photo",
}
COLUMNS: Final = {
    "名称": "name",
    "单位": "unit",
    "分值": "price",
    "数量": "stock",
    "每户限量": "limit",
    "成本(元)": "cost",
}
_NEEDED: Final = ("name", "price", "stock", "cost")
_EXAMPLE: Final = ("洗衣液", "瓶", 20, 50, 2, 15)
_SETTINGS_EXAMPLE: Final = (
    "秋季兑换", "2026-09-20", "2026-09-27", "2026-09-28", "2026-09-30",
    "上午8点到11点", "村委会", 3000, "否",
)  # fmt: skip
_DAY: Final = re.compile(
    r"(?P<y>20\d\d)\s*[-./年]\s*(?P<m>\d{1,2})\s*[-./月]\s*(?P<d>\d{1,2})\s*[日号]?"
)
_SERIAL: Final = re.compile(r"[4-5]\d{4}")
_AMOUNT: Final = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s*(?:元|分|积分|[一-鿿]{1,2})?")
_YES: Final = frozenset({"是", "要", "√", "1", "yes", "true", "需要"})
_UNLIMITED: Final = frozenset({"", "不限", "无", "0"})
_FAULT_OF: Final = {
    "opens_on": PlanFault.OPENING_MISSING,
    "closes_on": PlanFault.OPENING_MISSING,
    "collect_from": PlanFault.COLLECTING_MISSING,
    "collect_until": PlanFault.COLLECTING_MISSING,
    "budget": PlanFault.BUDGET_MISSING,
}

_FAULTS_IN: Final = {
    "name": (PlanFault.GOOD_NAMELESS, PlanFault.GOOD_TWICE, PlanFault.FORBIDDEN),
    "price": (PlanFault.PRICE_WRONG,),
    "stock": (PlanFault.STOCK_WRONG,),
    "limit": (PlanFault.LIMIT_WRONG,),
    "cost": (PlanFault.COST_WRONG,),
}


def read_round(path: Path) -> Sketch:
    """Read a round from a workbook; each problem bears the cell it stands in (``物品!C4``).

    Raises:
        RosterUnreadable: The file is no spreadsheet that can be read.

    """
    sheets = {sheet.title.strip(): sheet for sheet in read_sheets(path)}
    sketch = _settings(sheets.get(SETTINGS_SHEET))
    goods, problems = _goods(sheets.get(GOODS_SHEET))
    return replace(sketch, goods=goods, problems=(*sketch.problems, *problems))


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return unicodedata.normalize("NFKC", str(value)).strip() if value is not None else ""


def _key(value: object) -> str:
    return re.sub(r"[\s()元]", "", _plain(value))


_FIELDS: Final = {_key(word): field for word, field in SETTINGS.items()}
_HEADINGS: Final = {_key(word): field for word, field in COLUMNS.items()}


def _settings(sheet: Sheet | None) -> Sketch:
    found: dict[str, Any] = {}
    problems: list[PlanProblem] = []
    for line, cells in (sheet.lines if sheet else {}).items():
        field = _FIELDS.get(_key(cells.get(1)))
        value = cells.get(2)
        where = f"{SETTINGS_SHEET}!B{line}"
        if field is None or sheet is None or not _plain(value):
            continue
        read = _READERS.get(field)
        found[field] = read(value, sheet.epoch) if read else _plain(value)
        if found[field] is None:
            problems.append(PlanProblem(_FAULT_OF[field], where))
    return Sketch(**found, problems=tuple(problems))


def _goods(sheet: Sheet | None) -> tuple[tuple[GoodSketch, ...], list[PlanProblem]]:
    """Read the catalogue below its headings; columns may stand in any order."""
    columns: dict[str, int] = {}
    goods: list[GoodSketch] = []
    problems: list[PlanProblem] = []
    for line, cells in (sheet.lines if sheet else {}).items():
        if not columns:
            named = {_HEADINGS.get(_key(text)): column for column, text in cells.items()}
            if all(field in named for field in _NEEDED):
                columns = {field: column for field, column in named.items() if field}
            continue
        row = {field: cells.get(column) for field, column in columns.items()}
        if not any(_plain(value) for value in row.values()):
            continue
        goods.append(_good(row, columns, line))
    if sheet is not None and not columns:
        problems.append(PlanProblem(PlanFault.UNREADABLE, f"{GOODS_SHEET}!A1"))
    return tuple(goods), problems


def _good(row: Mapping[str, object], columns: Mapping[str, int], line: int) -> GoodSketch:
    places = tuple(
        (fault, f"{GOODS_SHEET}!{get_column_letter(columns[field])}{line}")
        for field, faults in _FAULTS_IN.items()
        if field in columns
        for fault in faults
    )
    return GoodSketch(
        where=f"{GOODS_SHEET}!A{line}",
        unit=_plain(row.get("unit")) or UNIT,
        name=_plain(row.get("name")),
        price=_points(row.get("price")),
        stock=_whole(row.get("stock")),
        limit=_limit(row.get("limit")),
        cost=_yuan(row.get("cost")),
        places=places,
    )


def _day(value: object, epoch: date) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _plain(value)
    if _SERIAL.fullmatch(text):
        return epoch + timedelta(days=int(text))
    found = _DAY.fullmatch(text)
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        return None


def _amount(value: object) -> str | None:
    found = _AMOUNT.fullmatch(re.sub(r"(?<=\d),(?=\d{3})", "", _plain(value)))
    return found["n"] if found else None


def _yuan(value: object, _epoch: date | None = None) -> Cents | None:
    text = _amount(value)
    return parse_yuan(text) if text else None


def _points(value: object) -> Points | None:
    text = _amount(value)
    try:
        return parse(text) if text else None
    except PointsUnreadable:
        return None


def _whole(value: object) -> int | None:
    text = _amount(value)
    return int(text) if text and text.isdecimal() else None


def _limit(value: object) -> int | None:
    return 0 if _plain(value) in _UNLIMITED else _whole(value)


def _is_yes(value: object, _epoch: date) -> bool:
    return _plain(value).lower() in _YES


_READERS: Final[Mapping[str, Callable[[object, date], object]]] = {
    "opens_on": _day,
    "closes_on": _day,
    "collect_from": _day,
    "collect_until": _day,
    "budget": _yuan,
    "needs_photo": _is_yes,
}


def write_template(target: Path) -> None:
    """Write a workbook to fill in, with one example line."""
    book = Workbook()
    settings: Any = book.active
    settings.title = SETTINGS_SHEET
    for line, (word, example) in enumerate(zip(SETTINGS, _SETTINGS_EXAMPLE, strict=True), 1):
        settings.cell(line, 1, word).font = Font(bold=True)
        cell = settings.cell(line, 2, example)
        cell.alignment = Alignment(horizontal="left")
        if isinstance(example, str):
            cell.number_format = "@"
    settings.column_dimensions["A"].width = 14
    settings.column_dimensions["B"].width = 30
    goods: Any = book.create_sheet(GOODS_SHEET)
    for column, (word, example) in enumerate(zip(COLUMNS, _EXAMPLE, strict=True), 1):
        goods.cell(1, column, word).font = Font(bold=True)
        goods.cell(2, column, example)
        goods.column_dimensions[get_column_letter(column)].width = 16
    goods.freeze_panes = "A2"
    book.save(target)
    book.close()
