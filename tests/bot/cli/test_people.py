"""Figures, the roster's changes and roles by command."""

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.replies import people_cli as words
from domain.membership import HouseholdId, Role
from domain.period import month_of, village_day
from domain.points import Points
from storage.unit_of_work import OpenBooks
from tests.bot.cli.conftest import Jifen
from tests.bot.cli.roster_files import home_row, roster
from tests.builders import a_posting
from tests.storage.filled import VILLAGE


@pytest.fixture
def peopled(founded: Jifen, open_books: OpenBooks) -> Jifen:
    """张三 (3组12号, took part, 5 points), 王五 (3组15号, star), 李国平 (1组6号)."""
    with open_books() as books:
        village = books.villages.get(1)
        at = village.created_at
        since = village_day(at) - timedelta(days=30)
        rows = [
            {"group_no": 3, "house_no": "12", "head": "张三", "star": 0},
            {"group_no": 3, "house_no": "15", "head": "王五", "star": 4},
            {"group_no": 1, "house_no": "6", "head": "李国平", "star": 0},
        ]
        books.households.save(1, rows, since=since)
        for household, name in ((1, "张三"), (1, "张小三"), (3, "李会计")):
            person = books.people.add(1, name=name, household=HouseholdId(household), at=at)
        books.people.grant(1, person, Role.COMMITTEE, at=at)
        month = month_of(village_day(at))
        posting = a_posting("test:1", points=Points(50), effective_month=month)
        books.ledger.post(1, posting, at=at)
    return founded


def test_participation_is_told_with_goals_and_by_group(peopled: Jifen) -> None:
    told = peopled.json("participation", "--village", VILLAGE)
    assert told["every"] == {
        "eligible": 3,
        "enrolled": 0,
        "taking_part": 1,
        "permille": 333,
        "reached": False,
        "missing": 2,
    }
    assert (told["stars"]["eligible"], told["stars"]["missing"]) == (1, 1)
    assert [(g["group"], g["taking_part"]) for g in told["groups"]] == [(1, 0), (3, 1)]
    said = peopled("participation", "--village", VILLAGE)
    assert "全村:应参加3户,绑了手机0户,有积分1户,33.3%,离80%还差2户" in said
    past = peopled.json("participation", "--village", VILLAGE, "--as-of", "2020-01-01")
    assert past["every"]["eligible"] == 0
    assert "不是日期" in peopled.error(
        "participation", "--village", VILLAGE, "--as-of", "昨天", code=2
    )


def test_the_report_is_one_flat_table_with_stable_keys(peopled: Jifen, tmp_path: Path) -> None:
    [row] = peopled.json("town", "report")
    assert list(row) == list(words.COLUMNS)
    assert (row["village"], row["taking_part"], row["register_light"]) == (VILLAGE, 1, "red")
    assert row["register_why"] == "细则没通过"
    file = tmp_path / "各村.xlsx"
    assert str(file) in peopled("town", "report", "--xlsx", file)
    book = load_workbook(file)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == list(words.COLUMNS)
    assert [cell.value for cell in sheet[2]][:2] == ["白鹤镇", VILLAGE]
    assert book.worksheets[1]["A2"].value == "town"
    book.close()
    assert "红 细则没通过" in peopled("town", "report")
    assert peopled.json("town", "report", "--town", "别的镇") == []
    assert "还没有村" in peopled("town", "report", "--town", "别的镇")
    assert "xlsx" in peopled.error("town", "report", "--xlsx", tmp_path / "a.csv", code=2)


def test_a_village_s_name_is_never_run_as_a_formula(jifen_on: Jifen, tmp_path: Path) -> None:
    jifen_on("init", "--town", "白鹤镇", "--village", "=1+1")
    file = tmp_path / "a.xlsx"
    jifen_on("town", "report", "--xlsx", file)
    book = load_workbook(file)
    cell = book.worksheets[0]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    book.close()


def test_a_household_leaves_is_admitted_and_has_another_head(peopled: Jifen) -> None:
    away = ("households", "leave", "3组15号", "--village", VILLAGE, "--reason", "搬到镇上")
    assert "3组15号从" in peopled(*away)
    assert "王五家" in peopled.error(*away)
    back = ("households", "admit", "3组15号", "--village", VILLAGE, "--meeting", "村民代表会议")
    assert "门牌" in peopled.error(*back, "--head", "钱一")
    told = peopled.json(*back, "--head", "王五")
    assert (told["kind"], told["household"], told["reason"]) == (
        "admitted",
        "3组15号",
        "村民代表会议",
    )
    assert "words" not in told
    head = ("households", "head", "3组15号", "--village", VILLAGE, "--to", "王小五")
    assert "3组15号的户主由王五换成王小五。" in peopled(*head)
    lines = peopled.json("households", "history", "--village", VILLAGE)
    assert [(one["number"], one["kind"], one["was"]) for one in lines] == [
        (1, "left", ""),
        (2, "admitted", ""),
        (3, "head", "王五"),
    ]
    assert "搬走" in peopled("households", "history", "3组15号", "--village", VILLAGE)
    assert "还没有变更" in peopled("households", "history", "1组6号", "--village", VILLAGE)


def test_two_households_become_one_for_good(peopled: Jifen, open_books: OpenBooks) -> None:
    told = ("households", "merge", "3组12号", "--village", VILLAGE, "--reason", "结婚")
    assert "并到3组15号" in peopled(*told, "--into", "3组15号")
    assert "并了户不能退回" in peopled.error(*told, "--into", "3组15号")
    back = ("households", "merge", "3组15号", "--into", "3组12号", "--village", VILLAGE)
    assert "并了户不能退回" in peopled.error(*back, "--reason", "错了")
    with open_books() as books:
        year = village_day(books.villages.get(1).created_at).year
        assert books.ledger.balance(1, HouseholdId(2), year=year).spendable == 50
    assert peopled.json("verify")["clean"]


def test_a_household_is_split_by_its_members(peopled: Jifen, open_books: OpenBooks) -> None:
    split = ("households", "split", "3组12号", "--village", VILLAGE, "--to", "3组12-1号")
    why = ("--head", "张小三", "--reason", "分家")
    failed = peopled.error(*split, *why, "--member", "李四", code=2)
    assert "没有“李四”这个人。这户有:张三(1)、张小三(2)。" in failed
    told = peopled.json(*split, *why, "--member", "张小三")
    assert (told["household"], told["other"]) == ("3组12号", "3组12-1号")
    codes = peopled.json("households", "codes", "--village", VILLAGE)
    assert "3组12-1号" in {one["household"] for one in codes}
    with open_books() as books:
        assert books.changes.people_of(1, HouseholdId(4)) == ((2, "张小三"),)


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("leave", "9组9号", "--reason", "x"), "没有“9组9号”这一户", 2),
        (("leave", "老张家", "--reason", "x"), "没有“老张家”这一户", 2),
        (("leave", "3组12号", "--reason", " "), "请写明原因", 2),
        (("leave", "3组12号", "--reason", "x", "--on", "9月"), "不是日期", 2),
        (("leave", "3组12号", "--reason", "x", "--on", "2999-01-01"), "不能晚过今天", 2),
        (("head", "3组12号", "--to", " "), "请写新户主的姓名", 2),
        (("merge", "3组12号", "--into", "3组12号", "--reason", "x"), "这是同一户", 2),
    ],
)
def test_a_change_that_cannot_be_is_told_in_one_line(
    peopled: Jifen, arguments: tuple[str, ...], said: str, code: int
) -> None:
    line = peopled.error("households", *arguments, "--village", VILLAGE, code=code)
    assert said in line


def test_an_import_keeps_the_heads_before_in_the_history(peopled: Jifen, tmp_path: Path) -> None:
    file = roster(tmp_path / "a.xlsx", home_row(3, "12", "张大山"), home_row(3, "15", "王五"))
    peopled("households", "import", file, "--village", VILLAGE)
    [line] = peopled.json("households", "history", "--village", VILLAGE)
    assert (line["kind"], line["household"], line["was"]) == ("head", "3组12号", "张三")


def test_a_role_is_taken_back_and_stays_as_history(peopled: Jifen) -> None:
    [held] = peopled.json("roles", "list", "--village", VILLAGE)
    assert (held["name"], held["role"], held["ended_at"]) == ("李会计", "committee", None)
    revoke = ("roles", "revoke", "--village", VILLAGE, "--role", "committee")
    assert "没有人叫“张三”又是审核委员" in peopled.error(
        *revoke, "--person", "张三", "--reason", "x", code=2
    )
    assert "请写原因" in peopled.error(*revoke, "--person", "李会计", "--reason", " ", code=2)
    assert "已收回李会计的审核委员。" in peopled(*revoke, "--person", "3", "--reason", "调动")
    [past] = peopled.json("roles", "list", "--village", VILLAGE)
    assert (past["reason"], past["ended_at"] is not None) == ("调动", True)
    assert "调动" in peopled("roles", "list", "--village", VILLAGE)


def test_of_two_people_with_one_name_the_number_is_asked_for(
    peopled: Jifen, open_books: OpenBooks
) -> None:
    with open_books() as books:
        at = books.villages.get(1).created_at
        other = books.people.add(1, name="李会计", household=None, at=at)
        books.people.grant(1, other, Role.COMMITTEE, at=at)
    revoke = ("roles", "revoke", "--village", VILLAGE, "--role", "committee")
    line = peopled.error(*revoke, "--person", "李会计", "--reason", "x", code=2)
    assert "请写编号:3、4" in line
