"""The files a village may take away (报表), each written out of the open books."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.papers import rulebook_toml
from bot.papers.book_tables import claims_sheet, ledger_sheet
from bot.papers.excel_out import write_sheets
from bot.papers.report_kinds import ReportKind
from bot.papers.rulebook_excel import write_rulebook
from storage.unit_of_work import Books

Advance = Callable[[int, int], None]


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
