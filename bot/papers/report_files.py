"""The files a village may take away (报表), each written out of the open books."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from bot.papers import rulebook_toml
from bot.papers.archive_tables import (
    participation_sheets,
    publication_sheets,
    redemption_sheets,
)
from bot.papers.book_tables import claims_sheet, ledger_sheet
from bot.papers.excel_out import SheetOut, write_sheets
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
    today: date | None = None,
    on_row: Advance = lambda _done, _of: None,
) -> int:
    """Write one file of a village's year and return how many rows it has.

    The rulebook is the version in force at the end of the year; without one
    the file is not written and nothing is counted. Participation is that of
    ``today`` while the year goes on, then that of its last day.
    """
    if kind is ReportKind.RULEBOOK:
        return _write_rulebook(books, target, village=village, year=year)
    last = date(year, 12, 31)
    sheets = _sheets(books, kind, village, year, min(today or last, last))
    of = _count(books, kind, village, year)
    return write_sheets(target, sheets, on_row=lambda done: on_row(done, max(of, done)))


def _sheets(
    books: Books, kind: ReportKind, village: int, year: int, as_of: date
) -> Iterable[SheetOut]:
    match kind:
        case ReportKind.LEDGER:
            return [ledger_sheet(books, village, year=year)]
        case ReportKind.CLAIMS:
            return [claims_sheet(books, village, year=year)]
        case ReportKind.PUBLICATION:
            return publication_sheets(books, village, year=year)
        case ReportKind.PARTICIPATION:
            return participation_sheets(books, village, as_of=as_of)
        case ReportKind.REDEMPTION:
            return redemption_sheets(books, village, year=year)
        case ReportKind.RULEBOOK:
            raise AssertionError(kind)


def _count(books: Books, kind: ReportKind, village: int, year: int) -> int:
    """Return how many rows are known to come, 0 where nobody waits for them."""
    if kind is ReportKind.LEDGER:
        return books.ledger.count(village, year=year)
    return books.claims.count(village, year=year) if kind is ReportKind.CLAIMS else 0


def _write_rulebook(books: Books, target: Path, *, village: int, year: int) -> int:
    found = books.rulebooks.in_force(village, date(year, 12, 31))
    stored = books.rulebooks.get(village, found.version) if found else None
    if stored is None:
        return 0
    rulebook, problems = rulebook_toml.loads(stored.body)
    assert not problems, problems
    write_rulebook(rulebook, target)
    return len(rulebook.items)
