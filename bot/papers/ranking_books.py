"""The ranking of a quarter out of the open books (排名)."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

from bot.papers.sheets import RankedLine, RankingSheet
from domain.period import Quarter
from domain.ranking import Standing, rank
from storage.unit_of_work import Books
from storage.villages import Village

PLACES: Final = 20
LINES_MAX: Final = 30


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
    return RankingSheet(village.name, quarter, today, lines, len(standings) - len(lines))


def shown_places(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return the first twenty places; a tie is shown whole or not at all.

    With 28 households before a tie of five the tie is left out, since thirty
    lines are the most a phone shows well. Only a tie for the first place that is
    longer is cut.
    """
    shown: list[Standing] = []
    for _, tied in groupby(standings, key=lambda one: one.place):
        group = list(tied)
        place = group[0].place
        if place is None or place > PLACES or (shown and len(shown) + len(group) > LINES_MAX):
            break
        shown += group
    return tuple(shown[:LINES_MAX])
