"""Paper claims of a month in one sheet (代录批量): an Excel file becomes rows to be recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final

from bot.papers.claim_cells import (
    Fault,
    FaultKind,
    Remark,
    RemarkKind,
    read_day,
    read_place,
    read_quantity,
)
from bot.papers.roster_heading import heading_word
from bot.papers.roster_note import PRIVACY, Note
from bot.papers.roster_sheet import Sheet, read_sheets
from bot.papers.roster_text import as_text, cell_of, narrow, shown
from bot.papers.roster_words import DROPPED_HEADING
from domain.household import RosterColumn
from domain.refusal import Refusal

SEARCHED_LINES: Final = 40


class ClaimColumn(StrEnum):
    """A column of a sheet of paper claims."""

    DAY = "day"
    GROUP = "group"
    HOUSE_NO = "house_no"
    HEAD = "head"
    ITEM = "item"
    QUANTITY = "quantity"
    PLACE = "place"
    REASON = "reason"


HEADINGS: Final[dict[ClaimColumn, str]] = {
    ClaimColumn.DAY: "日期 时间 发生日期 发生时间 申报日期 活动日期 年月日 哪天",
    ClaimColumn.GROUP: "组 组别 村民小组 小组 组号 村民组 队 生产队",
    ClaimColumn.HOUSE_NO: "门牌 门牌号 门牌号码 户号 组门牌 组/门牌 地址 住址 家庭住址 宅号",
    ClaimColumn.HEAD: "户主 户主姓名 姓名 户名 农户 农户姓名 家庭户主 申报人 申报户",
    ClaimColumn.ITEM: (
        "事项 条目 项目 积分项目 加分项目 积分事项 申报事项 加分事项 申报项目 积分内容 内容"
    ),
    ClaimColumn.QUANTITY: "数量 次数 时长 件数 小时 小时数 多少",
    ClaimColumn.PLACE: "地点 场所 发生地点 活动地点 在哪里",
    ClaimColumn.REASON: "说明 备注 事由 情况说明 原因 具体情况 备注说明",
}
"""How each column is headed, its own name first; words stand with spaces between."""

_COLUMN_OF: Final = {word: column for column, words in HEADINGS.items() for word in words.split()}
_WORDS: Final = (ClaimColumn.HEAD, ClaimColumn.ITEM, ClaimColumn.PLACE, ClaimColumn.REASON)
_NEEDED: Final = (ClaimColumn.DAY, ClaimColumn.ITEM)


class ClaimHeadingMissing(Refusal):
    """No sheet has a line of headings; ``missing`` are the columns not found in the best line."""

    def __init__(self, missing: tuple[ClaimColumn, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class PaperClaim:
    """One line of the sheet as read; it can be recorded if it has no ``faults``.

    ``line`` counts as the sheet does, from 1; ``written`` is what each cell
    held, by heading order, without ID and card numbers.
    """

    line: int
    day: date | None
    group: int | None
    house_no: str
    head: str
    item_words: str
    quantity: Decimal | None
    is_rough: bool
    place: str
    reason: str
    faults: tuple[Fault, ...]
    remarks: tuple[Remark, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperClaims:
    """The lines of a sheet, and the headings in the order of ``PaperClaim.written``."""

    headings: tuple[str, ...]
    rows: tuple[PaperClaim, ...]


def read_claims(path: Path, *, today: date) -> PaperClaims:
    """Read the first sheet that has the headings; every filled line below them gets an answer.

    Columns stand in any order; a merged cell counts for all its lines.

    Raises:
        RosterUnreadable: The file is no spreadsheet that can be read.
        ClaimHeadingMissing: No sheet has a line of headings.

    """
    best: tuple[ClaimColumn, ...] = (*_NEEDED, ClaimColumn.HOUSE_NO)
    for sheet in read_sheets(path):
        for line in list(sheet.lines)[:SEARCHED_LINES]:
            columns = _columns(sheet.lines[line])
            missing = _missing(columns)
            if not missing:
                return _read(sheet, line, columns, today=today)
            best = min(best, missing, key=len)
    raise ClaimHeadingMissing(best)


def _columns(cells: Mapping[int, object]) -> dict[ClaimColumn, int]:
    found: dict[ClaimColumn, int] = {}
    for number, value in cells.items():
        column = _COLUMN_OF.get(heading_word(value))
        if column is not None:
            found.setdefault(column, number)
    return found


def _missing(columns: Mapping[ClaimColumn, int]) -> tuple[ClaimColumn, ...]:
    missing = [column for column in _NEEDED if column not in columns]
    if ClaimColumn.HOUSE_NO not in columns and ClaimColumn.HEAD not in columns:
        missing.append(ClaimColumn.HOUSE_NO)
    return tuple(missing)


def _read(
    sheet: Sheet, heading_line: int, columns: Mapping[ClaimColumn, int], *, today: date
) -> PaperClaims:
    headings = {n: as_text(value).strip() for n, value in sheet.lines[heading_line].items()}
    kept = [n for n, text in headings.items() if not DROPPED_HEADING.search(text)]
    rows = tuple(
        _row(sheet, line, columns, kept, today=today) for line in sheet.lines if line > heading_line
    )
    return PaperClaims(tuple(headings[n] for n in kept), rows)


def _row(
    sheet: Sheet,
    line: int,
    columns: Mapping[ClaimColumn, int],
    kept: list[int],
    *,
    today: date,
) -> PaperClaim:
    raw = {c: _value(sheet, line, n) for c, n in columns.items()}
    faults: list[Fault] = []
    notes: list[Note] = []
    said = {c: _text(raw.get(c), notes) for c in _WORDS}
    if any((line, number) in sheet.unsolved for number in columns.values()):
        faults.append(Fault(FaultKind.FORMULA_EMPTY))
    day = read_day(raw.get(ClaimColumn.DAY), faults, today=today, epoch=sheet.epoch)
    group, house_no, head = read_place(
        raw.get(ClaimColumn.GROUP),
        raw.get(ClaimColumn.HOUSE_NO),
        said[ClaimColumn.HEAD],
        faults,
    )
    amount, is_rough = read_quantity(raw.get(ClaimColumn.QUANTITY), faults)
    if not said[ClaimColumn.ITEM]:
        faults.append(Fault(FaultKind.ITEM_MISSING))
    is_cut = any(note.kind in PRIVACY for note in notes)
    return PaperClaim(
        line=line,
        day=day,
        group=group,
        house_no=house_no,
        head=head,
        item_words=shown(said[ClaimColumn.ITEM]),
        quantity=amount,
        is_rough=is_rough,
        place=said[ClaimColumn.PLACE],
        reason=said[ClaimColumn.REASON],
        faults=tuple(faults),
        remarks=(Remark(RemarkKind.NUMBER_DROPPED),) if is_cut else (),
        written=tuple(_text(_value(sheet, line, n), []) for n in kept),
    )


def _value(sheet: Sheet, line: int, column: int) -> object:
    """Return what a cell holds; within a merged cell what stands in its first line."""
    own = sheet.lines.get(line, {}).get(column)
    top = sheet.covered.get((line, column))
    return own if own is not None or top is None else sheet.lines.get(top, {}).get(column)


def _text(raw: object, notes: list[Note]) -> str:
    """Return the text of a cell without ID and card numbers; ``notes`` takes what was dropped."""
    return " ".join(narrow(cell_of(raw, RosterColumn.REMARK, notes).text).split())
