import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.papers.roster import RowAction
from bot.papers.roster_note import NoteKind
from domain.household import Address, RosterColumn, RosterHeadingMissing
from tests.bot.rosters import HEADINGS, VILLAGE, excel_day, line, read, read_rows, save

A, N, R = RowAction.ACCEPTED, RowAction.NORMALISED, RowAction.REJECTED


def test_columns_may_stand_in_any_order_under_any_of_their_names(tmp_path: Path) -> None:
    headings = (
        *("序号", "说明", "加入\n日期", "星 级", "是否党员户", "常住人数", "户籍人数(人)"),
        *("联系电话:", "户主姓名", "门牌号码", "村民小组", "行政村", "*备用"),
    )
    row = (1, "独居", excel_day(2026, 3, 5), 3, "是", 2, 4, 13812345678, "张三", 12, 3, "幸福村")
    reading = read(save(tmp_path / "r.xlsx", [row], headings=headings))
    [found] = reading.rows
    assert (found.action, found.reasons) == (A, ())
    assert json.loads(json.dumps(found.values, ensure_ascii=False)) == {
        "village": "幸福村",
        "group": 3,
        "house_no": "12",
        "head": "张三",
        "phone": "13812345678",
        "registered": 4,
        "resident": 2,
        "party": True,
        "star": 3,
        "joined": "2026-03-05",
        "remark": "独居",
    }
    assert reading.ignored_columns == ("序号", "*备用")
    assert reading.dropped_columns == ()


def test_of_two_columns_for_one_thing_the_plainer_name_wins(tmp_path: Path) -> None:
    headings = ("组", "地址", "门牌", "姓名", "户主")
    path = save(tmp_path / "r.xlsx", [(3, "某路1号", "12", "李四", "张三")], headings=headings)
    reading = read(path)
    assert reading.rows[0].values["head"] == "张三"
    assert reading.rows[0].values["house_no"] == "12"
    assert reading.ignored_columns == ("地址", "姓名")


def test_headings_from_a_pdf_or_in_traditional_letters_are_read(tmp_path: Path) -> None:
    headings = ("村", "组", "⻔牌", "⼾主", "電話", "備註")
    row = ("幸福村", 3, "12", "張三", "13812345678", "無")
    reading = read(save(tmp_path / "r.xlsx", [row], headings=headings))
    assert reading.rows[0].values["head"] == "張三"
    assert reading.rows[0].values["phone"] == "13812345678"
    assert reading.ignored_columns == ()


def test_lines_are_counted_as_the_sheet_counts_them(tmp_path: Path) -> None:
    above = [["幸福村积分制住户花名册"], [], ["制表日期:2026年"]]
    rows: list[list[object]] = [line(), [], [None, "  "], line(门牌="13号")]
    found = read_rows(tmp_path, *rows, above=above)
    assert [(row.line, row.action) for row in found] == [(5, A), (8, N)]


def test_a_heading_on_two_lines_with_merged_cells_is_read(tmp_path: Path) -> None:
    headings = ("村", "组", "门牌", "户主", "人口", None, "备注")
    below = (None, None, None, None, "户籍", "常住", None)
    merged = ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:G2"]
    rows = [below, ("幸福村", 3, "12", "张三", 4, 2, "独居")]
    path = save(tmp_path / "r.xlsx", rows, headings=headings, merged=merged)
    [row] = read(path).rows
    assert (row.line, row.action) == (3, A)
    assert (row.values["registered"], row.values["resident"]) == (4, 2)


def test_a_merged_village_and_group_hold_for_every_line_they_cover(tmp_path: Path) -> None:
    rows = [line(), line(村=None, 组=None, 门牌="13"), line(村=None, 组=None, 门牌="14")]
    first, second, third = read_rows(tmp_path, *rows, merged=["A2:A4", "B2:B3"])
    assert first.action is A
    assert (second.action, second.values["group"]) == (N, 3)
    assert second.reasons == (
        "村是合并单元格,按第2行的“幸福村”登记。",
        "组是合并单元格,按第2行的“3”登记。",
    )
    assert (third.action, third.values["group"]) == (R, None)
    assert "组没有填。" in third.reasons


def test_a_blank_village_or_group_is_not_taken_from_the_line_above(tmp_path: Path) -> None:
    _, second = read_rows(tmp_path, line(), line(村=None, 组=None, 门牌="13"))
    assert second.action is R
    assert second.reasons == ("村没有填。", "组没有填。")


def test_a_merged_name_or_phone_counts_for_its_first_line_alone(tmp_path: Path) -> None:
    rows = [line(电话=13812345678), line(门牌="13", 户主="李四")]
    _, second = read_rows(tmp_path, *rows, merged=["E2:E3"])
    assert (second.action, second.values["phone"]) == (N, "")
    assert second.reasons == ("电话和第2行合并成了一格,只算第2行的,这一行按没填。",)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["合计", None, None, None, None, 400, 300], NoteKind.TOTAL),
        (["合  计", None, None, "120户", None, 400], NoteKind.TOTAL),
        ([None, None, None, "小计", None, 40], NoteKind.TOTAL),
        (["幸福村", "3组小计", None, None, None, 40], NoteKind.TOTAL),
        (["共计120户"], NoteKind.TOTAL),
        (["幸福村住户花名册"], NoteKind.TITLE),
        (["第三组"], NoteKind.TITLE),
        (["注:常住人口按半年以上计算"], NoteKind.FOOTNOTE),
        (["说明:以上数据截至六月"], NoteKind.FOOTNOTE),
        (["填表人:张三", None, None, "审核人:李四"], NoteKind.FOOTNOTE),
        (["单位负责人:", None, "制表:王五"], NoteKind.FOOTNOTE),
        (list(HEADINGS), NoteKind.HEADING_AGAIN),
    ],
)
def test_what_is_no_household_is_kept_out_for_one_reason(
    tmp_path: Path, row: Sequence[object], kind: NoteKind
) -> None:
    first, second, third = read_rows(tmp_path, line(), row, line(门牌="13"))
    assert (first.action, third.action) == (A, A)
    assert (second.action, [note.kind for note in second.notes]) == (R, [kind])
    assert second.entry is None


def test_two_lines_for_one_house_are_asked_about_and_never_merged(tmp_path: Path) -> None:
    path = save(
        tmp_path / "r.xlsx",
        [
            line(电话="13812345678"),
            line(电话="13812345678"),
            line(组="三组", 门牌="12号", 户主="李四"),
            line(电话="13900000000"),
            line(组=4),
            line(门牌="13"),
        ],
    )
    reading = read(path)
    assert [row.action for row in reading.rows] == [A, R, R, R, A, A]
    assert reading.rows[1].reasons == ("与第2行完全相同,只登记第2行。",)
    other_head = "户主一个写“张三”,一个写“李四”。先按第2行登记,请问哪一行对?"
    assert reading.rows[2].reasons[0].endswith(other_head)
    assert reading.rows[3].reasons[0].endswith("内容不一样。先按第2行登记,请问哪一行对?")
    asked = [(q.line, q.first_line, q.head, q.is_identical) for q in reading.questions]
    assert asked == [(3, 2, "张三", True), (4, 2, "李四", False), (5, 2, "张三", False)]
    assert [entry.address for entry in reading.entries] == [(3, "12"), (4, "12"), (3, "13")]
    assert reading.entries[0].phone == ("13812345678",)


def test_a_house_that_was_kept_out_does_not_make_the_next_line_a_duplicate(
    tmp_path: Path,
) -> None:
    first, second = read_rows(tmp_path, line(户主="空户"), line())
    assert (first.action, second.action) == (R, A)


def test_private_columns_are_dropped_and_every_line_that_held_something_says_so(
    tmp_path: Path,
) -> None:
    headings = (*HEADINGS, "身份证号", "银行卡号", "健康状况", "序号")
    rows = [
        [*line(), "310115196501011234", "6222021234567890123", "良好", 1],
        [*line(门牌="13"), None, None, None, 2],
        [*line(门牌="14"), "有", None, None, "310115196501011234"],
    ]
    reading = read(save(tmp_path / "r.xlsx", rows, headings=headings))
    assert reading.dropped_columns == ("身份证号", "银行卡号", "健康状况")
    assert reading.ignored_columns == ("身份证号", "银行卡号", "健康状况", "序号")
    first, second, third = reading.rows
    assert first.reasons == (
        "身份证号不保存,已去掉。",
        "银行卡号之类的长号码不保存,已去掉。",
        "身体和疾病情况不保存,已去掉。",
    )
    assert (second.action, second.reasons) == (A, ())
    assert third.reasons == ("身份证号不保存,已去掉。",)
    assert "3101151965" not in repr(reading)
    assert "622202" not in repr(reading)


def test_a_formula_gives_its_value_and_one_without_a_value_is_said(tmp_path: Path) -> None:
    found = read_rows(tmp_path, line(门牌="=11+1"), line(门牌="13", 户籍人口="=2+2"))
    assert [row.action for row in found] == [R, N]
    assert "门牌是公式,没有算出结果。请在 Excel 里打开,保存后再导入。" in found[0].reasons
    assert found[1].values["registered"] is None


def test_a_roster_without_the_column_of_the_village_is_this_villages(tmp_path: Path) -> None:
    path = save(tmp_path / "r.xlsx", [(3, "12", "张三")], headings=("组", "门牌", "户主"))
    [row] = read(path).rows
    assert (row.action, row.values["village"]) == (A, VILLAGE)


def test_one_column_may_hold_group_and_house(tmp_path: Path) -> None:
    path = save(tmp_path / "r.xlsx", [("3组12号", "张三")], headings=("地址", "户主"))
    [row] = read(path).rows
    assert (row.values["group"], row.values["house_no"]) == (3, "12")


@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        (("村", "组", "门牌"), {RosterColumn.HEAD}),
        (("户主", "电话"), {RosterColumn.GROUP, RosterColumn.HOUSE_NO}),
        (("门牌", "户主"), {RosterColumn.GROUP}),
        (("组", "户主"), {RosterColumn.HOUSE_NO}),
        (("甲", "乙"), {RosterColumn.GROUP, RosterColumn.HOUSE_NO, RosterColumn.HEAD}),
    ],
)
def test_a_sheet_without_the_needed_headings_is_refused_with_their_names(
    tmp_path: Path, headings: tuple[str, ...], missing: set[RosterColumn]
) -> None:
    path = save(tmp_path / "r.xlsx", [("3", "12", "张三")], headings=headings)
    with pytest.raises(RosterHeadingMissing) as refused:
        read(path)
    assert set(refused.value.missing) == missing


def test_progress_is_told_for_every_line(tmp_path: Path) -> None:
    path = save(tmp_path / "r.xlsx", [line(门牌=n) for n in range(1, 4)])
    heard: list[tuple[int, int]] = []
    read(path, on_row=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_five_thousand_lines_are_read(tmp_path: Path) -> None:
    rows = [
        line(组=f"{n // 250 + 1}组", 门牌=f"{n % 250 + 1}号", 电话="13812345678、13987654321")
        for n in range(5000)
    ]
    reading = read(save(tmp_path / "r.xlsx", rows))
    assert reading.count(N) == len(reading.entries) == 5000
    assert reading.entries[-1].address == Address(20, "250")


def test_the_corrected_file_reads_as_the_same_addresses(tmp_path: Path) -> None:
    before = read(save(tmp_path / "a.xlsx", [line(组="三组", 门牌="十二号", 户主="王 强")]))
    after = read(save(tmp_path / "b.xlsx", [line(组=3, 门牌=12, 户主="王强", 电话="58921234")]))
    assert before.entries[0].address == after.entries[0].address


def test_one_house_written_in_two_ways_is_asked_about(tmp_path: Path) -> None:
    pairs = (("12", "第12号"), ("A29", "a29"), ("25", "25號"))
    rows = [line(门牌=house) for pair in pairs for house in pair]
    actions = [row.action for row in read_rows(tmp_path, *rows)]
    assert actions == [RowAction.ACCEPTED, RowAction.REJECTED] * 3
