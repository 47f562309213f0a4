"""Posters (海报): each sheet with its template; what the commands and the bot print."""

import json

from bot.papers.award_sheets import CatalogueSheet, CertificatesSheet, VoucherSheet
from bot.papers.letters import unprintable
from bot.papers.press import Form, press
from bot.papers.sheets import Paper, PublicationSheet, RankingSheet, SlipsSheet

Files = tuple[bytes, ...]
"""One document, or a picture for each page."""


Sheet = (
    PublicationSheet | RankingSheet | SlipsSheet | CertificatesSheet | CatalogueSheet | VoucherSheet
)


def print_sheet(sheet: Sheet, *, paper: Paper = "a4", form: Form = "pdf") -> Files:
    """Print any sheet; ``paper`` counts where the sheet is made for both."""
    match sheet:
        case PublicationSheet():
            return print_publication(sheet, paper=paper, form=form)
        case RankingSheet():
            return print_ranking(sheet, form=form)
        case SlipsSheet():
            return print_slips(sheet, form=form)
        case CertificatesSheet():
            return print_certificates(sheet, form=form)
        case CatalogueSheet():
            return print_catalogue(sheet, paper=paper, form=form)
        case VoucherSheet():
            return print_vouchers(sheet, form=form)


def letters_missing(sheet: Sheet) -> tuple[str, ...]:
    """Return the letters of a sheet that the font does not have, each once."""
    return unprintable(json.dumps(sheet.facts(), ensure_ascii=False))


def print_publication(sheet: PublicationSheet, *, paper: Paper = "a3", form: Form = "pdf") -> Files:
    """Print the quarter's publication for the board."""
    return press("publication", sheet.facts(paper=paper), form=form)


def print_notice(sheet: PublicationSheet, *, form: Form = "png") -> Files:
    """Print the publication's picture for the chat, 1080 pixels wide as a PNG."""
    return press("notice", sheet.picture_facts(), form=form)


def print_ranking(sheet: RankingSheet, *, form: Form = "png") -> Files:
    """Print the ranking picture, 1080 pixels wide as a PNG."""
    return press("ranking", sheet.facts(), form=form)


def print_slips(sheet: SlipsSheet, *, form: Form = "pdf") -> Files:
    """Print the households' slips, eight a page."""
    return press("slips", sheet.facts(), form=form)


def print_certificates(sheet: CertificatesSheet, *, form: Form = "pdf") -> Files:
    """Print commendation certificates, one a page."""
    return press("certificate", sheet.facts(), form=form)


def print_catalogue(sheet: CatalogueSheet, *, paper: Paper = "a4", form: Form = "pdf") -> Files:
    """Print what a redemption round offers."""
    return press("catalogue", sheet.facts(paper=paper), form=form)


def picture_catalogue(sheet: CatalogueSheet, *, form: Form = "png") -> Files:
    """Print the catalogue as a picture for the chat, 1080 pixels wide as a PNG."""
    return press("catalogue", sheet.facts(paper="chat"), form=form)


def print_vouchers(sheet: VoucherSheet, *, form: Form = "pdf") -> Files:
    """Print the voucher archive of a round."""
    return press("vouchers", sheet.facts(), form=form)
