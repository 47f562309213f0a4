"""The ranking picture shows the best places of a quarter, ties whole and names masked."""

from datetime import date
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from bot.papers.places import LINES_MAX, PLACES, shown_places
from bot.papers.ranking_books import ranking_sheet
from domain.membership import HouseholdId
from domain.period import Month, Quarter
from domain.points import Points
from domain.ranking import rank
from storage.unit_of_work import OpenBooks
from tests.builders import NOON, TODAY, a_posting
from tests.cast import CHEN, LI, WANG, ZHANG, ZHAO, settle_in


def test_the_quarter_is_ranked_out_of_the_month_totals(open_books: OpenBooks) -> None:
    months = (Month(2026, 7), Month(2026, 9), Month(2026, 6))
    with open_books() as books:
        village = books.villages.get(settle_in(books).village)
        earned = (
            (ZHANG, 20, months[0]), (ZHANG, 5, months[1]), (WANG, 25, months[1]),
            (LI, 90, months[2]), (CHEN, 15, months[0]), (ZHAO, 10, months[0]), (ZHAO, -10, months[1]),
        )  # fmt: skip
        for number, (household, points, month) in enumerate(earned):
            posting = a_posting(
                household=household,
                points=Points(points),
                effective_month=month,
                cause=f"c{number}",
            )
            books.ledger.post(village.id, posting, at=NOON)
        sheet = ranking_sheet(books, village, Quarter(2026, 3), today=TODAY)
        empty = ranking_sheet(books, village, Quarter(2025, 1), today=TODAY)
    told = [(one.place, one.group, one.household, one.points) for one in sheet.lines]
    assert told == [(1, 3, "张*", 25), (1, 3, "王*英", 25), (3, 2, "陈*东", 15)]
    assert (sheet.village, sheet.others, empty.lines) == ("幸福村", 0, ())
    assert (sheet.as_of, sheet.is_settled) == (TODAY, False)
    assert empty.as_of == date(2025, 3, 31), "a quarter that is over ends with itself"


@given(st.lists(st.integers(min_value=1, max_value=12), max_size=90))
def test_no_tie_is_split_and_a_phone_shows_it(points: list[int]) -> None:
    standings = rank({HouseholdId(n): Points(p) for n, p in enumerate(points)})
    shown = shown_places(standings)
    assert len(shown) <= LINES_MAX
    assert shown == standings[: len(shown)]
    assert all(one.place is not None and one.place <= PLACES for one in shown)
    whole = {place: len(list(tied)) for place, tied in groupby(standings, key=lambda s: s.place)}
    parts = {place: len(list(tied)) for place, tied in groupby(shown, key=lambda s: s.place)}
    cut = [place for place, count in parts.items() if count != whole[place]]
    assert cut in ([], [1])
    assert bool(shown) == bool(points)
