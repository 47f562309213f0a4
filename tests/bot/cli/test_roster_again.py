"""A second roster of the same village: what it changes is told, the rest stays."""

from pathlib import Path
from typing import Any

import pytest

from storage.unit_of_work import OpenBooks
from tests.bot.cli.conftest import Jifen
from tests.bot.cli.roster_files import home_row, roster
from tests.bot.rosters import save
from tests.storage.filled import VILLAGE

SHORT = ("组", "门牌", "户主")


@pytest.fixture
def settled(founded: Jifen, tmp_path: Path) -> Jifen:
    first = home_row(3, "12", "乙二")
    first[-1] = "村东头"
    founded("households", "import", roster(tmp_path / "a.xlsx", first), "--village", VILLAGE)
    return founded


def again(jifen: Jifen, path: Path, row: list[Any], headings: Any = SHORT, *more: str) -> Any:
    file = save(path / "b.xlsx", [row], headings=headings)
    return jifen.json("households", "import", file, "--village", VILLAGE, *more)["rows"][0]


def test_columns_the_sheet_does_not_have_leave_what_is_stored(
    settled: Jifen, open_books: OpenBooks, tmp_path: Path
) -> None:
    with open_books() as books:
        before = books.households.all(1)
    row = again(settled, tmp_path, [3, "12", "乙二"])
    assert (row["action"], row["reasons"]) == ("accepted", [])
    assert (row["values"]["phone"], row["values"]["star"]) == ("13800000000", 3)
    with open_books() as books:
        assert books.households.all(1) == before
    row = again(settled, tmp_path, [3, "12", "乙二(外出)"])
    assert row["values"]["remark"] == "村东头;外出"
    assert again(settled, tmp_path, [3, "12", "乙二(外出)"])["values"] == row["values"]
    with open_books() as books:
        assert books.households.all(1)[0].remark == "村东头;外出"


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_another_head_of_a_stored_house_is_told(
    settled: Jifen, tmp_path: Path, more: tuple[str, ...]
) -> None:
    row = again(settled, tmp_path, [3, "12", "丁五"], SHORT, *more)
    assert row["action"] == "normalised"
    assert row["reasons"] == ["户主从乙二改为丁五,积分还是这一户的。"]


def test_every_other_change_is_told_also_to_nothing(settled: Jifen, tmp_path: Path) -> None:
    headings = (*SHORT, "电话", "党员户", "星级", "参加日期")
    row = again(settled, tmp_path, [3, "12", "乙二", None, "否", 4, "2026-01-05"], headings)
    assert row["action"] == "normalised"
    assert row["reasons"] == [
        "电话从13800000000改为空白。",
        "党员户从是改为否。",
        "星级从3改为4。",
    ]
    same = again(settled, tmp_path, [3, "12", "乙二", None, "否", 4, "2026-01-05"], headings)
    assert (same["action"], same["reasons"]) == ("accepted", [])


def test_a_rejected_line_of_a_stored_house_says_that_it_stays(
    settled: Jifen, open_books: OpenBooks, tmp_path: Path
) -> None:
    row = again(settled, tmp_path, [3, "12", "乙二", 0], (*SHORT, "常住人口"))
    assert row["action"] == "rejected"
    assert row["reasons"][-1] == (
        "这户原来登记过(户主乙二),没有动;搬走了请用 jifen households leave 3组12号。"
    )
    with open_books() as books:
        assert books.households.all(1)[0].resident == 2
    settled("households", "leave", "3组12号", "--village", VILLAGE, "--reason", "搬走")
    row = again(settled, tmp_path, [3, "12", "乙二", 0], (*SHORT, "常住人口"))
    assert len(row["reasons"]) == 1
    row = again(settled, tmp_path, [3, "12", "乙二"])
    assert "没有恢复" in row["reasons"][0]
