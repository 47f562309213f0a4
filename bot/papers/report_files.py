"""The files a village may take away (报表): which there are, and how each is written."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from bot.papers import rulebook_toml
from bot.papers.book_tables import claims_sheet, ledger_sheet
from bot.papers.excel_out import write_sheets
from bot.papers.rulebook_excel import write_rulebook
from storage.unit_of_work import Books
from storage.villages import Village

Advance = Callable[[int, int], None]


class ReportKind(StrEnum):
    """A file of the report; the value stands in its address."""

    LEDGER = "ledger"
    CLAIMS = "claims"
    RULEBOOK = "rulebook"


NAMES: Final = {
    ReportKind.LEDGER: "台账",
    ReportKind.CLAIMS: "申报",
    ReportKind.RULEBOOK: "细则",
}
ABOUT: Final = {
    ReportKind.LEDGER: "每一笔加分、扣分、调整",
    ReportKind.CLAIMS: "每一条申报和审核结果",
    ReportKind.RULEBOOK: "年底有效的积分细则",
}


def file_name(kind: ReportKind, village: Village, *, year: int) -> str:
    """Return what a file is called: 幸福村2026年台账.xlsx."""
    return f"{village.name}{year}年{NAMES[kind]}.xlsx"


def write_report(
    books: Books,
    kind: ReportKind,
    target: Path,
    *,
    village: int,
    year: int,
    on_row: Advance = lambda _done, _of: None,
) -> int:
    """Write one file of a village's year and return how many rows it has.

    The rulebook is the version in force at the end of the year; without one
    the file is not written and nothing is counted.
    """
    if kind is ReportKind.RULEBOOK:
        return _write_rulebook(books, target, village=village, year=year)
    is_ledger = kind is ReportKind.LEDGER
    of = (books.ledger if is_ledger else books.claims).count(village, year=year)
    sheet = (ledger_sheet if is_ledger else claims_sheet)(books, village, year=year)
    return write_sheets(target, [sheet], on_row=lambda done: on_row(done, of))


def _write_rulebook(books: Books, target: Path, *, village: int, year: int) -> int:
    found = books.rulebooks.in_force(village, date(year, 12, 31))
    stored = books.rulebooks.get(village, found.version) if found else None
    if stored is None:
        return 0
    rulebook, problems = rulebook_toml.loads(stored.body)
    assert not problems, problems
    write_rulebook(rulebook, target)
    return len(rulebook.items)
