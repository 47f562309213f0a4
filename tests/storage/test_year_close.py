"""Closing a year in the books: as if entered one by one, frozen, fast."""

import threading
from datetime import UTC, date, datetime

import pytest
from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from domain.claim import YearClosed
from domain.ledger import EntryKind, Posting
from domain.membership import HouseholdId, PersonId
from domain.period import Month
from domain.points import Points
from domain.year_close import closing
from storage import schema
from storage.engine import open_engine
from storage.ledger import YEAR
from storage.ledger_closing import post_closing
from storage.unit_of_work import Books, OpenBooks, books_on
from tests.builders import NOON, a_posting
from tests.cast import memory_books, settle_in

DECEMBER = Month(2026, 12)
JANUARY = datetime(2027, 1, 20, 2, tzinfo=UTC)


def award(books: Books, household: int, points: int, number: int) -> None:
    books.ledger.post(
        1,
        a_posting(
            f"claim:2026:{number}:award", household=HouseholdId(household), points=Points(points)
        ),
        at=NOON,
    )


def close_all(books: Books) -> tuple[Posting, ...]:
    return closing(books.ledger.balances(1, year=2026), 2026, actors=(PersonId(3), PersonId(4)))


@given(
    amounts=st.lists(st.tuples(st.integers(1, 7), st.integers(0, 90)), min_size=1, max_size=12),
    spent=st.integers(0, 30),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_closing_at_once_is_entering_one_by_one(amounts: list[tuple[int, int]], spent: int) -> None:
    seen = []
    for is_at_once in (True, False):
        with memory_books() as open_books, open_books() as books:
            for number, (household, points) in enumerate(amounts, start=1):
                award(books, household, points, number)
            first = HouseholdId(amounts[0][0])
            before = books.ledger.balance(1, first, year=2026)
            redeemed = min(spent, before.spendable)
            if redeemed:
                books.ledger.post(
                    1,
                    a_posting(
                        "redemption:1",
                        household=first,
                        kind=EntryKind.REDEMPTION,
                        points=Points(-redeemed),
                    ),
                    at=NOON,
                )
            earned = {h: b.earned for h, b in books.ledger.balances(1, year=2026).items()}
            postings = close_all(books)
            if is_at_once:
                post_closing(books.connection, 1, postings, month=DECEMBER, at=JANUARY)
            else:
                for posting in postings:
                    books.ledger.post(1, posting, at=JANUARY)
            after = books.ledger.balances(1, year=2026)
            assert all(b.spendable == 0 for b in after.values())
            assert {h: b.earned for h, b in after.items()} == earned
            assert {f.kind for f in books.audit.verify(1)} <= {
                "award",
                "redemption_entry",
            }  # without claims and orders
            seen.append((tuple(books.ledger.walk(1)), after, books.ledger.head(1)))
    assert seen[0] == seen[1]


def test_closing_twice_enters_nothing_more(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        award(books, 1, 40, 1)
        postings = close_all(books)
        assert len(post_closing(books.connection, 1, postings, month=DECEMBER, at=JANUARY)) == 1
        assert post_closing(books.connection, 1, postings, month=DECEMBER, at=JANUARY) == ()
        assert books.ledger.head(1)[0] == 2


def test_nothing_is_entered_in_a_closed_year_but_what_is_there_is_found(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        award(books, 1, 40, 1)
        post_closing(books.connection, 1, close_all(books), month=DECEMBER, at=JANUARY)
        books.villages.close_year(1, 2026)
        award(books, 1, 40, 1)  # entered before: nothing is done twice
        with pytest.raises(YearClosed):
            award(books, 1, 40, 2)
        later = a_posting("claim:2027:1:award", effective_month=Month(2027, 1))
        assert books.ledger.post(1, later, at=JANUARY).seq == 3


def test_an_entry_that_waited_for_the_close_finds_the_year_closed(
    open_books: OpenBooks,
) -> None:
    with open_books() as books:
        settle_in(books, has_rulebook=False)
    has_begun = threading.Event()
    refused: list[Exception] = []

    def enter() -> None:
        has_begun.set()
        try:
            with open_books() as books:
                award(books, 1, 40, 1)
        except YearClosed as refusal:
            refused.append(refusal)

    late = threading.Thread(target=enter)
    with open_books() as books:
        books.villages.lock(1)
        late.start()
        has_begun.wait(5)
        late.join(0.3)  # it waits for the one who closes
        assert late.is_alive()
        books.villages.close_year(1, 2026)
    late.join(20)
    assert len(refused) == 1
    with open_books() as books:
        assert books.ledger.head(1)[0] == 0


def test_points_left_in_a_closed_year_are_a_fault(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        award(books, 2, 40, 1)
        books.villages.close_year(1, 2026)
    with open_books() as books:
        assert ("year_close", "2026 2") in {(f.kind, f.where) for f in books.audit.verify(1)}


def test_a_thousand_households_close_in_one_transaction(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        rows = [{"group_no": 9, "house_no": str(n), "head": f"户{n}"} for n in range(1, 1_001)]
        books.households.save(1, rows, since=date(2026, 1, 1))
        values = [
            {
                "village": 1,
                "year": 2026,
                "household": home.id,
                "earned": 100,
                "redeemed": 0,
                "awards": 1,
            }
            for home in books.households.all(1)
        ]
        books.connection.execute(YEAR.insert(), values)
    with open_books() as books:
        made = post_closing(books.connection, 1, close_all(books), month=DECEMBER, at=JANUARY)
    assert len(made) == 1_007


def test_awards_are_counted_with_the_entries_and_proved(open_books: OpenBooks) -> None:
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        award(books, 1, 40, 1)
        award(books, 1, 0, 2)
        back = a_posting("claim:2026:1:adjust:1", kind=EntryKind.REVERSAL, points=Points(-40))
        books.ledger.post(1, back, at=NOON)
        award(books, 2, 40, 3)
        minus = a_posting(
            "claim:2026:4:award",
            kind=EntryKind.DEDUCTION,
            points=Points(0),
            household=HouseholdId(4),
        )
        books.ledger.post(1, minus, at=NOON)
        homes = {h.household: h.takes_part for h in books.participations.homes(1, NOON.date())}
        assert homes == {1: True, 2: True, 3: False, 4: False, 5: False, 6: False, 7: False}
        books.connection.execute(YEAR.update().where(YEAR.c.household == 2).values(awards=0))
        assert "2026 2 awards" in {f.where for f in books.audit.verify(1)}


def test_an_older_database_learns_its_awards_from_the_entries(bare_url: str) -> None:
    engine = open_engine(bare_url)
    with engine.begin() as connection:
        command.upgrade(schema.config(connection), "0005")
        for statement in OLD_BOOKS:
            connection.execute(text(statement))
    schema.prepare(engine)
    assert _awards(engine) == [(1, 1), (2, 0)]
    engine.dispose()


def _awards(engine: Engine) -> list[tuple[int, int]]:
    with books_on(engine)() as books:
        query = text("SELECT household, awards FROM year_total ORDER BY household")
        assert sum(1 for _ in books.ledger.walk(1)) == 4
        return [(h, a) for h, a in books.connection.execute(query)]


_ENTRY = (
    "INSERT INTO entry (village, seq, year, household, kind, points, cause, effective_month, item,"
    " actors, reason, at, previous_hash, hash) VALUES (1, {seq}, 2026, {household}, '{kind}',"
    " {points}, 'c{seq}', '2026-05', 'A101', '[]', '', '2026-05-02 00:00:00.000000', 'p', 'h{seq}')"
)
OLD_BOOKS = (
    "INSERT INTO village VALUES (1, '镇', '村', '2026-01-01 00:00:00.000000', 0, false)",
    *(
        "INSERT INTO household (village, id, group_no, house_no, head, phone, is_party, star,"
        f" remark, eligible_since, slip_generation, slip_uses) VALUES (1, {n}, 1, '{n}', '户', '',"
        " false, 0, '', '2026-01-01', 1, 0)"
        for n in (1, 2)
    ),
    _ENTRY.format(seq=1, household=1, kind="award", points=10),
    _ENTRY.format(seq=2, household=2, kind="award", points=10),
    _ENTRY.format(seq=3, household=2, kind="reversal", points=-10),
    _ENTRY.format(seq=4, household=1, kind="deduction", points=-5),
    *(f"INSERT INTO year_total VALUES (1, 2026, {n}, 5, 0)" for n in (1, 2)),
)
