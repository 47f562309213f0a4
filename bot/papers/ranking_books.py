"""The ranking of a quarter out of the open books (排名)."""

from datetime import date, timedelta
from typing import Final

from bot.papers.places import shown_places
from bot.papers.sheets import RankedLine, RankingSheet
from domain.period import Quarter
from domain.ranking import rank
from storage.unit_of_work import Books
from storage.villages import Village

_DAY: Final = timedelta(days=1)


def ranking_sheet(books: Books, village: Village, quarter: Quarter, *, today: date) -> RankingSheet:
    """Return the best places of a quarter out of the month totals, named as far as agreed.

    Only households with points are shown, so nobody is shamed with a nought.
    """
    earned = books.ledger.earned(village.id, quarter.months)
    standings = [one for one in rank(earned) if one.points > 0]
    shown = shown_places(standings)
    homes = {home.id: home for home in books.households.all(village.id)}
    lines = tuple(
        RankedLine(
            one.place,
            homes[one.household].group_no,
            homes[one.household].public_name,
            one.points,
        )
        for one in shown
        if one.place is not None
    )
    confirmed = books.month_reviews.confirmed(village.id)
    return RankingSheet(
        village.name,
        quarter,
        min(today, quarter.months[-1].end - _DAY),
        lines,
        len(standings) - len(lines),
        is_settled=set(quarter.months) <= set(confirmed),
    )
