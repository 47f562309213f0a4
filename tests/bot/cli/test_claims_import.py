"""Paper claims of a month come in by one command: looked at first, recorded once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from bot.commands.paper_records import PAPER
from domain.claim import ClaimOrigin, ClaimState
from domain.membership import PersonId, Role
from domain.period import village_day
from storage.unit_of_work import books_on
from tests.bot.cli.conftest import Jifen
from tests.bot.papers.claim_files import claim_file, rows_of
from tests.cast import settle_in

VILLAGE = "幸福村"
GOOD = [
    ["2026-09-03", 3, "12", "张三", "垃圾分类", None, "村口", "纸条"],
    ["9月4日", "三组", "15号", "王桂英家", "A101", "", "", "@好事"],
    ["9月5日", None, None, "李国平", "志愿服务", "2小时", "村委会", ""],
]
BAD = [
    ["", 3, "12", "张三", "垃圾分类"],
    ["9月3日", 3, "12", "李四", "垃圾分类"],
    ["9月3日", 9, "9", "", "垃圾分类"],
    ["9月3日", None, None, "周小妹", "垃圾分类"],
    ["9月3日", None, None, "张", "垃圾分类"],
    ["9月3日", 3, "12", "张三", "没有这种事情的"],
    ["9月3日", 3, "12", "张三", "乱堆物"],
    ["9月3日", 3, "12", "张三", "志愿服务", "很多"],
    ["9月3日", 3, "12", "张三", "火星探险", None, "", "=1+1"],
    ["9月3日", 3, "12", "张三", "qqqq"],
]


@pytest.fixture
def village(jifen_on: Jifen, engine: Engine) -> Jifen:
    """The command beside a prepared village; the clock is the real one, so is the day."""
    with books_on(engine)() as books:
        settle_in(books)
    engine.dispose()
    return jifen_on


def _import(village: Jifen, path: Path, *more: str | Path) -> dict[str, object]:
    told = village.json("claims", "import", path, "--village", VILLAGE, "--by", "李会计", *more)
    assert isinstance(told, dict)
    return told


def _claims(engine: Engine) -> list[tuple[int, str, str, str]]:
    with books_on(engine)() as books:
        found = books.claims.all(1, limit=100)
        assert books.audit.verify(1) == ()
        assert books.inbox.count(PAPER) == 0
    assert all(c.origin is ClaimOrigin.RECORD and c.filed_by == PersonId(3) for c in found)
    assert all(c.state is ClaimState.SUBMITTED for c in found)
    return [(c.household, c.act.item, c.act.place, c.act.reason) for c in found]


def test_what_a_clerk_should_look_at_again_is_said_in_the_check_and_after(
    village: Jifen, tmp_path: Path
) -> None:
    today = village_day(datetime.now(UTC))
    long_ago = (today - timedelta(days=200)).isoformat()
    lately = (today - timedelta(days=2)).isoformat()
    path = claim_file(
        tmp_path / "十月.xlsx",
        [lately, 3, "12", "张三", "垃圾分类", None, "村口", ""],
        [lately, 3, "15", "王桂英", "垃圾分类", None, "", "身份证310115199001011234"],
        [lately, "三组", "12号", "张三", "A101", None, "村口", "再写一遍"],
        [long_ago, 1, "6", "李国平", "志愿服务", "2", "", ""],
    )
    for more in (("--dry-run",), ()):
        rows = _import(village, path, *more)["rows"]
        assert isinstance(rows, list)
        said = ["".join(row["reasons"]) for row in rows]
        assert [row["action"] for row in rows] == ["recorded"] * 4
        assert said[0] == ""
        assert said[1] == "身份证号、卡号这样的内容不保存,已去掉。"
        assert said[2] == "和第2行是同一户、同一天、同一项,请核对是不是记了两次。"
        assert said[3].startswith("这件事已经过了30天")
    other = claim_file(
        tmp_path / "另一张.xlsx", [lately, 3, "12", "", "垃圾分类", None, "河边", "第二张表"]
    )
    [row] = _import(village, other, "--dry-run")["rows"]  # type: ignore[misc]
    assert "这一户这一天已经有一条一样的 #1" in "".join(row["reasons"])


def test_good_lines_are_recorded_once_in_the_name_of_the_member(
    village: Jifen, engine: Engine, tmp_path: Path
) -> None:
    path = claim_file(tmp_path / "九月.xlsx", *GOOD)
    looked = _import(village, path, "--dry-run")
    assert (looked["recorded"], looked["known"], looked["rejected"]) == (3, 0, 0)
    assert _claims(engine) == []
    told = _import(village, path)
    assert (told["recorded"], told["known"], told["rejected"]) == (3, 0, 0)
    claims = _claims(engine)
    assert [household for household, *_ in claims] == [1, 2, 3]
    assert claims[0][1:] == ("A101", "村口", "纸条")
    assert claims[1][1:] == ("A101", "", "@好事")
    again = _import(village, path)
    assert (again["recorded"], again["known"], again["rejected"]) == (0, 3, 0)
    assert "以前导入时记过,是#1" in again["rows"][0]["reasons"][0]  # type: ignore[index]
    assert _claims(engine) == claims
    assert not (tmp_path / "九月-问题.xlsx").exists()


def test_a_mended_file_records_only_what_is_new(
    village: Jifen, engine: Engine, tmp_path: Path
) -> None:
    _import(village, claim_file(tmp_path / "a.xlsx", *GOOD[:1]))
    told = _import(village, claim_file(tmp_path / "b.xlsx", GOOD[2], GOOD[0], GOOD[1]))
    assert (told["recorded"], told["known"]) == (2, 1)
    assert len(_claims(engine)) == 3


def test_two_equal_lines_of_one_file_are_two_acts(
    village: Jifen, engine: Engine, tmp_path: Path
) -> None:
    service = ["9月5日", 1, "6", "李国平", "志愿服务", "2小时", "村委会", ""]
    path = claim_file(tmp_path / "a.xlsx", service, service)
    assert _import(village, path)["recorded"] == 2
    assert _import(village, path)["known"] == 2
    assert len(_claims(engine)) == 2


def test_bad_lines_come_back_with_their_reasons_and_can_be_mended(
    village: Jifen, engine: Engine, tmp_path: Path
) -> None:
    path = claim_file(tmp_path / "九月.xlsx", GOOD[0], *BAD, above="幸福村九月")
    told = _import(village, path)
    assert (told["recorded"], told["rejected"]) == (1, len(BAD))
    reasons = ["".join(row["reasons"]) for row in told["rows"]][1:]  # type: ignore[index,attr-defined]
    wanted = ["日期没有填", "户主是“张三”", "9组9号", "好几户", "“张”", "可能是",
              "扣分", "很多", "公式", "没有“qqqq”"]  # fmt: skip
    assert all(want in reason for want, reason in zip(wanted, reasons, strict=True)), reasons
    problems = tmp_path / "九月-问题.xlsx"
    heads, *rows = rows_of(problems)
    assert heads[:3] == ["原表第几行", "原因", "日期"]
    assert [row[0] for row in rows] == list(range(4, 4 + len(BAD)))
    mended = rows[0][:]
    mended[2] = "9月6日"
    told = _import(village, claim_file(tmp_path / "改好.xlsx", mended, headings=heads))
    assert (told["recorded"], told["rejected"]) == (1, 0)
    assert len(_claims(engine)) == 2


def test_an_operator_reads_the_reasons_and_the_sums(village: Jifen, tmp_path: Path) -> None:
    path = claim_file(tmp_path / "a.xlsx", GOOD[0], *BAD)
    command = ("claims", "import", path, "--village", VILLAGE, "--by", "李会计")
    said = village(*command, "--dry-run", code=1)
    assert "第3行:日期没有填。" in said
    assert f"只是看看,没有记。能代录1条;以前记过0条;有问题{len(BAD)}行。" in said
    assert "a-问题.xlsx" in village(*command)


def test_a_record_cannot_be_made_in_the_name_of_anybody(
    village: Jifen, engine: Engine, tmp_path: Path
) -> None:
    path = claim_file(tmp_path / "a.xlsx", *GOOD)
    command = ("claims", "import", path, "--village", VILLAGE, "--by")
    assert "李会计、陈主任" in village.error(*command, "张三", code=2)
    with books_on(engine)() as books:
        twin = books.people.add(
            1, name="李会计", household=None, at=books.villages.get(1).created_at
        )
        books.people.grant(1, twin, Role.COMMITTEE, at=books.villages.get(1).created_at)
    engine.dispose()
    assert "不止一位" in village.error(*command, "李会计", code=2)
    village("init", "--town", "镇", "--village", "空村")
    assert "还没有审核委员" in village.error(*command[:4], "空村", "--by", "李会计")


def test_a_file_that_is_no_sheet_of_claims_is_refused_in_a_line(
    village: Jifen, tmp_path: Path
) -> None:
    told = ("--village", VILLAGE, "--by", "李会计")
    wrong = claim_file(tmp_path / "a.xlsx", ["x"], headings=["甲"])
    assert "日期、事项、门牌" in village.error("claims", "import", wrong, *told)
    (tmp_path / "b.xlsx").write_bytes(b"PK nothing")
    assert "打不开" in village.error("claims", "import", tmp_path / "b.xlsx", *told)
    assert "找不到" in village.error("claims", "import", tmp_path / "c.xlsx", *told, code=2)


def test_the_list_of_claims_needs_its_village(jifen: Jifen) -> None:
    assert "--village" in jifen.error("claims", code=2)
    assert "JSON:" in jifen("claims", "import", "--help")


def test_a_check_run_that_finds_something_wrong_fails_and_writes_only_where_it_is_told(
    village: Jifen, engine: Engine, tmp_path: Path
) -> None:
    path = claim_file(tmp_path / "九月.xlsx", GOOD[0], *BAD[:3])
    said = ("claims", "import", path, "--village", VILLAGE, "--by", "李会计", "--dry-run")
    assert village.json(*said, code=1)["rejected"] == 3
    assert not (tmp_path / "九月-问题.xlsx").exists()
    wanted = tmp_path / "要改的.xlsx"
    assert "有问题3行" in village(*said, "--problems", wanted, code=1)
    assert len(rows_of(wanted)) == 1 + 3
    assert _claims(engine) == []


def test_the_empty_sheet_is_filled_in_and_comes_back(
    village: Jifen, engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "代录.xlsx"
    assert "jifen claims import" in village("claims", "template", path)
    assert "--force" in village.error("claims", "template", path)
    assert ".xlsx" in village.error("claims", "template", tmp_path / "a.csv", code=2)
    assert _import(village, path)["rows"] == []
    book = load_workbook(path)
    sheet = book["申报"]
    assert (sheet.freeze_panes, book["怎么填"]["A1"].value) == ("A2", "日期")
    for column, value in enumerate(GOOD[0], start=1):
        sheet.cell(2, column).value = value
    book.save(path)
    assert _import(village, path)["recorded"] == 1
    assert _claims(engine) == [(1, "A101", "村口", "纸条")]
