"""Publications, participation and redemption as Excel: what was shown, counted and handed over."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from bot.papers.archive_tables import PUBLICATION_STATES, ROUND_STATES, participation_sheets
from bot.papers.report_files import write_report
from bot.papers.report_kinds import ReportKind
from domain.publication import Publication, PublicationState
from domain.redemption_round import RoundState
from storage.unit_of_work import OpenBooks
from tests.bot.papers.archive import FORMULA, archive
from tests.bot.papers.printed import RARE
from tests.builders import TODAY
from tests.cast import WANG

FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", '=HYPERLINK("http://x","y")')


@pytest.fixture
def publication(open_books: OpenBooks) -> Publication:
    with open_books() as books:
        return archive(books)


def _written(open_books: OpenBooks, kind: ReportKind, path: Path, *, year: int = 2026) -> Workbook:
    with open_books() as books:
        write_report(books, kind, path, village=1, year=year, today=TODAY)
    return load_workbook(path)


def _rows(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    heads, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_a_publication_is_the_snapshot_line_by_line(
    open_books: OpenBooks, publication: Publication, tmp_path: Path
) -> None:
    book = _written(open_books, ReportKind.PUBLICATION, tmp_path / "p.xlsx")
    [edition] = _rows(book, "2026年公示")
    snapshot = publication.snapshot
    assert edition["季度"] == "2026-Q3"
    assert (edition["状态"], edition["可参加户"]) == ("正在公示", snapshot.eligible)
    assert edition["公示日期"] == datetime(2026, 10, 12)  # noqa: DTZ001 - Excel knows no zone
    assert edition["异议截止"] == datetime(2026, 10, 19)  # noqa: DTZ001 - as above
    assert (edition["台账校验码"], edition["公示校验码"]) == (
        snapshot.chain_head,
        publication.digest,
    )
    lines = _rows(book, "第三季度")
    told = [(r["名次"], r["组"], r["户主"], r["本季分"], r["全年分"]) for r in lines]
    assert told == [
        (o.shown_place, o.group_no, o.name, o.quarter_points / 10, o.year_points / 10)
        for o in snapshot.lines
    ]
    assert "张三" not in {row["户主"] for row in lines}
    assert all(sheet.freeze_panes == "A2" for sheet in book.worksheets)
    assert _rows(_written(open_books, ReportKind.PUBLICATION, tmp_path / "n.xlsx", year=2025),
                 "2025年公示") == []  # fmt: skip


def test_participation_counts_and_names_for_visits(
    open_books: OpenBooks, publication: Publication, tmp_path: Path
) -> None:
    assert publication.snapshot.participating == 2
    book = _written(open_books, ReportKind.PARTICIPATION, tmp_path / "p.xlsx")
    every, *_ = _rows(book, "2026年参与率")
    assert (every["范围"], every["可参加户"], every["已绑定户"], every["已参加户"]) == (
        "全村",
        7,
        5,
        2,
    )
    assert (every["参与率(%)"], every["目标(%)"], every["达到目标"], every["还差户"]) == (
        28.5,
        80,
        None,
        4,
    )
    homes = {(r["组"], r["门牌"]): r for r in _rows(book, "住户")}
    assert homes[3, "15"]["户主"] == RARE
    assert (homes[3, "12"]["已参加"], homes[3, "12"]["今年得分"]) == ("是", 170)
    assert (homes[5, "1"]["已参加"], homes[5, "1"]["今年得分"]) == (None, 0)


def test_redemption_is_archived_with_every_order(
    open_books: OpenBooks, publication: Publication, tmp_path: Path
) -> None:
    assert publication.edition == 1
    book = _written(open_books, ReportKind.REDEMPTION, tmp_path / "r.xlsx")
    [told] = _rows(book, "2026年兑换")
    assert (told["第几轮"], told["状态"], told["预算(元)"], told["已用(元)"]) == (
        1,
        "截止了,等领",
        3000,
        45,
    )
    assert [(r["物品"], r["分值"], r["已订"], r["每户最多"]) for r in _rows(book, "目录")] == [
        ("洗衣液", 20, 2, 2),
        (FORMULA, 2, 1, None),
    ]
    handed, waiting = _rows(book, "凭证")
    assert (handed["住户"], handed["户主"], handed["数量"], handed["分值"]) == (
        "3组12号",
        "张三",
        2,
        40,
    )
    assert (handed["状态"], handed["经手人"]) == ("已领", "李会计")
    assert handed["处理时间"] == datetime(2026, 9, 16, 12)  # noqa: DTZ001 - as above
    assert (waiting["物品"], waiting["状态"], waiting["处理时间"]) == (FORMULA, "还没领", None)
    for row in book["凭证"].iter_rows(min_row=2):
        for cell in row:
            assert isinstance(cell, Cell)
            assert cell.data_type != "f"


@pytest.mark.parametrize("head", FORMULAS)
def test_no_name_is_run_as_a_formula(open_books: OpenBooks, tmp_path: Path, head: str) -> None:
    with open_books() as books:
        archive(books)
        books.changes.rename_head(1, WANG, head)
    book = _written(open_books, ReportKind.PARTICIPATION, tmp_path / "p.xlsx")
    cells = [row[2] for row in book["住户"].iter_rows(min_row=2) if row[2].value == head]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]


def test_a_year_without_anything_is_an_empty_table(open_books: OpenBooks, tmp_path: Path) -> None:
    with open_books() as books:
        archive(books)
        for kind in (ReportKind.PUBLICATION, ReportKind.REDEMPTION):
            path = tmp_path / f"{kind}.xlsx"
            assert (
                write_report(books, kind, path, village=1, year=2020, today=date(2026, 1, 1)) == 0
            )


def test_every_state_has_its_word() -> None:
    assert set(PUBLICATION_STATES) == set(PublicationState)
    assert set(ROUND_STATES) == set(RoundState)


def test_where_nobody_is_eligible_no_goal_is_reached(open_books: OpenBooks) -> None:
    with open_books() as books:
        village = books.villages.add(town="镇", name="空村", at=datetime(2026, 1, 1, tzinfo=UTC)).id
        shares, _ = participation_sheets(books, village, as_of=date(2026, 9, 16))
        assert {row[6] for row in shares.rows} == {""}
