"""A round from Excel, told cell by cell, and vouchers that no spreadsheet runs as a formula."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bot.papers.redemption_sheet import COLUMNS, read_round, write_template
from bot.papers.redemption_vouchers import HEADINGS, write_vouchers
from bot.papers.redemption_words import FORBIDDEN
from bot.papers.round_books import Voucher
from domain.claim import Sha256
from domain.household import RosterFault, RosterUnreadable
from domain.membership import PersonId
from domain.redemption import RedemptionState
from domain.redemption_plan import Circumstances, PlanFault, PlanRefused, plan_of
from tests.builders import NOON, TODAY
from tests.redemption import a_good, a_plan, a_redemption, a_round

ABOUT = Circumstances(TODAY, 2025, FORBIDDEN)
SETTINGS: dict[str, Any] = {
    "名称": "秋季兑换",
    "兑换开始": "2026-09-16",
    "兑换截止": datetime(2026, 9, 23),  # noqa: DTZ001 - as a sheet holds it
    "领取开始": "2026年9月20日",
    "领取截止": date(2026, 9, 26),
    "领取时间": "上午8点到11点",
    "领取地点": "村委会",
    "预算(元)": "3,000元",
}


def workbook(
    path: Path, *goods: tuple[Any, ...], settings: dict[str, Any] | None = None,
    headings: tuple[str, ...] = tuple(COLUMNS),
) -> Path:  # fmt: skip
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "设置"
    for pair in (SETTINGS | (settings or {})).items():
        first.append(pair)
    second = book.create_sheet("物品")
    second.append(headings)
    for good in goods:
        second.append(good)
    book.save(path)
    book.close()
    return path


def test_a_workbook_is_read_as_the_plan_it_says(tmp_path: Path) -> None:
    file = workbook(tmp_path / "r.xlsx", ("洗衣液", "瓶", 20, "50瓶", 2, 15.0))
    assert plan_of(read_round(file), ABOUT) == a_plan()


def test_columns_may_stand_in_any_order_and_limits_be_left_out(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "r.xlsx",
        (15, 50, "洗衣液", "20分"),
        (None, None, None, None),
        headings=("成本(元)", "数量", "名称", "分值"),
    )
    [good] = plan_of(read_round(file), ABOUT).goods
    assert good == a_good(unit="份", limit=None)


def test_the_template_is_a_whole_round(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    plan = plan_of(read_round(tmp_path / "t.xlsx"), ABOUT)
    assert (plan.name, plan.needs_photo, len(plan.goods)) == ("秋季兑换", False, 1)


def test_a_photo_is_wanted_where_it_is_marked(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "r.xlsx", ("洗衣液", "瓶", 20, 50, 2, 15), settings={"领取拍照": "是"}
    )
    assert read_round(file).needs_photo


def test_every_problem_is_told_with_its_cell(tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "r.xlsx",
        ("洗衣液", "瓶", "二十", 0, "两", None),
        ("购物卡", "张", 20, 5, 1, 100),
        ("", "张", 20, 5, 1, 100),
        settings={"预算(元)": "很多", "兑换开始": "2026-02-30", "领取地点": None},
    )
    with pytest.raises(PlanRefused) as refused:
        plan_of(read_round(file), ABOUT)
    told = {(p.where, p.fault) for p in refused.value.problems}
    assert told == {
        ("设置!B2", PlanFault.OPENING_MISSING),
        ("设置!B8", PlanFault.BUDGET_MISSING),
        ("", PlanFault.PLACE_MISSING),
        ("物品!C2", PlanFault.PRICE_WRONG),
        ("物品!D2", PlanFault.STOCK_WRONG),
        ("物品!E2", PlanFault.LIMIT_WRONG),
        ("物品!F2", PlanFault.COST_WRONG),
        ("物品!A3", PlanFault.FORBIDDEN),
        ("物品!A4", PlanFault.GOOD_NAMELESS),
    }


def test_sheets_that_are_missing_or_without_headings_are_told(tmp_path: Path) -> None:
    file = workbook(tmp_path / "r.xlsx", ("洗衣液", 20), headings=("东西", "分"))
    assert [(p.where, p.fault) for p in read_round(file).problems] == [
        ("物品!A1", PlanFault.UNREADABLE)
    ]
    book = Workbook()
    book.active.append(["别的"])  # type: ignore[union-attr]
    book.save(tmp_path / "o.xlsx")
    with pytest.raises(PlanRefused) as refused:
        plan_of(read_round(tmp_path / "o.xlsx"), ABOUT)
    assert PlanFault.BUDGET_MISSING in {p.fault for p in refused.value.problems}


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "r.xlsx"
    file.write_text("不是表", encoding="utf-8")
    with pytest.raises(RosterUnreadable) as refused:
        read_round(file)
    assert refused.value.fault is RosterFault.NOT_EXCEL


def test_vouchers_hold_who_got_what_from_whom_when(tmp_path: Path) -> None:
    given = a_redemption(
        state=RedemptionState.HANDED_OVER,
        settled_by=PersonId(3),
        settled_at=NOON,
        photo=Sha256("abc"),
    )
    vouchers = [
        Voucher(given, "3组12号", "张三", "李会计"),
        Voucher(a_redemption(2), "1组6号", "李国平", ""),
    ]
    target = tmp_path / "v.xlsx"
    write_vouchers(a_round(), vouchers, target)
    book = load_workbook(target)
    lines = list(book["兑换凭证"].values)
    book.close()
    assert lines[0] == HEADINGS
    at = datetime(2026, 9, 16, 12, 0)  # noqa: DTZ001 - as a sheet holds it
    assert lines[1] == (
        1, "3组12号", "张三", "洗衣液", 2, "瓶", 40, "已领", at, at, "李会计", "abc",
    )  # fmt: skip
    assert lines[2][7:] == ("还没领", at, None, None, None)


@pytest.mark.parametrize(
    "nasty", ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "a\x07b"]
)
def test_words_of_people_are_never_a_formula(tmp_path: Path, nasty: str) -> None:
    target = tmp_path / "v.xlsx"
    round_ = a_round(a_good(name=nasty))
    write_vouchers(round_, [Voucher(a_redemption(), nasty, nasty, nasty)], target)
    book = load_workbook(target)
    cells = [cell for row in book["兑换凭证"].iter_rows() for cell in row]
    book.close()
    assert all(cell.data_type != "f" for cell in cells)
    assert [cell.value for cell in cells].count(nasty.replace("\x07", "")) == 4
