"""Printing for the operator out of the books (打印公示、奖状、兑换目录、凭证)."""

from datetime import date

from bot.cli.office import CommandFailed, WrongUse, office, village_named
from bot.cli.printing import Printed
from bot.cli.roster_acts import at as household_at
from bot.papers.honour_books import certificates_sheet
from bot.papers.posters import Sheet, letters_missing, print_notice, print_sheet
from bot.papers.press import Form
from bot.papers.publication_books import publication_sheet
from bot.papers.round_books import catalogue_sheet, voucher_sheet
from bot.papers.sheets import Paper, PublicationSheet
from bot.replies import cli_redemption
from bot.replies import paper_cli as words
from domain.period import Quarter
from domain.publication import SEEN, Publication
from domain.redemption_round import Round, RoundKey
from schedules.redemption import shown_round
from storage.unit_of_work import Books
from storage.villages import Village

Period = tuple[int, int]
"""Year and quarter."""


def print_publication_of(
    village: str, *, period: Period | None, paper: Paper, form: Form
) -> Printed:
    """Print a quarter's publication for the board, by default the one that was shown last.

    Raises:
        CommandFailed: No such village, or nothing was shown.
        PressFailed: The press broke.

    """
    sheet = _publication(village, period)
    return _printed(sheet, len(sheet.lines), what="households", paper=paper, form=form)


def print_notice_of(village: str, *, period: Period | None, form: Form) -> Printed:
    """Print a publication's picture for the chat.

    Raises:
        CommandFailed: As above.
        PressFailed: The press broke.

    """
    sheet = _publication(village, period)
    return Printed(print_notice(sheet, form=form), len(sheet.lines), letters_missing(sheet))


def _publication(village: str, period: Period | None) -> PublicationSheet:
    with office() as at, at.reading() as books:
        found = village_named(books, village)
        shown = _shown(books, found, period)
        url = at.boards.address(found.id)
        return publication_sheet(books, found, shown, url=url)


def _shown(books: Books, village: Village, period: Period | None) -> Publication:
    if period is None:
        shown = books.publications.current(village.id)
        if shown is None:
            raise CommandFailed(words.NOTHING_SHOWN.format(village=village.name))
        return shown
    shown = books.publications.newest(village.id, Quarter(*period))
    if shown is None or shown.state not in SEEN:
        quarter = str(Quarter(*period))
        raise CommandFailed(words.QUARTER_NOT_SHOWN.format(village=village.name, quarter=quarter))
    return shown


def print_certificates_of(
    village: str, *, year: int | None, household: str | None, form: Form
) -> Printed:
    """Print a certificate for each honour of a year, or of one household.

    Raises:
        CommandFailed: No such village or household, or no honour.
        PressFailed: The press broke.

    """
    with office() as at, at.reading() as books:
        found, chosen = village_named(books, village), year or at.today.year
        home = None if household is None else household_at(books, found, household).id
        sheet = certificates_sheet(books, found, chosen, household=home)
    if not sheet.certificates:
        raise CommandFailed(words.NO_HONOURS.format(village=found.name, year=chosen))
    return _printed(sheet, len(sheet.certificates), what="certificates", form=form)


def print_catalogue_of(
    village: str, *, year: int | None, number: int | None, paper: Paper, form: Form
) -> Printed:
    """Print what a round offers.

    Raises:
        CommandFailed: No such village or round.
        PressFailed: The press broke.

    """
    with office() as at, at.reading() as books:
        found = village_named(books, village)
        url = at.boards.address(found.id)
        sheet = catalogue_sheet(
            found, _round(at.today, books, found, year=year, number=number), url=url
        )
    return _printed(sheet, len(sheet.goods), what="goods", paper=paper, form=form)


def print_vouchers_of(village: str, *, year: int | None, number: int | None, form: Form) -> Printed:
    """Print the voucher archive of a round.

    Raises:
        CommandFailed: No such village or round, or nothing was handed over.
        PressFailed: The press broke.

    """
    with office() as at, at.reading() as books:
        found = village_named(books, village)
        sheet = voucher_sheet(
            books, found, _round(at.today, books, found, year=year, number=number), today=at.today
        )
    if not sheet.vouchers:
        raise CommandFailed(words.NO_VOUCHERS.format(round=sheet.round_name))
    return _printed(sheet, len(sheet.vouchers), what="vouchers", form=form)


def _round(
    today: date, books: Books, village: Village, *, year: int | None, number: int | None
) -> Round:
    """Return a round of a year, by its number or the one that the board shows."""
    chosen = year or today.year
    if number is None:
        shown = shown_round(books, village.id, year=chosen)
        if shown is None:
            raise CommandFailed(cli_redemption.NONE.format(village=village.name, year=chosen))
        return shown
    found = books.rounds.get(village.id, RoundKey(chosen, number))
    if found is None:
        told = cli_redemption.UNKNOWN.format(village=village.name, year=chosen, number=number)
        raise WrongUse(told)
    return found


def _printed(sheet: Sheet, count: int, *, what: str, paper: Paper = "a4", form: Form) -> Printed:
    files = print_sheet(sheet, paper=paper, form=form)
    return Printed(files, count, letters_missing(sheet), what)
