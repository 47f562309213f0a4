"""The ledger: balances, deductions that are cut, and a chain that shows every change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger import (
    EARNING,
    GENESIS,
    Balance,
    BalanceTooLow,
    Entry,
    EntryKind,
    Posting,
    broken_links,
    chain,
    check_posting,
    cut_deduction,
)
from domain.membership import HouseholdId, PersonId
from domain.period import Month
from domain.points import Points
from tests.builders import NOON, a_posting

Tamper = Callable[[Entry], Entry]


def _chained(count: int) -> list[Entry]:
    entries: list[Entry] = []
    for seq in range(1, count + 1):
        before = entries[-1].hash if entries else GENESIS
        posting = a_posting(f"claim:2026:{seq}:award", reason="河边")
        at = NOON + timedelta(minutes=seq)
        entries.append(chain(posting, seq=seq, at=at, previous_hash=before))
    return entries


def _of_posting(**changes: object) -> Tamper:
    return lambda entry: replace(entry, posting=replace(entry.posting, **changes))  # type: ignore[arg-type]


TAMPERINGS: dict[str, Tamper] = {
    "household": _of_posting(household=HouseholdId(9)),
    "kind": _of_posting(kind=EntryKind.REFUND),
    "points": _of_posting(points=Points(11)),
    "cause": _of_posting(cause="claim:2026:99:award"),
    "effective_month": _of_posting(effective_month=Month(2026, 8)),
    "actors": _of_posting(actors=(PersonId(1), PersonId(4))),
    "reason": _of_posting(reason="河边2"),
    "item": _of_posting(item="A102"),
    "seq": lambda entry: replace(entry, seq=entry.seq + 100),
    "at": lambda entry: replace(entry, at=entry.at + timedelta(microseconds=1)),
    "previous_hash": lambda entry: replace(entry, previous_hash="0" * 63 + "1"),
    "hash": lambda entry: replace(entry, hash="f" * 64),
}


def test_every_field_of_an_entry_can_be_tampered_with_here() -> None:
    fields = set(Entry.__dataclass_fields__) | set(Posting.__dataclass_fields__)
    assert fields - {"posting"} == set(TAMPERINGS)


def test_an_untouched_chain_has_no_broken_link() -> None:
    assert list(broken_links(_chained(5))) == []
    assert list(broken_links([])) == []


@pytest.mark.parametrize("field", list(TAMPERINGS))
@pytest.mark.parametrize("at", [0, 2, 4])
def test_a_change_of_any_field_of_any_entry_is_found_where_it_is(field: str, at: int) -> None:
    entries = _chained(5)
    entries[at] = TAMPERINGS[field](entries[at])
    found = list(broken_links(entries))
    assert found[0] == entries[at].seq
    assert set(found) <= {entries[at].seq, at + 2}


def test_an_entry_taken_out_breaks_the_link_behind_it() -> None:
    entries = _chained(5)
    del entries[1]
    assert list(broken_links(entries)) == [3]


def test_two_entries_exchanged_are_found() -> None:
    entries = _chained(5)
    entries[1], entries[2] = entries[2], entries[1]
    assert list(broken_links(entries)) == [3, 2, 4]


def test_a_forged_entry_that_hashes_well_still_breaks_the_next() -> None:
    entries = _chained(3)
    forged = replace(entries[1].posting, points=Points(500))
    entries[1] = chain(forged, seq=2, at=entries[1].at, previous_hash=entries[0].hash)
    assert list(broken_links(entries)) == [3]


@given(st.lists(st.integers(-50, 50), max_size=20), st.sampled_from(EntryKind))
def test_the_sum_of_entries_is_the_balance(points: list[int], kind: EntryKind) -> None:
    balance = Balance()
    for one in points:
        balance = balance.after(a_posting(kind=kind, points=Points(one)))
    assert balance.spendable == sum(points)
    assert balance.earned == (sum(points) if kind in EARNING else 0)


def test_a_redemption_is_spent_and_still_earned() -> None:
    balance = Balance(Points(100)).after(a_posting(kind=EntryKind.REDEMPTION, points=Points(-30)))
    assert (balance.earned, balance.redeemed, balance.spendable) == (100, 30, 70)
    back = balance.after(a_posting(kind=EntryKind.REFUND, points=Points(30)))
    assert back == Balance(Points(100), Points(0))


def test_less_than_nothing_cannot_be_spent() -> None:
    exactly = a_posting(kind=EntryKind.REDEMPTION, points=Points(-30))
    check_posting(Balance(Points(30)), exactly)
    with pytest.raises(BalanceTooLow) as low:
        check_posting(Balance(Points(29)), exactly)
    assert (low.value.spendable, low.value.points) == (29, -30)


@pytest.mark.parametrize(
    ("earned", "redeemed", "asked", "cut"),
    [
        (100, 0, -50, -50),
        (30, 0, -50, -30),
        (50, 0, -50, -50),
        (0, 0, -50, 0),
        (100, 80, -50, -20),
        (100, 100, -50, 0),
        (30, 0, 0, 0),
    ],
)
def test_a_deduction_is_cut_to_what_the_year_bears(
    earned: int, redeemed: int, asked: int, cut: int
) -> None:
    balance = Balance(Points(earned), Points(redeemed))
    assert cut_deduction(Points(asked), balance=balance) == cut


@given(st.integers(0, 500), st.integers(0, 500), st.integers(-500, 0))
def test_after_a_cut_deduction_nothing_is_below_zero(
    earned: int, redeemed: int, asked: int
) -> None:
    balance = Balance(Points(earned), Points(min(redeemed, earned)))
    cut = cut_deduction(Points(asked), balance=balance)
    after = balance.after(a_posting(kind=EntryKind.DEDUCTION, points=cut))
    assert asked <= cut <= 0
    assert after.spendable >= 0
    assert after.earned >= 0
