"""The proof of the books: whatever is tampered with is found, and where."""

from typing import Any

import pytest
from sqlalchemy import Table, delete, update

from domain.claim import ClaimState
from domain.ledger import EntryKind, Posting
from domain.points import Points
from storage.audit import CLAIM, Fault
from storage.claims import Origin
from storage.ledger import ENTRY, HEAD, MONTH, VILLAGE, YEAR
from storage.people import Contact
from storage.unit_of_work import OpenBooks
from tests.builders import ACCOUNT, NOON, a_claim, a_posting
from tests.cast import ZHANG, settle_in


@pytest.fixture(autouse=True)
def books_with_three_entries(open_books: OpenBooks) -> None:
    """Two approved claims, the first of them adjusted, and a rejected one."""
    with open_books() as books:
        settle_in(books, has_rulebook=False)
        for number, points in ((1, 30), (2, 20)):
            claim = a_claim(number, state=ClaimState.APPROVED, points=Points(points))
            books.claims.add(1, claim, Origin(Contact(ACCOUNT, "zhang"), None, f"m{number}"))
        rejected = a_claim(3, state=ClaimState.REJECTED)
        books.claims.add(1, rejected, Origin(Contact(ACCOUNT, "zhang"), None, "m3"))
        for posting in (
            a_posting("claim:2026:1:award", points=Points(40)),
            a_posting("claim:2026:2:award", points=Points(20)),
            a_posting("claim:2026:1:adjust:1", points=Points(-10), kind=EntryKind.ADJUSTMENT),
        ):
            books.ledger.post(1, posting, at=NOON)


def _faults(open_books: OpenBooks) -> set[tuple[str, str]]:
    with open_books() as books:
        return {(fault.kind, fault.where) for fault in books.audit.verify(1)}


def _tamper(open_books: OpenBooks, statement: Any) -> set[tuple[str, str]]:
    with open_books() as books:
        books.connection.execute(statement)
    return _faults(open_books)


def test_untouched_books_are_clean(open_books: OpenBooks) -> None:
    assert _faults(open_books) == set()


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"points": 500}, ("chain", "2")),
        ({"household": 2}, ("chain", "2")),
        ({"kind": "deduction"}, ("chain", "2")),
        ({"cause": "claim:2026:9:award"}, ("chain", "2")),
        ({"effective_month": "2026-08"}, ("chain", "2")),
        ({"actors": "[1, 4]"}, ("chain", "2")),
        ({"reason": "另外的"}, ("chain", "2")),
        ({"item": "A102"}, ("chain", "2")),
        ({"at": NOON.replace(second=1)}, ("chain", "2")),
        ({"hash": "f" * 64}, ("chain", "2")),
        ({"previous_hash": "f" * 64}, ("chain", "2")),
        ({"seq": 9}, ("chain", "9")),
        ({"year": 2025}, ("year", "2")),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_change_of_any_column_of_an_entry_is_found(
    open_books: OpenBooks, changed: dict[str, object], found: tuple[str, str]
) -> None:
    statement = update(ENTRY).where(ENTRY.c.seq == 2).values(**changed)
    assert found in _tamper(open_books, statement)


def test_no_column_of_an_entry_is_left_out_above() -> None:
    [mark] = test_a_change_of_any_column_of_an_entry_is_found.pytestmark  # type: ignore[attr-defined]
    tampered = {column for changed, _ in mark.args[1] for column in changed}
    assert tampered == {column.name for column in ENTRY.columns} - {"village"}


def test_an_entry_taken_out_of_the_middle_is_found(open_books: OpenBooks) -> None:
    found = _tamper(open_books, delete(ENTRY).where(ENTRY.c.seq == 2))
    assert {("chain", "3"), ("gap", "3"), ("claim", "2026:2")} <= found


def test_the_last_entry_taken_off_is_found_by_the_head(open_books: OpenBooks) -> None:
    found = _tamper(open_books, delete(ENTRY).where(ENTRY.c.seq == 3))
    assert {("head", "3"), ("gap", "3"), ("claim", "2026:1")} <= found


@pytest.mark.parametrize("changed", [{"seq": 2}, {"hash": "f" * 64}])
def test_a_changed_head_is_found(open_books: OpenBooks, changed: dict[str, object]) -> None:
    kinds = {kind for kind, _ in _tamper(open_books, update(HEAD).values(**changed))}
    assert "head" in kinds


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        (table, column, table.name)
        for table in (MONTH, YEAR, VILLAGE)
        for column in ("earned", "redeemed", "entries")
        if column in table.c
    ],
    ids=str,
)
def test_a_changed_total_is_found(
    open_books: OpenBooks, table: Table, column: str, kind: str
) -> None:
    statement = update(table).values({column: table.c[column] + 1})
    found = _tamper(open_books, statement)
    assert {k for k, _ in found} == {kind}
    assert all(where.endswith(column) for _, where in found)


@pytest.mark.parametrize("table", [MONTH, YEAR, VILLAGE], ids=lambda t: t.name)
def test_a_total_taken_out_is_found(open_books: OpenBooks, table: Table) -> None:
    assert {kind for kind, _ in _tamper(open_books, delete(table))} == {table.name}


def test_a_total_out_of_nothing_is_found(open_books: OpenBooks) -> None:
    made_up = YEAR.insert().values(village=1, year=2026, household=2, earned=10, redeemed=0)
    assert _tamper(open_books, made_up) == {("year_total", "2026 2 earned")}


def test_points_of_a_claim_that_the_ledger_does_not_hold_are_found(open_books: OpenBooks) -> None:
    found = _tamper(open_books, update(CLAIM).where(CLAIM.c.number == 1).values(points=40))
    assert found == {("claim", "2026:1")}


def test_an_approved_claim_without_its_award_is_found(open_books: OpenBooks) -> None:
    approved = update(CLAIM).where(CLAIM.c.number == 3).values(state="approved", points=10)
    assert _tamper(open_books, approved) == {("claim", "2026:3")}


def test_an_award_whose_claim_is_not_approved_is_found(open_books: OpenBooks) -> None:
    undone = update(CLAIM).where(CLAIM.c.number == 2).values(state="rejected", points=None)
    assert _tamper(open_books, undone) == {("claim", "2026:2")}


def test_an_award_without_any_claim_is_found(open_books: OpenBooks) -> None:
    found = _tamper(open_books, delete(CLAIM).where(CLAIM.c.number == 2))
    assert found == {("award", "2026:2")}


def test_a_second_award_of_one_claim_is_found(open_books: OpenBooks) -> None:
    again: Posting = a_posting("claim:2026:2:award:again", points=Points(0))
    with open_books() as books:
        books.ledger.post(1, again, at=NOON)
    assert ("claim", "2026:2") in _faults(open_books)


def test_every_village_is_proved_by_itself(open_books: OpenBooks) -> None:
    with open_books() as books:
        other = books.villages.add(town="示范镇", name="邻村", at=NOON).id
        assert books.audit.verify(other) == ()
        books.connection.execute(update(YEAR).values(earned=YEAR.c.earned + 1))
        assert books.audit.verify(other) == ()
        assert books.audit.verify(1) == (Fault("year_total", f"2026 {ZHANG} earned"),)
