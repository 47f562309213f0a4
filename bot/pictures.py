"""Pictures that are asked for in chat (画图): which sheet a message wants, and how it is drawn."""

from bot.boards import board_of
from bot.commands.case import Case
from bot.commands.papers import may_draw
from bot.papers.award_sheets import CatalogueSheet
from bot.papers.posters import picture_catalogue, print_notice, print_ranking
from bot.papers.publication_books import publication_sheet
from bot.papers.ranking_books import ranking_sheet
from bot.papers.round_books import catalogue_sheet
from bot.papers.sheets import PublicationSheet, RankingSheet
from bot.papers.slimming import slim
from bot.understanding.reading import Intent
from domain.period import month_of
from schedules.redemption import shown_round

Picture = RankingSheet | PublicationSheet | CatalogueSheet


def wanted(case: Case, intent: Intent | None) -> Picture | None:
    """Return what is to be drawn for a message; None if it asks for no picture, or may not."""
    if not may_draw(case.person):
        return None
    url = board_of(case.tools, case.home.id)
    match intent:
        case Intent.RANKING_PICTURE:
            quarter = month_of(case.today).quarter
            return ranking_sheet(case.books, case.home, quarter, today=case.today)
        case Intent.PUBLICATION_PICTURE:
            shown = case.books.publications.current(case.home.id)
            return publication_sheet(case.books, case.home, shown, url=url) if shown else None
        case Intent.CATALOGUE_PICTURE:
            found = shown_round(case.books, case.home.id, year=case.today.year)
            return catalogue_sheet(case.home, found, url=url) if found else None
        case _:
            return None


def draw(sheet: Picture) -> bytes:
    """Draw a picture; slow, belongs in a thread beside the event loop.

    Raises:
        PressFailed: The press broke.

    """
    match sheet:
        case RankingSheet():
            [drawn] = print_ranking(sheet)
        case PublicationSheet():
            [drawn] = print_notice(sheet)
        case CatalogueSheet():
            [drawn] = picture_catalogue(sheet)
    return slim(drawn)
