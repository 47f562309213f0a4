"""Posters (海报): each sheet with its template; what the commands and the bot print."""

from bot.papers.award_sheets import CatalogueSheet, CertificateSheet, VoucherSheet
from bot.papers.press import Form, press
from bot.papers.sheets import Paper, PublicationSheet, RankingSheet, SlipsSheet

Files = tuple[bytes, ...]
"""One document, or a picture for each page."""


def print_publication(sheet: PublicationSheet, *, paper: Paper = "a3", form: Form = "pdf") -> Files:
    """Print the quarter's publication for the board."""
    return press("publication", sheet.facts(paper=paper), form=form)


def print_ranking(sheet: RankingSheet, *, form: Form = "png") -> Files:
    """Print the ranking picture, 1080 pixels wide as a PNG."""
    return press("ranking", sheet.facts(), form=form)


def print_slips(sheet: SlipsSheet, *, form: Form = "pdf") -> Files:
    """Print the households' slips, eight a page."""
    return press("slips", sheet.facts(), form=form)


def print_certificate(sheet: CertificateSheet, *, form: Form = "pdf") -> Files:
    """Print one commendation certificate."""
    return press("certificate", sheet.facts(), form=form)


def print_catalogue(sheet: CatalogueSheet, *, paper: Paper = "a4", form: Form = "pdf") -> Files:
    """Print what a redemption round offers."""
    return press("catalogue", sheet.facts(paper=paper), form=form)


def print_vouchers(sheet: VoucherSheet, *, form: Form = "pdf") -> Files:
    """Print the voucher archive of a round."""
    return press("vouchers", sheet.facts(), form=form)
