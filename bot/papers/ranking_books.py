"""The ranking of a quarter out of the open books (排名)."""

from datetime import date

from bot.papers.places import shown_places
from bot.papers.sheets import UNNAMED, RankedLine, RankingSheet
from domain.names import public_name
from domain.period import Quarter
from domain.ranking import rank
from storage.unit_of_work import Books
from storage.villages import Household, Village


def ranking_sheet(books: Books, village: Village, quarter: Quarter, *, today: date) -> RankingSheet:
    """Return the best places of a quarter with public names, from the month totals.

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
            _name(homes[one.household]),
            one.points,
        )
        for one in shown
        if one.place is not None
    )
    return RankingSheet(village.name, quarter, today, lines, len(standings) - len(lines))


def _name(household: Household) -> str:
    """Return what the room may read: the name masked unless the household agreed to it."""
    name = public_name(
        household.head, is_named=household.consents_name, is_anonymous=household.is_anonymous
    )
    return name or UNNAMED
