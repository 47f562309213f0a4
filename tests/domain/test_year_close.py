"""The year's close and merging: what is spent up ends or moves, what was earned stays."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.household_change import moving
from domain.ledger import Balance, EntryKind
from domain.membership import HouseholdId, PersonId
from domain.period import Month
from domain.points import Points
from domain.year_close import closing

balances = st.dictionaries(
    st.integers(1, 50).map(HouseholdId),
    st.tuples(st.integers(0, 900), st.integers(0, 900)).map(
        lambda pair: Balance(Points(max(pair)), Points(min(pair)))
    ),
)


@given(balances)
def test_the_close_leaves_nothing_to_spend_and_what_was_earned(
    found: dict[HouseholdId, Balance],
) -> None:
    after = dict(found)
    for posting in closing(found, 2026, actors=(PersonId(3), PersonId(4))):
        after[posting.household] = after[posting.household].after(posting)
    assert all(balance.spendable == 0 for balance in after.values())
    assert {h: b.earned for h, b in after.items()} == {h: b.earned for h, b in found.items()}


def test_a_close_has_a_cause_of_its_own_and_counts_in_december() -> None:
    [posting] = closing(
        {HouseholdId(1): Balance(Points(30), Points(10)), HouseholdId(2): Balance()},
        2026,
        actors=(PersonId(3), PersonId(4)),
    )
    assert posting.cause == "year:2026:close:1"
    assert posting.kind is EntryKind.YEAR_CLOSE
    assert (posting.points, posting.effective_month) == (-20, Month(2026, 12))


@given(
    st.dictionaries(
        st.sampled_from([2025, 2026]),
        st.tuples(st.integers(0, 500), st.integers(0, 500)).map(
            lambda pair: Balance(Points(max(pair)), Points(min(pair)))
        ),
    )
)
def test_merging_moves_all_that_can_be_spent_and_nothing_that_was_earned(
    found: dict[int, Balance],
) -> None:
    old, new = HouseholdId(1), HouseholdId(2)
    postings = moving(found, number=7, old=old, new=new, on=date(2026, 9, 1))
    assert sum(p.points for p in postings) == 0
    for year, balance in found.items():
        mine, theirs = balance, Balance(Points(10))
        for posting in postings:
            if posting.effective_month.year == year:
                mine = mine.after(posting) if posting.household == old else mine
                theirs = theirs.after(posting) if posting.household == new else theirs
        assert mine.spendable == 0
        assert (mine.earned, theirs.earned) == (balance.earned, 10)
        assert theirs.spendable == 10 + balance.spendable
    assert len({p.cause for p in postings}) == len(postings)
