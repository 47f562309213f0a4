"""Rounds and reservations as stored, and what the proof of the books finds in them."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domain.claim import Sha256
from domain.membership import PersonId
from domain.points import Points
from domain.redemption import RedemptionAction, RedemptionKey, RedemptionState, payment
from domain.redemption_round import RoundKey, RoundState
from schedules.redemption import return_one
from storage.audit import Fault
from storage.unit_of_work import Books, OpenBooks
from tests.builders import NOON, TODAY
from tests.cast import ZHANG, settle_in
from tests.redemption import a_good, a_redemption, a_round, give_points

KEY = RoundKey(2026, 1)


@pytest.fixture
def stored(open_books: OpenBooks) -> OpenBooks:
    """A round with two goods, and one reservation of household 1."""
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        give_points(books, h1=60)
        round_ = a_round(a_good(), a_good(2, name="大米", unit="袋", limit=None))
        books.rounds.add(1, round_, planned_by=PersonId(4), at=NOON)
        reserve(books)
    return open_books


def reserve(books: Books) -> None:
    one = a_redemption()
    books.ledger.post(1, payment(one, name="洗衣液2瓶", today=TODAY), at=NOON)
    books.rounds.take(1, KEY, 1, 2)
    books.redemptions.add(1, one, code_digest="d1")


def test_a_round_comes_back_as_it_went_in(stored: OpenBooks) -> None:
    with stored() as books:
        found = books.rounds.get(1, KEY)
        assert found == a_round(a_good(taken=2), a_good(2, name="大米", unit="袋", limit=None))
        assert found.spent == 3_000
        assert books.rounds.get(1, RoundKey(2026, 2)) is None
        assert books.rounds.of_year(1, 2026) == books.rounds.running(1) == (found,)
        assert books.rounds.of_year(1, 2025) == ()


def test_a_round_that_is_over_runs_no_more(stored: OpenBooks) -> None:
    with stored() as books:
        assert books.rounds.latest(1) is None
        books.rounds.set_state(1, KEY, RoundState.ENDED)
        assert books.rounds.running(1) == ()
        assert not books.rounds.is_carried_through(1, 2026), "nothing was handed over"
        latest = books.rounds.latest(1)
        assert latest is not None
        assert latest.key == KEY


def test_the_days_of_rounds_that_are_not_cancelled_are_known(stored: OpenBooks) -> None:
    with stored() as books:
        window = (date(2026, 9, 16), date(2026, 9, 23))
        assert books.rounds.windows(1, since=date(2026, 9, 23)) == (window,)
        assert books.rounds.windows(1, since=date(2026, 9, 24)) == ()
        books.rounds.set_state(1, KEY, RoundState.CANCELLED)
        assert books.rounds.windows(1, since=date(2026, 9, 1)) == ()


def test_all_that_can_be_spent_is_summed(stored: OpenBooks) -> None:
    with stored() as books:
        give_points(books, h2=5)
        assert books.rounds.spendable_total(1, year=2026) == Points(200 + 50)
        assert books.rounds.spendable_total(1, year=2027) == 0


def test_a_reservation_comes_back_as_it_went_in(stored: OpenBooks) -> None:
    with stored() as books:
        one = a_redemption()
        assert books.redemptions.get(1, one.key) == one
        assert books.redemptions.with_code(1, "d1") == one
        assert books.redemptions.with_code(1, "d2") is None
        assert books.redemptions.get(1, RedemptionKey(2026, 2)) is None
        assert books.redemptions.digest_of(1, one.key) == "d1"
        assert books.redemptions.of_household(1, ZHANG, year=2026, limit=9) == (one,)
        assert books.redemptions.of_household(1, ZHANG, year=2025, limit=9) == ()
        assert books.redemptions.members(1, ZHANG) == (PersonId(1),)


def test_what_is_held_counts_what_is_reserved_or_handed_over(stored: OpenBooks) -> None:
    with stored() as books:
        assert books.redemptions.held(1, KEY, good=1, household=ZHANG) == 2
        assert books.redemptions.held(1, KEY, good=2, household=ZHANG) == 0
        assert books.redemptions.count_reserved(1, year=2026) == 1
        one = a_redemption()
        back = return_one(books, 1, one, RedemptionAction.CANCEL, by=PersonId(1), now=NOON)
        assert (back.state, back.settled_at) == (RedemptionState.CANCELLED, NOON)
        assert books.redemptions.held(1, KEY, good=1, household=ZHANG) == 0
        assert books.redemptions.count_reserved(1, year=2026) == 0
        assert books.redemptions.of_round(1, KEY, limit=9) == (back,)
        waiting = RedemptionState.RESERVED
        assert books.redemptions.of_round(1, KEY, state=waiting, limit=9) == ()


@pytest.mark.parametrize("quantity", [49, -3])
def test_the_database_refuses_more_than_the_stock_and_less_than_nothing(
    stored: OpenBooks, quantity: int
) -> None:
    with pytest.raises(IntegrityError), stored() as books:
        books.rounds.take(1, KEY, 1, quantity)


def test_a_code_belongs_to_one_order(stored: OpenBooks) -> None:
    with pytest.raises(IntegrityError), stored() as books:
        books.redemptions.add(1, a_redemption(2), code_digest="d1")


def test_a_photo_of_a_voucher_must_be_stored(stored: OpenBooks) -> None:
    with pytest.raises(IntegrityError), stored() as books:
        books.redemptions.save(1, a_redemption(photo=Sha256("nowhere")), at=NOON)


def test_clean_books_are_clean(stored: OpenBooks) -> None:
    with stored() as books:
        assert books.audit.verify(1) == ()


def _run(statement: str) -> Callable[[Books], object]:
    return lambda books: books.connection.execute(text(statement))


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("UPDATE redemption SET points = 300", Fault("redemption", "2026:1:reserve")),
        ("UPDATE redemption SET household = 2", Fault("redemption", "2026:1:reserve")),
        (
            "UPDATE redemption_good SET taken = 1 WHERE number = 1",
            Fault("stock", "2026:1:1"),
        ),
        (
            "UPDATE redemption_good SET taken = 1 WHERE number = 2",
            Fault("stock", "2026:1:2"),
        ),
        (
            "UPDATE redemption_good SET most = 1 WHERE number = 1",
            Fault("limit", "2026:1:1"),
        ),
    ],
)
def test_rows_that_were_changed_by_hand_are_found(
    stored: OpenBooks, tampering: str, fault: Fault
) -> None:
    with stored() as books:
        _run(tampering)(books)
        assert books.audit.verify(1) == (fault,)


def test_a_cancelled_row_without_its_refund_is_found(stored: OpenBooks) -> None:
    with stored() as books:
        _run("UPDATE redemption SET state = 'cancelled'")(books)
        assert books.audit.verify(1) == (
            Fault("redemption", "2026:1:refund"),
            Fault("stock", "2026:1:1"),
        )


def test_an_entry_without_its_row_is_found(stored: OpenBooks) -> None:
    with stored() as books:
        _run("DELETE FROM redemption")(books)
        assert books.audit.verify(1) == (
            Fault("redemption_entry", "2026:1:reserve"),
            Fault("stock", "2026:1:1"),
        )
