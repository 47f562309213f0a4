"""Ledger, claims and rulebook as Excel: what the books say, row by row, on both databases."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.papers.book_tables import KINDS, ORIGINS, STATES
from bot.papers.report_files import write_report
from bot.papers.report_kinds import ABOUT, NAMES, PrintKind, ReportKind, file_name
from bot.papers.rulebook_excel import read_rulebook
from domain.claim import ClaimKey, ClaimOrigin, ClaimState
from domain.ledger import EntryKind
from domain.points import Points
from storage.claims import Origin
from storage.people import Contact
from storage.unit_of_work import OpenBooks
from tests.builders import ACCOUNT, NOON, TODAY, a_claim, a_posting, an_act
from tests.cast import settle_in


def _rows(path: Path) -> list[dict[str, Any]]:
    [sheet] = load_workbook(path).worksheets
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def _filled(open_books: OpenBooks) -> int:
    with open_books() as books:
        cast = settle_in(books)
        act = an_act(place="=村口", reason="+分类")
        for year in (2025, 2026):
            for number in (1, 2):
                claim = a_claim(number, act=act, filed_by=cast.zhang)
                claim = type(claim)(
                    **{
                        **{f: getattr(claim, f) for f in claim.__slots__},
                        "key": ClaimKey(year, number),
                        "rulebook_version": "draft-2026",
                        "state": ClaimState.APPROVED,
                        "points": Points(5),
                    }
                )
                books.claims.add(
                    cast.village, claim, Origin(Contact(ACCOUNT, "zhang"), None, f"m{year}{number}")
                )
        books.reviews.add_approval(
            cast.village, ClaimKey(2026, 1), person=cast.li, points=Points(5), at=NOON
        )
        posting = a_posting(
            points=Points(5), item="A101", actors=(cast.zhang, cast.li, cast.li), reason="=1+1"
        )
        books.ledger.post(cast.village, posting, at=NOON)
        return cast.village


def test_the_ledger_of_a_year_with_numbers_days_and_text(
    open_books: OpenBooks, tmp_path: Path
) -> None:
    village = _filled(open_books)
    told: list[tuple[int, int]] = []
    with open_books() as books:
        rows = write_report(
            books, ReportKind.LEDGER, tmp_path / "l.xlsx", village=village, year=2026,
            on_row=lambda done, of: told.append((done, of)),
        )  # fmt: skip
        head = books.ledger.head(village)[1]
        assert (
            write_report(books, ReportKind.LEDGER, tmp_path / "n.xlsx", village=village, year=2024)
            == 0
        )
    assert (rows, told) == (1, [(1, 1)])
    [row] = _rows(tmp_path / "l.xlsx")
    assert row["记账时间"] == datetime(2026, 9, 16, 12)  # noqa: DTZ001 - Excel knows no zone
    assert (row["序号"], row["组"], row["门牌"], row["户主"]) == (1, 3, "12", "张三")
    assert (row["类别"], row["条目编号"], row["条目"]) == ("加分", "A101", "生活垃圾分类投放")
    assert (row["分"], row["计入月份"], row["经手人"]) == (0.5, "2026-09", "张三、李会计")
    assert (row["原因"], row["校验码"]) == ("=1+1", head)
    assert _rows(tmp_path / "n.xlsx") == []


def test_the_claims_of_a_year(open_books: OpenBooks, tmp_path: Path) -> None:
    village = _filled(open_books)
    with open_books() as books:
        assert (
            write_report(books, ReportKind.CLAIMS, tmp_path / "c.xlsx", village=village, year=2026)
            == 2
        )
    first, second = _rows(tmp_path / "c.xlsx")
    assert (first["年"], first["号"], first["状态"], first["得分"]) == (2026, 1, "通过", 0.5)
    assert first["日期"].date() == TODAY
    assert (first["地点"], first["说明"], first["来源"]) == ("=村口", "+分类", "自报")
    assert (first["申报人"], first["审核人"], second["审核人"]) == ("张三", "李会计", None)
    assert first["条目"] == "生活垃圾分类投放"


def test_claims_are_walked_page_by_page(
    open_books: OpenBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = _filled(open_books)
    monkeypatch.setattr("storage.claims.PAGE", 1)
    with open_books() as books:
        walked = [claim.key for claim in books.claims.walk(village, year=2026)]
        assert walked == [ClaimKey(2026, 1), ClaimKey(2026, 2)]
        assert books.claims.count(village, year=2026) == 2
        assert books.ledger.count(village, year=2026) == 1


def test_the_rulebook_can_be_read_back(open_books: OpenBooks, tmp_path: Path) -> None:
    with open_books() as books:
        village = settle_in(books).village
        write_report(books, ReportKind.RULEBOOK, tmp_path / "r.xlsx", village=village, year=2026)
        assert (
            write_report(
                books, ReportKind.RULEBOOK, tmp_path / "n.xlsx", village=village, year=2020
            )
            == 0
        )
    rulebook, problems = read_rulebook(tmp_path / "r.xlsx")
    assert (len(rulebook.items), problems) == (96, ())
    assert not (tmp_path / "n.xlsx").exists()


def test_files_are_called_by_village_and_year(open_books: OpenBooks) -> None:
    with open_books() as books:
        village = books.villages.get(settle_in(books).village)
    assert file_name(ReportKind.LEDGER, village, year=2026) == "幸福村2026年台账.xlsx"
    assert set(NAMES) == set(ABOUT) == {*ReportKind, *PrintKind}


def test_every_kind_state_and_origin_has_its_word() -> None:
    assert set(KINDS) == set(EntryKind)
    assert set(STATES) == set(ClaimState)
    assert set(ORIGINS) == set(ClaimOrigin)
