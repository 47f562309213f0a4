"""What the office prints for itself (打印): the sheet of each kind, out of the open books."""

from datetime import date
from typing import Final

from bot.boards import Boards
from bot.papers.honour_books import certificates_sheet
from bot.papers.posters import Sheet
from bot.papers.publication_books import publication_sheet
from bot.papers.report_kinds import PrintKind
from bot.papers.round_books import catalogue_sheet, voucher_sheet
from bot.papers.sheets import Paper
from domain.redemption import RedemptionState
from schedules.redemption import shown_round
from storage.unit_of_work import Books
from storage.villages import Village

PAPERS: Final[dict[PrintKind, Paper]] = {PrintKind.BOARD_A3: "a3"}
"""A4 otherwise."""
HANDED_OVER: Final = RedemptionState.HANDED_OVER


def sheet_of(
    books: Books, kind: PrintKind, village: Village, *, year: int, today: date, boards: Boards
) -> Sheet | None:
    """Return what is printed of a village's year; None when there is nothing of this kind."""
    url = boards.address(village.id)
    match kind:
        case PrintKind.BOARD_A3 | PrintKind.BOARD_A4:
            shown = books.publications.latest_shown(village.id, year=year)
            return publication_sheet(books, village, shown, url=url) if shown else None
        case PrintKind.CERTIFICATES:
            certificates = certificates_sheet(books, village, year)
            return certificates if certificates.certificates else None
        case PrintKind.CATALOGUE:
            round_ = shown_round(books, village.id, year=year)
            return catalogue_sheet(village, round_, url=url) if round_ else None
        case PrintKind.VOUCHERS:
            round_ = shown_round(books, village.id, year=year)
            sheet = voucher_sheet(books, village, round_, today=today) if round_ else None
            return sheet if sheet and sheet.vouchers else None


def offered(books: Books, village: int, *, year: int) -> tuple[PrintKind, ...]:
    """Return which kinds there is something of, without reading all of it."""
    found: list[PrintKind] = []
    if any(books.publications.released(village, year=year)):
        found += [PrintKind.BOARD_A3, PrintKind.BOARD_A4]
    if books.years.honours(village, year=year, limit=1):
        found.append(PrintKind.CERTIFICATES)
    round_ = shown_round(books, village, year=year)
    if round_ is not None:
        found.append(PrintKind.CATALOGUE)
        if books.redemptions.of_round(village, round_.key, state=HANDED_OVER, limit=1):
            found.append(PrintKind.VOUCHERS)
    return tuple(found)
