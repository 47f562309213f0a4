"""Rosters and slips by command."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from domain.code import digest
from domain.membership import HouseholdId
from storage.unit_of_work import OpenBooks
from tests.bot.cli.conftest import SECRET, Jifen
from tests.bot.cli.roster_files import home_row, roster, tidy_row, untidy_row
from tests.storage.filled import VILLAGE


def test_a_roster_is_imported_told_line_by_line_and_updated(
    founded: Jifen, open_books: OpenBooks, tmp_path: Path
) -> None:
    file = roster(
        tmp_path / "住户.xlsx",
        home_row(3, "12", "张三"),
        home_row(3, "十五号", "王 五"),
        [VILLAGE, "合计", "", "", "", 6, 4, "", "", "", ""],
    )
    told = founded.json("households", "import", file, "--village", VILLAGE)
    assert {key: told[key] for key in ("accepted", "normalised", "rejected")} == {
        "accepted": 1,
        "normalised": 1,
        "rejected": 1,
    }
    assert [(row["line"], row["action"]) for row in told["rows"]] == [
        (2, "accepted"),
        (3, "normalised"),
        (4, "rejected"),
    ]
    assert all(set(row) == {"line", "action", "reasons", "values"} for row in told["rows"])
    assert told["rows"][0]["values"] == {
        "village": VILLAGE,
        "group": 3,
        "house_no": "12",
        "head": "张三",
        "phone": "13800000000",
        "registered": 3,
        "resident": 2,
        "party": True,
        "star": 3,
        "joined": "2026-01-05",
        "remark": "",
    }
    problems = load_workbook(tmp_path / "住户-问题.xlsx")
    problems.close()


def test_a_corrected_roster_updates_the_households_by_address(
    founded: Jifen, open_books: OpenBooks, tmp_path: Path
) -> None:
    file = roster(tmp_path / "a.xlsx", home_row(3, "12", "张三"), home_row(3, "15", "王五"))
    founded("households", "import", file, "--village", VILLAGE)
    roster(file, home_row(3, "12", "张三丰", "13900000000"), home_row(1, "6", "李国平"))
    assert "登记2户" in founded("households", "import", file, "--village", "1")
    with open_books() as books:
        kept = books.households.all(1)
        assert [(h.group_no, h.house_no, h.head) for h in kept] == [
            (1, "6", "李国平"),
            (3, "12", "张三丰"),
            (3, "15", "王五"),
        ]
        assert (kept[1].id, kept[1].phone) == (HouseholdId(1), "13900000000")


def test_a_dry_run_writes_nothing(founded: Jifen, open_books: OpenBooks, tmp_path: Path) -> None:
    file = roster(tmp_path / "a.xlsx", home_row(3, "12", "张三"), [VILLAGE, "合计"])
    said = founded("households", "import", file, "--village", VILLAGE, "--dry-run")
    assert "没有登记" in said
    with open_books() as books:
        assert books.households.count(1) == 0
    assert list(tmp_path.glob("*问题*")) == []
    chosen = tmp_path / "p.xlsx"
    founded("households", "import", file, "--village", "1", "--dry-run", "--problems", chosen)
    assert chosen.exists()


def test_slips_print_the_same_codes_again_until_one_is_renewed(
    founded: Jifen, open_books: OpenBooks, tmp_path: Path
) -> None:
    file = roster(tmp_path / "a.xlsx", home_row(3, "12", "张三"), home_row(1, "6", "李国平"))
    founded("households", "import", file, "--village", VILLAGE)
    told = founded.json("households", "codes", "--village", VILLAGE)
    assert [(s["household"], s["head"]) for s in told] == [
        ("1组6号", "李国平"),
        ("3组12号", "张三"),
    ]
    assert all(set(s) == {"household", "head", "code"} for s in told)
    assert founded.json("households", "codes", "--village", VILLAGE) == told
    with open_books() as books:
        books.households.use_slip(1, HouseholdId(1))
        assert books.codes.slip(digest(SECRET.encode(), told[1]["code"])) == (1, 1)
    fresh = founded.json("households", "codes", "--village", VILLAGE, "--new", "三组12号")
    assert [s["household"] for s in fresh] == ["3组12号"]
    assert fresh[0]["code"] != told[1]["code"]
    with open_books() as books:
        assert books.codes.slip(digest(SECRET.encode(), told[1]["code"])) is None
        assert books.codes.slip(digest(SECRET.encode(), fresh[0]["code"])) == (1, 1)
        assert books.households.get(1, HouseholdId(1)).slip_uses == 0
    assert "9组9号" in founded.error(
        "households", "codes", "--village", "1", "--new", "9组9号", code=2
    )


@pytest.mark.parametrize(
    ("row", "said"), [(tidy_row, "照原样5000户"), (untidy_row, "整理或更新5000户")]
)
def test_five_thousand_rows_are_imported(
    jifen: Jifen, tmp_path: Path, row: Callable[[int], list[Any]], said: str
) -> None:
    file = roster(tmp_path / "big.xlsx", *map(row, range(5000)))
    jifen("init", "--town", "白鹤镇", "--village", VILLAGE)
    assert said in jifen("households", "import", file, "--village", VILLAGE)
