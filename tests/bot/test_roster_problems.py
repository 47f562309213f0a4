from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from bot.papers.roster import RowAction
from bot.papers.roster_problems import write_problems, write_template
from tests.bot.rosters import HEADINGS, line, read, save


def problems(tmp_path: Path, *rows: list[object], **options: Any) -> Any:
    source = save(tmp_path / "roster.xlsx", rows, **options)
    write_problems(read(source), source, tmp_path / "problems.xlsx")
    return load_workbook(tmp_path / "problems.xlsx").active


def test_every_line_of_which_something_is_said_stands_beside_its_reasons(tmp_path: Path) -> None:
    sheet = problems(
        tmp_path, line(), line(门牌="13号"), line(门牌="14", 户主="空户"), line(门牌="12")
    )
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found[0] == ["原表第几行", "处理结果", "原因", *HEADINGS]
    assert [row[:7] for row in found[1:]] == [
        ["3", "登记了,有改动", "门牌“13号”登记为“13”。", "幸福村", "3", "13号", "张三"],
        ["4", "没有登记", "写着“空户”,这户已经没有人住,不登记。", "幸福村", "3", "14", "空户"],
        ["5", "没有登记", "与第2行完全相同,只登记第2行。", "幸福村", "3", "12", "张三"],
    ]


def test_it_can_be_read_on_paper_and_on_a_screen(tmp_path: Path) -> None:
    sheet = problems(tmp_path, line(门牌="13号"))
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["C"].width == 60
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)


def test_nothing_in_it_is_a_formula(tmp_path: Path) -> None:
    texts = ("=1+1", "+cmd", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x")')
    source = save(tmp_path / "roster.xlsx", [line(门牌="13号", 备注="x")])
    workbook = load_workbook(source)
    sheet: Any = workbook.active
    for number, text in enumerate(texts, 3):
        for column, value in enumerate(line(门牌=f"{number}号", 备注=text), 1):
            cell = sheet.cell(number, column)
            cell.value = value
            cell.data_type = "s" if value == text else cell.data_type
    workbook.save(source)
    write_problems(read(source), source, tmp_path / "problems.xlsx")
    written: Any = load_workbook(tmp_path / "problems.xlsx").active
    remarks = [cell for cell in written["N"][1:] if cell.value]
    assert [cell.value for cell in remarks] == ["x", *texts]
    assert {cell.data_type for row in written.iter_rows() for cell in row} <= {"s", "n"}
    assert all(cell.quotePrefix for cell in remarks[1:])


def test_private_numbers_and_columns_are_not_repeated(tmp_path: Path) -> None:
    headings = (*HEADINGS, "身份证号", "健康状况")
    row = [*line(备注="卡号6222021234567890,残疾,独居"), "310115196501011234", "良好"]
    sheet = problems(tmp_path, row, headings=headings)
    text = repr([[cell.value for cell in row] for row in sheet.iter_rows()])
    assert "独居" in text
    for private in ("622202", "310115", "残疾", "良好", "'身份证号'", "健康状况"):
        assert private not in text


def test_the_mended_file_can_be_imported_itself(tmp_path: Path) -> None:
    rows = [line(), line(村=None, 组=None, 门牌="13", 户主=None), line(组=4, 门牌="九号")]
    sheet = problems(tmp_path, *rows, merged=["A2:A3", "B2:B3"])
    sheet["G2"] = "李四"
    sheet.parent.save(tmp_path / "mended.xlsx")
    reading = read(tmp_path / "mended.xlsx")
    assert [(e.address, e.head) for e in reading.entries] == [
        ((3, "13"), "李四"),
        ((4, "9"), "张三"),
    ]
    assert reading.ignored_columns == ("原表第几行", "处理结果", "原因")


def test_a_file_without_problems_says_so_by_its_count(tmp_path: Path) -> None:
    source = save(tmp_path / "roster.xlsx", [line()])
    assert write_problems(read(source), source, tmp_path / "problems.xlsx") == 0


def test_the_template_is_read_as_a_roster_without_households(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    reading = read(tmp_path / "template.xlsx")
    assert reading.headings == HEADINGS
    assert [row.action for row in reading.rows] == [RowAction.REJECTED]
    assert reading.rows[0].reasons == ("这一行是说明文字,不是一户人家。",)
