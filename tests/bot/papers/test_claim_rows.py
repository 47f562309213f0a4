"""Paper claims are read as people write them; what is not clear is asked about, never guessed."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.papers.claim_cells import Fault, FaultKind, head_forms, read_day, read_place, read_quantity
from bot.papers.claim_rows import ClaimColumn, ClaimHeadingMissing, read_claims
from bot.papers.roster_date import EPOCH_1900
from bot.replies.paper_rows import FAULTS, fault_words, heading_missing
from tests.bot.papers.claim_files import claim_file
from tests.builders import TODAY

DAY = date(2026, 9, 3)


@pytest.mark.parametrize(
    "written",
    [
        "2026-9-3", "2026.9.3", "2026年9月3日", "20260903", "9月3日", "9月3号", "九月三日",
        "9.3", "9/3", "9-3", 46268, datetime(2026, 9, 3), DAY,  # noqa: DTZ001 - as Excel gives it
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_form(written: object) -> None:
    faults: list[Fault] = []
    assert read_day(written, faults, today=TODAY, epoch=EPOCH_1900) == DAY
    assert faults == []


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        (None, FaultKind.DAY_MISSING),
        ("  ", FaultKind.DAY_MISSING),
        (9.3, FaultKind.DAY_UNREADABLE),
        ("9月", FaultKind.DAY_UNREADABLE),
        ("2026年9月", FaultKind.DAY_UNREADABLE),
        ("昨天", FaultKind.DAY_UNREADABLE),
        ("上个月3号", FaultKind.DAY_UNREADABLE),
        ("2月30日", FaultKind.DAY_UNREADABLE),
        ("2027-01-01", FaultKind.DAY_AHEAD),
    ],
)
def test_a_day_that_is_none_is_asked_about(written: object, kind: FaultKind) -> None:
    faults: list[Fault] = []
    assert read_day(written, faults, today=TODAY, epoch=EPOCH_1900) is None
    assert [fault.kind for fault in faults] == [kind]


@pytest.mark.parametrize(
    ("group", "house", "head", "read"),
    [
        (3, 12.0, "张三", (3, "12", "张三")),
        ("三组", "十二号", "", (3, "12", "")),
        (None, "3组12-1号", "", (3, "12-1", "")),
        (None, "幸福村3组12号", "", (3, "12", "")),
        (None, None, "张三", (None, "", "张三")),
    ],
)
def test_a_household_is_read(group: Any, house: Any, head: str, read: tuple[Any, ...]) -> None:
    faults: list[Fault] = []
    assert read_place(group, house, head, faults) == read
    assert faults == []


@pytest.mark.parametrize(
    ("group", "house", "kinds"),
    [
        (None, None, [FaultKind.HOUSEHOLD_MISSING]),
        (3, None, [FaultKind.HOUSE_MISSING]),
        (None, 12, [FaultKind.GROUP_MISSING]),
        ("东面", "x", [FaultKind.GROUP_UNREADABLE, FaultKind.HOUSE_UNREADABLE]),
        (3, datetime(2026, 12, 1), [FaultKind.HOUSE_BECAME_DATE]),  # noqa: DTZ001 - as above
    ],
)
def test_a_household_that_is_not_clear_is_asked_about(
    group: Any, house: Any, kinds: list[FaultKind]
) -> None:
    faults: list[Fault] = []
    read_place(group, house, "", faults)
    assert [fault.kind for fault in faults] == kinds


@pytest.mark.parametrize(
    ("written", "amount", "is_rough"),
    [
        (None, None, False),
        ("-", None, False),
        (2, Decimal(2), False),
        (2.5, Decimal("2.5"), False),
        ("2小时", Decimal(2), False),
        ("两个半", Decimal("2.5"), False),
        ("两个多小时", Decimal(2), True),
    ],
)
def test_an_amount_is_read(written: object, amount: Decimal | None, *, is_rough: bool) -> None:
    faults: list[Fault] = []
    assert read_quantity(written, faults) == (amount, is_rough)
    assert faults == []


def test_an_amount_that_is_none_is_asked_about() -> None:
    for written in ("很多", datetime(2026, 1, 1)):  # noqa: DTZ001 - as above
        faults: list[Fault] = []
        assert read_quantity(written, faults) == (None, False)
        assert [fault.kind for fault in faults] == [FaultKind.QUANTITY_UNREADABLE]


def test_columns_stand_in_any_order_under_a_title(tmp_path: Path) -> None:
    headings = ["备注", "身份证号", "积分项目", "户主姓名", "门牌号", "村民小组", "日期", "次数"]
    row = ["下雨天", "310101199001011234", "垃圾分类", "张三", "12", "3组", "9月3日", 2]
    path = claim_file(tmp_path / "a.xlsx", row, headings=headings, above="幸福村九月申报表")
    sheet = read_claims(path, today=TODAY)
    [read] = sheet.rows
    assert (read.line, read.day, read.group, read.house_no, read.head) == (3, DAY, 3, "12", "张三")
    assert (read.item_words, read.quantity, read.reason) == ("垃圾分类", Decimal(2), "下雨天")
    assert read.faults == ()
    assert "身份证号" not in sheet.headings
    assert not any("310101" in held for held in read.written)


def test_a_merged_cell_counts_for_all_its_lines(tmp_path: Path) -> None:
    rows = [["9月3日", 3, "12", "张三", "垃圾分类"], [None, 3, "15", "王桂英", "垃圾分类"]]
    path = claim_file(tmp_path / "a.xlsx", *rows)
    book = load_workbook(path)
    book.worksheets[0].merge_cells("A2:A3")
    book.save(path)
    assert [row.day for row in read_claims(path, today=TODAY).rows] == [DAY, DAY]


def test_private_numbers_in_the_words_are_dropped(tmp_path: Path) -> None:
    row = ["9月3日", 3, "12", "张三", "垃圾分类", 1, "村口", "身份证310101199001011234,好事"]
    [read] = read_claims(claim_file(tmp_path / "a.xlsx", row), today=TODAY).rows
    assert read.reason == "好事"
    assert not any("310101" in held for held in read.written)


def test_a_line_without_an_item_says_so(tmp_path: Path) -> None:
    [read] = read_claims(claim_file(tmp_path / "a.xlsx", ["合计"]), today=TODAY).rows
    assert FaultKind.ITEM_MISSING in {fault.kind for fault in read.faults}


@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        (["日期", "门牌"], (ClaimColumn.ITEM,)),
        (["日期", "事项"], (ClaimColumn.HOUSE_NO,)),
        (["甲", "乙"], (ClaimColumn.DAY, ClaimColumn.ITEM, ClaimColumn.HOUSE_NO)),
    ],
)
def test_a_sheet_without_its_headings_says_which(
    headings: list[str], missing: tuple[ClaimColumn, ...], tmp_path: Path
) -> None:
    path = claim_file(tmp_path / "a.xlsx", ["x", "y"], headings=headings)
    with pytest.raises(ClaimHeadingMissing) as refused:
        read_claims(path, today=TODAY)
    assert set(refused.value.missing) == set(missing)
    assert heading_missing(refused.value).endswith("说明。")


def test_every_fault_is_worded() -> None:
    assert set(FAULTS) == set(FaultKind)
    for kind in FaultKind:
        assert fault_words(Fault(kind, "甲", "乙")).endswith("。")


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("张三", ("张三",)),
        ("张三家", ("张三家", "张三")),
        ("张 三户", ("张三户", "张三")),
        ("", ()),
    ],
)
def test_a_head_may_be_written_with_home(written: str, forms: tuple[str, ...]) -> None:
    assert head_forms(written) == forms


@given(st.one_of(st.text(max_size=20), st.floats(allow_nan=True), st.integers(), st.booleans()))
def test_no_cell_stops_the_reading(raw: object) -> None:
    faults: list[Fault] = []
    read_day(raw, faults, today=TODAY, epoch=EPOCH_1900)
    read_place(raw, raw, "", faults)
    read_quantity(raw, faults)
    assert all(fault_words(fault) for fault in faults)
