"""The sums that the town sees, on both databases."""

from datetime import date

from domain.ledger import EntryKind
from domain.membership import HouseholdId
from domain.participation import Share
from domain.period import Month
from domain.points import Points
from storage.ledger import REVIEW
from storage.unit_of_work import OpenBooks
from storage.villages import HOUSEHOLD
from tests.builders import NOON, a_posting
from tests.cast import WANG, ZHANG, settle_in

TODAY = date(2026, 9, 16)


def test_the_register_counts_eligible_star_and_party_households_apart(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        settle_in(books)
        other = books.villages.add(town="示范镇", name="清水村", at=NOON)
        books.households.save(
            other.id, [{"group_no": 1, "house_no": "1", "head": "钱一"}], since=TODAY
        )
        star = HOUSEHOLD.update().where(HOUSEHOLD.c.id.in_([1, 2]), HOUSEHOLD.c.village == 1)
        books.connection.execute(star.values(star=3))
        party = HOUSEHOLD.update().where(HOUSEHOLD.c.id == 3, HOUSEHOLD.c.village == 1)
        books.connection.execute(party.values(is_party=True))
        for number, household in enumerate((1, 3, 5), start=1):
            posting = a_posting(f"claim:2026:{number}:award", household=HouseholdId(household))
            books.ledger.post(1, posting, at=NOON)
        spent = a_posting("redemption:1", kind=EntryKind.REDEMPTION, points=Points(-4))
        books.ledger.post(1, spent, at=NOON)
        books.changes.end(1, HouseholdId(5), on=TODAY)
        found = books.towns.registers(TODAY)
        one = found[1]
        assert (one.every, one.stars, one.party) == (Share(6, 0, 2), Share(2, 0, 1), Share(1, 0, 1))
        assert (one.has_rulebook, one.entries, one.earned, one.redeemed) == (True, 4, 30, 4)
        assert (found[2].every, found[2].has_rulebook) == (Share(1, 0, 0), False)
        assert books.towns.spent_in(2026) == {1: Month(2026, 9)}
        assert books.towns.registers(date(2025, 5, 1)) == {}


def test_moving_points_between_households_is_no_redemption(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books)
        books.ledger.post(1, a_posting(), at=NOON)
        for cause, home, points in (("out", ZHANG, -10), ("in", WANG, 10)):
            posting = a_posting(
                cause, household=home, kind=EntryKind.TRANSFER, points=Points(points)
            )
            books.ledger.post(1, posting, at=NOON)
        assert books.towns.spent_in(2026) == {}
        assert books.towns.registers(TODAY)[1].redeemed == 0
        assert books.ledger.balance(1, WANG, year=2026).spendable == 10


def test_confirmed_months_are_told_by_village(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books)
        for month, at in (("2026-07", NOON), ("2026-08", None), ("2024-12", NOON)):
            row = {"village": 1, "month": month, "confirmed_at": at}
            books.connection.execute(REVIEW.insert().values(row))
        assert books.towns.confirmed(Month(2025, 1)) == {1: frozenset({Month(2026, 7)})}
