from datetime import date, time

import pytest

from bot.papers.roster_note import NoteKind
from bot.papers.roster_rows import RowAction
from domain.household import RosterColumn
from tests.bot.rosters import excel_day, kinds_of, read_cells


def test_a_line_as_it_should_be_is_accepted_without_a_word() -> None:
    line = read_cells(
        电话="13812345678",
        户籍人口=4,
        常住人口=3,
        党员户="是",
        星级=3,
        参加日期=excel_day(2026, 3, 5),
        备注="独居老人",
    )
    assert (line.action, line.notes) == (RowAction.ACCEPTED, ())
    assert line.entry is not None
    assert line.entry.joined_on == date(2026, 3, 5)
    assert line.entry.phone == ("13812345678",)
    assert {column.value: value for column, value in line.values.items()} == {
        "village": "幸福村",
        "group": 3,
        "house_no": "12",
        "head": "张三",
        "phone": "13812345678",
        "registered": 4,
        "resident": 3,
        "party": True,
        "star": 3,
        "joined": "2026-03-05",
        "remark": "独居老人",
    }


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (4, 4),
        (4.0, 4),
        ("4", 4),
        ("4人", 4),
        ("四口人", 4),
        ("\uff14", 4),
        ("共4人", 4),
        ("十一", 11),
    ],
)
def test_people_are_counted(written: object, number: int) -> None:
    line = read_cells(户籍人口=written, 常住人口=written)
    assert line.values[RosterColumn.REGISTERED] == line.values[RosterColumn.RESIDENT] == number


@pytest.mark.parametrize(
    "written", [-1, 2.5, "很多", 100, 13812345678, True, excel_day(2026, 1, 4), "四五六"]
)
def test_what_is_no_count_is_left_empty_and_said(written: object) -> None:
    line = read_cells(常住人口=written)
    assert line.values[RosterColumn.RESIDENT] is None
    assert line.action is RowAction.NORMALISED
    assert kinds_of(line) == {NoteKind.LEFT_EMPTY}


@pytest.mark.parametrize(
    "written", ["是", "√", "✓", "Y", "y", "\uff39", 1, True, "党员户", "有", "党员"]
)
def test_a_party_household_is_marked_in_many_ways(written: object) -> None:
    line = read_cells(党员户=written)
    assert (line.values[RosterColumn.PARTY], line.action) == (True, RowAction.ACCEPTED)


@pytest.mark.parametrize("written", ["否", "×", "", None, 0, False, "无", "N", "非党员"])
def test_no_party_household_is_marked_in_many_ways(written: object) -> None:
    line = read_cells(党员户=written)
    assert (line.values[RosterColumn.PARTY], line.action) == (False, RowAction.ACCEPTED)


def test_a_party_mark_that_cannot_be_read_is_said() -> None:
    assert kinds_of(read_cells(党员户="可能")) == {NoteKind.LEFT_EMPTY}
    two = read_cells(党员户="2人")
    assert (two.values[RosterColumn.PARTY], kinds_of(two)) == (True, {NoteKind.READ_AS})


@pytest.mark.parametrize(
    ("written", "star"),
    [
        (5, 5),
        (0, 0),
        ("五星", 5),
        ("5星", 5),
        ("三星级", 3),
        ("三星级户", 3),
        ("★★★★★", 5),
        ("★★★☆☆", 3),
        ("\uff13", 3),
        (None, 0),
    ],
)
def test_stars_are_counted(written: object, star: int) -> None:
    line = read_cells(星级=written)
    assert line.values[RosterColumn.STAR] == star
    assert line.entry is not None


@pytest.mark.parametrize("written", [6, -1, "是", 2.5, "六星", excel_day(2026, 1, 4)])
def test_stars_that_cannot_be_are_left_out_and_said(written: object) -> None:
    line = read_cells(星级=written)
    assert (line.values[RosterColumn.STAR], kinds_of(line)) == (0, {NoteKind.LEFT_EMPTY})


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        (excel_day(2024, 3, 5), "2024-03-05"),
        (date(2024, 3, 5), "2024-03-05"),
        (excel_day(2024, 3, 5, 8, 30), "2024-03-05"),
        (45000, "2023-03-15"),
        (45000.0, "2023-03-15"),
        ("45000", "2023-03-15"),
        ("2024-03-05", "2024-03-05"),
        ("2024年3月5日", "2024-03-05"),
        ("2024 年 3 月 5 日", "2024-03-05"),
        ("2024.3.5", "2024-03-05"),
        ("2024/3/5", "2024-03-05"),
        ("\uff12024\uff0f3\uff0f5", "2024-03-05"),
        ("2024-3-5 00:00:00", "2024-03-05"),
        ("24.3.5", "2024-03-05"),
        (20240305, "2024-03-05"),
        ("二〇二四年三月五日", "2024-03-05"),
        ("二零二四年十月十一日", "2024-10-11"),
        ("2024年3月", "2024-03-01"),
        ("2024.10", "2024-10-01"),
        (202403, "2024-03-01"),
        (2024, "2024-01-01"),
        ("2024年", "2024-01-01"),
    ],
)
def test_a_day_is_read_in_every_way_villages_write_it(written: object, joined: str) -> None:
    line = read_cells(参加日期=written)
    assert line.values[RosterColumn.JOINED] == joined
    is_plain = line.action is RowAction.ACCEPTED
    assert is_plain == (str(written) in {joined, f"{joined} 00:00:00"})
    if "-01" in joined[7:]:
        assert NoteKind.DATE_FIRST_DAY in kinds_of(line)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("3月5日", NoteKind.LEFT_EMPTY),
        (2024.1, NoteKind.LEFT_EMPTY),
        ("2024-13-01", NoteKind.LEFT_EMPTY),
        ("2024-02-30", NoteKind.LEFT_EMPTY),
        ("去年", NoteKind.LEFT_EMPTY),
        (time(8, 30), NoteKind.LEFT_EMPTY),
        (True, NoteKind.LEFT_EMPTY),
        ("无", NoteKind.PLACEHOLDER),
        ("2027-01-01", NoteKind.DATE_FUTURE),
        ("1965-01-01", NoteKind.DATE_TOO_OLD),
    ],
)
def test_a_day_that_cannot_be_is_left_empty_and_said(written: object, kind: NoteKind) -> None:
    line = read_cells(参加日期=written)
    assert line.values[RosterColumn.JOINED] is None
    assert line.action is RowAction.NORMALISED
    assert kind in kinds_of(line)
