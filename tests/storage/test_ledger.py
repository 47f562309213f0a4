"""The ledger as stored: a cause once, totals in the same step, nothing below zero."""

import random

import pytest
from sqlalchemy import select, update

from domain.ledger import EARNING, GENESIS, BalanceTooLow, EntryKind, broken_links
from domain.membership import HouseholdId
from domain.period import Month
from domain.points import Points
from storage.ledger import ENTRY, MONTH, REVIEW, VILLAGE, YEAR
from storage.rolls import Place
from storage.unit_of_work import OpenBooks
from tests.builders import NOON, TODAY, a_posting
from tests.cast import LI, WANG, ZHANG, settle_in

SEPTEMBER = Month(2026, 9)


@pytest.fixture(autouse=True)
def village(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books, has_rulebook=False)


def test_posting_the_same_cause_twice_is_posting_it_once(open_books: OpenBooks) -> None:
    with open_books() as books:
        first = books.ledger.post(1, a_posting("a"), at=NOON)
    with open_books() as books:
        again = books.ledger.post(1, a_posting("a", points=Points(99)), at=NOON)
        assert again == first
        assert books.ledger.balance(1, ZHANG, year=2026).earned == 10
        assert books.ledger.head(1) == (1, first.hash)


def test_the_same_cause_in_another_village_is_another_entry(open_books: OpenBooks) -> None:
    with open_books() as books:
        other = books.villages.add(town="示范镇", name="邻村", at=NOON).id
        row = {"group_no": 1, "house_no": "1", "head": "钱一"}
        books.households.save(other, [row], since=NOON.date())
        books.ledger.post(1, a_posting("a"), at=NOON)
        books.ledger.post(other, a_posting("a"), at=NOON)
        assert (books.ledger.head(1)[0], books.ledger.head(other)[0]) == (1, 1)


def test_an_entry_comes_back_as_it_was_chained(open_books: OpenBooks) -> None:
    posting = a_posting(reason="河边,“引号”和换行\n", item="")
    with open_books() as books:
        entry = books.ledger.post(1, posting, at=NOON)
        assert (entry.seq, entry.previous_hash) == (1, GENESIS)
    with open_books() as books:
        assert books.ledger.caused_by(1, posting.cause) == entry
        assert books.ledger.caused_by(1, "claim:2026:9:award") is None
        assert list(books.ledger.walk(1)) == [entry]
        assert list(broken_links(books.ledger.walk(1))) == []


def test_totals_equal_the_sums_of_the_entries(open_books: OpenBooks) -> None:
    chance = random.Random(1)
    with open_books() as books:
        for number in range(60):
            kind = chance.choice([EntryKind.AWARD, EntryKind.AWARD, EntryKind.REDEMPTION])
            points = chance.randint(1, 40) * (-1 if kind is EntryKind.REDEMPTION else 3)
            posting = a_posting(
                str(number),
                household=HouseholdId(chance.randint(1, 3)),
                kind=kind,
                points=Points(points),
                effective_month=Month(chance.choice([2025, 2026]), chance.randint(1, 12)),
            )
            try:
                books.ledger.post(1, posting, at=NOON)
            except BalanceTooLow:
                continue
    with open_books() as books:
        entries = [e.posting for e in books.ledger.walk(1)]
        assert len(entries) > 40
        for household in (ZHANG, WANG, LI):
            for year in (2025, 2026):
                theirs = [
                    p
                    for p in entries
                    if p.household == household and p.effective_month.year == year
                ]
                earned = sum(p.points for p in theirs if p.kind in EARNING)
                redeemed = -sum(p.points for p in theirs if p.kind not in EARNING)
                balance = books.ledger.balance(1, household, year=year)
                assert (balance.earned, balance.redeemed) == (earned, redeemed)
                months = books.ledger.months(1, household, year=year)
                assert sum(e for e, _ in months.values()) == earned
                assert sum(r for _, r in months.values()) == redeemed
        assert books.audit.verify(1) == ()


def test_the_spendable_points_never_fall_below_zero(open_books: OpenBooks) -> None:
    with open_books() as books:
        books.ledger.post(1, a_posting("a", points=Points(30)), at=NOON)
        redeem = a_posting("r", kind=EntryKind.REDEMPTION, points=Points(-20))
        books.ledger.post(1, redeem, at=NOON)
    for kind in (EntryKind.REDEMPTION, EntryKind.DEDUCTION, EntryKind.ADJUSTMENT):
        too_much = a_posting("x", kind=kind, points=Points(-11))
        with pytest.raises(BalanceTooLow), open_books() as books:
            books.ledger.post(1, too_much, at=NOON)
    with open_books() as books:
        assert books.ledger.head(1)[0] == 2
        exactly = a_posting("y", kind=EntryKind.DEDUCTION, points=Points(-10))
        books.ledger.post(1, exactly, at=NOON)
        assert books.ledger.balance(1, ZHANG, year=2026).spendable == 0


def test_nothing_carries_over_into_another_year(open_books: OpenBooks) -> None:
    with open_books() as books:
        books.ledger.post(1, a_posting("a", effective_month=Month(2025, 12)), at=NOON)
        assert books.ledger.balance(1, ZHANG, year=2026).spendable == 0
        assert books.ledger.months(1, ZHANG, year=2026) == {}
    redeem = a_posting("r", kind=EntryKind.REDEMPTION, points=Points(-10))
    with pytest.raises(BalanceTooLow), open_books() as books:
        books.ledger.post(1, redeem, at=NOON)


def test_a_place_is_one_more_than_the_households_ahead(open_books: OpenBooks) -> None:
    with open_books() as books:
        for household, points in ((ZHANG, 50), (WANG, 40), (LI, 40), (HouseholdId(4), 10)):
            posting = a_posting(f"h{household}", household=household, points=Points(points))
            books.ledger.post(1, posting, at=NOON)
        places = [books.rolls.place(1, Points(p), on=TODAY).place for p in (50, 40, 40, 10, 0)]
        assert places == [1, 2, 2, 4, 5]
        assert books.rolls.place(1, Points(0), on=TODAY.replace(year=2027)) == Place(1, 7)
        books.changes.end(1, WANG, on=TODAY)
        assert books.rolls.place(1, Points(10), on=TODAY) == Place(3, 6), "who left is not ahead"
        assert books.ledger.earned(1, (SEPTEMBER,)) == {ZHANG: 50, WANG: 40, LI: 40, 4: 10}
        assert books.ledger.earned(1, (Month(2026, 8),)) == {}


def test_a_households_entries_are_listed_newest_first(open_books: OpenBooks) -> None:
    with open_books() as books:
        for cause in "abc":
            books.ledger.post(1, a_posting(cause), at=NOON)
        books.ledger.post(1, a_posting("w", household=WANG), at=NOON)
        latest = books.ledger.of_household(1, ZHANG, limit=2)
        assert [e.posting.cause for e in latest] == ["c", "b"]


def test_a_walk_over_many_pages_misses_nothing(
    open_books: OpenBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.ledger.PAGE", 2)
    with open_books() as books:
        for n in range(5):
            month = Month(2025 + n % 2, 9)
            books.ledger.post(1, a_posting(str(n), effective_month=month), at=NOON)
        assert [e.seq for e in books.ledger.walk(1)] == [1, 2, 3, 4, 5]
        assert [e.seq for e in books.ledger.walk(1, year=2025)] == [1, 3, 5]


def test_a_month_is_confirmed_only_when_it_says_so(open_books: OpenBooks) -> None:
    with open_books() as books:
        for month, at in (("2026-08", NOON), ("2026-09", None), ("2025-12", NOON)):
            books.connection.execute(
                REVIEW.insert().values(village=1, month=month, confirmed_at=at)
            )
        assert books.ledger.confirmed_months(1, year=2026) == {Month(2026, 8)}


def test_a_refused_posting_leaves_nothing_behind_inside_a_larger_act(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        books.ledger.post(1, a_posting("a"), at=NOON)
        with pytest.raises(BalanceTooLow), books.attempt():
            books.ledger.post(1, a_posting("b"), at=NOON)
            too_much = a_posting("c", kind=EntryKind.DEDUCTION, points=Points(-500))
            books.ledger.post(1, too_much, at=NOON)
        books.ledger.post(1, a_posting("d"), at=NOON)
    with open_books() as books:
        assert [e.posting.cause for e in books.ledger.walk(1)] == ["a", "d"]
        assert books.audit.verify(1) == ()


def test_the_tables_of_totals_are_the_ones_the_audit_reads(open_books: OpenBooks) -> None:
    with open_books() as books:
        books.ledger.post(1, a_posting("a"), at=NOON)
        for table in (MONTH, YEAR, VILLAGE):
            assert books.connection.execute(select(table.c.earned)).scalar_one() == 10
        books.connection.execute(update(ENTRY).values(points=20))
        assert {f.kind for f in books.audit.verify(1)} >= {"chain", "month_total", "year_total"}
