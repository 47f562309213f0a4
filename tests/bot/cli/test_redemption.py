"""Redemption by command: a round from Excel, what it holds, and its vouchers."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from bot.clock import system_clock
from domain.membership import HouseholdId
from domain.period import month_of, village_day
from domain.points import Points
from domain.redemption import RedemptionKey, payment
from domain.redemption_round import RoundKey
from storage.unit_of_work import OpenBooks
from tests.bot.cli.conftest import Jifen
from tests.bot.cli.roster_files import home_row, roster
from tests.bot.test_redemption_files import workbook
from tests.builders import a_posting
from tests.redemption import a_redemption
from tests.storage.filled import VILLAGE

HERE = ("--village", VILLAGE)


def days() -> dict[str, Any]:
    """Days around today that lie within one year, whatever the day of the test."""
    today = village_day(system_clock())
    last = min(today + timedelta(days=3), date(today.year, 12, 31))
    return {
        "兑换开始": today, "兑换截止": last, "领取开始": today, "领取截止": last,
    }  # fmt: skip


def a_file(tmp_path: Path, **settings: Any) -> Path:
    goods = (("洗衣液", "瓶", 20, 50, 2, 15), ("大米", "袋", 50.5, 5, None, 30.5))
    return workbook(tmp_path / "兑换.xlsx", *goods, settings=days() | settings)


def test_a_round_is_looked_at_kept_listed_and_shown(founded: Jifen, tmp_path: Path) -> None:
    file = a_file(tmp_path)
    said = founded("redemption", "import", file, *HERE, "--dry-run")
    assert "全部换完要902.5元" in said
    assert "没有登记" in said
    assert founded.json("redemption", "list", *HERE) == []
    told = founded.json("redemption", "import", file, *HERE)
    assert told == {
        "stored": True,
        "round": 1,
        "state": "open",
        "liability": {"points": 0, "at_most": 0, "stock": 902.5},
        "problems": [],
    }
    [listed] = founded.json("redemption", "list", *HERE)
    assert (listed["round"], listed["state"], listed["budget"], listed["spent"]) == (
        1, "open", 3000, 0,
    )  # fmt: skip
    shown = founded.json("redemption", "show", *HERE, "--round", "1")
    assert (shown["place"], shown["photo"]) == ("村委会", False)
    assert shown["liability"] == {"points": 0, "at_most": 0, "stock": 902.5}
    assert shown["goods"][1] == {
        "name": "大米", "unit": "袋", "price": 50.5, "stock": 5, "taken": 0, "left": 5,
        "limit": None, "cost": 30.5,
    }  # fmt: skip
    assert "秋季兑换" in founded("redemption", "list", *HERE)
    assert "大米" in founded("redemption", "show", *HERE, "--round", "1")
    assert "还没有人换" in founded("redemption", "vouchers", *HERE, "--round", "1")


def test_a_round_with_faults_is_not_kept_and_every_cell_is_named(
    founded: Jifen, tmp_path: Path
) -> None:
    file = workbook(
        tmp_path / "r.xlsx", ("低保", "份", 20, 5, 1, 0), settings=days() | {"预算(元)": None}
    )
    told = founded.json("redemption", "import", file, *HERE, code=1)
    assert not told["stored"]
    assert {(p["cell"], p["fault"]) for p in told["problems"]} == {
        ("", "budget_missing"),
        ("物品!A2", "forbidden"),
    }
    founded("redemption", "import", file, *HERE, code=1)
    assert "没有预算不能办" in founded.said.err
    assert founded.json("redemption", "list", *HERE) == []


def test_a_second_round_on_the_same_days_is_refused(founded: Jifen, tmp_path: Path) -> None:
    file = a_file(tmp_path)
    founded("redemption", "import", file, *HERE)
    [problem] = founded.json("redemption", "import", file, *HERE, code=1)["problems"]
    assert problem["fault"] == "overlap"


def test_the_template_can_be_imported_once_filled(founded: Jifen, tmp_path: Path) -> None:
    target = tmp_path / "空表.xlsx"
    assert str(target) in founded("redemption", "template", target)
    assert target.exists()
    assert "已经有了" in founded.error("redemption", "template", target)


def test_vouchers_are_listed_and_written(
    founded: Jifen, open_books: OpenBooks, tmp_path: Path
) -> None:
    homes = roster(tmp_path / "a.xlsx", home_row(3, "12", "=张三"), home_row(1, "6", "李国平"))
    founded("households", "import", homes, *HERE)
    founded("redemption", "import", a_file(tmp_path), *HERE)
    now = system_clock()
    today = village_day(now)
    with open_books() as books:
        [home, *_] = [h.id for h in books.households.all(1) if h.house_no in {"12", "6"}]
        person = books.people.add(1, name="张三", household=home, at=now)
        award = a_posting(
            "test:1", household=HouseholdId(home), points=Points(900),
            effective_month=month_of(today), actors=(person,),
        )  # fmt: skip
        books.ledger.post(1, award, at=now)
        year = today.year
        one = a_redemption(
            household=home, reserved_by=person, reserved_at=now, key=RedemptionKey(year, 1),
            round=RoundKey(year, 1),
        )  # fmt: skip
        books.ledger.post(1, payment(one, name="洗衣液2瓶", today=today), at=now)
        books.rounds.take(1, RoundKey(year, 1), 1, 2)
        books.redemptions.add(1, one, code_digest="d1")
    [told] = founded.json("redemption", "vouchers", *HERE, "--round", "1")
    assert (told["number"], told["good"], told["quantity"], told["points"], told["state"]) == (
        1, "洗衣液", 2, 40, "reserved",
    )  # fmt: skip
    assert told["settled_at"] is told["photo"] is None
    target = tmp_path / "凭证.xlsx"
    assert "1笔凭证" in founded("redemption", "vouchers", *HERE, "--round", "1", "--to", target)
    book = load_workbook(target)
    assert book["兑换凭证"].cell(2, 4).value == "洗衣液"
    book.close()
    assert "#1" in founded("redemption", "vouchers", *HERE, "--round", "1")
    assert founded.json("verify") == {"clean": True, "faults": []}
    [listed] = founded.json("redemption", "list", *HERE)
    assert listed["spent"] == 30


def test_an_unknown_round_is_named(founded: Jifen) -> None:
    assert "没有第7轮兑换" in founded.error("redemption", "show", *HERE, "--round", "7", code=2)
    assert "没有兑换" in founded("redemption", "list", *HERE, "--year", "2020")
