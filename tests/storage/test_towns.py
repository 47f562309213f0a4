"""The sums that the town sees, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

from domain.claim import ClaimState
from domain.ledger import EntryKind
from domain.membership import HouseholdId, PersonId
from domain.objection import ObjectionState
from domain.participation import Share
from domain.period import Month
from domain.points import Points
from domain.redemption import RedemptionState
from domain.redemption_round import RoundKey, RoundState
from storage.claims import Origin
from storage.ledger import REVIEW
from storage.people import Contact
from storage.unit_of_work import OpenBooks
from storage.villages import HOUSEHOLD
from tests.builders import ACCOUNT, NOON, TODAY, a_claim, a_posting, an_objection
from tests.cast import WANG, ZHANG, settle_in
from tests.redemption import a_good, a_redemption, a_round


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
        assert books.towns.registers(TODAY)[1].redeemed == 0
        assert books.ledger.balance(1, WANG, year=2026).spendable == 10


def test_confirmed_months_are_told_by_village_as_of_a_day(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books)
        for month, at in (("2026-07", NOON), ("2026-08", None), ("2024-12", NOON)):
            row = {"village": 1, "month": month, "confirmed_at": at}
            books.connection.execute(REVIEW.insert().values(row))
        since, before = Month(2025, 1), TODAY - timedelta(days=1)
        assert books.towns.confirmed(since, as_of=TODAY) == {1: frozenset({Month(2026, 7)})}
        assert books.towns.confirmed(since, as_of=before) == {}


def test_a_redemption_was_held_when_something_was_handed_over_and_the_round_is_over(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        settle_in(books)
        books.rounds.add(1, a_round(a_good()), planned_by=None, at=NOON)
        books.redemptions.add(1, a_redemption(), code_digest="d1")
        last, after = date(2026, 9, 26), date(2026, 9, 27)
        assert books.towns.redeemed_on(after) == {}
        given = a_redemption(state=RedemptionState.HANDED_OVER)
        books.redemptions.save(1, given, at=NOON)
        assert books.towns.redeemed_on(after) == {}, "it is not over"
        books.rounds.set_state(1, RoundKey(2026, 1), RoundState.ENDED)
        assert books.towns.redeemed_on(after) == {1: last}
        assert books.towns.redeemed_on(last) == {}, "people could still collect"
        assert books.towns.redeemed_on(date(2027, 9, 27)) == {}
        books.redemptions.save(1, replace(given, state=RedemptionState.LAPSED), at=NOON)
        assert books.towns.redeemed_on(after) == {}


def test_what_waited_on_a_day_that_is_over_tell_the_trails(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books)
        at = Origin(Contact(ACCOUNT, "zhang"), None, "m1")
        for number, action in ((1, ""), (2, "approve"), (3, "withdraw")):
            claim = a_claim(number, state=ClaimState.SUBMITTED)
            books.claims.add(1, claim, at)
            trail = ((NOON, "file"), (NOON, "submit"), (NOON + timedelta(days=2), action))
            for when, done in trail:
                if done:
                    books.reviews.note(1, claim.key, action=done, person=PersonId(3), at=when)
        days = [TODAY + timedelta(days=n) for n in (-1, 0, 1, 2)]
        assert [books.towns.waited(day).get(1, 0) for day in days] == [0, 3, 3, 1]


def test_objections_are_open_until_the_day_they_are_answered(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books)
        one = an_objection(claim=None)
        books.objections.add(1, one, Contact(ACCOUNT, "zhang"))
        answered = replace(
            one,
            state=ObjectionState.UPHELD,
            answered_at=NOON + timedelta(days=2),
            reason="照片清楚",
        )
        books.objections.save(1, answered)
        days = [TODAY + timedelta(days=n) for n in (-1, 0, 1, 2)]
        assert [books.towns.open_objections(day).get(1, 0) for day in days] == [0, 1, 1, 0]
